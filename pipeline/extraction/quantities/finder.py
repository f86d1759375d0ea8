"""Finding the quantities of a text: walking its tokens, joining amounts to ranges and conversions, setting spans.

Belongs here: which readings become quantities and how two amounts make one. The reading of each amount is in
`operands`, what is no quantity in `exclusions` and `dates`.
"""

from typing import NamedTuple

from pipeline.extraction.model import Quantity, Span
from pipeline.extraction.quantities.amounts import has_vague_numeral, read_operand
from pipeline.extraction.quantities.comparators import Stated, read_comparator
from pipeline.extraction.quantities.dates import MONTHS, read_date, reads_as_year
from pipeline.extraction.quantities.exclusions import is_in_compound, is_label, is_no_count, skip_code
from pipeline.extraction.quantities.nouns import compound_noun, counted_noun, counted_singular
from pipeline.extraction.quantities.numerals import NUMBER_WORDS
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.ranks import read_rank
from pipeline.extraction.quantities.tokens import Tokens, tokenize
from pipeline.extraction.quantities.vocabulary import CODES, CURRENCIES, DURATIONS, NUMBERS, WORDS
from pipeline.tables import Comparator, UsdBasis

_DASHES = frozenset("-–—‐‑~")
_STARTERS = frozenset(
    {
        *NUMBER_WORDS,
        *MONTHS,
        *NUMBERS.vulgar_fractions,
        *NUMBERS.ordinals,
        *NUMBERS.multiples,
        *CURRENCIES.signs,
        *(word.lower() for word in CURRENCIES.before),
        *(code.lower() for code in CODES),
        *(letters.rstrip("$¥£₵") for letters in CURRENCIES.signed),
        "a", "an", "half", "quarter", "dozen", "minus", "negative", "-", "−", "u", "no", "number", "#",
    }
)  # fmt: skip


_LOWER_BOUNDS = frozenset({"more_than", "at_least"})
_UPPER_BOUNDS = frozenset({"less_than", "at_most"})
_LONGEST_COMPARATOR = 6
_ARTICLES = frozenset({"a", "an"})
_AFTER_ARTICLES = frozenset({*NUMBERS.scales, *NUMBERS.denominators, *DURATIONS, *CURRENCIES.signs})


