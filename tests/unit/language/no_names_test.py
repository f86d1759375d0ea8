"""Days and nationalities are no names, but parts of some."""

from collections.abc import Iterable

import pytest
import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Span

from pipeline.language import name_features, no_names
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import NameLists

LISTS = NameLists.collect([("Red Cross", "organization"), ("May", "calendar"), ("French", "demonym")])


@pytest.fixture(scope="module")
def pipeline() -> SpacyPipeline:
    nlp = spacy.blank("en")
    features = nlp.add_pipe(name_features.NAME)
    assert isinstance(features, NameFeatures)
    features.lists = LISTS
    nlp.add_pipe(no_names.NAME)
    return nlp


def names(pipeline: SpacyPipeline, text: str, recognised: Iterable[tuple[int, int, str]] = ()) -> list[tuple[str, str]]:
    doc = pipeline.make_doc(text)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in recognised])
    return [(ent.text, ent.label_) for ent in pipeline(doc).ents]


def test_nationalities_and_days_are_no_names(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "The French came", [(1, 2, "organization")]) == []
    assert names(pipeline, "The French Red Cross", [(1, 4, "organization")]) == [("French Red Cross", "organization")]


def test_a_person_may_bear_the_name_of_a_month(pipeline: SpacyPipeline) -> None:
    assert names(pipeline, "Then May spoke", [(1, 2, "person")]) == [("May", "person")]
