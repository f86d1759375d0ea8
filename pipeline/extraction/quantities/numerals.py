"""Reading one number at a given token, in digits or words, with its fraction and scale: "1.2m", "half a billion".

Belongs here: what English number notation means. Does not belong here: whether the number counts anything, or what.
"""

from typing import Literal, NamedTuple

from pipeline.extraction.quantities.tokens import Tokens
from pipeline.extraction.quantities.vocabulary import NUMBERS

Form = Literal["digits", "words", "fraction"]


class Numeral(NamedTuple):
    """A number over tokens `start` to `end` (exclusive): `value` is `mantissa` times `scale`.

    `form` is "fraction" for a bare share ("two-thirds"), else how the mantissa is written. `glued` is the letter of a
    scale written against the digits ("m" in "1.2m"), which alone may also be a measure.
    """

    value: float
    mantissa: float
    scale: float
    start: int
    end: int
    form: Form
    glued: str = ""


_UNITS = NUMBERS.units
_TENS = NUMBERS.tens
_SCALES = NUMBERS.scales
_DENOMINATORS = NUMBERS.denominators
_ARTICLES = ("a", "an")
_HYPHENS = ("-", "‐", "‑")
_NO_DIGIT = 10
NUMBER_WORDS: frozenset[str] = frozenset({*_UNITS, *_TENS})
"""Words that can begin a number by themselves."""


def read_numeral(tokens: Tokens, i: int) -> Numeral | None:
    """Return the longest number that begins at token `i`, or None."""
    if tokens.is_number(i):
        return _scale(tokens, _read_digits(tokens, i))
    low = tokens.lows[i]
    if low in NUMBERS.vulgar_fractions:
        value = NUMBERS.vulgar_fractions[low]
        return _scale(tokens, Numeral(value, value, 1.0, i, i + 1, "fraction"))
    fraction = _read_fraction(tokens, i)
    if fraction is not None:
        return fraction
    if low in NUMBER_WORDS:
        whole = _read_words(tokens, i)
        return _add_decimals(tokens, whole) or _add_fraction(tokens, whole)
    if low in _ARTICLES and tokens.lows[i + 1] in _SCALES:
        return _add_fraction(tokens, _read_words(tokens, i))
    if low == "dozen" and tokens.lows[i - 1] not in _SCALES:
        return Numeral(12.0, 1.0, 12.0, i, i + 1, "words")
    return None


def _multiply(mantissa: float, scale: float) -> float:
    """Return the product without the dust of binary fractions: 2.38 times a billion is a whole number."""
    return round(mantissa * scale, 6)


def _read_digits(tokens: Tokens, i: int) -> Numeral:
    value, end = tokens.value(i), i + 1
    if tokens.lows[end] in NUMBERS.vulgar_fractions:
        value, end = value + NUMBERS.vulgar_fractions[tokens.lows[end]], end + 1
        return Numeral(value, value, 1.0, i, end, "digits")
    simple = _read_slash(tokens, i)
    if simple is not None:
        return Numeral(simple, simple, 1.0, i, i + 3, "digits")
    mixed_at = end + 1 if tokens.words[end] in _HYPHENS and tokens.is_glued(end) else end
    mixed = _read_slash(tokens, mixed_at)
    if mixed is not None and value == int(value):
        return Numeral(value + mixed, value + mixed, 1.0, i, mixed_at + 3, "digits")
    return Numeral(value, value, 1.0, i, end, "digits")


_SLASH_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 16, 32, 64})


def _read_slash(tokens: Tokens, i: int) -> float | None:
    """Return the value of a proper fraction "a/b" at `i`, if b is a denominator that prices and measures use."""
    if tokens.words[i + 1] != "/" or not tokens.is_number(i) or not tokens.is_number(i + 2):
        return None
    if not tokens.is_glued(i + 1) or not tokens.is_glued(i + 2) or tokens.words[i + 3] == "/":
        return None
    above, below = tokens.value(i), tokens.value(i + 2)
    return above / below if 0 < above < below and above == int(above) and below in _SLASH_DENOMINATORS else None


