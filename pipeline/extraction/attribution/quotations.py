"""Quotations by their marks alone: where quoted words begin and end, across sentences and paragraphs.

Belongs here: telling marks from apostrophes, pairing them, nesting, quotations that reopen in the next paragraph, and
what becomes of a mark that has no partner. Does not belong here: who speaks, and whether the words are speech at all.

Double marks (“ ” " '' `` „ « ») are paired before single ones. The glyph says whether a mark opens or closes unless its
neighbours contradict it; a straight mark goes by its neighbours, and by what is open where they leave it undecided.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.extraction.model import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words of one paragraph.

    `content` covers the words without marks, outer blanks and a final comma; `outer` includes the marks. `parent`
    indexes the quotation around this one; `continues` the piece in the paragraph before that this one goes on with.
    """

    content: Span
    outer: Span
    parent: int | None = None
    continues: int | None = None


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations of `text`, one per paragraph piece, sorted by `outer`, an enclosing one first.

    Paragraphs are lines. Spans are half-open code point offsets; contents are never empty. Time is linear in the text
    but for a logarithmic factor, whatever the marks.
    """
    pieces = _pair_doubles(text)
    pieces += _pair_singles(text, pieces)
    return _number(text, pieces)


Direction = Literal["open", "close", "either"]
_DOUBLE = re.compile(r"''|``|[\"“”„‟«»]")
_SINGLE = re.compile(r"(?<!')['‘’‚](?!')")
_ELISION = re.compile(r"['‘’](?:\d\ds?|em|til|tis|twas|cause|cos|n|bout|round|ere)\b", re.IGNORECASE)
_OPENING, _CLOSING = frozenset(("“", "„", "‟", "«", "``", "‘", "‚")), frozenset(("”", "»", "’"))
_BEFORE_OPEN = frozenset("([{—–-/…\"“”‘’'«»")
_AFTER_CLOSE = frozenset(".,;:!?)]}—–-/…\"“”‘’'«»")


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    open_width: int
    close_width: int
    continues: "_Piece | None" = None


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    width: int
    is_curly: bool
    continues: _Piece | None = None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _direction(text: str, mark: str, at: int, bounds: tuple[int, int]) -> Direction:
    end = at + len(mark)
    before = text[at - 1] if at > bounds[0] else " "
    after = text[end] if end < bounds[1] else " "
    opens = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace() and after not in ".,;:!?)"
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSE)
    if mark in _OPENING:
        return "close" if closes and not opens else "open"
    if mark in _CLOSING:
        return "open" if opens and not closes else "close"
    return "either" if opens == closes else "open" if opens else "close"


def _pair_doubles(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    pending: _Open | None = None
    pending_end = 0
    for start, end in _paragraphs(text):
        marks = [(match.start(), match.group()) for match in _DOUBLE.finditer(text, start, end)]
        carried: _Open | None = None
        if pending is not None:
            reopens = bool(marks) and not text[start : marks[0][0]].strip()
            goes_on = bool(marks) and _direction(text, marks[0][1], marks[0][0], (start, end)) == "close"
            if reopens or goes_on or _introduces_speech(text, pending):
                piece = _Piece(pending.start, pending_end, pending.width, 0, pending.continues)
                pieces.append(piece)
                if reopens:
                    carried = _Open(marks[0][0], len(marks[0][1]), marks[0][1] in "“”", piece)
                    marks = marks[1:]
                elif goes_on:
                    carried = _Open(start, 0, marks[0][1] in "“”", piece)
        pending, pending_end = _pair_paragraph(text, (start, end), marks, carried, pieces), end
    if pending is not None and _introduces_speech(text, pending):
        pieces.append(_Piece(pending.start, pending_end, pending.width, 0, pending.continues))
    return pieces


def _introduces_speech(text: str, mark: _Open) -> bool:
    """Return whether an unclosed mark may be taken to quote the rest of its paragraph."""
    before = text[max(0, mark.start - 2) : mark.start].rstrip(" ")
    return mark.start == 0 or before == "" or before[-1] in "\n,:"


def _pair_paragraph(
    text: str, bounds: tuple[int, int], marks: list[tuple[int, str]], carried: _Open | None, pieces: list[_Piece]
) -> _Open | None:
    """Add the pairs of one paragraph to `pieces`; return the mark that is still open at its end."""
    stack = [carried] if carried else []
    for at, mark in marks:
        direction = _direction(text, mark, at, bounds)
        is_curly = mark not in ('"', "''")
        if direction == "either":
            direction = "close" if stack else "open"
        if direction == "open":
            if stack and (stack[-1].is_curly == is_curly or len(stack) > 1):
                stack.pop()
            stack.append(_Open(at, len(mark), is_curly))
        elif stack and not (mark == '"' and _is_inch(text, at, stack)):
            if len(stack) > 1 and stack[0].is_curly == is_curly != stack[1].is_curly:
                stack.pop()
            opened = stack.pop()
            pieces.append(_Piece(opened.start, at + len(mark), opened.width, len(mark), opened.continues))
    return stack[0] if stack else None


def _is_inch(text: str, at: int, stack: list[_Open]) -> bool:
    """Return whether a straight mark after a number is a measure: a 65" screen inside a “curly” quotation."""
    return stack[-1].is_curly and at > 0 and text[at - 1].isdigit()


