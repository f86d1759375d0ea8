"""Invented names: companies, persons, products, towns and outlets that no knowledge file has.

What belongs here: making names, and the forms in which articles write them. What does not: who bears them (`stories`).
"""

from dataclasses import dataclass
from random import Random

from pipeline.tables import EntityType, MentionKind

_ONSETS = (
    "Bel",
    "Cor",
    "Dav",
    "Fen",
    "Gal",
    "Hal",
    "Jor",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Pel",
    "Quin",
    "Ren",
    "Sol",
    "Tav",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ar", "en", "is", "or", "an")
_ENDS = (
    "bryn",
    "dell",
    "fax",
    "gard",
    "lume",
    "mere",
    "nix",
    "pard",
    "quist",
    "ronde",
    "stow",
    "tessa",
    "vane",
    "wick",
)
_GIVEN = (
    ("Daniel", "Dan"), ("Michael", "Mike"), ("Thomas", "Tom"), ("Katherine", "Kate"), ("Samuel", "Sam"),
    ("Susan", "Sue"), ("Andrew", "Andy"), ("Elizabeth", "Liz"), ("Robert", "Rob"), ("Victoria", "Vicky"),
)  # fmt: skip
_TRADES = (
    "Air Lines",
    "Foods",
    "Motors",
    "Pharma",
    "Robotics",
    "Semiconductor",
    "Shipping",
    "Software",
    "Steel",
    "Systems",
)
_FORMS = ("Corp.", "Group", "Holdings Ltd", "Inc.", "PLC", "AG")
_OUTLETS = (
    "Chronicle",
    "Courier",
    "Dispatch",
    "Gazette",
    "Herald",
    "Ledger",
    "Observer",
    "Standard",
    "Tribune",
    "Wire",
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, and what kind of mention it is."""

    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity of the set: a label that scoring knows it by, and how articles may call it.

    An article uses one of `full` at first, later also one of `short`; `alone` are forms of `full` that an article may
    use without ever giving a fuller one.
    """

    label: str
    entity_type: EntityType
    full: tuple[str, ...]
    short: tuple[Form, ...] = ()
    ticker: str | None = None


class NameMaker:
    """Makes names without repeating a stem."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used: set[str] = set()

    def stem(self) -> str:
        """Return a new invented word."""
        while True:
            word = "".join(self._random.choice(part) for part in (_ONSETS, _MIDDLES, _ENDS))
            if word not in self._used:
                self._used.add(word)
                return word

    def company(self, label: str, *, trade: str | None = None) -> Bearer:
        """Return a company with a trade in its name, a legal form, and a short name."""
        stem, form = self.stem(), self._random.choice(_FORMS)
        core = f"{stem} {trade or self._random.choice(_TRADES)}"
        ticker = stem[:4].upper()
        return Bearer(label, "organization", (f"{core} {form}", core), (Form(stem, "alias"),), ticker)

    def plain_company(self, label: str) -> Bearer:
        """Return a company of one word, with or without its legal form."""
        stem, form = self.stem(), self._random.choice(_FORMS)
        return Bearer(label, "organization", (f"{stem} {form}", stem), ())

    def agency(self, label: str, words: tuple[str, ...]) -> Bearer:
        """Return an authority that is also known by its acronym."""
        place = self.stem()
        full = f"{place} {' '.join(words)}"
        acronym = "".join(word[0] for word in full.split())
        return Bearer(label, "organization", (full,), (Form(acronym, "acronym"),))

    def outlet(self, label: str) -> Bearer:
        """Return a news outlet."""
        return Bearer(label, "organization", (f"The {self.stem()} {self._random.choice(_OUTLETS)}",))

    def person(self, label: str, *, surname: str | None = None, given: tuple[str, str] | None = None) -> Bearer:
        """Return a person, with middle initial, short given name, and bare surname as other forms."""
        long, short = given or self._random.choice(_GIVEN)
        family = surname or self.stem()
        initial = self._random.choice("ABCDEFGHJKLMNPRSTW")
        names = (f"{long} {family}", f"{long} {initial}. {family}", f"{short} {family}")
        return Bearer(label, "person", names, (Form(family, "surname"),))

    def product(self, label: str) -> Bearer:
        """Return a product of one word."""
        return Bearer(label, "product", (self.stem(),))

    def town(self, label: str) -> Bearer:
        """Return a place."""
        return Bearer(label, "place", (self.stem(),))
