"""What a person reads of a release: the summary at the end of a run, the evidence report, the data dictionary.

Reads published files only; what does not belong here: anything that changes data.
"""
