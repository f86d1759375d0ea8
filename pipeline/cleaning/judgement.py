"""Judging segments: which are article, which are residue, of what kind and by which rule or feature.

What belongs here: joining what wordings, markup and neighbours say into one verdict a segment. What does not: the
wordings, the features and the learned weights themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import (
    CONTEXT_FEATURES,
    LOG_WORDS,
    MARKUP_FEATURES,
    PAGE_EXPECTATIONS,
    TEXT_EXPECTATIONS,
    WORDING_FEATURES,
    Matrix,
    Occurrences,
    Words,
    count_repetitions,
    describe_context,
    describe_markup,
    describe_page_expectation,
    describe_text_expectation,
    describe_wording,
)
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.metadata import PageMetadata
from pipeline.cleaning.model import SegmentModel, Trees, load_segment_model
from pipeline.cleaning.page import REGION_BITS, Block, Page
from pipeline.cleaning.residue import ResidueRule, extend_residue, match_rule
from pipeline.cleaning.segments import Segment
from pipeline.tables import EditKind

PAGE_FEATURES: Final = (*WORDING_FEATURES, *CONTEXT_FEATURES, *MARKUP_FEATURES)
TEXT_FEATURES: Final = (*WORDING_FEATURES, *CONTEXT_FEATURES)
_TEXT_CARRIED: Final = (
    *("log_words", "ends_as_sentence", "function_word_ratio", "capitalised_ratio", "commas_per_word", "rule"),
    *("rule_opens_block", "stood_before", "stands_again", "prose_before_ratio", "prose_after_ratio"),
    *("since_block_heading", "prose_since_block_heading"),
)
_PAGE_CARRIED: Final = (
    *_TEXT_CARRIED,
    *("title_overlap", "link_ratio", "from_title", "prose_since_title", "stated_overlap", "look_alikes"),
    *("tag_p", "tag_li"),
)
"""What the second judgement sees of a segment beside the expectations of the first."""
PAGE_SECOND_FEATURES: Final = (*PAGE_EXPECTATIONS, *_PAGE_CARRIED)
TEXT_SECOND_FEATURES: Final = (*TEXT_EXPECTATIONS, *_TEXT_CARRIED)
_PAGE_CARRIED_COLUMNS: Final = [PAGE_FEATURES.index(name) for name in _PAGE_CARRIED]
_TEXT_CARRIED_COLUMNS: Final = [TEXT_FEATURES.index(name) for name in _TEXT_CARRIED]
_OWN_EXPECTATIONS: Final = frozenset(("expected", "expected_logit"))
MAX_HEADLINE: Final = 25
_MIN_HEADLINE: Final = 3
_CAUTIOUS: Final = 0.05
_MOSTLY_ARTICLE: Final = 0.75
_MIN_PARAGRAPH: Final = 10
_KIND_OF_HINT: Final[dict[str, EditKind]] = {
    "comment": "comment_widget",
    "newsletter": "newsletter",
    "share": "share_widget",
    "advertisement": "advertisement",
    "consent": "cookie_notice",
    "related": "related_links",
    "byline": "byline",
    "caption": "caption",
    "tags": "metadata",
    "date": "metadata",
    "commerce": "promotion",
    "footer": "navigation",
    "navigation": "navigation",
    "headline": "repeated_title",
}
_KIND_OF_BIT: Final[tuple[tuple[int, EditKind], ...]] = tuple(
    (1 << HINTS.index(hint), kind) for hint, kind in _KIND_OF_HINT.items()
)
_NAVIGATION: Final = REGION_BITS["nav"] | REGION_BITS["header"] | REGION_BITS["footer"]


class Verdict(NamedTuple):
    """Why a segment is residue."""

    kind: EditKind
    rule_id: str
    rule: ResidueRule | None


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of segments before they are judged.

    `topic` is which longer word stands in which of them, `rules` those whose wording they have.
    """

    topic: Occurrences
    features: Matrix
    rules: Sequence[ResidueRule | None]


