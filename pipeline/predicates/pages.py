"""The pages of documentation about the registry: one a group of predicates, with their examples, and an index.

Belongs here: rendering as Markdown, and `python -m pipeline.predicates.pages`, which writes the pages. Does not belong
here: anything that the registry does not say.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from pipeline.predicates.model import Example, Predicate, Registry
from pipeline.predicates.registry import load_registry

PAGES_FOLDER = Path(__file__).parents[2] / "docs" / "predicates"
_INDEX = "README.md"

_INTRODUCTION = """# Predicates

What a claim may say. These pages are written by `python -m pipeline.predicates.pages` from the registry in
`pipeline/predicates/data`; every example is a test. A new predicate is a new table there, with patterns and examples.
"""


def render_pages(registry: Registry) -> dict[str, str]:
    """Return each page as Markdown, by its file name: the index, and one page a group."""
    groups = {
        group: list(predicates)
        for group, predicates in groupby(registry.predicates.values(), key=lambda predicate: predicate.group)
    }
    pages = {f"{group}.md": _render_group(group, predicates) for group, predicates in groups.items()}
    index = [_INTRODUCTION]
    for group, predicates in groups.items():
        entries = [f"- [`{p.name}`]({group}.md#{p.name}): {p.description}" for p in predicates]
        index.append("\n".join([f"## [{group.capitalize()}]({group}.md)\n", *entries, ""]))
    return {_INDEX: "\n".join(index), **pages}


def _render_group(group: str, predicates: Iterable[Predicate]) -> str:
    heading = (
        f"# Predicates: {group}\n\nWritten by `python -m pipeline.predicates.pages`; [all predicates]({_INDEX}).\n"
    )
    return "\n".join([heading, *(_render_predicate(predicate) for predicate in predicates)])


def _render_predicate(predicate: Predicate) -> str:
    lines = [
        f"## `{predicate.name}`\n",
        f"{predicate.description}\n",
        _render_roles(predicate),
        "",
        *_words(predicate),
    ]
    lines += [
        "Examples:\n",
        *(f"- {example.text}  \n  {_render_claim(predicate, example)}" for example in predicate.examples),
    ]
    return "\n".join([*lines, ""])


def _render_roles(predicate: Predicate) -> str:
    objects = _types(predicate.range_) if predicate.range_ else "words only"
    value = ", ".join(sorted(predicate.value_kinds)) or "none"
    notes = [f"in {predicate.unit}"] if predicate.unit else []
    notes += ["with a direction"] if predicate.requires_direction else []
    notes += ["subject and object may change places"] if predicate.is_symmetric else []
    suffix = f" ({'; '.join(notes)})" if notes else ""
    return f"Subject: {_types(predicate.domain)} · object: {objects} · value: {value}{suffix}"


def _types(types: frozenset[str]) -> str:
    return "any entity" if len(types) == 6 else ", ".join(sorted(types))


def _words(predicate: Predicate) -> list[str]:
    """The words that state the predicate, by how they do."""
    groups = {
        "Verbs": [lemma for trigger in predicate.verbs for lemma in trigger.lemmas],
        "Nouns": [lemma for trigger in predicate.nouns for lemma in trigger.lemmas],
        "Measures": [noun for measure in predicate.measures for noun in measure.nouns],
        "Roles": [noun for pattern in predicate.roles for noun in pattern.nouns],
        "Words of saying": [lemma for cues in predicate.cues for lemma in cues.lemmas],
    }
    shown = {name: sorted({"any other" if word == "*" else word for word in words}) for name, words in groups.items()}
    return [f"{name}: {', '.join(words)}.\n" for name, words in shown.items() if words]


def _render_claim(predicate: Predicate, example: Example) -> str:
    claim = f"`{predicate.name}` {example.subject} → {example.object or '–'}"
    if example.low is not None:
        claim += f" · {example.comparator or 'eq'} {example.low:,.10g} {example.currency or ''}".rstrip()
    usual = {"affirmed", "affirms", "actual", "author"}
    attributes = (example.direction, example.polarity, example.stance, example.modality, example.attribution)
    marked = [attribute for attribute in attributes if attribute is not None and attribute not in usual]
    return " · ".join([claim, *marked, *([f"speaker {example.speaker}"] if example.speaker else [])])


def main() -> None:
    """Write the pages, and remove those of groups that are no more."""
    pages = render_pages(load_registry())
    PAGES_FOLDER.mkdir(exist_ok=True)
    for path in PAGES_FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, page in pages.items():
        (PAGES_FOLDER / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
