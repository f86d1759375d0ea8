"""Loading rules from the data files beside this package.

What belongs here: reading a TOML file of rules into validated models with unique names. What does not: any rule.
"""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

_DATA = Path(__file__).parent / "data"

_Rule = TypeVar("_Rule", bound=BaseModel)


def load_rules(file_name: str, table: str, model: type[_Rule]) -> tuple[_Rule, ...]:
    """Return the entries of `[[table]]` in a file of `data/`, validated, in their order.

    Raises pydantic.ValidationError for an entry that does not fit the model, ValueError for a name used twice.
    """
    entries = tomllib.loads((_DATA / file_name).read_text("utf-8"))[table]
    rules = tuple(model.model_validate(entry) for entry in entries)
    names = [str(entry["id"]) for entry in entries]
    if len(set(names)) < len(names):
        raise ValueError(f"{file_name}: a rule name is used twice")
    return rules