def _pair_singles(text: str, doubles: list[_Piece]) -> list[_Piece]:
    edges, regions = _map_regions(doubles)
    pieces: list[_Piece] = []
    for start, end in _paragraphs(text):
        opened: int | None = None
        weak: int | None = None
        for match in _SINGLE.finditer(text, start, end):
            at = match.start()
            if _opens_single(text, at, (start, end)):
                if opened is not None and weak is not None:
                    pieces.append(_Piece(opened, weak + 1, 1, 1))
                opened, weak = at, None
            elif opened is not None and _closes_single(text, at, (start, end)):
                if regions[bisect_right(edges, at)] != regions[bisect_right(edges, opened)]:
                    continue
                if _may_be_possessive(text, at, end):
                    weak = at
                    continue
                pieces.append(_Piece(opened, at + 1, 1, 1))
                opened, weak = None, None
        if opened is not None and weak is not None:
            pieces.append(_Piece(opened, weak + 1, 1, 1))
    return pieces


def _map_regions(doubles: list[_Piece]) -> tuple[list[int], list[int]]:
    """Return the edges of the quotations and, before each and after the last, which quotation is innermost there."""
    edges: list[int] = []
    regions = [-1]
    stack = [-1]
    ordered = sorted(
        [(piece.start, 1, index) for index, piece in enumerate(doubles)]
        + [(piece.end, 0, index) for index, piece in enumerate(doubles)]
    )
    for at, is_start, index in ordered:
        if is_start:
            stack.append(index)
        else:
            stack.pop()
        edges.append(at)
        regions.append(stack[-1])
    return edges, regions


def _opens_single(text: str, at: int, bounds: tuple[int, int]) -> bool:
    if text[at] == "’" or _ELISION.match(text, at):
        return False
    before = text[at - 1] if at > bounds[0] else " "
    after = text[at + 1] if at + 1 < bounds[1] else " "
    return (before.isspace() or before in _BEFORE_OPEN) and (after.isalnum() or after in '[($£€“"')


def _closes_single(text: str, at: int, bounds: tuple[int, int]) -> bool:
    if text[at] in "‘‚" or at == bounds[0] or text[at - 1].isspace():
        return False
    return at + 1 == bounds[1] or not text[at + 1].isalnum()


def _may_be_possessive(text: str, at: int, end: int) -> bool:
    """Return whether the mark may be an apostrophe at the end of a word: the users' data, goin' home."""
    ends_word = text[at - 1] in "sSxXzZ" or text[at - 2 : at] == "in"
    return ends_word and text[at + 1 : at + 2].isspace() and text[at + 2 : min(at + 3, end)].isalpha()


def _number(text: str, pieces: list[_Piece]) -> list[Quotation]:
    """Return the pieces as quotations in text order, without empty ones."""
    found: list[Quotation] = []
    indexes: dict[int, int] = {}
    around: list[int] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        content = _trim(text, piece.start + piece.open_width, piece.end - piece.close_width)
        if content is None:
            continue
        while around and found[around[-1]].outer.end <= piece.start:
            around.pop()
        continues = indexes.get(id(piece.continues)) if piece.continues else None
        indexes[id(piece)] = len(found)
        parent = around[-1] if around else None
        around.append(len(found))
        found.append(Quotation(content, Span(piece.start, piece.end), parent, continues))
    return found


def _trim(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    kept = words.rstrip().removesuffix(",").rstrip()
    return Span(start + len(words) - len(words.lstrip()), start + len(kept)) if kept.strip() else None
