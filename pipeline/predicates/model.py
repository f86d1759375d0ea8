"""The typed models of the predicate registry; what they refuse cannot be a predicate.

Belongs here: fields, their meaning and their validation. Does not belong here: reading files (`registry`) and matching.

A pattern names the places of its roles in the Universal Dependencies tree (https://universaldependencies.org/u/dep/),
seen from the trigger:

`subject`: of a verb, who does it, whatever the voice (nsubj, obl:agent of a passive, the head of a participle, the
controller of an infinitive); of a noun, the subject of the copula over it.
`object`: of a verb, whom it is done to (obj, nsubj:pass, the head of a past participle or object relative clause).
`iobj`: the indirect object.
`prep:in|into`: an oblique or nmod with one of these prepositions; of a verb also an nmod of its object.
`complement`: xcomp, ccomp or an infinitive; of a noun also "of ...ing".
`poss`: the possessor of a noun.
`modifier`: a name or amount before a noun (compound, nmod:desc, nummod).
`modified`: the name that a noun stands before ("iPhone maker Apple").
`support`: the subject of the light or reporting verb whose object a noun is ("made an investment").
`patient`: the object of the verb on which a noun hangs by a preposition ("hit Meta with a fine").
`above`: the object of the verb on which the trigger hangs ("raised $3bn in its listing", "pay $5m to settle").
`clause`: the subject of the clause in which a noun stands, whatever its place there.
`focus`: the company that the text speaks of, where a noun has no owner of its own ("Rival Lowe's rose").
`examples`: what a noun is exemplified with ("rivals such as Tencent").
`apposed`: the noun phrase that a noun is in apposition to, or that is in apposition to it.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pipeline.tables import (
    AttributionKind,
    Comparator,
    Direction,
    EntityType,
    Modality,
    Polarity,
    Stance,
    ValueKind,
)

Group = Literal["capital", "results", "usage", "product", "people", "relations", "legal", "speech"]

_PLACE = re.compile(
    r"subject|object|iobj|complement|poss|modifier|modified|support|patient|above|apposed|focus|clause|examples|prep:[a-z]+(\|[a-z]+)*"
)


def _check_place(place: str) -> str:
    if not _PLACE.fullmatch(place):
        raise ValueError(f"{place!r} is no place of a role; the places are listed in pipeline.predicates.model")
    return place


Place = Annotated[str, AfterValidator(_check_place)]
Lemma = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9'&/ -]*|\*)$")]
Share = Annotated[float, Field(gt=0, le=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trigger(_Model):
    """A word that states a predicate, and where its roles stand.

    `lemmas` may carry a particle ("spin off") or a preposition that must follow ("clamp down on"). Each role lists its
    places in order of preference. `needs` are the roles without which there is no claim: each entry is met by any
    of its alternatives ("object|value"). `object_types` bounds the object to entities of these types, `object_nouns` to
    phrases whose head is one of these lemmas; with both, either will do. `without_objects` are heads that
    make the words mean something else ("launch an investigation"). A `stance` makes the words the subject's own, as
    indirect speech.
    """

    lemmas: frozenset[Lemma]
    subject: tuple[Place, ...] = ("subject",)
    object: tuple[Place, ...] = ("object",)
    value: tuple[Place, ...] = ()
    needs: tuple[str, ...] = ("object",)
    subject_types: frozenset[EntityType] = frozenset()
    object_types: frozenset[EntityType] = frozenset()
    object_nouns: frozenset[Lemma] = frozenset()
    without_objects: frozenset[Lemma] = frozenset()
    direction: Direction | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    polarity: Polarity | None = None
    stance: Stance | None = None
    modality: Modality | None = None
    confidence: Share = 0.88

    @model_validator(mode="after")
    def _needs_name_roles(self) -> "Trigger":
        for need in self.needs:
            if not set(need.split("|")) <= {"object", "value"}:
                raise ValueError(f"needs {need!r} names something other than object and value")
        return self


class Measure(_Model):
    """Nouns that name a quantity of their owner ("revenue", "monthly active users").

    `reading` says whether the predicate is about its level or its change. `names_itself` marks what has no owner and is
    the subject itself (an index, a commodity); `is_corporate` what a company has even where the sentence leaves it
    unsaid ("revenue rose 5%"), so that the company spoken of last owns it. `is_of_goods` marks what is said of unnamed
    things too ("the price of a new car"), which are the subject then; `is_of_kinds` what kinds have ("bank stocks").
    `units`, where given, are what a count may count ("lost 120 points" but not "lost seven sessions").
    """

    nouns: frozenset[Lemma]
    units: frozenset[Lemma] = frozenset()
    reading: Literal["level", "change"] = "level"
    names_itself: bool = False
    is_corporate: bool = False
    is_of_goods: bool = False
    is_of_kinds: bool = False
    confidence: Share = 0.88


class RoleNouns(_Model):
    """Nouns for what a person is to an organization ("chief executive").

    `is_corporate` marks those whose organization is the company spoken of last where the sentence leaves it unsaid,
    `is_public` those that countries and cities have.
    """

    nouns: frozenset[Lemma]
    is_corporate: bool = False
    is_public: bool = False
    confidence: Share = 0.93


class Possessive(_Model):
    """Owner and owned, stated by a possessive between two names ("Baidu's Ernie Bot") or before a kind of thing.

    `nouns` are heads that make the owned name a thing of this kind ("its fintech affiliate Ant Group").
    `is_reversed` puts the owned in the subject. `without_words` between owner and owned mean something else.
    """

    owner_types: frozenset[EntityType]
    owned_types: frozenset[EntityType]
    nouns: frozenset[Lemma] = frozenset()
    without_words: frozenset[Lemma] = frozenset()
    is_reversed: bool = False
    confidence: Share = 0.88


class Cues(_Model):
    """Words of saying that make a report this predicate, by lemma of the cue."""

    lemmas: frozenset[Lemma]
    confidence: Share = 0.88


class Example(_Model):
    """A sentence and a claim that must be found in it; what is None is not looked at."""

    text: str
    subject: str
    object: str | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator | None = None
    currency: str | None = None
    direction: Direction | None = None
    polarity: Polarity = "affirmed"
    stance: Stance = "affirms"
    modality: Modality = "actual"
    attribution: AttributionKind = "author"
    speaker: str | None = None


class Predicate(_Model):
    """One predicate: its meaning, what its roles and value may be, its patterns and examples.

    `domain` and `range_` hold the types that the subject and the object may have where they are entities; an empty
    range means that the object is never an entity. `value_kinds` is empty where a claim carries no value.
    `unit` says what the value counts. `is_symmetric` means that subject and object may change places.
    """

    name: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
    group: Group
    description: str
    domain: frozenset[EntityType]
    range_: frozenset[EntityType] = Field(alias="range")
    value_kinds: frozenset[ValueKind] = Field(default=frozenset(), alias="values")
    unit: str | None = None
    requires_direction: bool = False
    is_symmetric: bool = False
    verbs: tuple[Trigger, ...] = ()
    nouns: tuple[Trigger, ...] = ()
    measures: tuple[Measure, ...] = ()
    roles: tuple[RoleNouns, ...] = ()
    possessives: tuple[Possessive, ...] = ()
    cues: tuple[Cues, ...] = ()
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_a_pattern(self) -> "Predicate":
        if not (self.verbs or self.nouns or self.measures or self.roles or self.possessives or self.cues):
            raise ValueError("has no pattern that could state it")
        return self


class Vocabulary(_Model):
    """Words that patterns of all predicates share, by lemma."""

    increase_verbs: frozenset[Lemma]
    decrease_verbs: frozenset[Lemma]
    increase_nouns: frozenset[Lemma]
    decrease_nouns: frozenset[Lemma]
    increase_words: frozenset[Lemma]
    decrease_words: frozenset[Lemma]
    trading_verbs: frozenset[Lemma]
    level_verbs: frozenset[Lemma]
    exceeding_verbs: frozenset[Lemma]
    holding_verbs: frozenset[Lemma]
    support_verbs: frozenset[Lemma]
    reporting_verbs: frozenset[Lemma]
    forecast_words: frozenset[Lemma]
    plan_words: frozenset[Lemma]
    deal_nouns: frozenset[Lemma]
    deed_nouns: frozenset[Lemma]
    possible_words: frozenset[Lemma]
    rumour_words: frozenset[Lemma]
    denial_words: frozenset[Lemma]
    negating_words: frozenset[Lemma]
    falsity_words: frozenset[Lemma]
    kind_nouns: frozenset[Lemma]
    product_nouns: frozenset[Lemma]
    company_nouns: frozenset[Lemma]
    organ_nouns: frozenset[Lemma]
    authority_nouns: frozenset[Lemma]
    group_nouns: frozenset[Lemma]
    measurable_nouns: frozenset[Lemma]
    past_tenses: Mapping[str, Lemma]


class Registry(_Model):
    """All predicates by name, in the order of the data files, and the shared vocabulary."""

    predicates: Mapping[str, Predicate]
    vocabulary: Vocabulary
