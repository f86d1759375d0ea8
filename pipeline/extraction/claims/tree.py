"""The dependency tree of a document as plain lists, so that patterns walk it quickly.

Belongs here: tokens, heads, children, phrases and spans. Does not belong here: who the words mean (`page`) and what a
clause's logical roles are (`clauses`).
"""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from pipeline.extraction.columns import read_columns
from pipeline.extraction.model import Span

_OUTSIDE_PHRASE = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "appos", "parataxis", "conj", "cc", "cop"})
_OUTSIDE_PHRASE_TOO = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "aux", "aux:pass", "mark", "punct", "discourse"})
_PREPOSITIONS = frozenset({"amid", "amidst", "despite", "upon", "onto", "via", "versus"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EDGES = frozenset({"punct", "case", "cc", "mark"})
_CLAUSAL = frozenset(
    {"ROOT", "ccomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "parataxis", "csubj", "conj", "xcomp"}
)


class Tree:
    """Token attributes by index: `lemma` and `lower` are lower-cased, `dep` is UD v2, `head` of a root is itself.

    `past_tenses` leads from forms that are nothing but a past tense ("fell") to their lemma: they are verbs whatever
    the tagger says.
    """

    def __init__(self, doc: Doc, past_tenses: Mapping[str, str]) -> None:
        columns = read_columns(doc)
        self.size = len(columns.text)
        self.lower = [text.lower().replace("’", "'") for text in columns.text]
        self.is_capital = [text[:1].isupper() for text in columns.text]
        self.lemma = [(lemma or text).lower() for lemma, text in zip(columns.lemma, columns.text, strict=True)]
        self.pos = columns.pos.copy()
        self.tag = columns.tag.copy()
        for index, form in enumerate(self.lower):
            if form in past_tenses and self.pos[index] != "VERB" and not self.is_capital[index]:
                self.lemma[index], self.pos[index], self.tag[index] = past_tenses[form], "VERB", "VBD"
            elif form in _PREPOSITIONS and self.pos[index] == "NOUN":
                self.pos[index], self.tag[index] = "ADP", "IN"
            elif self.tag[index] == "VBZ" and self.lemma[index] == form and form.endswith("s"):
                self.lemma[index] = form.removesuffix("s")
        self.dep, self.head = columns.dep.copy(), columns.head.copy()
        self.start, self.end = columns.start, columns.end
        self.children: list[list[int]] = [[] for _ in columns.text]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)
        for index, tag in enumerate(self.tag):
            if tag in _FINITE and self.pos[index] == "NOUN":
                heads_clause = self.dep[index] in _CLAUSAL or self.has_child(index, "nsubj")
                self.pos[index] = "VERB" if heads_clause else "NOUN"
        self.sentence = [0] * self.size
        self.sentences: list[tuple[int, int]] = []
        for number, (first, end) in enumerate(columns.sentences()):
            self.sentences.append((first, end))
            self.sentence[first:end] = [number] * (end - first)
        self._finite = {self.sentence[i] for i, tag in enumerate(self.tag) if tag in _FINITE}

    def tokens_of(self, span: Span) -> range:
        """Return the indices of the tokens that overlap `span`; empty where there are none."""
        first = self._token_from(span.start)
        last = first
        while last < self.size and self.start[last] < span.end:
            last += 1
        return range(first, last)

    def _token_from(self, offset: int) -> int:
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def anchor(self, span: Span) -> int | None:
        """Return the token of `span` that the rest of it hangs on: the first one whose head is outside."""
        covered = self.tokens_of(span)
        for index in covered:
            head = self.head[index]
            if (head not in covered or head == index) and self.dep[index] not in _EDGES:
                return index
        return covered[0] if covered else None

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child of `index` with one of these relations."""
        for child in self.children[index]:
            if self.dep[child] in deps:
                return child
        return None

    def children_by(self, index: int, *deps: str) -> Iterator[int]:
        """Yield the children of `index` with one of these relations."""
        return (child for child in self.children[index] if self.dep[child] in deps)

    def has_child(self, index: int, *deps: str) -> bool:
        """Return whether `index` has a child with one of these relations."""
        return self.child(index, *deps) is not None

    def case(self, index: int) -> str | None:
        """Return the preposition of the phrase that `index` heads, in lower case; None where it has none."""
        for child in self.children[index]:
            if self.dep[child] == "case" and child < index and self.tag[child] != "POS":
                return self.lower[child]
        return None

    def is_verb(self, index: int) -> bool:
        """Return whether the token is a full verb."""
        return self.pos[index] == "VERB" or (self.pos[index] == "AUX" and self.dep[index] in _CLAUSAL)

    def is_noun(self, index: int) -> bool:
        """Return whether the token can head a noun phrase."""
        return self.pos[index] in {"NOUN", "PROPN", "SYM", "NUM", "PRON"}

    def is_passive(self, index: int) -> bool:
        """Return whether the verb is passive: by its auxiliary or subject, or as a bare past participle."""
        if self.has_child(index, "aux:pass"):
            return True
        if self.has_child(index, "nsubj:pass") and not self.has_child(index, "aux"):
            return True
        if self.tag[index] != "VBN" or self.has_child(index, "nsubj", "aux"):
            return False
        if self.dep[index] == "acl" and self.sentence[index] not in self._finite:
            return False
        return self.dep[index] in {"acl", "advcl", "amod"} or (
            self.dep[index] == "conj" and self.head[index] != index and self.is_passive(self.head[index])
        )

    def subtree(self, index: int) -> list[int]:
        """Return the indices below and including `index`, in order."""
        found = [index]
        for current in found:
            found.extend(self.children[current])
        return sorted(found)

    def phrase(self, index: int) -> Span:
        """Return the noun phrase that `index` heads, without clauses, appositions and further conjuncts."""
        kept = {index}
        queue = [index]
        for current in queue:
            for child in self.children[current]:
                dep = self.dep[child]
                if dep in _OUTSIDE_PHRASE and not (current != index and dep in {"conj", "cc"}):
                    continue
                if current == index and (dep in _OUTSIDE_PHRASE_TOO or (dep == "case" and self.tag[child] != "POS")):
                    continue
                kept.add(child)
                queue.append(child)
        first = last = index
        while first - 1 in kept or (first - 2 in kept and self.dep[first - 1] == "punct"):
            first -= 1
        while last + 1 in kept or (
            last + 2 in kept and self.dep[last + 1] == "punct" and self.lower[last + 1] in "-–'"
        ):
            last += 1
        while first < index and self.pos[first] == "PUNCT":
            first += 1
        while last > index and ((self.dep[last] in _EDGES and self.tag[last] != "POS") or not self.lower[last].strip()):
            last -= 1
        return Span(self.start[first], self.end[last])

    def clause(self, index: int) -> int:
        """Return the token that heads the clause in which `index` stands."""
        while self.head[index] != index and not (self.dep[index] in _CLAUSAL and self._heads_clause(index)):
            index = self.head[index]
        return index

    def _heads_clause(self, index: int) -> bool:
        return self.is_verb(index) or self.has_child(index, "cop", "nsubj")

    def attach(self, index: int, head: int, dep: str) -> None:
        """Hang the token below `head`, or make it a root where that is itself; leave it where `head` is below it."""
        if head != index and head in self.subtree(index):
            return
        if self.head[index] != index:
            self.children[self.head[index]].remove(index)
        self.head[index], self.dep[index] = head, dep
        if head != index:
            self.children[head] = sorted([*self.children[head], index])


def sentence_spans(doc: Doc) -> tuple[Span, ...]:
    """Return the document's sentences that hold more than white space, without the white space around them."""
    columns = read_columns(doc)
    spans: list[Span] = []
    for first, end in columns.sentences():
        inked = [index for index in range(first, end) if not columns.is_space[index]]
        if inked:
            spans.append(Span(columns.start[inked[0]], columns.end[inked[-1]]))
    return tuple(spans)
