"""Judging segments: which are article, which are residue, of what kind and by which rule or feature.

What belongs here: joining what wordings, markup and neighbours say into one verdict a segment. What does not: the
wordings, the features and the learned weights themselves.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import (
    CONTEXT_FEATURES,
    MARKUP_FEATURES,
    PAGE_EXPECTATIONS,
    TEXT_EXPECTATIONS,
    WORDING_FEATURES,
    Matrix,
    Numbers,
    Occurrences,
    Rows,
    Stack,
    Words,
    count_repetitions,
    count_words,
    describe_context,
    describe_markup,
    describe_page_expectation,
    describe_text_expectation,
    describe_wording,
)
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.metadata import PageMetadata
from pipeline.cleaning.model import SegmentModel, Trees, load_segment_model
from pipeline.cleaning.page import REGION_BITS, Block
from pipeline.cleaning.residue import ResidueRule, extend_residue, match_rules
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
    """What is known of the segments of texts before they are judged.

    `rows` says which are which text's, `topic` which longer word stands in which of them; `rules` are those whose
    wording they have.
    """

    rows: Rows
    topic: Occurrences
    features: Matrix
    rules: Sequence[ResidueRule | None]

    @property
    def wording(self) -> Matrix:
        """The columns of what each segment shows alone."""
        return self.features[:, : len(WORDING_FEATURES)]


def describe_pages(stack: Stack, metadata: Sequence[PageMetadata]) -> Description:
    """Return the features of the pages' blocks, columns as in `PAGE_FEATURES`; `metadata` are the pages'."""
    texts = [block.text for block in stack.blocks]
    words = Words(texts, stack.rows)
    small = ["" if _is_link(block) else line for block, line in zip(stack.blocks, words.small, strict=True)]
    rules = match_rules(texts, small)
    wording = describe_wording(texts, words, rules, [each.title for each in metadata], stack.rows)
    markup = describe_markup(stack, wording, words, [each.stated_body for each in metadata])
    features = np.concatenate([wording, describe_context(wording, stack.rows), markup], axis=1)
    return Description(stack.rows, words.find_topic(), features, rules)


def find_plain(stack: Stack, verdicts: Sequence[Sequence[Verdict | None]]) -> Set[str]:
    """Return the texts of judged blocks that were found to have no wording of residue: links are not asked for one."""
    judged = zip(stack.blocks, chain.from_iterable(verdicts), strict=True)
    return {block.text for block, verdict in judged if verdict is None and not _is_link(block)}


def _is_link(block: Block) -> bool:
    return block.link_characters == len(block.text)


def describe_texts(texts: Sequence[Sequence[Segment]]) -> Description:
    """Return the features of the bare texts' segments, columns as in `TEXT_FEATURES`."""
    segments = [segment for text in texts for segment in text]
    lines = [segment.text for segment in segments]
    rows = Rows([len(text) for text in texts])
    words = Words(lines, rows)
    rules = match_rules(lines, words.small)
    wording = describe_wording(lines, words, rules, [None] * len(texts), rows)
    features = np.concatenate([wording, describe_context(wording, rows)], axis=1)
    return Description(rows, words.find_topic(), features, rules)


def describe_pages_again(stack: Stack, description: Description, expected: Numbers) -> Matrix:
    """Return what the second judgement of pages sees, columns as in `PAGE_SECOND_FEATURES`."""
    expectation = describe_page_expectation(expected, description.wording, description.topic, stack)
    return np.concatenate([expectation, description.features[:, _PAGE_CARRIED_COLUMNS]], axis=1)


def describe_texts_again(description: Description, expected: Numbers) -> Matrix:
    """Return what the second judgement of bare texts sees, columns as in `TEXT_SECOND_FEATURES`."""
    expectation = describe_text_expectation(expected, description.wording, description.topic, description.rows)
    return np.concatenate([expectation, description.features[:, _TEXT_CARRIED_COLUMNS]], axis=1)


def judge_pages(stack: Stack, description: Description, model: SegmentModel) -> list[list[Verdict | None]]:
    """Return for each block of each page why it is residue, None where it is article."""
    unlikely = _find_unlikely(model, description, lambda expected: describe_pages_again(stack, description, expected))
    hints: list[int] = np.where(stack.hints != 0, stack.hints, stack.all_hints)[stack.owners].tolist()
    marks: list[int] = stack.marks[stack.owners].tolist()
    verdicts: list[Verdict | None] = []
    for hint, mark, rule, feature in zip(hints, marks, description.rules, unlikely, strict=True):
        if rule is not None:
            verdicts.append(Verdict(rule.kind, rule.id, rule))
        elif feature is not None:
            verdicts.append(Verdict(_kind_of(hint, mark), feature, None))
        else:
            verdicts.append(None)
    return [verdicts[span] for span in stack.rows.spans]


def judge_texts(texts: Sequence[Sequence[Segment]], model: SegmentModel) -> list[list[Verdict | None]]:
    """Return for each segment of each bare text why it is residue, None where it is article.

    What is left is judged again without what went, until nothing more goes: judging the article alone then finds
    nothing in it. Where the model would leave nothing at all of a text, wording alone decides.
    """
    whole = describe_texts(texts)

    def judge(left: Sequence[_Left]) -> list[list[Verdict | None]]:
        description = _describe_left(whole, texts, left)
        unlikely = _find_unlikely(
            model, description, lambda expected: describe_texts_again(description, expected), caution=_CAUTIOUS
        )
        return [
            _join_objections(
                [texts[text][place] for place in places], description.rules[span], unlikely[span]
            )
            for (text, places), span in zip(left, description.rows.spans, strict=True)
        ]  # fmt: skip

    return _until_nothing_goes([len(text) for text in texts], judge)


