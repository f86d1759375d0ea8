"""Training data are read as their formats say, and training that was interrupted ends with the same weights."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.name_lists import KINDS
from pipeline.language.word_vectors import STEPS_A_DEVIATION
from training import treebanks
from training.__main__ import main
from training.data import TrainingDataError, find_data
from training.passages import (
    UNKNOWN,
    Name,
    Passage,
    TaggingError,
    align_names,
    join_words,
    read_tagged,
    read_tagged_file,
)
from training.tokenization import adapt_tokenizer
from training.variation import pool_names, swap_names, vary_typography
from training.word_vectors import SOURCE, read_vectors

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
    text, places = treebanks.join_sentences(sentences)

    assert text == '"I don\'t,"\nReally '
    assert [[text[start:end] for start, end in spans] for spans in places] == [
        ['"', "I", "do", "n't", ",", '"'],
        ["Really"],
    ]


def test_paragraphs_part_groups(sentences: list[treebanks.Sentence]) -> None:
    assert [len(group) for group in treebanks.group_paragraphs(sentences, lambda: 5)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("What?!", ["What", "?!"]),
        ("*** Ex-members re-elected", ["***", "Ex-members", "re-elected"]),
        ("well-known and/or", ["well", "-", "known", "and", "/", "or"]),
        ("Call 212-555-0100, etc.", ["Call", "212-555-0100", ",", "etc."]),
        ("$1.5-2bn (3%)", ["$", "1.5", "-", "2bn", "(", "3", "%", ")"]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text: str, tokens: list[str]) -> None:
    pipeline = spacy.blank("en")
    adapt_tokenizer(pipeline)

    assert [token.text for token in pipeline.make_doc(text)] == tokens


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
            assert {name.label for name in passage.names} <= {*KINDS, UNKNOWN}


def test_words_are_joined_as_english_is_written() -> None:
    words = ["He", "said", '"', "Acme", "'s", "up", '"', "(", "5", "%", ")", "."]
    passage = join_words(words, ["O", "O", "O", "B-organization", *["O"] * 8], "test")

    assert passage.text == 'He said "Acme\'s up" (5%).'
    assert [passage.text[name.start : name.end] for name in passage.names] == ["Acme"]


def test_names_inside_tokens_and_unknown_stretches_are_left_open() -> None:
    doc = spacy.blank("en").make_doc("Umbrageous Acme met Zed")
    names = (Name(0, 5, "person"), Name(11, 15, "organization"), Name(20, 23, UNKNOWN))

    assert align_names(doc, Passage(doc.text, names, "test")) == [
        Name(0, 1, UNKNOWN),
        Name(1, 2, "organization"),
        Name(3, 4, UNKNOWN),
    ]


def test_vectors_are_standard_and_in_order_of_frequency(tmp_path: Path) -> None:
    published = {
        "dimensions": 2,
        "vectors": {"the": [1.0, 5.0, 0.3, 0], "of": [3.0, 1.0, 0.2, 1], "rare": [9, 9, 9, 2]},
    }
    path = tmp_path / SOURCE
    path.parent.mkdir()
    path.write_text(json.dumps(published))
    table = read_vectors(tmp_path, words_kept=2)

    assert table.words == ("the", "of")
    assert table.vectors.tolist() == [[-STEPS_A_DEVIATION, STEPS_A_DEVIATION], [STEPS_A_DEVIATION, -STEPS_A_DEVIATION]]


NAMES = st.sampled_from(["Ann Lee", "Lee", "Acme", "Acme Corp", "Zed", "Bo"])
PIECES = st.lists(st.tuples(NAMES, st.sampled_from(KINDS[:3]), st.sampled_from([" met ", " and ", ". "])), max_size=6)


@settings(deadline=None)
@given(PIECES, st.integers(0, 1000))
def test_swapped_names_stay_tagged_and_the_rest_stays(pieces: list[tuple[str, str, str]], seed: int) -> None:
    text = ""
    names: list[Name] = []
    for name, label, after in pieces:
        names.append(Name(len(text), len(text) + len(name), label))
        text += name + after
    passage = Passage(text, tuple(names), "test")
    pool = {label: ["Swapped Name"] for label in KINDS}

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


def test_an_interrupted_training_ends_with_the_same_weights(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is in the dependency group training (make train)")
    from training.loop import Schedule, train

    examples = [[random.Random(number).random() for _ in range(4)] for number in range(10)]

    def learn(checkpoint: Path, stop_at: int | None) -> list[float]:
        torch.manual_seed(1)
        network = torch.nn.Sequential(torch.nn.Dropout(0.3), torch.nn.Linear(3, 1))

        def epoch(number: int) -> list[list[list[float]]]:
            drawn = random.Random(number).sample(examples, len(examples))
            return [drawn[at : at + 3] for at in range(0, len(drawn), 3)]

        def report(step: int, loss: float) -> None:
            if step == stop_at:
                raise InterruptionError

        def miss(batch: list[list[float]]) -> Any:
            rows = torch.tensor(batch)
            return ((network(rows[:, :3]) - rows[:, 3:]) ** 2).mean()

        train(network, epoch, miss, Schedule(9, 0.1, 3, warmup_steps=2, checkpoint_every=2), checkpoint, report)
        return [value for weights in network.parameters() for value in weights.flatten().tolist()]

    straight = learn(tmp_path / "straight.checkpoint", None)
    with pytest.raises(InterruptionError):
        learn(tmp_path / "interrupted.checkpoint", 4)

    assert learn(tmp_path / "interrupted.checkpoint", None) == straight
