"""Listed names keep the kind they are known for, if they are known for one alone."""

from collections.abc import Iterable

import pytest
import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Span

from pipeline.language import known_names, name_features
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import NameLists

LISTS = NameLists.collect(
    [
        ("ChatGPT", "product"),
        ("Jordan", "place"),
        ("Jordan", "person"),
        ("Rose", "organization"),
        ("Rose", "common_word"),
        ("Red Cross", "organization"),
        ("May", "calendar"),
        ("French", "demonym"),
    ]
)


@pytest.fixture(scope="module")
def pipeline() -> SpacyPipeline:
    nlp = spacy.blank("en")
    features = nlp.add_pipe(name_features.NAME)
    assert isinstance(features, NameFeatures)
    features.lists = LISTS
    nlp.add_pipe(known_names.NAME)
    return nlp


def names(pipeline: SpacyPipeline, text: str, recognised: Iterable[tuple[int, int, str]] = ()) -> list[tuple[str, str]]:
    doc = pipeline.make_doc(text)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in recognised])
    return [(ent.text, ent.label_) for ent in pipeline(doc).ents]


def test_a_listed_name_gets_its_kind(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "They use ChatGPT daily", [(2, 3, "organization")]) == [("ChatGPT", "product")]


def test_an_overlooked_listed_name_is_added(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "The Red Cross came") == [("Red Cross", "organization")]


def test_a_name_of_two_kinds_is_left_to_the_recogniser(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "They met Jordan", [(2, 3, "person")]) == [("Jordan", "person")]
    assert names(pipeline, "They met Jordan") == []


def test_a_common_word_is_left_to_the_recogniser(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "Rose fell") == []


def test_a_name_inside_a_longer_one_is_left_alone(pipeline: SpacyPipeline) -> None:
    found = names(pipeline, "The British Red Cross Society", [(1, 5, "organization")])

    assert found == [("British Red Cross Society", "organization")]


def test_words_in_lower_case_are_no_names(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "a red cross on white") == []


def test_nationalities_and_days_are_no_names(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "The French came", [(1, 2, "organization")]) == []
    assert names(pipeline, "The French Red Cross", [(1, 4, "organization")]) == [("French Red Cross", "organization")]


def test_a_person_may_bear_the_name_of_a_month(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "Then May spoke", [(1, 2, "person")]) == [("May", "person")]
