"""The summary at the end of a run: what came in, what was published or rejected and why, and the first claims."""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.settings import Settings
from pipeline.storage import Reader, open_database

_CLAIMS_SHOWN = 8
_REJECTIONS_SHOWN = 20
_TEXT_SHOWN = 160


def print_summary(settings: Settings, *, is_new: bool, console: Console) -> None:
    """Print what the published file holds; `is_new` says whether the run published it."""
    with open_database(settings.published_file, read_only=True) as connection:
        console.print(_summarise(settings, Reader(connection), is_new=is_new))


def _summarise(settings: Settings, reader: Reader, *, is_new: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(), _figures(settings, reader, is_new=is_new)]
    rejected = reader.query("SELECT source_uri, reason, detail FROM rejected_documents ORDER BY source_uri")
    if len(rejected):
        table = Table("rejected", "reason", "detail", title="Rejected documents", title_justify="left")
        for row in rejected.head(_REJECTIONS_SHOWN).iter_rows():
            table.add_row(*(Text(str(value)) for value in row))
        if len(rejected) > _REJECTIONS_SHOWN:
            table.caption = f"and {len(rejected) - _REJECTIONS_SHOWN} more in rejected_documents"
        parts += [Text(), table]
    return Group(*parts, Text(), _claims(reader))


def _figures(settings: Settings, reader: Reader, *, is_new: bool) -> RenderableType:
    documents = reader.count("SELECT count(*) FROM documents")
    rejected = reader.count("SELECT count(*) FROM rejected_documents")
    reasons = reader.query("SELECT reason, count(*) FROM rejected_documents GROUP BY ALL ORDER BY 2 DESC, 1").rows()
    removed, of_characters = reader.query(
        "SELECT coalesce((SELECT sum(length(removed_text)) FROM text_edits WHERE kind NOT IN "
        "('whitespace', 'encoding', 'glued_words')), 0)::BIGINT, (SELECT sum(length(raw_text)) FROM documents)::BIGINT"
    ).rows()[0]
    kinds = reader.query(
        "SELECT kind, count(*) FROM text_edits WHERE kind <> 'whitespace' GROUP BY ALL ORDER BY 2 DESC, 1"
    ).rows()
    passed, total = reader.query("SELECT count(*) FILTER (WHERE passed), count(*) FROM check_results").rows()[0]
    release_id = reader.query("SELECT release_id FROM releases ORDER BY created_at DESC LIMIT 1").item()

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    table.add_row("documents in", str(documents + rejected))
    table.add_row("  published", str(documents))
    table.add_row("  rejected", f"{rejected}{_in_brackets(reasons)}")
    table.add_row("boilerplate removed", f"{removed or 0:,} of {of_characters or 0:,} characters")
    table.add_row("edits", _listed(kinds) or "none")
    for name, table_name, column in (
        ("entities", "entities", "entity_type"),
        ("mentions", "mentions", "mention_kind"),
        ("claims", "claims", "predicate"),
        ("facts", "facts", "status"),
    ):
        counts = reader.query(f"SELECT {column}, count(*) FROM {table_name} GROUP BY ALL ORDER BY 2 DESC, 1").rows()
        table.add_row(name, f"{sum(row[1] for row in counts):,}{_in_brackets(counts)}")
    table.add_row("rules passed", f"{passed} of {total}")
    state = "new" if is_new else "nothing new to publish: the last release stands"
    table.add_row("release", f"{release_id} ({state})")
    table.add_row("published file", str(settings.published_file))
    table.add_row("evidence report", str(settings.releases_folder / release_id / "report" / "index.html"))
    return table


def _claims(reader: Reader) -> RenderableType:
    first = f"SELECT * FROM claim_evidence ORDER BY source_uri, start_char, claim_id LIMIT {_CLAIMS_SHOWN}"
    rows = reader.query(first).to_dicts()
    lines = [Text(f"claim_evidence, first {len(rows)} rows", style="bold")]
    for row in rows:
        told = [row["subject"], row["predicate"], row["object"], row["value_text"]]
        stands = [row["stance"], row["modality"], row["attribution"], row["speaker"]]
        line = Text(" | ".join(_flat(part) for part in told if part) + "  ")
        line.append("(" + ", ".join(_flat(part) for part in stands if part) + ")", style="cyan")
        place = f"{row['source_uri']} {row['start_char']}-{row['end_char']}"
        lines += [line, Text(f"    {place}: {_flat(row['evidence_text'])}")]
    return Group(*lines)


def _flat(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _TEXT_SHOWN else text[: _TEXT_SHOWN - 1] + "…"


def _in_brackets(counts: list[tuple[object, ...]]) -> str:
    return f" ({_listed(counts)})" if counts else ""


def _listed(counts: list[tuple[object, ...]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts)
