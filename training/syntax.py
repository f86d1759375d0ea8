"""The syntax stage: tagger, parts of speech and parser, learned from the treebanks.

Belongs here: which treebanks, how long, and what is reported on the way. Does not belong here: names, and putting the parts together.
"""

import random
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config

from pipeline.language import paragraphs  # noqa: F401  (registers the component that the configuration names)
from training import treebanks
from training.loop import Schedule, train

CONFIG = Path(__file__).with_name("syntax.cfg")
SCHEDULE = Schedule(steps=7000)


def train_syntax(data: Path, work: Path, schedule: Schedule = SCHEDULE) -> Language:
    """Return the syntax pipeline, trained on EWT and GUM train of `data`; progress and checkpoints go to `work`."""
    sentences = [
        sentence for name in ("ewt", "gum") for sentence in treebanks.read_treebank(data / "parsing" / name / "train.conllu.gz")
    ]
    pipeline = spacy.util.load_model_from_config(load_config(CONFIG), auto_fill=True)
    chance = random.Random(schedule.seed)
    first = list(treebanks.group_sentences(sentences, lambda: 4))
    spacy.util.fix_random_seed(schedule.seed)
    pipeline.initialize(lambda: [treebanks.make_example(pipeline, group) for group in first])

    def epoch(number: int) -> list[Example]:
        chance.seed(f"{schedule.seed} {number}")
        groups = list(treebanks.group_sentences(sentences, lambda: chance.randint(1, 8)))
        chance.shuffle(groups)
        return [treebanks.make_example(pipeline, treebanks.vary(group, chance)) for group in groups]

    tests = {name: load_tests(pipeline, data / "parsing" / name / "dev.conllu.gz") for name in ("ewt", "gum")}

    def report(step: int, losses: dict[str, float], speed: float) -> None:
        figures = {name: pipeline.evaluate(examples) for name, examples in tests.items()}
        shown = " ".join(
            f"{name}: TAG {100 * f['tag_acc']:.1f} POS {100 * f['pos_acc']:.1f} UAS {100 * f['dep_uas']:.1f} LAS {100 * f['dep_las']:.1f} SENT {100 * f['sents_f']:.1f}"
            for name, f in figures.items()
        )
        rounded = {name: round(loss) for name, loss in losses.items()}
        print(f"syntax step {step}/{schedule.steps} {speed:.0f} words/s {rounded} {shown}", flush=True)

    train(pipeline, epoch, schedule, work / "syntax.checkpoint", report)
    return pipeline


def load_tests(pipeline: Language, path: Path, sentences_a_document: int = 40) -> list[Example]:
    """Return the documents of a treebank file as test examples, `sentences_a_document` sentences each at most."""
    groups = treebanks.group_sentences(treebanks.read_treebank(path), lambda: sentences_a_document)
    return [treebanks.make_example(pipeline, group) for group in groups]
