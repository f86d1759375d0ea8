"""The tokenizer of the shipped pipeline: spaCy's English one, brought closer to how the treebanks cut words.

Belongs here: the differences. They are kept to what does not occur inside quantities.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from spacy.language import Language

_RUNS = (r"[!?]{2,}", r"={2,}", r"_{2,}", r"\*{2,}", r"#{2,}", r"-{2,}", r"<{2,}", r">{2,}")
_PREFIXES = "non|e|anti|re|co|pre|pro|mid|post|ex|semi|multi|sub|counter|over"
_WHOLE = re.compile(rf"(?i:{_PREFIXES})-[A-Za-z]{{2,}}$|\d{{3}}-\d{{3}}-\d{{4}}$")
_WHOLE_WORDS = ("etc.",)
_PARTED_WORDS = frozenset({"and/or"})

_Find = Callable[[str], re.Match[str] | None]


class Tokenizer(Protocol):
    """What is changed here of spaCy's Tokenizer, which has no types of its own."""

    prefix_search: _Find
    suffix_search: _Find
    token_match: _Find
    rules: Mapping[str, object]

    def add_special_case(self, word: str, cut: list[dict[str, str]]) -> None:
        """Cut `word` as told."""
        ...


def adapt_tokenizer(pipeline: Language) -> None:
    """Let the tokenizer of `pipeline` keep runs of marks, prefixed words and telephone numbers whole."""
    defaults = pipeline.Defaults
    prefixes = cast("Sequence[str]", defaults.prefixes)  # pyright: ignore[reportUnknownMemberType]
    suffixes = cast("Sequence[str]", defaults.suffixes)  # pyright: ignore[reportUnknownMemberType]
    tokenizer = cast("Tokenizer", pipeline.tokenizer)
    tokenizer.prefix_search = re.compile("|".join(f"^{one}" for one in (*_RUNS, *prefixes) if one.strip())).search
    tokenizer.suffix_search = re.compile("|".join(f"{one}$" for one in (*_RUNS, *suffixes) if one.strip())).search
    tokenizer.token_match = _WHOLE.match
    tokenizer.rules = {word: cut for word, cut in tokenizer.rules.items() if word.lower() not in _PARTED_WORDS}
    for word in _WHOLE_WORDS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