class Found(NamedTuple):
    """A value over tokens: an operand or a range of two, and how it is stated."""

    low: Operand
    high: Operand
    stated: Stated
    unit: str | None


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text`, in order and not overlapping, in time linear in its length.

    A quantity's span covers its comparator, number, scale, and currency, percent sign or unit of time, not what it
    counts; `unit` is the singular of what it counts where a plural follows. Money in two currencies is one quantity
    in the first; `value_usd` is the lower end in dollars, stated or in the same currency, never converted. A share in
    words ("a third of") is a percentage. Amounts with a minus sign are negative. Indefinite amounts ("hundreds of
    millions", "several thousand"), dates, versions, labels and codes are no quantities.
    """
    tokens = tokenize(text)
    found: list[Quantity] = []
    floor = reached = 0
    for i, low in enumerate(tokens.lows[: tokens.count]):
        if i < reached or not (low in _STARTERS or low[-1].isdecimal()):
            continue
        if low in _ARTICLES and tokens.lows[i + 1] not in _AFTER_ARTICLES:
            continue
        quantity, reached = _read_quantity(tokens, i, floor)
        if quantity is not None:
            found.append(quantity)
            floor = reached
    return found


def _read_quantity(tokens: Tokens, i: int, floor: int) -> tuple[Quantity | None, int]:
    """Return the quantity at token `i`, if there is one, and where to go on."""
    date = read_date(tokens, i)
    if date is not None:
        return None, date.end
    if is_in_compound(tokens, i):
        return None, i + 1
    rank = read_rank(tokens, i)
    if rank is not None:
        span = Span(tokens.starts[rank.start], tokens.ends[rank.end - 1])
        return Quantity(span, rank.kind, rank.value, rank.value, "eq", unit=rank.unit), rank.end
    skipped = _skip_code(tokens, i) if tokens.is_number(i) else None
    if skipped is not None:
        return None, skipped
    operand = read_operand(tokens, i)
    if operand is None:
        return None, i + 1
    if has_vague_numeral(tokens, i):
        return None, operand.end
    found = _read_range(tokens, operand, floor) or _read_point(tokens, operand, floor)
    if found is None:
        return None, i + 1 if operand.is_share else max(operand.end, i + 1)
    found = _read_bounds(tokens, found) or found
    return _make_quantity(tokens, found)


def _skip_code(tokens: Tokens, i: int) -> int | None:
    """Return where the year, years or code that begins with the number at `i` ends."""
    if reads_as_year(tokens, i):
        at = i + 1
        if tokens.words[at] in _DASHES and tokens.is_number(at + 1) and tokens.is_glued(at + 1):
            return at + 2
        return at
    return skip_code(tokens, i)


def _read_point(tokens: Tokens, operand: Operand, floor: int) -> Found | None:
    stated = read_comparator(tokens, operand, floor)
    is_marked = stated.comparator != "eq"
    if operand.is_share and not _is_share(tokens, operand, is_marked):
        return None
    if operand.kind == "duration" and not is_marked and not _is_span_of_time(tokens, operand):
        return None
    if operand.kind is not None:
        return Found(operand, operand, stated, operand.unit)
    if operand.value == 1 and operand.numeral.form == "words" and operand.numeral.scale == 1:
        unit = _unit_of_one(tokens, operand)
        return Found(operand, operand, stated, unit) if unit is not None else None
    if not is_marked and is_no_count(tokens, operand):
        return None
    unit = counted_noun(tokens, stated.end) or compound_noun(tokens, operand.end)
    return Found(operand, operand, stated, unit)


def _begins_amount(tokens: Tokens, i: int) -> bool:
    return tokens.is_number(i) or tokens.lows[i] in NUMBER_WORDS or tokens.words[i] in CURRENCIES.signs


def _read_bounds(tokens: Tokens, first: Found) -> Found | None:
    """Return the range that two bounds make: "more than 10 but less than 40", "at most 100 and at least 20"."""
    at = first.stated.end
    if tokens.words[at] == ",":
        at += 1
    if tokens.lows[at] in ("and", "but"):
        at += 1
    if at == first.stated.end or first.stated.comparator not in (_LOWER_BOUNDS | _UPPER_BOUNDS):
        return None
    floor = at
    while at < floor + _LONGEST_COMPARATOR and not _begins_amount(tokens, at):
        at += 1
    operand = read_operand(tokens, at)
    second = None if operand is None else read_comparator(tokens, operand, floor)
    if operand is None or second is None or second.start != floor:
        return None
    if first.stated.comparator in _UPPER_BOUNDS and second.comparator in _LOWER_BOUNDS:
        united = _unite(tokens, operand, first.low)
    elif first.stated.comparator in _LOWER_BOUNDS and second.comparator in _UPPER_BOUNDS:
        united = _unite(tokens, first.low, operand)
    else:
        return None
    if united is None:
        return None
    unit = first.unit or operand.unit or counted_noun(tokens, second.end)
    return Found(*united, Stated("between", first.stated.start, second.end), unit)


def _unit_of_one(tokens: Tokens, operand: Operand) -> str | None:
    """Return what "one" counts; None where it is a pronoun."""
    if tokens.lows[operand.start] != "one" or tokens.lows[operand.start - 1] in WORDS.words.before_pronoun_one - {
        "only"
    }:
        return None
    if tokens.lows[operand.end] == "of":
        return None
    return counted_singular(tokens, operand.end)


def _is_share(tokens: Tokens, operand: Operand, is_marked: bool) -> bool:
    """Return whether a fraction word is a share of something, not a period ("first half") or an ordinal ("a third")."""
    before, after = tokens.lows[operand.start - 1], tokens.lows[operand.end]
    word = tokens.lows[operand.end - 1]
    if word == "half" and operand.end - operand.start == 1:
        if before in WORDS.words.before_period_half or after == "-" or after in DURATIONS:
            return False
        return is_marked or after in WORDS.words.after_half or before == "by" or not after.isalpha()
    if word == "quarters" and before in WORDS.words.before_period_quarters:
        return False
    if tokens.lows[operand.start] in ("a", "an", "one") and tokens.words[operand.start + 1] not in _DASHES:
        return is_marked or after == "of" or before in WORDS.words.before_share or not (after.isalpha() or after == "-")
    return True


def _is_span_of_time(tokens: Tokens, operand: Operand) -> bool:
    """Return whether "a year" and the like is a duration, not a rate ("$5 a year") or a time ("a year ago")."""
    if tokens.lows[operand.start] not in ("a", "an") or operand.end - operand.start > 2:
        return True
    if tokens.lows[operand.end] in ("ago", "earlier", "before", "later"):
        return False
    return operand.unit == "decade" or tokens.lows[operand.start - 1] in WORDS.words.before_time


# ── ranges ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_range(tokens: Tokens, low: Operand, floor: int) -> Found | None:
    """Return the range that begins with `low` ("between 3 and 5%", "$30-$40bn", "two or three"), None for a point."""
    joint = tokens.lows[low.end]
    before = tokens.lows[low.start - 1]
    is_between = before == "between" and low.start - 1 >= floor
    if joint == "and":
        if not is_between:
            return None
    elif joint not in _DASHES and joint not in ("to", "or", "through"):
        return None
    if joint in _DASHES and tokens.is_glued(low.end) != tokens.is_glued(low.end + 1):
        return None
    high = read_operand(tokens, low.end + 1)
    if high is None and joint == "-" and tokens.lows[low.end + 1] in ("to", "or"):
        joint = tokens.lows[low.end + 1]
        high = read_operand(tokens, low.end + 2)
    if high is None or high.is_share != low.is_share or has_vague_numeral(tokens, low.end + 1):
        return None
    united = _unite(tokens, low, high)
    if (
        united is None
        or (united[0].kind is None and is_label(tokens, low.start))
        or not _joins(tokens, low, high, joint)
    ):
        return None
    low, high = united
    start = low.start
    is_from = before == "from" and low.start - 1 >= floor
    if is_from and _is_change(tokens, low.start - 1):
        return None
    if is_between or is_from:
        start -= 1
    unit = high.unit if high.kind is not None else counted_noun(tokens, high.end) or compound_noun(tokens, high.end)
    return Found(low, high, Stated("between", start, high.end), unit)


def _unite(tokens: Tokens, low: Operand, high: Operand) -> tuple[Operand, Operand] | None:
    """Return the two ends with the unit and scale that only one of them states given to both; None if they differ."""
    if low.kind is None and high.kind is not None:
        low = low._replace(kind=high.kind, currency=high.currency, unit=high.unit)
    elif high.kind is None and low.kind is not None:
        high = high._replace(kind=low.kind, currency=low.currency, unit=low.unit)
    if (
        low.kind != high.kind
        or low.currency != high.currency
        or low.unit != high.unit
        or (high.kind == "ratio" and tokens.lows[high.end - 1] not in ("x", "times"))
    ):
        return None
    if low.numeral.scale == 1 and high.numeral.scale > 1 and low.value <= high.value / high.numeral.scale:
        low = low._replace(value=round(low.value * high.numeral.scale, 6))
    elif (
        low.value == low.numeral.value
        and high.kind == "percent"
        and high.numeral.value != high.value
        and low.numeral.value > high.value
    ):
        low = low._replace(value=round(low.value * high.value / high.numeral.value, 8))
    return (low, high) if low.value < high.value else None


def _joins(tokens: Tokens, low: Operand, high: Operand, joint: str) -> bool:
    """Return whether `joint` makes a range of two amounts, rather than a delta and a level, or a choice."""
    before = tokens.lows[low.start - 1]
    both_bare = low.kind is None and high.kind is None
    if joint == "or":
        return high.numeral.value - low.numeral.value <= 2 and low.kind != "money"
    if joint in ("to", "through") and before != "from":
        if before == "by" and (both_bare or low.kind is not None):
            return False
        is_delta = before in WORDS.words.change and low.kind != "percent"
        return not is_delta
    return True


def _is_change(tokens: Tokens, i: int) -> bool:
    """Return whether the sentence speaks of a change shortly before token `i`."""
    for at in range(i - 1, max(i - 9, -1), -1):
        if tokens.lows[at] in WORDS.words.change:
            return True
        if tokens.words[at] in (".", ";") and not tokens.is_glued(at + 1):
            return False
    return False


# ── quantities ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _make_quantity(tokens: Tokens, found: Found) -> tuple[Quantity, int]:
    low, high, stated, unit = found
    kind = low.kind or high.kind or "count"
    currency = low.currency or high.currency
    value_usd, basis, end = _in_dollars(tokens, found, currency)
    comparator: Comparator = stated.comparator
    quantity = Quantity(
        Span(tokens.starts[stated.start], tokens.ends[end - 1]),
        kind,
        low.value,
        high.value,
        comparator,
        currency,
        unit if kind != "money" else None,
        value_usd,
        basis,
    )
    return quantity, end


def _in_dollars(tokens: Tokens, found: Found, currency: str | None) -> tuple[float | None, UsdBasis | None, int]:
    """Return the lower end in dollars, where that comes from, and where the quantity with a stated conversion ends."""
    end = found.stated.end
    if currency is None:
        return None, None, end
    conversion = _read_conversion(tokens, end, currency)
    if conversion is not None:
        end = conversion[1]
    if currency == "USD":
        return found.low.value, "same_currency", end
    if conversion is not None and conversion[0].low.currency == "USD":
        return conversion[0].low.value, "stated", end
    return None, None, end


def _read_conversion(tokens: Tokens, i: int, currency: str) -> tuple[Found, int] | None:
    """Return the same amount in another currency, in brackets or after "or", at token `i`, and where it ends."""
    at, closing = i, ""
    if tokens.words[at] in ("(", "["):
        closing = ")" if tokens.words[at] == "(" else "]"
        at += 1
    else:
        if tokens.words[at] in (",", "–", "—"):
            at += 1
        if tokens.lows[at] != "or":
            return None
        at += 1
    floor = at
    while at < floor + 5 and tokens.words[at] not in (")", "]", ".", ""):
        operand = read_operand(tokens, at)
        if operand is not None:
            break
        at += 1
    else:
        return None
    if operand.kind not in ("money", None) or operand.currency == currency:
        return None
    found = _read_range(tokens, operand, floor)
    if found is None:
        if operand.kind is None:
            return None
        found = Found(operand, operand, read_comparator(tokens, operand, floor), None)
    if found.low.kind != "money" or found.low.currency in (currency, None):
        return None
    end = found.stated.end
    if closing and tokens.words[end] == closing:
        end += 1
    return found, end
