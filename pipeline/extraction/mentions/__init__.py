"""Who and what an article names, and which of its words refer to them.

Belongs here: names (their boundaries, types and identity within one document), descriptions and pronouns. Vocabularies
are data (`data/vocabulary.toml`). Does not belong here: well-known names (`pipeline.knowledge`), identity across
documents (`pipeline.resolution`), and what is claimed about anybody.
"""

from pipeline.extraction.mentions.find import find_mentions

__all__ = ["find_mentions"]
