"""Words that are no names but refer to a named entity: descriptions ("the e-commerce giant") and pronouns.

Belongs here: finding such words and choosing whom they mean, or nobody where the document does not say. Does not belong
here: names and their short forms (`names`, `clusters`).
"""

from pipeline.extraction.mentions.clusters import Cluster
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Page
from pipeline.extraction.model import MentionDraft
from pipeline.knowledge import NameLists
from pipeline.tables import EntityType


def find_references(
    page: Page,
    clusters: list[Cluster],
    types: list[EntityType],
    names: list[MentionDraft],
    vocabulary: Vocabulary,
    lists: NameLists,
) -> list[MentionDraft]:
    return []
