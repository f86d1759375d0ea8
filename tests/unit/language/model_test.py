"""Pipelines load, damaged ones say so, and what comes out is in our labels whoever made it."""

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.language import Language, LanguageModelError, load_language
from pipeline.language.model import SHIPPED_MODEL

ENTITY_LABELS = {"organization", "person", "product", "place", "event", "law"}
TEXTS = [
    "Acme Corp. said on Monday that it would buy Umbra.\nShares rose.",
    "",
    "“We don’t comment,” a spokeswoman for the bank told Reuters.",
    "Nothing happened in Paris \N{PERSON WITH FOLDED HANDS} today.",
]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def test_texts_come_back_in_order_and_unchanged(language: Language) -> None:
    assert [doc.text for doc in language.parse(TEXTS)] == TEXTS


def test_the_analysis_does_not_depend_on_neighbours(language: Language) -> None:
    together = [doc.to_json() for doc in language.parse(TEXTS * 10)]
    alone = [next(iter(language.parse([text]))).to_json() for text in TEXTS]

    assert together == alone * 10


def test_a_plain_sentence_is_understood(language: Language) -> None:
    (doc,) = language.parse(["The company bought three rivals. They met in London."])
    words = {token.text: token for token in doc}

    assert words["company"].dep_ == "nsubj"
    assert words["company"].head.text == "bought"
    assert words["rivals"].dep_ == "obj"
    assert words["London"].dep_ == "obl"
    assert words["in"].head.text == "London"
    assert (words["bought"].tag_, words["bought"].pos_, words["bought"].lemma_) == ("VBD", "VERB", "buy")


def test_negation_auxiliaries_and_curly_apostrophes_have_lemmas(language: Language) -> None:
    (doc,) = language.parse(["They weren’t sold."])

    assert [token.lemma_ for token in doc][:4] == ["they", "be", "not", "sell"]


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("The focus of the business is access.", ["the", "focus", "of", "the", "business", "be", "access", "."]),
        ("Regulators fined the bank.", ["regulator", "fine", "the", "bank", "."]),
        ("They hoped for losses.", ["they", "hope", "for", "loss", "."]),
    ],
)
def test_lemmas_are_words(language: Language, text: str, lemmas: list[str]) -> None:
    (doc,) = language.parse([text])

    assert [token.lemma_ for token in doc] == lemmas


def test_tokens_that_are_given_are_kept(language: Language) -> None:
    vocab = next(iter(language.parse(["."]))).vocab
    (doc,) = language.parse([Doc(vocab, words=["Shares", "of", "Acme-Umbra", "rose"])])

    assert [token.text for token in doc] == ["Shares", "of", "Acme-Umbra", "rose"]
    assert doc[0].tag_ == "NNS"


def test_a_paragraph_break_ends_a_sentence(language: Language) -> None:
    (doc,) = language.parse(["Shares of the\nbank rose"])

    assert len(list(doc.sents)) == 2


def test_names_carry_our_types_alone(language: Language) -> None:
    docs = language.parse(
        ["President Joe Biden met Xi Jinping in Beijing.", "Microsoft Corp. sued Google over Windows."]
    )
    found = {(ent.text, ent.label_) for doc in docs for ent in doc.ents}

    assert {("Beijing", "place"), ("Xi Jinping", "person"), ("Google", "organization")} <= found
    assert {label for _, label in found} <= ENTITY_LABELS


def test_another_pipeline_is_mapped_to_our_labels(stand_in: Path) -> None:
    (doc,) = load_language(str(stand_in)).parse(["Shares of Acme rose in London on Monday."])

    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Acme", "organization"), ("London", "place")]
    relations = {token.text: (token.dep_, token.head.text) for token in doc}
    assert relations["Acme"] == ("nmod", "Shares")
    assert relations["of"] == ("case", "Acme")
    assert relations["London"] == ("obl", "rose")


def test_paragraphs_end_sentences_in_another_pipeline_too(stand_in: Path) -> None:
    (doc,) = load_language(str(stand_in)).parse(["Shares of Acme\nrose in London"])

    assert doc[4].is_sent_start


@pytest.mark.parametrize("name", ["no_such_pipeline", "./no/such/folder"])
def test_a_missing_pipeline_says_the_way_out(name: str) -> None:
    with pytest.raises(LanguageModelError, match="Way out: install it"):
        load_language(name)


@pytest.mark.parametrize(
    "file",
    [
        "config.cfg",
        "meta.json",
        "winnow_word_vectors/vectors.npy",
        "winnow_word_vectors/words.txt.gz",
        "winnow_syntax/labels.json",
        "winnow_syntax/weights.npz",
        "winnow_names/weights.npz",
        "winnow_name_features/names.tsv.gz",
    ],
)
@pytest.mark.parametrize("damage", ["lost", "cut"])
def test_a_damaged_pipeline_says_the_way_out(tmp_path: Path, file: str, damage: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SHIPPED_MODEL, copy)
    path = copy / file
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])

    with pytest.raises(LanguageModelError, match="Way out"):
        load_language(str(copy))


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(LanguageModelError, match="no component 'parser'"):
        load_language(str(tmp_path / "blank"))
