"""The names stage: the entity recogniser, learned on top of the finished syntax network, which stays as it is.

Belongs here: how the sources are weighed and varied, how long, and what is reported on the way. Does not belong here:
reading the sources.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config
from thinc.api import fix_random_seed

from pipeline.language.name_features import NAME as FEATURES
from pipeline.language.name_features import NameFeatures
from pipeline.language.name_lists import NameLists
from training.entity_sources import read_own, read_public
from training.loop import Schedule, train
from training.passages import LABELS, Passage, annotate
from training.variation import pool_names, swap_names, vary_typography

CONFIG = Path(__file__).with_name("names.cfg")
SCHEDULE = Schedule(steps=5000, batch_words=(300, 1200), dropout=0.25)
RECOGNISER = "ner"

VARIANTS = 3
"""How many variations of each of our own passages an epoch holds."""

SHARE_SWAPPED = 0.5
"""How many names the variations after the first exchange for others."""

SHARES = {"btc": 0.12, "wnut17": 0.5, "sec_filings": 0.3}
"""How much of a source an epoch takes, drawn anew: tweets and contracts are many and unlike news."""

SHARE_OF_NAMELESS = 0.3
"""How many of the public passages without a name an epoch takes."""

HELD_OUT = 12
"""Of our own passages every twelfth is kept out of training, to report on."""


class Recogniser(Protocol):
    """What is used here of spaCy's EntityRecognizer, which has no types of its own."""

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language) -> None:
        """Learn the labels from the examples."""
        ...

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its entities."""
        ...


def train_names(
    pipeline: Language, lists: NameLists, data: Path, work: Path, schedule: Schedule = SCHEDULE
) -> dict[str, float]:
    """Add the name features and the recogniser to `pipeline` and train the latter; return F1 by type on the held-out
    passages.
    """
    config = cast("dict[str, Any]", load_config(CONFIG)["components"][RECOGNISER])
    features = pipeline.add_pipe(FEATURES)
    assert isinstance(features, NameFeatures)
    features.lists = lists
    pipeline.add_pipe(RECOGNISER, config={key: value for key, value in config.items() if key != "factory"})

    own = list(read_own(data))
    held_out = _prepare(pipeline, own[::HELD_OUT])
    kept = [passage for number, passage in enumerate(own) if number % HELD_OUT]
    chance = random.Random(schedule.seed)
    pool = pool_names(kept)
    public = [(_share(p), e) for p, e in _pair(pipeline, read_public(data), chance)]
    variants = [
        _prepare(
            pipeline,
            [vary_typography(swap_names(p, pool, SHARE_SWAPPED if number else 0.0, chance), chance) for p in kept],
        )
        for number in range(VARIANTS)
    ]
    fix_random_seed(schedule.seed)
    recogniser = cast("Recogniser", pipeline.get_pipe(RECOGNISER))
    recogniser.initialize(lambda: [*variants[0], *(example for _, example in public[:500])], nlp=pipeline)

    def epoch(number: int) -> list[Example]:
        drawn = random.Random(f"{schedule.seed} {number}")
        chosen = [example for share, example in public if drawn.random() < share]
        chosen += [example for variant in variants for example in variant]
        drawn.shuffle(chosen)
        return chosen

    figures: dict[str, float] = {}

    def report(step: int, losses: dict[str, float], speed: float) -> None:
        figures.update(_score(recogniser, held_out))
        shown = " ".join(f"{label} {100 * f1:.1f}" for label, f1 in figures.items())
        print(
            f"names step {step}/{schedule.steps} {speed:.0f} words/s loss {losses[RECOGNISER]:.0f} F1 {shown}",
            flush=True,
        )

    with pipeline.select_pipes(enable=[RECOGNISER]):
        train(pipeline, epoch, schedule, work / "names.checkpoint", report)
    return figures


def _share(passage: Passage) -> float:
    return SHARES.get(passage.source, 1.0) * (1.0 if passage.names else SHARE_OF_NAMELESS)


def _pair(pipeline: Language, passages: Iterable[Passage], chance: random.Random) -> list[tuple[Passage, Example]]:
    varied = [vary_typography(passage, chance) for passage in passages]
    return list(zip(varied, _prepare(pipeline, varied), strict=True))


def _prepare(pipeline: Language, passages: Sequence[Passage]) -> list[Example]:
    """Return examples whose documents carry all that the recogniser reads: the syntax network's output and the name
    features.
    """
    return [annotate(_analyse(pipeline, passage.text), passage) for passage in passages]


def _analyse(pipeline: Language, text: str) -> Doc:
    doc = pipeline.make_doc(text)
    for name in ("tok2vec", FEATURES):
        doc = pipeline.get_pipe(name)(doc)
    return doc


def _score(recogniser: Recogniser, examples: Sequence[Example]) -> dict[str, float]:
    """Return F1 of exact spans by type, and of all types."""
    wanted: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    for number, example in enumerate(examples):
        doc = recogniser(example.predicted.copy())
        wanted |= {(number, ent.start, ent.end, ent.label_) for ent in example.reference.ents}
        found |= {(number, ent.start, ent.end, ent.label_) for ent in doc.ents}

    def f1(label: str | None) -> float:
        left = {item for item in wanted if label in (None, item[3])}
        right = {item for item in found if label in (None, item[3])}
        return 2 * len(left & right) / max(len(left) + len(right), 1)

    return {"all": f1(None), **{label: f1(label) for label in LABELS}}
