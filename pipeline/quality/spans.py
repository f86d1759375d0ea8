"""Checks that texts, edits and spans agree to the character."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from pipeline.cleaning.ledger import LedgerError, SpanMap, apply_edits, revert_edits
from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.quality.sql_rules import QueryRule, query_check
from pipeline.storage import Reader
from pipeline.tables import Claim, Mention, Row, Sentence, TextEdit


class _Edit(NamedTuple):
    raw_start: int
    raw_end: int
    clean_start: int
    removed_text: str
    inserted_text: str


def spans_match_text(model: type[Row], text_column: str) -> Check:
    """Return the check that each row's span of clean text is its text, and its raw span the one the edits lead to."""
    clean = Rule("clean_span", f"{text_column} is clean_text[start_char:end_char]")
    raw = Rule("raw_span", "raw_start and raw_end are where the edits lead from start_char and end_char")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        bad_clean = _select_wrong_clean_spans(model, text_column)
        failed = reader.count(f"SELECT count(*) FROM ({bad_clean})")
        sample = _sample(reader.query(f"{bad_clean} LIMIT 1").to_dicts())
        total = reader.count(f'SELECT count(*) FROM "{model.table}"')
        return {clean.name: Figures(total, failed, sample), raw.name: _measure_raw_spans(reader, model)}

    return Check(
        f"{model.table}_spans_match_text",
        model,
        "Every span is exactly the text that the row states, in clean and in raw text.",
        "block",
        ("documents", "text_edits", model.table),
        (clean, raw),
        measure,
    )


def sentences_cover_mentions_and_claims() -> tuple[Check, ...]:
    """Return the checks that sentences are ordered and within the text, and that mentions and claims lie in theirs."""
    order = query_check(
        "sentences_in_order",
        Sentence,
        "Sentences lie within their text, in order, none overlapping the next.",
        [
            QueryRule(
                "within_text",
                "a sentence is a non-empty span of its document",
                "SELECT s.sentence_id, s.start_char, s.end_char, length(d.clean_text) AS text_length FROM sentences s "
                "JOIN documents d USING (document_id) "
                "WHERE s.start_char >= s.end_char OR s.end_char > length(d.clean_text) ORDER BY 1",
                "SELECT count(*) FROM sentences",
            ),
            QueryRule(
                "disjoint",
                "a sentence ends before the next one starts",
                "SELECT * FROM (SELECT sentence_id, document_id, end_char, lead(start_char) OVER "
                "(PARTITION BY document_id ORDER BY sentence_index) AS next_start FROM sentences) "
                "WHERE next_start < end_char ORDER BY 1",
                "SELECT count(*) FROM sentences",
            ),
        ],
        reads=("documents", "sentences"),
    )
    inside = [
        query_check(
            f"{model.table}_lie_in_their_sentence",
            model,
            "The stated sentence is where the row's span is.",
            [
                QueryRule(
                    "sentence",
                    "the span shares characters with its sentence",
                    f'SELECT t."{key}", t.sentence_id, t.start_char, t.end_char FROM "{model.table}" t '
                    "JOIN sentences s USING (sentence_id) WHERE t.document_id <> s.document_id "
                    "OR t.start_char >= s.end_char OR t.end_char <= s.start_char ORDER BY 1",
                    f'SELECT count(*) FROM "{model.table}"',
                )
            ],
            reads=("sentences", model.table),
        )
        for model, key in ((Mention, "mention_id"), (Claim, "claim_id"))
    ]
    return (order, *inside)


def edits_rebuild_texts() -> Check:
    """Return the check that each document's edits lead from its raw text to its clean text and back."""
    forth = Rule("raw_to_clean", "the edits applied to raw_text give clean_text")
    back = Rule("clean_to_raw", "the edits reverted from clean_text give raw_text")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        edits = _edits_by_document(reader)
        evaluated = 0
        broken: dict[str, list[str]] = {forth.name: [], back.name: []}
        for document_id, raw_text, clean_text in _texts(reader):
            evaluated += 1
            own = edits.get(document_id, [])
            if not _gives(apply_edits, raw_text, own, clean_text):
                broken[forth.name].append(document_id)
            if not _gives(revert_edits, clean_text, own, raw_text):
                broken[back.name].append(document_id)
        return {
            name: Figures(evaluated, len(failed), _sample([{"document_id": document} for document in failed[:1]]))
            for name, failed in broken.items()
        }

    return Check(
        "text_edits_rebuild_texts",
        TextEdit,
        "The edit ledger is exact: raw text plus edits is clean text, and back.",
        "block",
        ("documents", "text_edits"),
        (forth, back),
        measure,
    )


def _select_wrong_clean_spans(model: type[Row], text_column: str) -> str:
    key = next(iter(model.model_fields))
    found = "substr(d.clean_text, t.start_char + 1, t.end_char - t.start_char)"
    return (
        f'SELECT t."{key}", t.document_id, t.start_char, t.end_char, left(t."{text_column}", 80) AS stated, '
        f'left({found}, 80) AS found FROM "{model.table}" t LEFT JOIN documents d USING (document_id) '
        f'WHERE t.start_char >= t.end_char OR {found} IS DISTINCT FROM t."{text_column}" ORDER BY 1'
    )


def _measure_raw_spans(reader: Reader, model: type[Row]) -> Figures:
    key = next(iter(model.model_fields))
    maps = {document: SpanMap.from_edits(own) for document, own in _edits_by_document(reader).items()}
    unedited = SpanMap.from_edits(())
    rows = reader.query(
        f'SELECT "{key}", document_id, start_char, end_char, raw_start, raw_end FROM "{model.table}" ORDER BY 1'
    ).rows()
    wrong = [
        row
        for row in rows
        if row[2] < row[3] and tuple(maps.get(row[1], unedited).to_raw(row[2], row[3])) != (row[4], row[5])
    ]
    names = (key, "document_id", "start_char", "end_char", "raw_start", "raw_end")
    return Figures(len(rows), len(wrong), _sample([dict(zip(names, row, strict=True)) for row in wrong[:1]]))


def _edits_by_document(reader: Reader) -> dict[str, list[_Edit]]:
    edits: dict[str, list[_Edit]] = defaultdict(list)
    rows = reader.query(
        "SELECT document_id, raw_start, raw_end, clean_start, removed_text, inserted_text FROM text_edits"
    ).iter_rows()
    for document_id, *edit in rows:
        edits[document_id].append(_Edit(*edit))
    return edits


def _texts(reader: Reader, batch: int = 500) -> Iterator[tuple[str, str, str]]:
    identifiers = iter(reader.query("SELECT document_id FROM documents ORDER BY 1")["document_id"].to_list())
    while chosen := list(islice(identifiers, batch)):
        marks = ", ".join("?" * len(chosen))
        yield from reader.query(
            f"SELECT document_id, raw_text, clean_text FROM documents WHERE document_id IN ({marks}) ORDER BY 1", chosen
        ).iter_rows()


def _gives(change: Callable[[str, list[_Edit]], str], text: str, edits: list[_Edit], expected: str) -> bool:
    try:
        return change(text, edits) == expected
    except LedgerError:
        return False


def _sample(rows: list[dict[str, object]]) -> str | None:
    return json.dumps(rows[0], ensure_ascii=False, default=str) if rows else None
