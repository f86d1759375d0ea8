"""The edit ledger: how a clean text came from its raw text, exactly, and how spans lead from one to the other.

What belongs here: the edit, the merging of overlapping proposals into one sequence, applying and reverting a sequence,
and the mapping of spans. What does not: deciding what to edit.

All offsets are Unicode code points, spans half-open. A ledger is a sequence of edits in the order of `raw_start`, none
overlapping another; between edits the two texts are equal character by character.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple, Protocol

from pipeline.tables import EditKind, EditOperation

_ORDER: Final = attrgetter("raw_start", "raw_end", "clean_start")


class LedgerError(ValueError):
    """The edits do not fit the text, or each other."""


class Proposal(NamedTuple):
    """An edit that a rule asks for, before it is placed among others: `raw[raw_start:raw_end]` becomes `inserted`."""

    raw_start: int
    raw_end: int
    inserted: str
    kind: EditKind
    rule_id: str


class LedgerEdit(Protocol):
    """What applying, reverting and mapping need of an edit; rows of `text_edits` have it."""

    @property
    def raw_start(self) -> int: ...  # noqa: D102
    @property
    def raw_end(self) -> int: ...  # noqa: D102
    @property
    def clean_start(self) -> int: ...  # noqa: D102
    @property
    def removed_text(self) -> str: ...  # noqa: D102
    @property
    def inserted_text(self) -> str: ...  # noqa: D102


class Edit(NamedTuple):
    """One edit of a ledger, placed in both texts."""

    raw_start: int
    raw_end: int
    clean_start: int
    kind: EditKind
    rule_id: str
    removed_text: str
    inserted_text: str

    @property
    def operation(self) -> EditOperation:
        """Return `insert` where nothing is removed, `drop` where nothing is inserted, else `replace`."""
        if not self.removed_text:
            return "insert"
        return "replace" if self.inserted_text else "drop"


def place_edits(raw_text: str, proposals: Iterable[Proposal]) -> tuple[Edit, ...]:
    """Return the ledger that carries out the proposals on `raw_text`.

    Of two proposals of which one lies within the other the outer is carried out alone; of two that overlap in part the
    one that begins first is whole and the other begins where it ends. A proposal that would change nothing is left out.

    Raises LedgerError where a proposal reaches outside the text.
    """
    edits: list[Edit] = []
    reached = shift = 0
    last_insert: tuple[int, str] | None = None
    for proposal in sorted(proposals, key=_placing_order):
        start, end, inserted = proposal.raw_start, proposal.raw_end, proposal.inserted
        if not 0 <= start <= end <= len(raw_text):
            raise LedgerError(f"{proposal.rule_id} edits {start}:{end} of a text of {len(raw_text)} characters")
        if start < reached:
            if end <= reached:
                continue
            start = reached
        removed = raw_text[start:end]
        if removed == inserted or (start == end and last_insert == (start, inserted)):
            continue
        edits.append(Edit(start, end, start + shift, proposal.kind, proposal.rule_id, removed, inserted))
        last_insert = (start, inserted) if start == end else last_insert
        shift += len(inserted) - len(removed)
        reached = end
    return tuple(edits)


def _placing_order(proposal: Proposal) -> tuple[int, bool, int, str, str]:
    """Order by start; at one place insertions come first, then the longest."""
    start, end, inserted, _, rule_id = proposal
    return start, start != end, -end, inserted, rule_id


def compose(raw_text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the one ledger on `raw_text` that does what `first` does and then `second`, placed on the result of that.

    Edits of the two that overlap become one edit, of the kind and rule of the largest one of `second` among them.

    Raises LedgerError where an edit does not fit its text.
    """
    if not first or not second:
        return tuple(first or second)
    proposals: list[Proposal] = []
    shift = 0
    for group in _overlapping(first, second):
        raw_start = group.start + shift
        if group.first:
            shift = group.first[-1].raw_end - _clean_end(group.first[-1])
        raw_end = group.end + shift
        if group.first and group.second:
            largest = max(group.second, key=lambda e: (e.raw_end - e.raw_start, -e.raw_start))
            middle = _rewrite(raw_text[raw_start:raw_end], _changes(group.first, raw_start))
            inserted = _rewrite(middle, _changes(group.second, group.start))
        else:
            (largest,) = group.first or group.second
            inserted = largest.inserted_text
            _check_removed(raw_text, raw_start, raw_end, largest.removed_text)
        proposal = Proposal(raw_start, raw_end, inserted, largest.kind, largest.rule_id)
        if proposals and _touch(proposals[-1], proposal):
            before = proposals.pop()
            proposal = proposal._replace(raw_start=before.raw_start, inserted=before.inserted + inserted)
        proposals.append(proposal)
    return place_edits(raw_text, proposals)


def _touch(left: Proposal, right: Proposal) -> bool:
    """Whether an insertion stands right beside another edit, so that their order could be lost."""
    is_insertion = left.raw_start == left.raw_end or right.raw_start == right.raw_end
    return is_insertion and left.raw_end == right.raw_start


