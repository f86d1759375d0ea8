"""Every check passes on a sound world and is broken by a minimal change to it, named with rule, table and sample."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.judge import build_suite, judge_checks
from pipeline.quality.catalog import list_checks
from pipeline.quality.coverage import VolumeBounds
from pipeline.quality.model import Baseline, Check
from pipeline.quality.verdicts import Verdict
from pipeline.storage import WorkingStore, open_database
from pipeline.tables import (
    Claim,
    Document,
    DocumentEntity,
    Entity,
    EntityAlias,
    EntityLink,
    Fact,
    FactLink,
    FactRelation,
    Mention,
    RawDocument,
    RejectedDocument,
    Sentence,
    TextEdit,
)
from tests.worlds import CLEAN, Frames, add_relation, add_row, change_row, drop_rows, sound_frames, write_world

CHECKS = {check.name: check for check in list_checks(VolumeBounds(from_documents=1))}
LAST_RELEASE = Baseline("rel_before", document_count=1, claim_count=1)
LARGER_RELEASE = Baseline("rel_before", document_count=10, claim_count=1)

Poison = Callable[[Frames], Frames]


def state_in_yuan(world: Frames, rates: list[float]) -> Frames:
    """Return the world with a document per rate, each stating its amount in yuan and dollars."""
    for number, rate in enumerate(rates):
        document = f"doc_rate_{number}"
        stated = {"currency": "CNY", "value_low": 1e9 * rate, "value_high": 1e9 * rate, "value_usd": 1e9}
        world = add_row(world, Document, document_id=document, source_uri=document)
        world = add_row(world, Claim, claim_id=document, document_id=document, usd_basis="stated", **stated)
    return world


POISONS: dict[str, tuple[str, Poison]] = {
    # completeness: a null where none may be
    "raw_documents_completeness": ("change_present", lambda w: change_row(w, RawDocument, change=None)),
    "documents_completeness": ("raw_text_present", lambda w: change_row(w, Document, raw_text=None)),
    "text_edits_completeness": ("rule_id_present", lambda w: change_row(w, TextEdit, rule_id=None)),
    "rejected_documents_completeness": ("detail_present", lambda w: change_row(w, RejectedDocument, detail=None)),
    "sentences_completeness": ("end_char_present", lambda w: change_row(w, Sentence, end_char=None)),
    "document_entities_completeness": ("name_present", lambda w: change_row(w, DocumentEntity, name=None)),
    "mentions_completeness": ("surface_present", lambda w: change_row(w, Mention, surface=None)),
    "claims_completeness": ("subject_text_present", lambda w: change_row(w, Claim, subject_text=None)),
    "entities_completeness": ("name_present", lambda w: change_row(w, Entity, name=None)),
    "entity_aliases_completeness": ("alias_kind_present", lambda w: change_row(w, EntityAlias, alias_kind=None)),
    "entity_links_completeness": ("score_present", lambda w: change_row(w, EntityLink, score=None)),
    "facts_completeness": ("status_present", lambda w: change_row(w, Fact, status=None)),
    "fact_relations_completeness": (
        "reason_present",
        lambda w: change_row(add_relation(w, "fact_1"), FactRelation, reason=None),
    ),
    "fact_links_completeness": ("fact_id_present", lambda w: change_row(w, FactLink, fact_id=None)),
    # validity: outside of vocabulary, bounds or form
    "raw_documents_validity": ("content_sha256_form", lambda w: change_row(w, RawDocument, content_sha256="A" * 64)),
    "documents_validity": ("kept_ratio_not_above", lambda w: change_row(w, Document, kept_ratio=1.01)),
    "text_edits_validity": ("kind_in_vocabulary", lambda w: change_row(w, TextEdit, kind="magic")),
    "rejected_documents_validity": ("reason_in_vocabulary", lambda w: change_row(w, RejectedDocument, reason="mood")),
    "sentences_validity": ("start_char_not_below", lambda w: change_row(w, Sentence, start_char=-1)),
    "document_entities_validity": (
        "entity_type_in_vocabulary",
        lambda w: change_row(w, DocumentEntity, entity_type="planet"),
    ),
    "mentions_validity": ("surface_not_empty", lambda w: change_row(w, Mention, surface="")),
    "claims_validity": ("value_low_finite", lambda w: change_row(w, Claim, value_low=float("inf"))),
    "entities_validity": ("wikidata_id_form", lambda w: change_row(w, Entity, wikidata_id="2283")),
    "entity_aliases_validity": ("alias_kind_in_vocabulary", lambda w: change_row(w, EntityAlias, alias_kind="joke")),
    "entity_links_validity": ("score_not_below", lambda w: change_row(w, EntityLink, score=-0.1)),
    "facts_validity": ("claim_count_not_below", lambda w: change_row(w, Fact, claim_count=0)),
    "fact_relations_validity": (
        "relation_in_vocabulary",
        lambda w: change_row(add_relation(w, "fact_1"), FactRelation, relation="likes"),
    ),
    "fact_links_validity": ("fact_id_not_empty", lambda w: change_row(w, FactLink, fact_id="")),
    # uniqueness: a duplicate id
    "raw_documents_uniqueness": ("key_unique", lambda w: add_row(w, RawDocument)),
    "documents_uniqueness": ("key_unique", lambda w: add_row(w, Document)),
    "text_edits_uniqueness": ("key_unique", lambda w: add_row(w, TextEdit)),
    "rejected_documents_uniqueness": ("key_unique", lambda w: add_row(w, RejectedDocument)),
    "sentences_uniqueness": ("key_unique", lambda w: add_row(w, Sentence)),
    "document_entities_uniqueness": ("key_unique", lambda w: add_row(w, DocumentEntity)),
    "mentions_uniqueness": ("key_unique", lambda w: add_row(w, Mention)),
    "claims_uniqueness": ("key_unique", lambda w: add_row(w, Claim)),
    "entities_uniqueness": ("key_unique", lambda w: add_row(w, Entity)),
    "entity_aliases_uniqueness": ("key_unique", lambda w: add_row(w, EntityAlias)),
    "entity_links_uniqueness": ("key_unique", lambda w: add_row(w, EntityLink)),
    "facts_uniqueness": ("key_unique", lambda w: add_row(w, Fact)),
    "fact_relations_uniqueness": (
        "key_unique",
        lambda w: add_row(add_relation(w, "fact_2"), FactRelation),
    ),
    "fact_links_uniqueness": ("key_unique", lambda w: add_row(w, FactLink)),
    # references: to a row that is not there
    "text_edits_references": ("document_id_exists", lambda w: change_row(w, TextEdit, document_id="doc_9")),
    "sentences_references": ("document_id_exists", lambda w: change_row(w, Sentence, document_id="doc_9")),
    "document_entities_references": (
        "document_id_exists",
        lambda w: change_row(w, DocumentEntity, document_id="doc_9"),
    ),
    "mentions_references": ("entity_id_exists", lambda w: change_row(w, Mention, entity_id="dent_9")),
    "claims_references": ("object_entity_id_exists", lambda w: change_row(w, Claim, object_entity_id="dent_9")),
    "entity_aliases_references": ("entity_id_exists", lambda w: change_row(w, EntityAlias, entity_id="ent_9")),
    "entity_links_references": ("entity_id_exists", lambda w: change_row(w, EntityLink, entity_id="ent_9")),
    "facts_references": ("subject_entity_id_exists", lambda w: change_row(w, Fact, subject_entity_id="ent_9")),
    "fact_relations_references": ("related_fact_id_exists", lambda w: add_relation(w, "fact_9")),
    "fact_links_references": ("claim_id_exists", lambda w: change_row(w, FactLink, claim_id="claim_9")),
    # documents and texts
    "documents_accounted_for": ("none_lost", lambda w: drop_rows(w, RejectedDocument)),
    "documents_hold_no_boilerplate": (
        "none_left",
        lambda w: change_row(w, Document, clean_text=CLEAN + "\nSign in to join the conversation"),
    ),
    "text_edits_rebuild_texts": ("raw_to_clean", lambda w: change_row(w, Document, clean_text=CLEAN + " And more.")),
    "sentences_in_order": ("within_text", lambda w: change_row(w, Sentence, end_char=len(CLEAN) + 1)),
    "documents_have_sentences": ("has_sentences", lambda w: drop_rows(w, Sentence)),
    # spans and statements
    "mentions_lie_in_their_sentence": (
        "sentence",
        lambda w: change_row(w, Sentence, start_char=20),
    ),
    "claims_lie_in_their_sentence": (
        "sentence",
        lambda w: change_row(change_row(w, Claim, end_char=5), Sentence, start_char=20),
    ),
    "mentions_spans_match_text": ("clean_span", lambda w: change_row(w, Mention, start_char=1, end_char=10)),
    "claims_spans_match_text": ("raw_span", lambda w: change_row(w, Claim, raw_start=1)),
    "claims_predicates_fit_registry": ("predicate_known", lambda w: change_row(w, Claim, predicate="enjoy")),
    "claims_values_consistent": ("currency_with_money", lambda w: change_row(w, Claim, currency=None)),
    "claims_attribution_complete": ("speaker_where_attributed", lambda w: change_row(w, Claim, speaker_text=None)),
    "claims_implied_rates_agree": ("usual_rate", lambda w: state_in_yuan(w, [7.1, 7.0, 2.0])),
    # resolution
    "entity_links_complete": ("all_linked", lambda w: drop_rows(w, EntityLink)),
    "fact_links_complete": ("all_linked", lambda w: drop_rows(w, FactLink)),
    "entities_counts_match": ("mention_and_document_count", lambda w: change_row(w, Entity, mention_count=2)),
    "facts_counts_match": ("claim_and_document_count", lambda w: change_row(w, Fact, claim_count=2)),
    "facts_predicates_known": ("predicate_known", lambda w: change_row(w, Fact, predicate="enjoy")),
    "fact_relations_join_two_facts": ("two_facts", lambda w: add_relation(w, "fact_1")),
    # volumes
    "documents_volume_within_bounds": ("share_of_last_release", lambda w: w),
    "claims_volume_within_bounds": ("share_of_last_release", lambda w: drop_rows(w, Claim)),
    "rejected_documents_within_bounds": (
        "rejected_share",
        lambda w: add_row(w, RejectedDocument, source_uri="other.txt"),
    ),
}
BASELINES = {"documents_volume_within_bounds": LARGER_RELEASE}


def judge(check: Check, frames: Frames, folder: Path, baseline: Baseline = LAST_RELEASE) -> Verdict:
    store = write_world(WorkingStore(folder / "work.duckdb"), frames)
    with store.read() as reader:
        (verdict,) = judge_checks(reader, [check], baseline)
    return verdict


def test_every_check_has_a_poison() -> None:
    structural = {name for name in CHECKS if name.endswith("_schema")}
    assert set(CHECKS) - structural == set(POISONS)


@pytest.fixture(scope="module")
def sound_verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    store = write_world(WorkingStore(tmp_path_factory.mktemp("sound") / "work.duckdb"), sound_frames())
    with store.read() as reader:
        return {verdict.check: verdict for verdict in judge_checks(reader, list(CHECKS.values()), LAST_RELEASE)}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_sound_world_passes(name: str, sound_verdicts: dict[str, Verdict]) -> None:
    assert sound_verdicts[name].passed, sound_verdicts[name].explain()


@pytest.mark.parametrize("name", sorted(POISONS))
def test_poison_breaks_the_named_rule(name: str, tmp_path: Path) -> None:
    rule_name, poison = POISONS[name]
    verdict = judge(CHECKS[name], poison(sound_frames()), tmp_path, BASELINES.get(name, LAST_RELEASE))
    assert not verdict.passed
    failed = {rule.rule: rule for rule in verdict.rules if not rule.passed}
    assert rule_name in failed
    sample = failed[rule_name].failed_sample
    assert sample, "a failed rule shows a row"
    explained = verdict.explain()
    assert name in explained
    assert CHECKS[name].table in explained
    assert sample in explained


def test_processing_that_fails_on_most_documents_blocks_however_few(tmp_path: Path) -> None:
    world = add_row(sound_frames(), RejectedDocument, source_uri="other.txt", reason="processing_failed")
    world = change_row(world, RejectedDocument, reason="processing_failed")
    check = next(c for c in list_checks(VolumeBounds()) if c.name == "rejected_documents_within_bounds")
    assert "processing failed" in judge(check, world, tmp_path).explain()


def test_table_of_other_columns_breaks_its_schema(tmp_path: Path) -> None:
    store = write_world(WorkingStore(tmp_path / "work.duckdb"), sound_frames())
    with open_database(store.path) as connection:
        connection.execute("ALTER TABLE claims ALTER confidence TYPE VARCHAR")
    with store.read() as reader:
        (verdict,) = judge_checks(reader, [CHECKS["claims_schema"]], None)
    assert "confidence VARCHAR" in verdict.explain()


def test_unmeasured_rule_fails(tmp_path: Path) -> None:
    check = CHECKS["claims_uniqueness"]
    silent = Check(check.name, check.model, check.description, "block", check.reads, check.rules, lambda _r, _b: {})
    assert not judge(silent, sound_frames(), tmp_path).passed


def test_suite_has_an_expectation_per_rule() -> None:
    check = CHECKS["documents_validity"]
    assert len(build_suite([check]).expectations) == len(check.rules)
