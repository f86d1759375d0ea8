"""From a folder of files to rows of `raw_documents`: every document as found, or the reason why it could not be read.

What belongs here: finding files, reading their bytes, decoding them, telling new from changed and vanished. What does
not: anything about what the texts say. Nothing else in the project opens source files.
"""

from pipeline.reading.limits import ReadingLimits
from pipeline.reading.source import SourceError, SourceReading, find_documents, read_source
from pipeline.reading.watch import fingerprint_source

__all__ = ["ReadingLimits", "SourceError", "SourceReading", "find_documents", "fingerprint_source", "read_source"]