@dataclass(slots=True)
class _Group:
    """Edits of two ledgers that overlap in the text between them, `start` to `end`, or one edit that overlaps none."""

    start: int
    end: int
    first: list[Edit]
    second: list[Edit]


def _overlapping(first: Sequence[Edit], second: Sequence[Edit]) -> list[_Group]:
    spans = [(e.clean_start, _clean_end(e), False, e) for e in first]
    spans += [(e.raw_start, e.raw_end, True, e) for e in second]
    groups: list[_Group] = []
    reached = 0
    for start, end, is_second, edit in sorted(spans, key=itemgetter(0, 1, 2)):
        if start >= reached:
            groups.append(_Group(start, end, [], []))
            reached = end
        elif end > reached:
            groups[-1].end = reached = end
        (groups[-1].second if is_second else groups[-1].first).append(edit)
    return groups


def _clean_end(edit: Edit) -> int:
    return edit.clean_start + len(edit.inserted_text)


def apply_edits(raw_text: str, edits: Iterable[LedgerEdit]) -> str:
    """Return the clean text that the edits, in any order, make of `raw_text`.

    Raises LedgerError where an edit overlaps another or `removed_text` is not what stands in `raw_text`.
    """
    return _rewrite(raw_text, _changes(_in_order(edits)))


def revert_edits(clean_text: str, edits: Iterable[LedgerEdit]) -> str:
    """Return the raw text that the edits, in any order, were made on.

    Raises LedgerError where an edit overlaps another or `inserted_text` is not what stands in `clean_text`.
    """
    changes = [
        (e.clean_start, e.clean_start + len(e.inserted_text), e.inserted_text, e.removed_text) for e in _in_order(edits)
    ]
    return _rewrite(clean_text, changes)


def _in_order(edits: Iterable[LedgerEdit]) -> list[LedgerEdit]:
    return sorted(edits, key=_ORDER)


def _changes(edits: Iterable[LedgerEdit], start: int = 0) -> list[tuple[int, int, str, str]]:
    """Return what the edits change in the raw text from `start` on."""
    return [(e.raw_start - start, e.raw_end - start, e.removed_text, e.inserted_text) for e in edits]


def _rewrite(text: str, changes: list[tuple[int, int, str, str]]) -> str:
    """Return `text` with each (start, end, old, new) carried out."""
    parts: list[str] = []
    reached = 0
    for start, end, old, new in changes:
        if start < reached:
            raise LedgerError(f"the edit at {start}:{end} overlaps another")
        _check_removed(text, start, end, old)
        parts += text[reached:start], new
        reached = end
    parts.append(text[reached:])
    return "".join(parts)


def _check_removed(text: str, start: int, end: int, expected: str) -> None:
    found = text[start:end]
    if found != expected or end - start != len(expected):
        raise LedgerError(f"the edit at {start}:{end} does not fit: expected {expected!r}, found {found!r}")


class SpanMap:
    """Leads from spans of a clean text to spans of its raw text and back."""

    __slots__ = ("_clean", "_raw")

    def __init__(self, raw: "_Side", clean: "_Side") -> None:
        self._raw = raw
        self._clean = clean

    @classmethod
    def from_edits(cls, edits: Iterable[LedgerEdit]) -> "SpanMap":
        """Return the map of one document's edits: rows of `text_edits`, or a ledger, in any order."""
        ordered = _in_order(edits)
        return cls(
            raw=_Side([e.raw_start for e in ordered], [e.raw_end for e in ordered]),
            clean=_Side([e.clean_start for e in ordered], [e.clean_start + len(e.inserted_text) for e in ordered]),
        )

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the raw text that `clean_text[start:end]` came from.

        It reaches from the first to the last character of the clean span: what was dropped between is inside it, what
        was dropped before or after is not. A character that an edit put in stands for all that the edit took out. An
        empty span maps to an empty span.
        """
        return _map_span(start, end, self._clean, self._raw)

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the clean text that is left of `raw_text[start:end]`; empty where nothing is left."""
        return _map_span(start, end, self._raw, self._clean)


class _Side(NamedTuple):
    """Where the edits stand in one of the two texts."""

    starts: list[int]
    ends: list[int]


def _map_span(start: int, end: int, source: _Side, target: _Side) -> tuple[int, int]:
    first, _ = _map_character(start, source, target)
    if end <= start:
        return first, first
    _, last = _map_character(end - 1, source, target)
    return first, last


def _map_character(position: int, source: _Side, target: _Side) -> tuple[int, int]:
    """Return the span of the target that the character at `position` of the source stands for."""
    index = bisect_right(source.starts, position) - 1
    if index < 0:
        return position, position + 1
    if position < source.ends[index]:
        return target.starts[index], target.ends[index]
    moved = position - source.ends[index] + target.ends[index]
    return moved, moved + 1
