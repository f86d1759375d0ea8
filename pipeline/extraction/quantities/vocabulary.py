"""The words around numbers, as typed data: what `data/*.toml` may hold, read once and checked on import.

Belongs here: the shape of the vocabularies and the tables that the grammar looks words up in. Does not belong here: any
decision about a text.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import TypeVar

from babel import Locale
from babel.numbers import get_currency_name
from pydantic import BaseModel, ConfigDict, Field

from pipeline.extraction.quantities.tokens import tokenize
from pipeline.tables import Comparator

Phrase = tuple[str, ...]
"""Lower-case tokens."""


class Vocabulary(BaseModel):
    """A vocabulary file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Numbers(Vocabulary):
    """How English writes numbers: words to values."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, float]
    glued_scales: dict[str, float]
    ordinals: dict[str, float]
    denominators: dict[str, float]
    vulgar_fractions: dict[str, float]
    multiples: dict[str, float]


class Subunit(Vocabulary):
    """Coins: their names, their currency and how many make one of it."""

    names: frozenset[str]
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    parts: int = Field(ge=2)


class AmbiguousCurrencies(Vocabulary):
    """Codes and names that are also something else."""

    codes: frozenset[str]
    names: frozenset[str]


class Currencies(Vocabulary):
    """Currency words and signs to ISO 4217 codes."""

    names: dict[str, str]
    before: dict[str, str]
    signs: dict[str, str]
    signed: dict[str, str]
    subunits: tuple[Subunit, ...]
    ambiguous: AmbiguousCurrencies


class ContextWords(Vocabulary):
    """Sets of lower-case words that decide how a number beside them is read; the file says what each is for."""

    exceeding_over: frozenset[str]
    exceeding_verbs: frozenset[str]
    change: frozenset[str]
    before_share: frozenset[str]
    after_half: frozenset[str]
    before_period_half: frozenset[str]
    before_period_quarters: frozenset[str]
    after_multiple: frozenset[str]
    vague: frozenset[str]
    before_pronoun_one: frozenset[str]
    labels: frozenset[str]
    numbered_names: frozenset[str]
    idioms: frozenset[str]
    street: frozenset[str]
    clock: frozenset[str]
    streak: frozenset[str]
    before_time: frozenset[str]
    not_counted: frozenset[str]
    not_ranked: frozenset[str]


class NounWords(Vocabulary):
    """Words that decide where a counted noun stands."""

    not_plural: frozenset[str]
    boundary: frozenset[str]


class QuantityWords(Vocabulary):
    """Everything in `quantities.toml`."""

    before: dict[Comparator, tuple[str, ...]]
    after: dict[Comparator, tuple[str, ...]]
    words: ContextWords
    durations: dict[str, frozenset[str]]
    measures: dict[str, frozenset[str]]
    nouns: NounWords
    irregular_plurals: dict[str, str]


V = TypeVar("V", bound=Vocabulary)


def read_toml(module: str, name: str, model: type[V]) -> V:
    """Return `data/<name>` beside `module` as `model`; raise `pydantic.ValidationError` if it has another shape."""
    text = files(module.rpartition(".")[0]).joinpath("data", name).read_text("utf-8")
    return model.model_validate(tomllib.loads(text))


def to_phrase(words: str) -> Phrase:
    """Return the tokens of a phrase, lower-case, as `tokens.tokenize` would cut it."""
    tokens = tokenize(words)
    return tuple(tokens.lows[: tokens.count])


def _currency_names() -> dict[str, str]:
    """Return ISO 4217 codes, past ones included, to their names in English."""
    currencies: Mapping[str, str] = Locale("en").currencies
    return dict(currencies)


def _name_currencies(own: dict[str, str]) -> dict[Phrase, str]:
    """Return every phrase that names a currency after a number: Babel's English names, and our own over them."""
    named: dict[Phrase, str] = {}
    for code, name in _currency_names().items():
        forms = {name, *(get_currency_name(code, count, "en") for count in (1, 2))}
        for form in forms:
            if form.replace(" ", "").isalpha():
                named.setdefault(to_phrase(form), code)
    return named | {to_phrase(name): code for name, code in own.items()}


NUMBERS = read_toml(__name__, "numbers.toml", Numbers)
CURRENCIES = read_toml(__name__, "currencies.toml", Currencies)
WORDS = read_toml(__name__, "quantities.toml", QuantityWords)

CODES: frozenset[str] = frozenset(_currency_names()) - {"XXX", "XTS"}
"""ISO 4217 codes, past ones included."""

CURRENCY_NAMES: dict[Phrase, str] = _name_currencies(CURRENCIES.names)
SUBUNITS: dict[Phrase, Subunit] = {to_phrase(name): unit for unit in CURRENCIES.subunits for name in unit.names}
COMPARATORS_BEFORE: dict[Phrase, Comparator] = {
    to_phrase(phrase): comparator for comparator, phrases in WORDS.before.items() for phrase in phrases
}
COMPARATORS_AFTER: dict[Phrase, Comparator] = {
    to_phrase(phrase): comparator for comparator, phrases in WORDS.after.items() for phrase in phrases
}
DURATIONS: dict[str, str] = {word: unit for unit, words in WORDS.durations.items() for word in words}
MEASURES: dict[str, str] = {word: unit for unit, words in WORDS.measures.items() for word in words}
