"""Known names in the text: the longest name of the knowledge file that starts at a word.

Belongs here: look-up alone. Does not belong here: deciding whether a known name is meant.
"""

from typing import NamedTuple

from pipeline.extraction.mentions.words import Page
from pipeline.knowledge import Entry, Knowledge
from pipeline.knowledge.knowledge import first_word


class KnownName(NamedTuple):
    """Words `first` to `last` (half-open) are a name of `entries`."""

    first: int
    last: int
    entries: tuple[Entry, ...]


def find_known_names(page: Page, knowledge: Knowledge) -> dict[int, KnownName]:
    """Return the longest known name at each word that starts one, by the position of that word."""
    found: dict[int, KnownName] = {}
    words, text = page.words, page.text
    for at, word in enumerate(words):
        limit = knowledge.longest_from(word.text)
        if not limit and not word.text.isalnum():
            limit = knowledge.longest_from(first_word(word.text))
        if not limit:
            continue
        end_of_sentence = page.sentences[page.sentence_of[at]].last
        last = at
        while last < end_of_sentence and words[last].end - word.start <= limit + 4:
            last += 1
        for stop in range(max(last, at + 1), at, -1):
            entries = knowledge.find(text[word.start : words[stop - 1].end])
            if entries:
                found[at] = KnownName(at, stop, entries)
                break
    return found
