"""Where each published table comes from in the working file, and the views that go with them."""

from importlib.resources import files
from typing import NamedTuple

from pipeline.tables import (
    Claim,
    Document,
    Entity,
    EntityAlias,
    Fact,
    FactRelation,
    Mention,
    RejectedDocument,
    Row,
    Sentence,
    TextEdit,
)

CONTENT_SOURCES: dict[type[Row], str] = {
    Document: "documents",
    TextEdit: "text_edits",
    RejectedDocument: "rejected_documents",
    Sentence: "sentences",
    Mention: "resolved_mentions",
    Claim: "resolved_claims",
    Entity: "entities",
    EntityAlias: "entity_aliases",
    Fact: "facts",
    FactRelation: "fact_relations",
}
"""Table or view of the working file behind each published table of content."""


class View(NamedTuple):
    """A published view: what a row is, and the statement that creates it."""

    name: str
    comment: str
    sql: str


def load_views() -> tuple[View, ...]:
    """Return the published views by name, a file each, whose leading comment lines are the view's comment.

    A view may use those that come before it by name.
    """
    folder = files("pipeline.publication") / "views"
    views: list[View] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        lines = file.read_text(encoding="utf-8").splitlines()
        comment = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
        sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
        views.append(View(file.name.removesuffix(".sql"), " ".join(comment), sql))
    return tuple(views)