def describe_page(page: Page, metadata: PageMetadata) -> Description:
    """Return the features of a page's blocks, columns as in `PAGE_FEATURES`."""
    texts = [block.text for block in page.blocks]
    words = Words(texts)
    rules = [
        None if _is_link(block) else match_rule(segment)
        for block, segment in zip(page.blocks, page.segments, strict=True)
    ]
    wording = describe_wording(texts, words, rules, metadata.title)
    markup = describe_markup(page, wording, words, metadata.stated_body)
    return Description(words.find_topic(), np.concatenate([wording, describe_context(wording), markup], axis=1), rules)


def _is_link(block: Block) -> bool:
    return block.link_characters == len(block.text)


def describe_text(segments: Sequence[Segment]) -> Description:
    """Return the features of a bare text's segments, columns as in `TEXT_FEATURES`."""
    texts = [segment.text for segment in segments]
    words = Words(texts)
    rules = [match_rule(segment) for segment in segments]
    wording = describe_wording(texts, words, rules, None)
    return Description(words.find_topic(), np.concatenate([wording, describe_context(wording)], axis=1), rules)


def describe_page_again(page: Page, description: Description, expected: NDArray[np.float64]) -> Matrix:
    """Return what the second judgement of a page sees, columns as in `PAGE_SECOND_FEATURES`."""
    features = description.features
    wording = features[:, : len(WORDING_FEATURES)]
    expectation = describe_page_expectation(expected, wording, description.topic, page.owners, page.nesting)
    return np.concatenate([expectation, features[:, _PAGE_CARRIED_COLUMNS]], axis=1)


def describe_text_again(description: Description, expected: NDArray[np.float64]) -> Matrix:
    """Return what the second judgement of a bare text sees, columns as in `TEXT_SECOND_FEATURES`."""
    features = description.features
    expectation = describe_text_expectation(expected, features[:, : len(WORDING_FEATURES)], description.topic)
    return np.concatenate([expectation, features[:, _TEXT_CARRIED_COLUMNS]], axis=1)


def judge_page(page: Page, description: Description, model: SegmentModel) -> list[Verdict | None]:
    """Return for each block of a page why it is residue, None where it is article."""
    unlikely = _find_unlikely(
        model, description.features, lambda expected: describe_page_again(page, description, expected)
    )
    verdicts: list[Verdict | None] = []
    for block, rule, feature in zip(page.blocks, description.rules, unlikely, strict=True):
        if rule is not None:
            verdicts.append(Verdict(rule.kind, rule.id, rule))
        elif feature is not None:
            container = page.containers[block.container]
            verdicts.append(Verdict(_kind_of(container.hints or container.all_hints, container.regions), feature, None))
        else:
            verdicts.append(None)
    return verdicts


def judge_text(segments: Sequence[Segment], model: SegmentModel) -> list[Verdict | None]:
    """Return for each segment of a bare text why it is residue, None where it is article.

    What is left is judged again without what went, until nothing more goes: judging the article alone then finds
    nothing in it. Where the model would leave nothing at all, wording alone decides.
    """
    whole = describe_text(segments)
    wording = whole.features[:, : len(WORDING_FEATURES)]

    def judge(kept: list[int]) -> list[Verdict | None]:
        left = [segments[index] for index in kept]
        rules = [whole.rules[index] for index in kept]
        description = whole if len(kept) == len(segments) else _describe_left(whole, wording[kept], left, kept)
        worded = extend_residue(left, rules)
        unlikely = _find_unlikely(
            model, description.features, lambda expected: describe_text_again(description, expected), caution=_CAUTIOUS
        )
        if all(rule or feature for rule, feature in zip(worded, unlikely, strict=True)):
            unlikely = [None] * len(kept)
        if unlikely[0] is not None and _is_headline(left, [a or b for a, b in zip(worded, unlikely, strict=True)]):
            unlikely[0] = None
        return [
            _worded(rule) or (Verdict("unlikely_text", feature, None) if feature is not None else None)
            for rule, feature in zip(worded, unlikely, strict=True)
        ]

    return _until_nothing_goes(len(segments), judge)


