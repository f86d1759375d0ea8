"""A person's decisions about names: which mean the same, and which do not. They come first, and they are checked.

Each correction names what it expects to find. One whose expectation no longer holds (the name is gone, or resolution
has come to the same decision) is reported and not applied. What belongs here: the format, reading it, and the verdicts.
What does not: how resolution carries a correction out (`entities`).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.tables import EntityType

Name = Annotated[str, Field(min_length=1)]


class CorrectionError(ValueError):
    """A file of corrections cannot be read; the message says which, where in it, and what is wrong."""


class _Correction(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    entity_type: EntityType
    reason: Name


class Merge(_Correction):
    """These names of one type mean one entity. Expects to find them all, and as at least two entities."""

    names: Annotated[tuple[Name, ...], Field(min_length=2)]

    def describe(self) -> str:
        """Return the correction in words."""
        return f"merge {self.entity_type} {' = '.join(self.names)}"


class Split(_Correction):
    """What is called by the names in `apart`, or by `name` in `documents`, is not the entity called `name`.

    `documents` are values of `documents.source_uri`. What is split off becomes one entity. Expects to find all of it,
    as one entity with `name` (for `documents`: to find `name` in each of them).
    """

    name: Name
    apart: tuple[Name, ...] = ()
    documents: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if bool(self.apart) == bool(self.documents):
            raise ValueError("a split names either `apart` (other names) or `documents`")
        return self

    def describe(self) -> str:
        """Return the correction in words."""
        what = ", ".join(self.apart) or f"{self.name} in {', '.join(self.documents)}"
        return f"split {self.entity_type} {what} from {self.name}"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    merge: tuple[Merge, ...] = ()
    split: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections, in the order of their files."""

    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionVerdict:
    """Whether a correction was applied, and if not, which expectation of it no longer holds."""

    correction: Merge | Split
    is_applied: bool
    detail: str


def parse_corrections(text: str, origin: str) -> Corrections:
    """Return the corrections of one file's text; `origin` names the file in errors.

    Raises CorrectionError for malformed TOML, unknown keys or values, naming the place.
    """
    try:
        content = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{origin} is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CorrectionError(f"{origin}, {place}: {first['msg']}") from error
    return Corrections(content.merge, content.split)


def load_corrections(folder: Path) -> Corrections:
    """Return the corrections of all `*.toml` files of a folder, by file name; none if the folder does not exist.

    Raises CorrectionError for a file that is malformed or cannot be read.
    """
    found = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return Corrections(
        tuple(merge for one in found for merge in one.merges), tuple(split for one in found for split in one.splits)
    )


def _read(path: Path) -> Corrections:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path.name} cannot be read: {error}") from error
    return parse_corrections(text, path.name)
