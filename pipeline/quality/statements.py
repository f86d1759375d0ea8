"""Checks that claims are well formed: predicates as registered, values, times and attribution consistent."""

from collections.abc import Iterable, Mapping

from pipeline.predicates import Predicate, load_registry
from pipeline.quality.model import Check
from pipeline.quality.sql_rules import QueryRule, RowRule, query_check, row_check
from pipeline.schema.duckdb import quote
from pipeline.tables import Claim, Fact

_COUNT_CLAIMS = "SELECT count(*) FROM claims"
_CLAIM_SHOWN = "c.claim_id, c.predicate, c.subject_text, c.object_text, left(c.evidence_text, 80) AS evidence"


def predicates_fit_registry() -> tuple[Check, ...]:
    """Return the checks of claims and facts against the predicate registry."""
    predicates = load_registry().predicates
    known = _sql_list(predicates)
    claims = query_check(
        "claims_predicates_fit_registry",
        Claim,
        "Predicates are registered, and their parties, values and directions are of the kinds registered for them.",
        [
            QueryRule(
                "predicate_known",
                "the predicate is in the registry",
                f"SELECT {_CLAIM_SHOWN} FROM claims c WHERE c.predicate NOT IN ({known}) ORDER BY 1",
                _COUNT_CLAIMS,
            ),
            _party_rule("subject", {name: predicate.domain for name, predicate in predicates.items()}),
            _party_rule("object", {name: predicate.range_ for name, predicate in predicates.items()}),
            _value_kind_rule(predicates),
            _direction_rule(predicates),
        ],
        reads=("claims", "document_entities"),
    )
    facts = row_check(
        "facts_predicates_known",
        Fact,
        "Predicates of facts are registered.",
        [RowRule("predicate_known", "the predicate is in the registry", f"predicate NOT IN ({known})", ("predicate",))],
    )
    return claims, facts


def values_and_times_consistent() -> Check:
    """Return the check that a claim's value columns, and its time columns, agree with each other."""
    shown = ("predicate", "value_text", "value_kind", "value_low", "value_high", "currency", "comparator")
    times = ("predicate", "time_text", "event_start", "event_end")
    return row_check(
        "claims_values_consistent",
        Claim,
        "Values and times are complete and in order.",
        [
            RowRule("ends_in_order", "value_low is not above value_high", "value_low > value_high", shown),
            RowRule(
                "value_complete",
                "a value has text, kind, both ends and comparator, or none of them",
                "(value_kind IS NULL) <> (value_low IS NULL) OR (value_kind IS NULL) <> (value_high IS NULL) "
                "OR (value_kind IS NULL) <> (value_text IS NULL) OR (value_kind IS NULL) <> (comparator IS NULL)",
                shown,
            ),
            RowRule(
                "currency_with_money",
                "money, and nothing else, has a currency",
                "(value_kind IS NOT DISTINCT FROM 'money') <> (currency IS NOT NULL)",
                shown,
            ),
            RowRule(
                "dollars_with_basis",
                "value_usd stands with its basis",
                "(value_usd IS NULL) <> (usd_basis IS NULL)",
                ("value_usd", "usd_basis"),
            ),
            RowRule("times_in_order", "event_start is not after event_end", "event_start > event_end", times),
        ],
    )


def attribution_complete() -> Check:
    """Return the check that an attributed claim says by whom, and the author's own does not."""
    shown = ("attribution", "speaker_text", "cue_text", "evidence_text")
    return row_check(
        "claims_attribution_complete",
        Claim,
        "A speaker is present where a claim is attributed, and only there.",
        [
            RowRule(
                "speaker_where_attributed",
                "an attributed claim has a speaker",
                "attribution IN ('direct_quote', 'indirect_speech', 'document') AND speaker_text IS NULL",
                shown,
            ),
            RowRule(
                "author_speaks_alone",
                "a claim of the author has no speaker",
                "attribution = 'author' AND (speaker_text IS NOT NULL OR speaker_entity_id IS NOT NULL)",
                shown,
            ),
        ],
    )


def _party_rule(role: str, allowed: Mapping[str, Iterable[str]]) -> QueryRule:
    """Return the rule that a claim's resolved subject or object has an entity type allowed for its predicate."""
    pairs = ", ".join(f"({quote(name)}, {quote(kind)})" for name, kinds in allowed.items() for kind in sorted(kinds))
    return QueryRule(
        f"{role}_type",
        f"the {role} is an entity of a type registered for the predicate",
        f"WITH allowed(predicate, entity_type) AS (VALUES {pairs}) "
        f"SELECT {_CLAIM_SHOWN}, e.entity_type FROM claims c "
        f"JOIN document_entities e ON e.document_entity_id = c.{role}_entity_id "
        "ANTI JOIN allowed a ON a.predicate = c.predicate AND a.entity_type = e.entity_type "
        f"WHERE c.predicate IN ({_sql_list(allowed)}) ORDER BY 1",
        f"SELECT count({role}_entity_id) FROM claims",
    )


def _value_kind_rule(predicates: Mapping[str, Predicate]) -> QueryRule:
    pairs = [(name, kind) for name, predicate in predicates.items() for kind in predicate.value_kinds]
    values = ", ".join(f"({quote(name)}, {quote(kind)})" for name, kind in pairs)
    return QueryRule(
        "value_kind",
        "the value is of a kind registered for the predicate",
        f"WITH allowed(predicate, value_kind) AS (VALUES {values}) "
        f"SELECT {_CLAIM_SHOWN}, c.value_text, c.value_kind FROM claims c "
        f"ANTI JOIN allowed USING (predicate, value_kind) WHERE c.value_kind IS NOT NULL "
        f"AND c.predicate IN ({_sql_list(predicates)}) ORDER BY 1",
        "SELECT count(value_kind) FROM claims",
    )


def _direction_rule(predicates: Mapping[str, Predicate]) -> QueryRule:
    directed = _sql_list(name for name, predicate in predicates.items() if predicate.requires_direction)
    return QueryRule(
        "direction",
        "a change says whether it is up or down",
        f"SELECT {_CLAIM_SHOWN} FROM claims c WHERE c.predicate IN ({directed}) AND c.direction IS NULL ORDER BY 1",
        f"SELECT count(*) FROM claims WHERE predicate IN ({directed})",
    )


def _sql_list(names: Iterable[str]) -> str:
    return ", ".join(quote(name) for name in names)
