"""How the language pipeline shipped with Winnow is built from openly licensed data. Run `python -m training --help`.

Belongs here: reading the public sources, labels written for this project, the training recipe and its checks. Nothing
here is needed, or imported, when
Winnow runs.
"""
