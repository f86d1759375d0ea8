"""Judging segments: which are article, which are residue, of what kind and by which rule or feature.

What belongs here: joining what wordings, markup and neighbours say into one verdict a segment. What does not: the
wordings, the features and the learned weights themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from resiliparse.extract.html2text import extract_plain_text

from pipeline.cleaning.features import (
    CONTEXT_FEATURES,
    LOG_WORDS,
    MARKUP_FEATURES,
    TEXT_FEATURES,
    Matrix,
    PageStatements,
    count_repetitions,
    describe_context,
    describe_markup,
    describe_segments,
)
from pipeline.cleaning.hints import HINTS
from pipeline.cleaning.metadata import PageMetadata
from pipeline.cleaning.model import SegmentModel, load_segment_model
from pipeline.cleaning.page import REGION_BITS, Page
from pipeline.cleaning.residue import ResidueRule, extend_residue, match_rule
from pipeline.cleaning.segments import Segment
from pipeline.tables import EditKind

PAGE_FEATURES: Final = (*TEXT_FEATURES, *CONTEXT_FEATURES, *MARKUP_FEATURES)
TEXT_MODEL_FEATURES: Final = (*TEXT_FEATURES, *CONTEXT_FEATURES)
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


class Verdict(NamedTuple):
    """Why a segment is residue."""

    kind: EditKind
    rule_id: str
    rule: ResidueRule | None


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of segments before they are judged: their features and the wordings that they have."""

    features: Matrix
    rules: Sequence[ResidueRule | None]


def describe_page(page: Page, source: str, metadata: PageMetadata) -> Description:
    """Return the features of a page's blocks, columns as in `PAGE_FEATURES`."""
    texts = [block.text for block in page.blocks]
    rules = [match_rule(Segment(0, text)) for text in texts]
    local = describe_segments(texts, rules, metadata.title)
    statements = PageStatements(
        body=metadata.stated_body,
        description=metadata.description,
        main_content=extract_plain_text(source, main_content=True, alt_texts=False),
    )
    features = np.concatenate([local, describe_context(local), describe_markup(page, local, statements)], axis=1)
    return Description(features, rules)


def describe_text(segments: Sequence[Segment]) -> Description:
    """Return the features of a bare text's segments, columns as in `TEXT_MODEL_FEATURES`."""
    rules = [match_rule(segment) for segment in segments]
    local = describe_segments([segment.text for segment in segments], rules, None)
    return Description(np.concatenate([local, describe_context(local)], axis=1), rules)


def judge_page(page: Page, description: Description, model: SegmentModel) -> list[Verdict | None]:
    """Return for each block of a page why it is residue, None where it is article."""
    unlikely = _find_unlikely(model, description.features)
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
    rules = [match_rule(segment) for segment in segments]
    local = describe_segments([segment.text for segment in segments], rules, None)

    def judge(kept: list[int]) -> list[Verdict | None]:
        left = [segments[index] for index in kept]
        seen = local[kept]
        count_repetitions(seen, [segment.text for segment in left])
        features = np.concatenate([seen, describe_context(seen)], axis=1)
        worded = extend_residue(left, [rules[index] for index in kept])
        unlikely = _find_unlikely(model, features, _CAUTIOUS)
        if all(rule or feature for rule, feature in zip(worded, unlikely, strict=True)):
            unlikely = [None] * len(kept)
        if unlikely[0] is not None and _is_headline(left, [a or b for a, b in zip(worded, unlikely, strict=True)]):
            unlikely[0] = None
        return [
            _worded(rule) or (Verdict("unlikely_text", feature, None) if feature is not None else None)
            for rule, feature in zip(worded, unlikely, strict=True)
        ]

    return _until_nothing_goes(len(segments), judge)


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


def _find_unlikely(model: SegmentModel, features: Matrix, caution: float = 0) -> list[str | None]:
    """Return for each segment that is no article the model and the feature that speaks most against it.

    With `caution` a text that is mostly article is judged by that threshold instead of the model's.
    """
    found: list[str | None] = [None] * len(features)
    if found:
        leaves = model.find_leaves(features)
        scores = model.score(leaves)
        article_ratio = float(np.average(scores, weights=np.expm1(features[:, LOG_WORDS]) + 3))
        threshold = caution if caution and article_ratio > _MOSTLY_ARTICLE else model.threshold
        residue = np.flatnonzero(scores < threshold)
        for index, feature in zip(residue.tolist(), model.explain(leaves[residue]), strict=True):
            found[index] = f"{model.name}-model-{model.version}:{feature}"
    return found


def page_model() -> SegmentModel:
    """Return the model that judges the blocks of pages."""
    return load_segment_model("page", PAGE_FEATURES)


def text_model() -> SegmentModel:
    """Return the model that judges the segments of bare texts."""
    return load_segment_model("text", TEXT_MODEL_FEATURES)


def _kind_of(hints: int, regions: int) -> EditKind:
    """Return what the markup calls a block that is no article."""
    for hint, kind in _KIND_OF_HINT.items():
        if hints >> HINTS.index(hint) & 1:
            return kind
    in_navigation = any(regions & REGION_BITS[tag] for tag in ("nav", "header", "footer"))
    return "navigation" if in_navigation else "unlikely_text"
