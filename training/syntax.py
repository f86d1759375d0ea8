"""The syntax stage: tagger, parts of speech and parser, learned from the treebanks.

Belongs here: which treebanks, how long, and what is reported on the way. Does not belong here: names, and putting the
parts together.
"""

import random
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import fix_random_seed

from pipeline.language.paragraphs import NAME as PARAGRAPHS
from training import treebanks
from training.loop import Schedule, train

CONFIG = Path(__file__).with_name("syntax.cfg")
SCHEDULE = Schedule(steps=7000)
SHOWN = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f")


def train_syntax(data: Path, work: Path, schedule: Schedule = SCHEDULE) -> Language:
    """Return the syntax pipeline, trained on EWT and GUM train of `data`; progress and checkpoints go to `work`."""
    sentences = read_training_sentences(data)
    pipeline = load_model_from_config(load_config(CONFIG), auto_fill=True)
    assert PARAGRAPHS in pipeline.pipe_names
    chance = random.Random(schedule.seed)
    first = list(treebanks.group_sentences(sentences, lambda: 4))
    fix_random_seed(schedule.seed)
    pipeline.initialize(lambda: [treebanks.make_example(pipeline, group) for group in first])

    def epoch(number: int) -> list[Example]:
        chance.seed(f"{schedule.seed} {number}")
        groups = list(treebanks.group_sentences(sentences, lambda: chance.randint(1, 8)))
        chance.shuffle(groups)
        return [treebanks.make_example(pipeline, treebanks.vary(group, chance)) for group in groups]

    tests = {name: load_tests(pipeline, data / "parsing" / name / "dev.conllu.gz") for name in ("ewt", "gum")}

    def report(step: int, losses: dict[str, float], speed: float) -> None:
        shown = " ".join(
            f"{name}: " + " ".join(f"{key} {100 * figures[key]:.1f}" for key in SHOWN)
            for name, figures in ((name, pipeline.evaluate(examples)) for name, examples in tests.items())
        )
        rounded = {name: round(loss) for name, loss in losses.items()}
        print(f"syntax step {step}/{schedule.steps} {speed:.0f} words/s {rounded} {shown}", flush=True)

    train(pipeline, epoch, schedule, work / "syntax.checkpoint", report)
    return pipeline


def read_training_sentences(data: Path) -> list[treebanks.Sentence]:
    """Return the sentences of EWT and GUM train."""
    paths = (data / "parsing" / name / "train.conllu.gz" for name in ("ewt", "gum"))
    return [sentence for path in paths for sentence in treebanks.read_treebank(path)]


def load_tests(pipeline: Language, path: Path, sentences_a_document: int = 40) -> list[Example]:
    """Return the documents of a treebank file as test examples, `sentences_a_document` sentences each at most."""
    groups = treebanks.group_sentences(treebanks.read_treebank(path), lambda: sentences_a_document)
    return [treebanks.make_example(pipeline, group) for group in groups]