def _describe_left(whole: Description, wording: Matrix, left: Sequence[Segment], kept: Sequence[int]) -> Description:
    """Return the description of what is left of a text: what each segment shows alone stays."""
    count_repetitions(wording, [segment.text for segment in left])
    features = np.concatenate([wording, describe_context(wording)], axis=1)
    return Description(whole.topic.keep(kept, len(whole.rules)), features, [whole.rules[index] for index in kept])


def judge_wording(segments: Sequence[Segment]) -> list[Verdict | None]:
    """Return for each segment why its wording is residue's, judging what is left again until nothing more goes."""
    rules = [match_rule(segment) for segment in segments]

    def judge(kept: list[int]) -> list[Verdict | None]:
        found = extend_residue([segments[index] for index in kept], [rules[index] for index in kept])
        return [_worded(rule) for rule in found]

    return _until_nothing_goes(len(segments), judge)


def _until_nothing_goes(count: int, judge: Callable[[list[int]], list[Verdict | None]]) -> list[Verdict | None]:
    verdicts: list[Verdict | None] = [None] * count
    kept = list(range(count))
    while kept:
        found = judge(kept)
        for index, verdict in zip(kept, found, strict=True):
            verdicts[index] = verdict
        if not any(found):
            break
        kept = [index for index, verdict in zip(kept, found, strict=True) if verdict is None]
    return verdicts


def _worded(rule: ResidueRule | None) -> Verdict | None:
    return Verdict(rule.kind, rule.id, rule) if rule is not None else None


def _is_headline(segments: Sequence[Segment], objections: Sequence[object]) -> bool:
    """Whether the first line of a text opens it: a few words, no sentence, and soon after it a paragraph that stays."""
    first = segments[0]
    if first.ends_as_sentence or not _MIN_HEADLINE <= first.word_count <= MAX_HEADLINE:
        return False
    following = [s for s, objection in zip(segments[1:6], objections[1:6], strict=True) if objection is None]
    return bool(following) and following[0].ends_as_sentence and following[0].word_count >= _MIN_PARAGRAPH


def _find_unlikely(
    model: SegmentModel,
    features: Matrix,
    describe_again: Callable[[NDArray[np.float64]], Matrix],
    caution: float = 0,
) -> list[str | None]:
    """Return for each segment that is no article the model and the feature that speaks most against it.

    With `caution` a text that is mostly article is judged by that threshold instead of the model's.
    """
    found: list[str | None] = [None] * len(features)
    if not found:
        return found
    first_leaves = model.first.find_leaves(features)
    again = describe_again(model.first.score(first_leaves))
    leaves = model.second.find_leaves(again)
    scores = model.second.score(leaves)
    article_ratio = float(np.average(scores, weights=np.expm1(features[:, LOG_WORDS]) + 3))
    threshold = caution if caution and article_ratio > _MOSTLY_ARTICLE else model.threshold
    residue = np.flatnonzero(scores < threshold)
    objections = _name_objections(model.second, leaves[residue], model.second_features)
    unexplained = [place for place, feature in enumerate(objections) if feature in _OWN_EXPECTATIONS]
    deeper = _name_objections(model.first, first_leaves[residue[unexplained]], model.first_features)
    for place, feature in zip(unexplained, deeper, strict=True):
        objections[place] = feature
    places: list[int] = residue.tolist()
    for index, feature in zip(places, objections, strict=True):
        found[index] = f"{model.name}-model-{model.version}:{feature}"
    return found


def _name_objections(trees: Trees, leaves: NDArray[np.int64], features: Sequence[str]) -> list[str]:
    columns: list[int] = trees.explain(leaves).tolist()
    return [features[column] for column in columns]


def page_model() -> SegmentModel:
    """Return the model that judges the blocks of pages."""
    return load_segment_model("page", PAGE_FEATURES, PAGE_SECOND_FEATURES)


def text_model() -> SegmentModel:
    """Return the model that judges the segments of bare texts."""
    return load_segment_model("text", TEXT_FEATURES, TEXT_SECOND_FEATURES)


def _kind_of(hints: int, regions: int) -> EditKind:
    """Return what the markup calls a block that is no article."""
    for bit, kind in _KIND_OF_BIT:
        if hints & bit:
            return kind
    return "navigation" if regions & _NAVIGATION else "unlikely_text"
