"""Finding the quantities of a text: walking its tokens, deciding which readings become quantities, setting spans.

Does not belong here: the reading of an amount (`amounts`), of two that make one (`ranges`, `conversions`), of what is
no quantity (`exclusions`, `dates`).
"""

from pipeline.extraction.model import Quantity, Span
from pipeline.extraction.quantities.amounts import has_vague_numeral, read_operand
from pipeline.extraction.quantities.comparators import read_comparator
from pipeline.extraction.quantities.conversions import in_dollars
from pipeline.extraction.quantities.dates import MONTHS, read_date, reads_as_year
from pipeline.extraction.quantities.exclusions import is_in_compound, is_no_count, skip_code
from pipeline.extraction.quantities.nouns import compound_noun, counted_noun, counted_singular
from pipeline.extraction.quantities.numerals import NUMBER_WORDS
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.ranges import Found, read_bounds, read_range
from pipeline.extraction.quantities.ranks import read_rank
from pipeline.extraction.quantities.tokens import Tokens, tokenize
from pipeline.extraction.quantities.vocabulary import CODES, CURRENCIES, DURATIONS, NUMBERS, WORDS
from pipeline.tables import Comparator

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


_ARTICLES = frozenset({"a", "an"})
_AFTER_ARTICLES = frozenset({*NUMBERS.scales, *NUMBERS.denominators, *DURATIONS, *CURRENCIES.signs})


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
    found = read_range(tokens, operand, floor) or _read_point(tokens, operand, floor)
    if found is None:
        return None, i + 1 if operand.is_share else max(operand.end, i + 1)
    found = read_bounds(tokens, found) or found
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


def _make_quantity(tokens: Tokens, found: Found) -> tuple[Quantity, int]:
    low, high, stated, unit = found
    kind = low.kind or high.kind or "count"
    currency = low.currency or high.currency
    value_usd, basis, end = in_dollars(tokens, found, currency)
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
