"""All checks there are. The Dagster checks are built from this list and the gate asks for the verdict of each."""

from pipeline.quality.amounts import implied_rates_agree
from pipeline.quality.contract import contract_checks
from pipeline.quality.coverage import (
    VolumeBounds,
    boilerplate_gone,
    documents_accounted_for,
    documents_have_sentences,
    volumes_within_bounds,
)
from pipeline.quality.links import counts_match, links_complete, relations_join_two_facts
from pipeline.quality.model import Check
from pipeline.quality.spans import edits_rebuild_texts, sentences_cover_mentions_and_claims, spans_match_text
from pipeline.quality.statements import attribution_complete, predicates_fit_registry, values_and_times_consistent
from pipeline.storage.working import WORKING_TABLES
from pipeline.tables import Claim, Mention


def list_checks(bounds: VolumeBounds) -> tuple[Check, ...]:
    """Return every check, ordered by the table it is about, the contract of the table first."""
    checks = [
        *(check for model in WORKING_TABLES for check in contract_checks(model)),
        documents_accounted_for(),
        boilerplate_gone(),
        edits_rebuild_texts(),
        documents_have_sentences(),
        *sentences_cover_mentions_and_claims(),
        spans_match_text(Mention, "surface"),
        spans_match_text(Claim, "evidence_text"),
        *predicates_fit_registry(),
        values_and_times_consistent(),
        attribution_complete(),
        implied_rates_agree(),
        *links_complete(),
        *counts_match(),
        relations_join_two_facts(),
        *volumes_within_bounds(bounds),
    ]
    order = [model.table for model in WORKING_TABLES]
    return tuple(sorted(checks, key=lambda check: order.index(check.table)))
