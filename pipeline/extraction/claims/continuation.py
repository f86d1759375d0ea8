"""The time of statements whose own sentence names none: what continues a report happened when the report says.

Belongs here: carrying times from sentence to sentence, and the day of trading. Does not belong here: times of the same
sentence (`dating`).
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import timedelta

from pipeline.extraction.claims.dating import Judged, find_own_time, is_figure, is_perfect, read_tenses
from pipeline.extraction.claims.epistemics import is_said_in_passing
from pipeline.extraction.claims.page import Page
from pipeline.extraction.model import Span, TimeExpression

_RECENT = timedelta(days=7)
_MOVES = frozenset({"share_price_change", "price_change"})
_FLOWS = frozenset({"revenue", "profit", "loss", "cost", "price", "metric", "market_share"})


def date_findings(page: Page, judged: Iterable[Judged]) -> list[tuple[Judged, TimeExpression | None]]:
    """Return the findings, each with the time it happened at.

    Where its sentence names none, speech was held when the speaker's last dated speech was; a figure is of the time of
    the figures in the same sentence or the one before it in its paragraph; and a move of prices is of the day of
    trading that the article tells of, which for shares is the day of publication unless it names another.
    """
    memory = _Memory(page)
    ordered = sorted(judged, key=lambda one: (one.finding.trigger, one.finding.predicate not in _MOVES))
    return [(one, memory.date(one)) for one in ordered]


class _Memory:
    """What the text has dated so far."""

    def __init__(self, page: Page) -> None:
        self._page = page
        text = page.analysis.article.text
        self._lines = [at for at, character in enumerate(text) if character == "\n"]
        self._published = page.analysis.article.published_on
        self._timed = {page.tree.sentence[placed.anchor] for placed in page.times}
        self._spoken: dict[int, TimeExpression] = {}
        self._trading_day = next((placed.value for placed in page.times if self._is_recent_day(placed.value)), None)
        self._reported: tuple[int, TimeExpression] | None = None

    def date(self, one: Judged) -> TimeExpression | None:
        finding, tree = one.finding, self._page.tree
        own = find_own_time(self._page, one)
        time = own if own is not None else self._continue(one)
        if time is None:
            return None
        if finding.content is not None and finding.subject.entity is not None:
            self._spoken[finding.subject.entity] = time
        elif finding.predicate in _MOVES and self._is_recent_day(time):
            self._trading_day = time
        if self._is_carried(one) and not finding.tells_earlier_level:
            self._reported = (tree.sentence[finding.trigger], time)
        return time

    def _continue(self, one: Judged) -> TimeExpression | None:
        finding, tree = one.finding, self._page.tree
        if finding.content is not None:
            return self._spoken.get(finding.subject.entity) if finding.subject.entity is not None else None
        is_fact = one.judgement.modality == "actual" and not is_said_in_passing(finding)
        if not is_fact or is_perfect(tree, finding.trigger) or finding.tells_earlier_level:
            return None
        if finding.predicate in _MOVES:
            is_of_shares = finding.predicate == "share_price_change"
            return self._trading_day or (self._day_of_publication(finding.trigger) if is_of_shares else None)
        return self._continue_report(one) if self._is_carried(one) else None

    def _continue_report(self, one: Judged) -> TimeExpression | None:
        """The time of the figures before, unless this sentence has one of its own that does not apply or is unknown."""
        if self._reported is None:
            return None
        tree, trigger = self._page.tree, one.finding.trigger
        sentence, time = self._reported
        here = tree.sentence[trigger]
        if here == sentence:
            return time
        is_next = here == sentence + 1 and here not in self._timed
        is_told = one.finding.predicate.endswith("_change") or "VBD" in read_tenses(tree, trigger)
        return time if is_next and is_told and self._share_line(sentence, here) else None

    def _is_carried(self, one: Judged) -> bool:
        predicate = one.finding.predicate
        return is_figure(self._page, one.finding) and (predicate.endswith("_change") or predicate in _FLOWS)

    def _share_line(self, sentence: int, other: int) -> bool:
        tree = self._page.tree
        first, second = (tree.start[tree.sentences[number][0]] for number in (sentence, other))
        return bisect_right(self._lines, first) == bisect_right(self._lines, second)

    def _is_recent_day(self, time: TimeExpression) -> bool:
        if time.start is None or time.start != time.end:
            return False
        return self._published is None or self._published - _RECENT <= time.start <= self._published

    def _day_of_publication(self, trigger: int) -> TimeExpression | None:
        """The day of publication, for the verb whose tense tells of it."""
        tree, day = self._page.tree, self._published
        span = Span(tree.start[trigger], tree.end[trigger])
        return None if day is None else TimeExpression(span, day, day, "day")
