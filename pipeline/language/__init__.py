"""English syntax and named entities: what the extraction step reads its trees and names from.

Belongs here: loading the pipeline shipped with Winnow or another spaCy pipeline, the components of our own pipeline,
and the mapping of other label sets
to ours. Does not belong here: how the shipped pipeline is trained (see `training/`), and every decision about mentions
or claims.
"""

from pipeline.language.errors import LanguageModelError
from pipeline.language.model import DEFAULT_MODEL, Language, load_language

__all__ = ["DEFAULT_MODEL", "Language", "LanguageModelError", "load_language"]
