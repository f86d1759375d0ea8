"""The published cases of quantities and times as typed values, with what is left out and why.

Belongs here: reading Recognizers-Text and quantulum3 test files, and the file of exclusions. Does not belong here: what
Winnow finds in them.

Sources, both MIT: https://github.com/microsoft/Recognizers-Text (Specs), and the tests of
https://github.com/nielstron/quantulum3.
"""

import hashlib
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

RecognizerSet = Literal[
    "CurrencyModel",
    "PercentModel",
    "NumberModel",
    "NumberRangeModel",
    "OrdinalModel",
    "DateParser",
    "DatePeriodParser",
    "DurationParser",
]
Half = Literal["tuned", "held out"]


class _Resolution(BaseModel):
    model_config = ConfigDict(extra="ignore")

    value: str | None = None
    unit: str | None = None


class _TimeValue(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    future: dict[str, str] = Field(default_factory=dict, alias="FutureResolution")
    past: dict[str, str] = Field(default_factory=dict, alias="PastResolution")


class Result(BaseModel):
    """One expected result of a case."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    text: str = Field(alias="Text")
    type_name: str = Field(default="", alias="TypeName")
    resolution: _Resolution | None = Field(default=None, alias="Resolution")
    times: _TimeValue | None = Field(default=None, alias="Value")


class _Context(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    reference: datetime | None = Field(default=None, alias="ReferenceDateTime")


class Case(BaseModel):
    """One case: a text, the date that it is read on, and what is to be found."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    text: str = Field(alias="Input")
    context: _Context = Field(default_factory=_Context, alias="Context")
    results: tuple[Result, ...] = Field(alias="Results")

    @property
    def read_on(self) -> date | None:
        """The date that relative times count from."""
        return self.context.reference.date() if self.context.reference else None


class Exclusion(BaseModel):
    """A kind of case that is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sets: tuple[RecognizerSet, ...]
    pattern: str
    reason: str

    def covers(self, name: RecognizerSet, case: Case) -> bool:
        """Return whether the case is of this kind."""
        return name in self.sets and re.search(self.pattern, case.text, re.IGNORECASE) is not None


class _Exclusions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    exclusions: tuple[Exclusion, ...]


class QuantulumResult(NamedTuple):
    """A value with its unit's name, and half the width of its range."""

    value: float
    unit: str
    uncertainty: float


class _QuantulumResult(BaseModel):
    model_config = ConfigDict(extra="ignore")

    value: float
    unit: str
    uncertainty: float | None = None


class _QuantulumCase(BaseModel):
    model_config = ConfigDict(extra="ignore")

    req: str
    res: tuple[_QuantulumResult, ...]


class QuantulumCase(NamedTuple):
    """A text and the quantities in it."""

    text: str
    results: tuple[QuantulumResult, ...]


def read_exclusions() -> tuple[Exclusion, ...]:
    """Return what is left out, in the order of the file; the first that covers a case gives its reason."""
    content = Path(__file__).with_name("quantities_exclusions.toml").read_text("utf-8")
    return _Exclusions.model_validate(tomllib.loads(content)).exclusions


def read_recognizers(folder: Path, name: RecognizerSet) -> list[Case]:
    """Return the cases of one file; raise `FileNotFoundError` if it is not there."""
    return TypeAdapter(list[Case]).validate_json((folder / f"{name}.json").read_text("utf-8-sig"))


def read_quantulum(folder: Path) -> list[QuantulumCase]:
    """Return quantulum3's quantities; raise `FileNotFoundError` if the file is not there."""
    cases = TypeAdapter(list[_QuantulumCase]).validate_json((folder / "quantities.json").read_text("utf-8-sig"))
    return [
        QuantulumCase(case.req, tuple(QuantulumResult(one.value, one.unit, one.uncertainty or 0.0) for one in case.res))
        for case in cases
    ]


def half_of(text: str) -> Half:
    """Return the half that a text belongs to, by its hash alone."""
    return "tuned" if hashlib.sha256(text.encode()).digest()[0] % 2 == 0 else "held out"
