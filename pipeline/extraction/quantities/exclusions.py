"""Numbers that are no quantities: list numbers, clock times, telephone numbers, versions, models, addresses, ages.

Belongs here: one function per such use, over the tokens around the number. Dates are in `dates`.
"""

from pipeline.extraction.quantities.dates import MONTHS
from pipeline.extraction.quantities.nouns import counted_noun, is_plural
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import NUMBERS, WORDS

_HYPHENS = frozenset("-‐‑–—/")
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


_TIE = frozenset("-‐‑")
_TIED = frozenset({"in", "on", "and", "by"})
_PREFIXES = frozenset({"sub", "mid", "pre", "post", "to", "and", "of", "non", "up"})


def is_in_compound(tokens: Tokens, i: int) -> bool:
    """Return whether the number word at `i` ends a compound with another word: "all-in-one", "mobile-first"."""
    return (
        tokens.words[i].isalpha()
        and tokens.words[i - 1] in ("-", "‑")
        and tokens.is_glued(i)
        and tokens.is_glued(i - 1)
        and tokens.words[i - 2].isalpha()
        and tokens.lows[i - 2] not in _PREFIXES
    )


def skip_code(tokens: Tokens, i: int) -> int | None:
    """Return where the code that begins with the number at `i` ends, None if it is none.

    Codes are three or more numbers joined by hyphens or dots (telephone numbers, addresses of machines), clock times,
    numbers with letters glued before them or capitals after ("A350", "5G"), and idioms ("24/7").
    """
    if tokens.is_glued(i) and _is_part_of_name(tokens, i):
        return i + 1
    at, parts = i, 1
    while (
        tokens.words[at + 1] in _HYPHENS
        and tokens.words[at + 1] == tokens.words[i + 1]
        and tokens.is_glued(at + 1)
        and tokens.is_glued(at + 2)
        and tokens.is_number(at + 2)
    ):
        at, parts = at + 2, parts + 1
    if parts >= 3 or _is_idiom(tokens, i, at):
        return at + 1
    if parts == 2 and _is_pair_of_codes(tokens, i, at):
        return at + 1
    return _skip_clock(tokens, i) or _skip_glued_name(tokens, i)


def _is_idiom(tokens: Tokens, i: int, last: int) -> bool:
    written = "".join(tokens.lows[i : last + 1])
    if written in WORDS.words.idioms:
        return True
    return tokens.is_glued(last + 1) and written + tokens.lows[last + 1] in WORDS.words.idioms


def _is_pair_of_codes(tokens: Tokens, i: int, last: int) -> bool:
    """Return whether two joined numbers are a rating ("8.9/10") or a serial number ("2283-5474", "1-800-FLY")."""
    if tokens.words[i + 1] == "/":
        return (
            not 0 < tokens.value(i) / (tokens.value(last) or 1) < 1
            or not tokens.words[i].isdecimal()
            or tokens.words[last] == "10"
        )
    if (
        len(tokens.words[i]) == len(tokens.words[last]) == 4
        and tokens.words[last].isdecimal()
        and tokens.words[last + 1] != "%"
    ):
        return tokens.words[i - 1] in (":", "#", "(") or tokens.lows[i - 1] in WORDS.words.labels
    return tokens.words[last + 1] in _HYPHENS and tokens.is_glued(last + 1) and tokens.words[last + 2].isupper()


def _is_part_of_name(tokens: Tokens, i: int) -> bool:
    """Return whether the number at `i` is written against letters: "A350", "GPT-4", "COVID-19", "user@2x"."""
    before, behind = tokens.words[i - 1], tokens.words[i - 2]
    if before.isalpha() or before in ("_", "@"):
        return True
    if before in ("'", "’", "‘"):
        return len(tokens.words[i]) == 2
    if before not in ("-", "‑", "/", ".", ":") or not tokens.is_glued(i - 1):
        return False
    if before in ("-", "‑") and tokens.lows[i - 2] in _PREFIXES:
        return False
    return behind.isalpha() or (behind.isdecimal() and tokens.is_glued(i - 2) and tokens.words[i - 3].isalpha())


def _skip_clock(tokens: Tokens, i: int) -> int | None:
    at = i + 1
    if (
        (
            tokens.words[at] in (":", ".")
            and tokens.is_glued(at)
            and len(tokens.words[at + 1]) == 2
            and tokens.words[at + 1].isdecimal()
        )
        and tokens.words[at] == ":"
        and tokens.is_glued(at + 1)
        and len(tokens.words[i]) <= 2
    ):
        return at + 2
    if tokens.lows[at] in ("am", "pm") and len(tokens.words[i]) <= 5:
        return at + 1
    if tokens.lows[at] in ("a", "p") and tokens.words[at + 1] == "." and tokens.lows[at + 2] == "m":
        return at + 3
    if tokens.lows[at] in ("o",) and tokens.words[at + 1] in ("'", "’"):
        return at + 3
    return None


