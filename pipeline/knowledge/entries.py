"""The format of a knowledge file: entries by type and kind, read from TOML and validated.

Belongs here: what one file may say, and the errors that tell a person what to mend in it. Does not belong here: what
several files say together (`knowledge`).
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from pipeline.tables import EntityType

_PREFIXES: dict[EntityType, str] = {
    "organization": "org",
    "person": "person",
    "product": "product",
    "place": "place",
    "event": "event",
    "law": "law",
}

Name = Annotated[str, Field(min_length=2, pattern=r"^\S(.*\S)?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Kind = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]


class KnowledgeError(Exception):
    """A knowledge file cannot be used; the message names the file, the entry and what to change."""


class Description(BaseModel):
    """One entry as the file writes it: its usual full name and what else is known of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    aliases: tuple[Name, ...] = ()
    acronyms: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9&.-]+$")], ...] = ()
    ambiguous: tuple[Name, ...] = ()
    """Names that other entries of the same type carry too: they tell the type, not the entry."""
    ticker: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9.]*$")] | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = None
    gender: Annotated[str, Field(pattern=r"^[mf]$")] | None = None


class _File(RootModel[dict[EntityType, dict[Kind, dict[Slug, Description]]]]):
    """A whole knowledge file: `[type.kind]` tables of `slug = { name = ..., ... }`."""


class Entry(NamedTuple):
    """A well-known thing: its identifier (`org:alibaba`), type, kind (`company`) and description."""

    knowledge_id: str
    entity_type: EntityType
    kind: str
    description: Description


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of the TOML file at `path`, in its order.

    Raises KnowledgeError if the file is missing, no TOML, or says something that the format does not know.
    """
    try:
        content = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path}: no valid TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path}: {place}: {first['msg']}") from error
    for entity_type, kinds in content.root.items():
        for kind, entries in kinds.items():
            for slug, description in entries.items():
                yield make_entry(entity_type, kind, slug, description)


def make_entry(entity_type: EntityType, kind: str, slug: str, description: Description) -> Entry:
    """Return the entry with its identifier, `prefix:slug`."""
    return Entry(f"{_PREFIXES[entity_type]}:{slug}", entity_type, kind, description)