def _scale(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Return the number with the scale words after it taken in: "3 lakh crore", "1.2m", "$5-billion"."""
    end, scale, glued = numeral.end, 1.0, ""
    low = tokens.lows[end]
    if tokens.is_glued(end) and low in NUMBERS.glued_scales and numeral.form == "digits":
        scale, glued, end = NUMBERS.glued_scales[low], low, end + 1
    while True:
        at = end + 1 if tokens.words[end] in _HYPHENS and tokens.is_glued(end) and tokens.is_glued(end + 1) else end
        if tokens.lows[at] not in _SCALES or glued:
            break
        scale, end = scale * _SCALES[tokens.lows[at]], at + 1
    if end == numeral.end:
        return numeral
    form: Form = "words" if numeral.form == "fraction" else numeral.form
    scaled = numeral._replace(value=_multiply(numeral.value, scale), scale=scale, end=end, form=form, glued=glued)
    return _add_fraction(tokens, scaled) if not glued else scaled


def _read_words(tokens: Tokens, i: int) -> Numeral:
    """Return the number in words at `i`: "three hundred and sixty-five thousand", "a hundred and two"."""
    total, current, top, at, end = 0.0, 0.0, float("inf"), i, i
    if tokens.lows[i] in _ARTICLES:
        current, at = 1.0, i + 1
    while True:
        low = tokens.lows[at]
        if low in _UNITS and (
            current % 100 == 0 or (_UNITS[low] in range(1, 10) and current % 10 == 0 and current % 100 > 10)
        ):
            current += _UNITS[low]
        elif low in _TENS and current % 100 == 0:
            current += _TENS[low]
        elif low == "hundred" and 0 < current < 100:
            current *= 100
        elif low in _SCALES and low != "hundred" and (current or total):
            scale = _SCALES[low]
            if scale < top:
                total, current, top = total + current * scale, 0.0, scale
            else:
                total, current = (total + current) * scale, 0.0
        else:
            break
        end = at + 1
        at = _skip_joint(tokens, end, low)
    value = total + current
    scale = top if total and not current else 1.0
    return Numeral(value, value / scale, scale, i, end, "words")


def _skip_joint(tokens: Tokens, at: int, last: str) -> int:
    """Return where the next word of a number stands: past a hyphen, or past "and" after hundreds and scales."""
    word = tokens.lows[at]
    if word in _HYPHENS and tokens.lows[at + 1] in (_UNITS | _SCALES):
        return at + 1
    if word == "and" and last in _SCALES and tokens.lows[at + 1] in NUMBER_WORDS:
        follower = at + 3 if tokens.lows[at + 2] in _HYPHENS else at + 2
        if tokens.lows[follower] in NUMBER_WORDS:
            follower += 1
        if tokens.lows[follower] in _DENOMINATORS:
            return at
        following = _SCALES.get(tokens.lows[follower], 0.0)
        return at + 1 if following < _SCALES[last] or (last == "hundred" and following > 100) else at
    return at


def _add_decimals(tokens: Tokens, whole: Numeral) -> Numeral | None:
    """Return the number in words with the digits spelled out after "point": "two point five million"."""
    at = whole.end
    is_occasion = tokens.lows[at - 1] == "one" and tokens.lows[whole.start - 1] == "at"
    if tokens.lows[at] != "point" or whole.scale != 1 or is_occasion:
        return None
    end = at + 1
    while _UNITS.get(tokens.lows[end], _NO_DIGIT) < _NO_DIGIT:
        end += 1
    if end == at + 1:
        return None
    digits = "".join(str(_UNITS[word]) for word in tokens.lows[at + 1 : end])
    value = float(f"{int(whole.value)}.{digits}")
    return _scale(tokens, Numeral(value, value, 1.0, whole.start, end, "words"))


def _add_fraction(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Return the number with "and a half" taken in, and a scale after that: "two and a half million"."""
    at = _past_hyphen(tokens, numeral.end)
    if tokens.lows[at] != "and":
        return numeral
    at = _past_hyphen(tokens, at + 1)
    fraction = _read_share(tokens, at) or _read_half(tokens, at)
    if fraction is None or tokens.lows[fraction.end] == "of":
        return numeral
    if tokens.lows[fraction.end] in _SCALES and numeral.scale > 1:
        scaled = _scale(tokens, fraction)
        return numeral._replace(
            value=numeral.value + scaled.value, mantissa=numeral.value + scaled.value, scale=1.0, end=scaled.end
        )
    mantissa = numeral.mantissa + fraction.value
    whole = numeral._replace(value=_multiply(mantissa, numeral.scale), mantissa=mantissa, end=fraction.end)
    return _scale(tokens, whole) if numeral.scale == 1 else whole


def _read_fraction(tokens: Tokens, i: int) -> Numeral | None:
    """Return the share at `i` and the scale it divides: "two-thirds", "half a billion", "a quarter of a million"."""
    share = _read_half(tokens, i) or _read_share(tokens, i) or _read_quarter(tokens, i)
    if share is None:
        return None
    at = share.end
    if tokens.lows[at] == "of":
        at += 1
    if tokens.lows[at] in _ARTICLES or tokens.lows[at] in _HYPHENS:
        at += 1
    if tokens.lows[at] in _SCALES:
        scaled = _scale(tokens, share._replace(end=at))
        return scaled._replace(start=i, form="words")
    return None if tokens.lows[i] == "quarter" else share


def _past_hyphen(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.words[i] in _HYPHENS and tokens.is_glued(i) and tokens.is_glued(i + 1) else i


def _read_half(tokens: Tokens, i: int) -> Numeral | None:
    return Numeral(0.5, 0.5, 1.0, i, i + 1, "fraction") if tokens.lows[i] == "half" else None


def _read_quarter(tokens: Tokens, i: int) -> Numeral | None:
    return Numeral(0.25, 0.25, 1.0, i, i + 1, "fraction") if tokens.lows[i] == "quarter" else None


def _read_share(tokens: Tokens, i: int) -> Numeral | None:
    """Return the share at `i` that has a numerator: "a third", "one-half", "three quarters", "five - eighths"."""
    low = tokens.lows[i]
    if low in _ARTICLES:
        above = 1
    elif _UNITS.get(low):
        above = _UNITS[low]
    else:
        return None
    is_apart = tokens.words[i + 1] in _HYPHENS and not tokens.is_glued(i + 1) and not tokens.is_glued(i + 2)
    at = i + 2 if is_apart else _past_hyphen(tokens, i + 1)
    name = tokens.lows[at]
    below = _DENOMINATORS.get(name)
    is_plural = name.endswith("s") or name == "halves"
    if is_apart and not is_plural:
        return None
    if below is None or is_plural != (above > 1):
        return None
    return Numeral(above / below, above / below, 1.0, i, at + 1, "fraction")