def _skip_glued_name(tokens: Tokens, i: int) -> int | None:
    """Return the end of "5G", "1040s", "4x4", "22.360.000" or "737-9": digits that go on as no quantity does."""
    at = i + 1
    if not tokens.is_glued(at):
        return None
    word = tokens.words[at]
    goes_on = tokens.is_number(at + 1) and tokens.is_glued(at + 1)
    if goes_on and word in ("x", "×"):
        return at + 2
    if goes_on and word == ".":
        return _skip_dotted(tokens, at)
    if word == "s" or tokens.lows[at] in ("st", "nd", "rd", "th"):
        return at + 1
    if word in ("G", "D", "P", "C", "A") and not tokens.is_glued(at + 1):
        return at + 1
    return _skip_model(tokens, i) if word in _TIE and tokens.is_glued(at + 1) else None


def _skip_dotted(tokens: Tokens, at: int) -> int:
    while tokens.words[at] == "." and tokens.is_number(at + 1) and tokens.is_glued(at + 1):
        at += 2
    return at


def _skip_model(tokens: Tokens, i: int) -> int | None:
    """Return the end of "2.5-Max" or "737-9": a number tied to a capitalised word, or to a smaller number."""
    tied = i + 2
    if tokens.words[tied][:1].isupper():
        return None if tokens.lows[tied] in NUMBERS.scales else tied + 1
    is_smaller = tokens.is_number(tied) and tokens.value(tied) < tokens.value(i)
    return tied + 1 if is_smaller and tokens.words[tied + 1] not in ("%", "/") else None


def is_no_count(tokens: Tokens, operand: Operand) -> bool:
    """Return whether a bare number that no comparator, range or unit marks counts nothing.

    So do list numbers, what follows a label ("Chapter 11") or a name ("iPhone 11"), what precedes one ("737 MAX"),
    house numbers, ages set off by commas, and "m" or "t" glued to a number that no counted thing follows.
    """
    i, end = operand.start, operand.end
    after = tokens.lows[end]
    noun = counted_noun(tokens, end)
    if is_label(tokens, i) or _is_idle(tokens, operand, noun):
        return True
    if operand.numeral.form == "words":
        return operand.value == 0 and (noun is None or after in _TIE)
    if tokens.words[i - 1].isdecimal():
        return True
    if operand.numeral.scale > 1:
        return False
    if _is_list_number(tokens, operand) or _is_age(tokens, operand) or _is_address(tokens, end):
        return True
    if "," in tokens.words[i] or after == "of":
        return False
    return _is_beside_name(tokens, operand, noun)


def _is_idle(tokens: Tokens, operand: Operand, noun: str | None) -> bool:
    """Return whether the number is vague ("six figures"), a measure's ("10m"), a version ("2.0") or in "two-in-one"."""
    i, end = operand.start, operand.end
    if noun is None and (operand.numeral.glued in ("m", "b", "t", "mm") or tokens.words[i].endswith(".0")):
        return True
    if tokens.lows[end] in WORDS.words.not_counted or tokens.lows[i - 2 : i] == ["out", "of"]:
        return True
    return tokens.words[end] in _TIE and tokens.lows[end + 1] in _TIED and tokens.words[end + 2] in _TIE


def _is_beside_name(tokens: Tokens, operand: Operand, noun: str | None) -> bool:
    i, end = operand.start, operand.end
    name = tokens.words[i - 1]
    is_date = tokens.lows[i - 1] in _WEEKDAYS or tokens.lows[i - 1] in MONTHS
    if name[:1].isupper() and name.isalpha() and not tokens.starts_sentence(i - 1) and not is_date:
        return not is_plural(tokens.lows[end])
    return tokens.words[end][:1].isupper() and noun is None and not tokens.starts_sentence(end)


def is_label(tokens: Tokens, i: int) -> bool:
    """Return whether the number at `i` names what stands before it: "Chapter 11", "pages 35-38", "S&P 500"."""
    before = tokens.lows[i - 1]
    if before in WORDS.words.labels:
        return True
    return before in WORDS.words.numbered_names and tokens.words[i - 1][:1].isupper()


def _is_list_number(tokens: Tokens, operand: Operand) -> bool:
    if not tokens.starts_line(operand.start):
        return (
            tokens.words[operand.start - 1] == "("
            and tokens.words[operand.end] == ")"
            and tokens.starts_line(operand.start - 1)
        )
    return tokens.words[operand.end] in (".", ")") and operand.value < 100 and operand.end < tokens.count - 1


def _is_age(tokens: Tokens, operand: Operand) -> bool:
    return (
        tokens.words[operand.start - 1] == ","
        and tokens.words[operand.end] in (",", ".", ")")
        and tokens.words[operand.start - 2][:1].isupper()
        and 1 <= operand.value <= 110
        and operand.value == int(operand.value)
    )


def _is_address(tokens: Tokens, end: int) -> bool:
    at = end
    while at < end + 4 and tokens.words[at][:1].isupper():
        if tokens.lows[at] in WORDS.words.street and at > end:
            return True
        at += 1
    return False
