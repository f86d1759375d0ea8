"""Training data are read as their formats say, and training that was interrupted ends with the same weights."""

import gzip
import random
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from training import treebanks
from training.__main__ import main
from training.data import TrainingDataError, find_data
from training.loop import Schedule, train
from training.passages import LABELS, Name, Passage, TaggingError, annotate, join_words, read_tagged, read_tagged_file
from training.variation import pool_names, swap_names, vary_typography

CONLLU = """\
# newdoc id = one
# newpar
# text = "I don't," said Ann.
1\t"\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2\tI\tI\tPRON\tPRP\t_\t4\tnsubj\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
4\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
5\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t3\tpunct\t_\t_

# newpar
# text = Really
1\tReally\treally\tADV\tRB\t_\t0\troot\t_\t_

"""


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> list[treebanks.Sentence]:
    path = tmp_path_factory.mktemp("treebank") / "small.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    return list(treebanks.read_treebank(path))


def test_treebank_words_stand_as_in_the_text(sentences: list[treebanks.Sentence]) -> None:
    example = treebanks.make_example(spacy.blank("en"), sentences)

    assert example.predicted.text == '"I don\'t,"\nReally '
    assert [token.is_sent_start for token in example.reference if not token.is_space].count(True) == 2
    assert next(token for token in example.reference if token.text == "n't").head.text == "do"


def test_typographic_quotes_open_and_close(sentences: list[treebanks.Sentence]) -> None:
    curled = treebanks.curl_quotes(sentences[0])

    assert [word.text for word in curled.words] == ["“", "I", "do", "n’t", ",", "”"]
    assert [word.text for word in treebanks.straighten_quotes(curled).words] == [w.text for w in sentences[0].words]


def test_groups_end_with_documents_and_at_their_length(sentences: list[treebanks.Sentence]) -> None:
    sizes = [len(group) for group in treebanks.group_sentences(sentences * 3, lambda: 5)]

    assert sizes == [2, 2, 2]
    assert [len(group) for group in treebanks.group_sentences(sentences, lambda: 1)] == [1, 1]


def test_inline_tags_become_names() -> None:
    passage = read_tagged("<p>Ann</p> left <o>Acme & Co</o>.", "test:1")

    assert passage == Passage("Ann left Acme & Co.", (Name(0, 3, "person"), Name(9, 18, "organization")), "test:1")


@pytest.mark.parametrize(
    "wrong", ["<p>Ann", "Ann</p>", "<p>Ann</o>", "<p>Ann <o>Acme</o></p>", "<q>Ann</q>", "<p></p>", "<p> Ann</p>"]
)
def test_wrong_tags_are_refused(wrong: str) -> None:
    with pytest.raises(TaggingError, match="test:1"):
        read_tagged(wrong, "test:1")


def test_our_own_labels_are_well_formed() -> None:
    for path in sorted(Path(treebanks.__file__).with_name("labels").glob("*.txt")):
        passages = list(read_tagged_file(path))
        assert passages
        for passage in passages:
            assert passage.text.strip()
            assert {name.label for name in passage.names} <= {*LABELS, "unknown"}


def test_words_are_joined_as_english_is_written() -> None:
    words = ["He", "said", '"', "Acme", "'s", "up", '"', "(", "5", "%", ")", "."]
    passage = join_words(words, ["O", "O", "O", "B-organization", *["O"] * 8], "test")

    assert passage.text == 'He said "Acme\'s up" (5%).'
    assert [passage.text[name.start : name.end] for name in passage.names] == ["Acme"]


def test_names_inside_tokens_and_unknown_stretches_are_left_open() -> None:
    doc = spacy.blank("en").make_doc("Umbrageous Acme met Zed")
    names = (Name(0, 5, "person"), Name(11, 15, "organization"), Name(20, 23, "unknown"))
    example = annotate(doc, Passage(doc.text, names, "test"))

    assert example.get_aligned_ner() == [None, "U-organization", "O", None]


NAMES = st.sampled_from(["Ann Lee", "Lee", "Acme", "Acme Corp", "Zed", "Bo"])
PIECES = st.lists(st.tuples(NAMES, st.sampled_from(LABELS[:3]), st.sampled_from([" met ", " and ", ". "])), max_size=6)


@settings(deadline=None)
@given(PIECES, st.integers(0, 1000))
def test_swapped_names_stay_tagged_and_the_rest_stays(pieces: list[tuple[str, str, str]], seed: int) -> None:
    text = ""
    names: list[Name] = []
    for name, label, after in pieces:
        names.append(Name(len(text), len(text) + len(name), label))
        text += name + after
    passage = Passage(text, tuple(names), "test")
    pool = {label: ["Swapped Name"] for label in LABELS}

    swapped = swap_names(passage, pool, 1.0, random.Random(seed))

    assert [name.label for name in swapped.names] == [name.label for name in passage.names]
    for before, after in zip(passage.names, swapped.names, strict=True):
        shown = swapped.text[after.start : after.end]
        assert shown in ("Swapped Name", passage.text[before.start : before.end])
    rest = swapped.text
    for name in reversed(swapped.names):
        rest = rest[: name.start] + rest[name.end :]
    assert rest == "".join(after for _, _, after in pieces)


@settings(deadline=None)
@given(st.text(alphabet="aB \"'“”’", max_size=30), st.integers(0, 1000))
def test_typography_changes_no_offset(text: str, seed: int) -> None:
    assert len(vary_typography(Passage(text, (), "test"), random.Random(seed)).text) == len(text)


def test_the_pool_holds_each_name_once() -> None:
    passage = read_tagged("<p>Ann</p> and <p>Ann</p> of <o>Acme</o>", "test")

    assert pool_names([passage, passage]) == {"organization": ["Acme"], "person": ["Ann"]}


def test_missing_data_say_where_they_come_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TrainingDataError, match="WINNOW_TRAINING_DATA"):
        find_data(None)
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path), "--work", str(tmp_path / "work")])
    assert "docs/language-model.md" in capsys.readouterr().err


class InterruptionError(Exception):
    """Stands for whatever stops a training run."""


def _train_tagger(sentences: list[treebanks.Sentence], checkpoint: Path, stop_at: int | None) -> bytes:
    pipeline = Language()
    pipeline.add_pipe("tagger")
    examples = [treebanks.make_example(pipeline, [sentence]) for sentence in sentences * 4]
    fix_random_seed(1)
    pipeline.initialize(lambda: examples)

    def epoch(number: int) -> list[Example]:
        return random.Random(number).sample(examples, len(examples))

    def report(step: int, losses: dict[str, float], speed: float) -> None:
        if step == stop_at:
            raise InterruptionError

    schedule = Schedule(steps=9, warmup_steps=2, batch_words=(4, 12), checkpoint_every=2, dropout=0.3)
    train(pipeline, epoch, schedule, checkpoint, report)
    return pipeline.to_bytes(exclude=["vocab"])


def test_an_interrupted_training_ends_with_the_same_weights(
    sentences: list[treebanks.Sentence], tmp_path: Path
) -> None:
    straight = _train_tagger(sentences, tmp_path / "straight", None)
    with pytest.raises(InterruptionError):
        _train_tagger(sentences, tmp_path / "interrupted", 4)

    assert _train_tagger(sentences, tmp_path / "interrupted", None) == straight