def _describe_left(whole: Description, texts: Sequence[Sequence[Segment]], left: Sequence["_Left"]) -> Description:
    """Return the description of what is left of texts: what each segment shows alone stays."""
    starts: list[int] = whole.rows.starts.tolist()
    kept = [starts[text] + place for text, places in left for place in places]
    if (len(left), len(kept)) == (len(texts), len(whole.rules)):
        return whole
    rows = Rows([len(places) for _, places in left])
    wording = whole.wording[kept]
    count_repetitions(wording, [texts[text][place].text for text, places in left for place in places], rows)
    features = np.concatenate([wording, describe_context(wording, rows)], axis=1)
    return Description(rows, whole.topic.keep(kept, len(whole.rules)), features, [whole.rules[row] for row in kept])


def _join_objections(
    segments: Sequence[Segment], rules: Sequence[ResidueRule | None], unlikely: Sequence[str | None]
) -> list[Verdict | None]:
    """Return the verdicts on what is left of one text, by wording first; its headline stays."""
    worded = extend_residue(segments, rules)
    if all(rule or feature for rule, feature in zip(worded, unlikely, strict=True)):
        return [_worded(rule) for rule in worded]
    verdicts = [
        _worded(rule) or (Verdict("unlikely_text", feature, None) if feature is not None else None)
        for rule, feature in zip(worded, unlikely, strict=True)
    ]
    if worded[0] is None and _is_headline(segments, verdicts):
        verdicts[0] = None
    return verdicts


def judge_wording(texts: Sequence[Sequence[Segment]], plain: Set[str] = frozenset()) -> list[list[Verdict | None]]:
    """Return for each segment of each text why its wording is residue's, judging what is left until nothing more goes.

    Segments whose texts are in `plain` are known to have no such wording.
    """
    lines = [segment.text for text in texts for segment in text]
    own = match_rules(lines, ["" if line in plain else line.lower() for line in lines])
    rules = [own[span] for span in Rows([len(text) for text in texts]).spans]

    def judge(left: Sequence[_Left]) -> list[list[Verdict | None]]:
        return [
            [
                _worded(rule)
                for rule in extend_residue(
                    [texts[text][place] for place in places], [rules[text][place] for place in places]
                )
            ]
            for text, places in left
        ]

    return _until_nothing_goes([len(text) for text in texts], judge)


class _Left(NamedTuple):
    """What is left of a text: its index among texts, and the places of the segments that stay."""

    text: int
    places: list[int]


def _until_nothing_goes(
    counts: Sequence[int], judge: Callable[[Sequence[_Left]], list[list[Verdict | None]]]
) -> list[list[Verdict | None]]:
    """Return the verdicts on texts of so many segments; `judge` gives those on what is left of some of them."""
    verdicts: list[list[Verdict | None]] = [[None] * count for count in counts]
    waiting = [_Left(text, list(range(count))) for text, count in enumerate(counts) if count]
    while waiting:
        still: list[_Left] = []
        for (text, places), found in zip(waiting, judge(waiting), strict=True):
            for place, verdict in zip(places, found, strict=True):
                verdicts[text][place] = verdict
            stay = [place for place, verdict in zip(places, found, strict=True) if verdict is None]
            if 0 < len(stay) < len(places):
                still.append(_Left(text, stay))
        waiting = still
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
    description: Description,
    describe_again: Callable[[Numbers], Matrix],
    caution: float = 0,
) -> list[str | None]:
    """Return for each segment that is no article the model and the feature that speaks most against it.

    With `caution` a text that is mostly article is judged by that threshold instead of the model's.
    """
    found: list[str | None] = [None] * len(description.rules)
    if not found:
        return found
    rows = description.rows
    first_leaves = model.first.find_leaves(description.features)
    again = describe_again(model.first.score(first_leaves))
    leaves = model.second.find_leaves(again)
    scores = model.second.score(leaves)
    weights = count_words(description.wording) + 3
    is_mostly_article = rows.total(scores * weights) > _MOSTLY_ARTICLE * rows.total(weights)
    thresholds = np.where(is_mostly_article & (caution > 0), caution, model.threshold)
    residue = np.flatnonzero(scores < thresholds[rows.texts])
    objections = _name_objections(model.second, leaves[:, residue], model.second_features)
    unexplained = [place for place, feature in enumerate(objections) if feature in _OWN_EXPECTATIONS]
    deeper = _name_objections(model.first, first_leaves[:, residue[unexplained]], model.first_features)
    for place, feature in zip(unexplained, deeper, strict=True):
        objections[place] = feature
    places: list[int] = residue.tolist()
    for index, feature in zip(places, objections, strict=True):
        found[index] = f"{model.name}-model-{model.version}:{feature}"
    return found


def _name_objections(trees: Trees, leaves: NDArray[np.uint8], features: Sequence[str]) -> list[str]:
    columns: list[int] = trees.explain(leaves).tolist()
    return [features[column] for column in columns]


def page_model() -> SegmentModel:
    """Return the model that judges the blocks of pages."""
    return load_segment_model("page", PAGE_FEATURES, PAGE_SECOND_FEATURES)


def text_model() -> SegmentModel:
    """Return the model that judges the segments of bare texts."""
    return load_segment_model("text", TEXT_FEATURES, TEXT_SECOND_FEATURES)


def _kind_of(hints: int, marks: int) -> EditKind:
    """Return what the markup calls a block that is no article."""
    for bit, kind in _KIND_OF_BIT:
        if hints & bit:
            return kind
    return "navigation" if marks & _NAVIGATION else "unlikely_text"
