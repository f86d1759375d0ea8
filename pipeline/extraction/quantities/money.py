"""Reading money: the sign, code or name of a currency before or after a number, and coins.

Belongs here: which words make a number money, and of which currency. Conversions and ranges are the finder's.
"""

from pipeline.extraction.quantities.numerals import Numeral, read_numeral
from pipeline.extraction.quantities.operands import Operand
from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import CODES, CURRENCIES, CURRENCY_NAMES, SUBUNITS

_LONGEST_NAME = 4
_HYPHENS = frozenset("-‐‑")
_MINUS = frozenset("-−–")


def read_money_sign_first(tokens: Tokens, i: int) -> Operand | None:
    """Return the money at `i` whose currency stands before the number: "US$1.5bn", "RMB 280 billion", "Ksh.6.4tn"."""
    found = _currency_sign(tokens, i) or _currency_word(tokens, i)
    if found is None:
        return None
    currency, at, is_ambiguous = found
    negative = tokens.words[at] in _MINUS and tokens.is_glued(at + 1)
    if negative:
        at += 1
    if tokens.lows[at] == "a" and tokens.is_number(at + 1):
        at += 1
    numeral = read_numeral(tokens, at)
    if numeral is None or (numeral.form != "digits" and not numeral.scale > 1):
        return None
    if is_ambiguous and numeral.scale == 1:
        return None
    end = numeral.end
    name = _currency_after(tokens, end)
    if name is not None and name[0] == currency:
        end = name[1]
    value = -numeral.value if negative else numeral.value
    return Operand("money", value, i, end, numeral, currency)


def _currency_sign(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency of the sign at `i`, with letters glued to either side of it, and where the number begins."""
    sign_at = i
    letters = ""
    if tokens.words[i] not in CURRENCIES.signs:
        if tokens.lows[i : i + 4] == ["u", ".", "s", "."] and tokens.words[i + 4] in CURRENCIES.signs:
            return "USD", i + 5, False
        if tokens.lows[i : i + 3] == ["u", ".", "s"] and tokens.words[i + 3] in CURRENCIES.signs:
            return "USD", i + 4, False
        if tokens.words[i + 1] not in CURRENCIES.signs or not tokens.words[i].isalpha():
            return None
        sign_at, letters = i + 1, tokens.lows[i]
        if letters not in ("us", "hk", "rmb") and not tokens.is_glued(sign_at):
            return None
    sign = tokens.words[sign_at]
    if letters:
        currency = CURRENCIES.signed.get(letters + sign) or (letters.upper() if letters.upper() in CODES else None)
        return (currency, sign_at + 1, False) if currency else None
    if tokens.is_glued(sign_at + 1) and tokens.is_glued(sign_at + 2):
        currency = CURRENCIES.signed.get(sign + tokens.lows[sign_at + 1])
        if currency is not None:
            return currency, sign_at + 2, False
    return CURRENCIES.signs[sign], sign_at + 1, False


def _currency_word(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency of the code or short name at `i`, and where the number begins."""
    word = tokens.words[i]
    currency = CURRENCIES.before.get(word) or (word if word in CODES else None)
    if currency is None or (tokens.is_glued(i) and tokens.words[i - 1].isalnum()):
        return None
    at = i + 1
    if tokens.words[at] == "." and tokens.is_glued(at):
        at += 1
    if tokens.words[at] in CURRENCIES.signs:
        at += 1
    return currency, at, word in CURRENCIES.ambiguous.codes


def _currency_after(tokens: Tokens, i: int) -> tuple[str, int, bool] | None:
    """Return the currency that is named at `i`, where the name ends, and whether the name may be another word."""
    if tokens.words[i] in _HYPHENS and tokens.is_glued(i):
        i += 1
    if tokens.words[i] in CURRENCIES.signs:
        currency, end = CURRENCIES.signs[tokens.words[i]], i + 1
        return None if tokens.is_glued(end) and tokens.is_number(end) else (currency, end, False)
    if tokens.lows[i : i + 4] == ["u", ".", "s", "."] and tokens.lows[i + 4] in ("dollar", "dollars"):
        return "USD", i + 5, False
    for length in range(_LONGEST_NAME, 0, -1):
        phrase = tuple(tokens.lows[i : i + length])
        currency = CURRENCY_NAMES.get(phrase)
        if currency is not None:
            return currency, i + length, tokens.lows[i] in CURRENCIES.ambiguous.names
    if tokens.words[i] in CODES and tokens.words[i] not in CURRENCIES.ambiguous.codes:
        return tokens.words[i], i + 1, False
    if tokens.lows[i][:1] == "m" and tokens.words[i][1:] in CODES and tokens.words[i].isupper():
        return tokens.words[i][1:], i + 1, False
    return None


def read_money_sign_last(tokens: Tokens, numeral: Numeral) -> Operand | None:
    """Return the money whose currency follows the number: "280 billion yuan", "50 cents", "1.2m euros"."""
    end = numeral.end
    at = end + 1 if tokens.words[end] in _HYPHENS and tokens.is_glued(end) else end
    for length in (2, 1):
        subunit = SUBUNITS.get(tuple(tokens.lows[at : at + length]))
        is_name = tokens.lows[at] != "p" or (tokens.is_glued(at) and tokens.words[at + 1] not in _HYPHENS)
        if subunit is not None and is_name:
            value = round(numeral.value / subunit.parts, 6)
            return Operand("money", value, numeral.start, at + length, numeral, subunit.currency)
    found = _currency_after(tokens, end)
    if found is None or (numeral.form == "fraction" and numeral.scale == 1):
        return None
    currency, end, is_ambiguous = found
    if is_ambiguous and numeral.scale < 1000 and numeral.value < 100_000 and not _opens_conversion(tokens, end):
        return None
    value = numeral.value
    if tokens.words[end - 1][:1] == "M" and tokens.words[end - 1][1:] in CODES:
        value *= 1e6
    coins = _coins_after(tokens, end)
    if coins is not None and numeral.scale == 1:
        value, end = value + coins[0], coins[1]
    return Operand("money", value, numeral.start, end, numeral, currency)


def _coins_after(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Return the part of a whole that coins after an amount make up ("thirteen dollars forty-five cents")."""
    at = i + 1 if tokens.lows[i] == "and" else i
    numeral = read_numeral(tokens, at)
    if numeral is None or numeral.value >= 100:
        return None
    subunit = SUBUNITS.get((tokens.lows[numeral.end],))
    return (numeral.value / subunit.parts, numeral.end + 1) if subunit else None


def _opens_conversion(tokens: Tokens, i: int) -> bool:
    return tokens.words[i] == "(" and (
        tokens.words[i + 1] in CURRENCIES.signs or tokens.words[i + 2] in CURRENCIES.signs
    )
