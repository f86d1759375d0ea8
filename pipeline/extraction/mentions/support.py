"""Names that grammar or a headline alone could explain: kept only where the rest of the page knows them.

Belongs here: what supports a weak name. Does not belong here: which names are weak (`names`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extraction.mentions.names import Name
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Casing, Page, is_common_word
from pipeline.knowledge import Knowledge


class Support:
    """What the strong names of one page and the knowledge file say for its weak ones."""

    def __init__(self, page: Page, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._page = page
        self._words = page.words
        self._knowledge = knowledge
        self._lists = knowledge.lists
        self._excluded = vocabulary.not_names
        self._small = page.small_words

    def select(self, names: Sequence[Name]) -> Iterator[Name]:
        """Yield strong names, and weak ones that a strong one or the knowledge file supports."""
        strong = {name.text for name in names if not name.is_weak}
        parts = {word for text in strong for word in text.split()}
        folded = {text.casefold(): text for text in strong}
        for name in names:
            if not name.is_weak:
                yield name
            elif self._words[name.first].casing is Casing.RUNNING:
                is_part = name.text in parts and name.text.lower() not in self._small
                if name.text in strong or (is_part and not self._is_common(name)):
                    yield replace(name, is_weak=False)
            else:
                yield from self._in_headline(name, folded)

    def _is_common(self, name: Name) -> bool:
        return name.last - name.first == 1 and is_common_word(self._words[name.first], self._lists)

    def _in_headline(self, name: Name, folded: dict[str, str]) -> Iterator[Name]:
        """Yield the known parts of a capitalised sequence in a headline, longest first from the left."""
        at = name.first
        while at < name.last:
            for stop in range(name.last, at, -1):
                text = self._page.span_text(at, stop)
                if text.casefold() in folded or self._is_known_in_headline(at, stop, text):
                    yield Name(at, stop, text, self._knowledge.find(folded.get(text.casefold(), text)))
                    at = stop - 1
                    break
            at += 1

    def _is_known_in_headline(self, first: int, last: int, text: str) -> bool:
        if text in self._excluded.indexes or text in self._excluded.generic:
            return False
        if self._knowledge.find(text):
            return last - first > 1 or text.lower() not in self._lists.common_words
        words = [word.text for word in self._words[first:last]]
        return (
            len(words) == 2
            and words[0] in self._lists.given_names
            and words[1] in self._lists.surnames
            and not ({word.lower() for word in words} & self._lists.common_words)
        )
