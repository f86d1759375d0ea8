"""What Winnow knows before it reads: a small curated file of well-known names, countries, cities, and lists of names.

Belongs here: the format of the knowledge file, the entries themselves (`*.toml` beside this module), how they are
loaded and validated, and look-up by name. Does not belong here: deciding what a text means by a name (that is
`pipeline.extraction.mentions`), and merging entities across documents (`pipeline.resolution`).
"""

from pipeline.knowledge.entries import Entry, KnowledgeError
from pipeline.knowledge.knowledge import Knowledge, list_files, load_knowledge
from pipeline.knowledge.lists import NameLists, load_name_lists

__all__ = ["Entry", "Knowledge", "KnowledgeError", "NameLists", "list_files", "load_knowledge", "load_name_lists"]
