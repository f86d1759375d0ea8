"""Reading the same amount in a second currency: "280 billion yuan ($39 billion)", "€2 billion, or $2.2 billion".

Belongs here: what counts as a stated conversion. No rate is known here, and none is guessed.
"""

from pipeline.extraction.quantities.amounts import read_operand
from pipeline.extraction.quantities.comparators import read_comparator
from pipeline.extraction.quantities.ranges import Found, read_range
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.tables import UsdBasis


def in_dollars(tokens: Tokens, found: Found, currency: str | None) -> tuple[float | None, UsdBasis | None, int]:
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
    found = read_range(tokens, operand, floor)
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
