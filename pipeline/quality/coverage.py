"""Checks that nothing is lost or left over: documents accounted for, volume as before, no boilerplate in clean text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.cleaning import find_boilerplate
from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.quality.sql_rules import QueryRule, query_check
from pipeline.storage import Reader
from pipeline.tables import Claim, Document, RejectedDocument, Sentence


@dataclass(frozen=True, slots=True)
class VolumeBounds:
    """Between which bounds volumes may move.

    Shares of few documents mean little, so bounds count only from `from_documents` documents on.
    """

    lowest_share_of_last_release: float = 0.5
    highest_rejected_share: float = 0.5
    from_documents: int = 20


def documents_accounted_for() -> Check:
    """Return the check that every document found is published or rejected, and none appears from nowhere."""
    outcomes = (
        "SELECT source_uri, 'documents' AS outcome FROM documents UNION ALL "
        "SELECT source_uri, 'rejected_documents' FROM rejected_documents"
    )
    found = "SELECT source_uri FROM raw_documents WHERE change <> 'vanished'"
    return query_check(
        "documents_accounted_for",
        Document,
        "Every document found is published or rejected, exactly once; nothing else is.",
        [
            QueryRule(
                "none_lost",
                "a document found is published or rejected",
                f"SELECT source_uri FROM ({found}) ANTI JOIN ({outcomes}) USING (source_uri) ORDER BY 1",
                f"SELECT count(*) FROM ({found})",
            ),
            QueryRule(
                "none_twice",
                "a document has one outcome",
                f"SELECT source_uri, list(outcome) AS outcomes FROM ({outcomes}) "
                "GROUP BY ALL HAVING count(*) > 1 ORDER BY 1",
                f"SELECT count(*) FROM ({outcomes})",
            ),
            QueryRule(
                "none_invented",
                "an outcome belongs to a document found",
                f"SELECT source_uri, outcome FROM ({outcomes}) ANTI JOIN ({found}) USING (source_uri) ORDER BY 1",
                f"SELECT count(*) FROM ({outcomes})",
            ),
        ],
        reads=("raw_documents", "documents", "rejected_documents"),
    )


def boilerplate_gone() -> Check:
    """Return the check that cleaning the clean text again would remove nothing."""
    rule = Rule("none_left", "no part of clean_text is known boilerplate")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        rows = reader.query("SELECT document_id, source_uri, clean_text FROM documents ORDER BY 1").rows()
        failed = [
            {
                "document_id": document_id,
                "source_uri": uri,
                "kind": found[0].kind,
                "rule_id": found[0].rule_id,
                "text": found[0].text[:120],
            }
            for document_id, uri, text in rows
            if (found := find_boilerplate(text))
        ]
        sample = json.dumps(failed[0], ensure_ascii=False) if failed else None
        return {rule.name: Figures(len(rows), len(failed), sample)}

    return Check(
        "documents_hold_no_boilerplate",
        Document,
        "Clean text holds no boilerplate that a rule knows.",
        "block",
        ("documents",),
        (rule,),
        measure,
    )


def documents_have_sentences() -> Check:
    """Return the check, a warning alone, that extraction read every document."""
    return query_check(
        "documents_have_sentences",
        Sentence,
        "Every document was read by the extractor.",
        [
            QueryRule(
                "has_sentences",
                "a document has sentences",
                "SELECT document_id, source_uri FROM documents ANTI JOIN sentences USING (document_id) ORDER BY 1",
                "SELECT count(*) FROM documents",
            )
        ],
        reads=("documents", "sentences"),
        severity="warn",
    )


def volumes_within_bounds(bounds: VolumeBounds) -> tuple[Check, ...]:
    """Return the checks that documents and claims have not collapsed since the last release, nor rejections soared."""
    return (
        _kept_volume("documents_volume_within_bounds", Document, bounds),
        _kept_volume("claims_volume_within_bounds", Claim, bounds),
        _rejected_share(bounds),
    )


def _kept_volume(name: str, model: type[Document] | type[Claim], bounds: VolumeBounds) -> Check:
    share = bounds.lowest_share_of_last_release
    rule = Rule("share_of_last_release", f"at least {share:.0%} as many {model.table} as in the last release")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        if baseline is None or baseline.document_count < bounds.from_documents:
            return {rule.name: Figures(0, 0)}
        before = baseline.document_count if model is Document else baseline.claim_count
        now = reader.count(f'SELECT count(*) FROM "{model.table}"')
        sample = json.dumps({"now": now, "last_release": before, "release_id": baseline.release_id})
        return {rule.name: Figures(1, 1, sample) if now < share * before else Figures(1, 0)}

    description = f"The number of {model.table} has not collapsed since the last release."
    return Check(name, model, description, "block", (model.table,), (rule,), measure)


def _rejected_share(bounds: VolumeBounds) -> Check:
    share = bounds.highest_rejected_share
    rejected = Rule("rejected_share", f"at most {share:.0%} of the documents are rejected")
    failed = Rule("failed_share", f"processing failed on at most {share:.0%} of the documents, however few")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        total, rejected_count, failed_count = reader.query(
            "SELECT (SELECT count(*) FROM documents) + count(*), count(*), "
            "count(*) FILTER (WHERE reason = 'processing_failed') FROM rejected_documents"
        ).rows()[0]
        enough = total >= bounds.from_documents
        return {
            rejected.name: _judge_share(rejected_count, total, share) if enough else Figures(0, 0),
            failed.name: _judge_share(failed_count, total, share),
        }

    return Check(
        "rejected_documents_within_bounds",
        RejectedDocument,
        "Not too many documents are rejected.",
        "block",
        ("documents", "rejected_documents"),
        (rejected, failed),
        measure,
    )


def _judge_share(count: int, total: int, highest: float) -> Figures:
    if count <= highest * total:
        return Figures(1, 0)
    return Figures(1, 1, json.dumps({"rejected": count, "documents_found": total}))
