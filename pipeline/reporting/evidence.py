"""The evidence report: a page per document with its claims marked in the text and every removed part with its rule.

Static HTML without scripts from elsewhere, so that it opens from disk. What does not belong here: any figure that the
published file does not hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from pipeline.storage import Reader, open_database

MAX_PAGES = 500
"""Documents that get a page, those with the most claims first; the index says how many have none."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text and the numbers of the claims whose evidence covers it."""

    text: str
    claims: tuple[int, ...]


def write_evidence_report(published: Path, folder: Path) -> None:
    """Write `index.html` and a page per document into `folder`, from the published file alone."""
    templates = Environment(
        loader=PackageLoader("pipeline.reporting"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    folder.mkdir(parents=True, exist_ok=True)
    with open_database(published, read_only=True) as connection:
        reader = Reader(connection)
        documents = reader.query(
            "SELECT d.*, count(c.claim_id) AS claim_count FROM documents d LEFT JOIN claims c USING (document_id) "
            f"GROUP BY ALL ORDER BY claim_count DESC, source_uri LIMIT {MAX_PAGES}"
        ).to_dicts()
        total = reader.count("SELECT count(*) FROM documents")
        rejected = reader.query("SELECT source_uri, reason, detail FROM rejected_documents ORDER BY 1").to_dicts()
        release = reader.query("SELECT * FROM releases ORDER BY created_at DESC LIMIT 1").to_dicts()[0]
        index = templates.get_template("index.html").render(
            documents=documents, total=total, rejected=rejected, release=release
        )
        (folder / "index.html").write_text(index, encoding="utf-8")
        page = templates.get_template("document.html")
        for document in documents:
            document_id = str(document["document_id"])
            claims = reader.query(
                "SELECT * FROM claim_evidence WHERE document_id = ? ORDER BY start_char, end_char, claim_id",
                [document_id],
            ).to_dicts()
            edits = reader.query(
                "SELECT * FROM text_edits WHERE document_id = ? AND kind <> 'whitespace' ORDER BY raw_start",
                [document_id],
            ).to_dicts()
            spans = [(int(claim["start_char"]), int(claim["end_char"])) for claim in claims]
            paragraphs = split_paragraphs(mark_spans(str(document["clean_text"]), spans))
            html = page.render(document=document, claims=claims, edits=edits, paragraphs=paragraphs)
            (folder / f"{document_id}.html").write_text(html, encoding="utf-8")


def mark_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[Fragment]:
    """Return the text as fragments in order, each with the indices, from 0, of the spans that cover it."""
    numbered = list(enumerate(spans))
    cuts = sorted({0, len(text), *(offset for _, span in numbered for offset in span)})
    return [
        Fragment(text[start:end], tuple(index for index, span in numbered if span[0] <= start and end <= span[1]))
        for start, end in pairwise(cuts)
    ]


def split_paragraphs(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Return the fragments grouped by paragraph; a fragment over a line break is cut there."""
    paragraphs: list[list[Fragment]] = [[]]
    for fragment in fragments:
        first, *rest = fragment.text.split("\n")
        paragraphs[-1].append(Fragment(first, fragment.claims))
        paragraphs += [[Fragment(line, fragment.claims)] for line in rest]
    return [
        [part for part in paragraph if part.text] for paragraph in paragraphs if any(part.text for part in paragraph)
    ]
