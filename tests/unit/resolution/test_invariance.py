"""Order and batching have no say, and a retired document takes exactly its support with it."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.resolution_set import generate_set
from pipeline.knowledge import load_knowledge
from pipeline.resolution import Resolved, resolve
from pipeline.tables import Claim, Document, DocumentEntity, Mention
from tests.unit.resolution.world import NOON, World

_NAMES = ("Quillmark", "Quillmark Inc.", "Quillmark Bank", "Quilmark Bank", "Alibaba", "Belmere")
_PEOPLE = ("Dana Ferrow", "Ferrow", "Daniel Ferrow", "Dan Ferrow")
_STATED = (("$2.8 billion", 2.8e9), ("$2.81bn", 2.81e9), ("$2.84bn", 2.84e9), ("$3bn", 3e9), ("$450 million", 4.5e8))

_Claim = tuple[str, tuple[str, float], str, str]
_Article = tuple[str, str, int | None, list[_Claim]]

a_claim = st.tuples(
    st.sampled_from(["valuation", "invest", "hold_role", "say"]),
    st.sampled_from(_STATED),
    st.sampled_from(["affirms", "denies"]),
    st.sampled_from(["actual", "planned", "rumoured"]),
)
an_article = st.tuples(
    st.sampled_from(_NAMES),
    st.sampled_from(_PEOPLE),
    st.one_of(st.none(), st.integers(0, 400)),
    st.lists(a_claim, max_size=3),
)


def write(world: World, articles: list[_Article]) -> None:
    """Write articles of one company, one person and some claims each."""
    for number, (name, person, day, claims) in enumerate(articles):
        published_on = None if day is None else str(date(2023, 1, 1) + timedelta(days=day))
        document = world.document(f"article {number}", published_on)
        company = world.entity(document, name)
        somebody = world.entity(document, person, "person")
        for index, (predicate, (text, value), stance, modality) in enumerate(claims):
            shared: dict[str, object] = {"stance": stance, "modality": modality, "start_char": index}
            if predicate == "valuation":
                world.money(document, predicate, company, text, value, **shared)
            elif predicate == "say":
                world.claim(document, predicate, somebody, object_text=f"we are worth {text} and more", **shared)
            else:
                world.claim(document, predicate, somebody, object_entity_id=company, **shared)


def inputs(world: World) -> list[pl.DataFrame]:
    return [world.frame(model) for model in (Document, DocumentEntity, Mention, Claim)]


def resolve_all(frames: list[pl.DataFrame]) -> Resolved:
    return resolve(frames[0], frames[1], frames[2], frames[3], load_knowledge(), now=NOON)


@settings(max_examples=12, deadline=None)
@given(articles=st.lists(an_article, min_size=1, max_size=7), seed=st.integers(0, 1000))
def test_order_has_no_say(articles: list[_Article], seed: int) -> None:
    made = World()
    write(made, articles)
    frames = inputs(made)
    first = resolve_all(frames)
    shuffled = resolve_all([frame.sample(fraction=1, shuffle=True, seed=seed) for frame in frames])
    for model, table in first.tables().items():
        assert table.equals(shuffled.tables()[model]), model


@settings(max_examples=12, deadline=None)
@given(articles=st.lists(an_article, min_size=1, max_size=7))
def test_every_row_is_linked_once_and_every_id_is_known(articles: list[_Article]) -> None:
    made = World()
    write(made, articles)
    _, document_entities, _, claims = inputs(made)
    resolved = made.resolve()
    assert sorted(resolved.entity_links["document_entity_id"]) == sorted(document_entities["document_entity_id"])
    assert sorted(resolved.fact_links["claim_id"]) == sorted(claims["claim_id"])
    assert set(resolved.entity_links["entity_id"]) == set(resolved.entities["entity_id"])
    assert set(resolved.fact_links["fact_id"]) == set(resolved.facts["fact_id"])
    related = {*resolved.fact_relations["fact_id"], *resolved.fact_relations["related_fact_id"]}
    assert related <= set(resolved.facts["fact_id"])
    assert resolved.facts["fact_id"].is_unique().all()
    assert resolved.entities["entity_id"].is_unique().all()
    assert resolved.facts["claim_count"].sum() == len(claims)


@pytest.mark.parametrize("position", [0, 17, 31, 44])
def test_a_retired_document_takes_exactly_its_support(position: int) -> None:
    made = generate_set(7)
    retired = made.documents.sort("source_uri")["document_id"][position]
    frames = [made.documents, made.document_entities, made.mentions, made.claims]
    whole = resolve_all(frames)
    rest = resolve_all([frame.filter(pl.col("document_id") != retired) for frame in frames])
    lost = made.claims.filter(pl.col("document_id") == retired)["claim_id"]
    touched = whole.fact_links.filter(pl.col("claim_id").is_in(lost.implode()))["fact_id"].unique()
    untouched = whole.facts.filter(~pl.col("fact_id").is_in(touched.implode()))
    kept = rest.facts.filter(pl.col("fact_id").is_in(untouched["fact_id"].implode()))
    counts = ["fact_id", "claim_count", "document_count", "independent_source_count", "first_reported_on"]
    assert kept.select(counts).equals(untouched.select(counts))
    assert rest.facts["claim_count"].sum() == whole.facts["claim_count"].sum() - len(lost)
    assert set(rest.entities["entity_id"]) <= set(whole.entities["entity_id"])
    before = whole.fact_links.join(rest.fact_links, on="claim_id", how="semi").sort("claim_id")
    after = before.select("claim_id").join(rest.fact_links, on="claim_id", maintain_order="left")
    fates = pl.DataFrame({"before": before["fact_id"], "after": after["fact_id"]}).unique()
    assert fates["before"].is_unique().all(), "claims that were one fact and remain are still one"
    assert fates["after"].is_unique().all(), "facts do not run together"
    renamed = fates.filter(pl.col("before") != pl.col("after")).join(whole.facts, left_on="before", right_on="fact_id")
    retired_on = made.documents.filter(pl.col("document_id") == retired)["published_on"][0]
    assert set(renamed["first_reported_on"]) <= {retired_on}, "only facts that it reported first have a new name"
