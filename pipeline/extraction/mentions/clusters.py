"""Which names of a document are the same entity, and what it is: evidence added up over all its mentions.

Belongs here: joining equal, short, abbreviated and bracketed names, and the choice of a type per entity. Does not
belong here: single pieces of evidence (`evidence`) and words that are no names (`reference`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.extraction.mentions.evidence import Evidence
from pipeline.extraction.mentions.names import Name
from pipeline.extraction.mentions.vocabulary import Vocabulary
from pipeline.extraction.mentions.words import Page
from pipeline.knowledge import Entry, Knowledge, NameLists
from pipeline.tables import EntityType, MentionKind

_TYPES: tuple[EntityType, ...] = ("organization", "person", "product", "place", "event", "law")
_ACRONYM = re.compile(r"^[A-Z][A-Za-z&.]*[A-Z]s?$")
_LEAST_FOR_COMMON_WORD = 2.5
_CLEAR = 2.5
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "&", "de", "to", "-"])


@dataclass(slots=True)
class Cluster:
    """The names of one entity, in order of the text, with the evidence for its type."""

    names: list[Name] = field(default_factory=list[Name])
    evidence: Counter[Evidence] = field(default_factory=Counter[Evidence])
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    ticker: str | None = None
    kinds: dict[int, MentionKind] = field(default_factory=dict[int, MentionKind])

    def absorb(self, other: "Cluster") -> None:
        """Take over all of `other`."""
        self.names = sorted([*self.names, *other.names], key=lambda name: name.first)
        self.evidence.update(other.evidence)
        self.entries = self.entries or other.entries
        self.ticker = self.ticker or other.ticker
        self.kinds.update(other.kinds)

    def score(self, weights: dict[str, float]) -> dict[EntityType, float]:
        """Return the weight of evidence per type.

        A rule that fires again counts for less each time; the model's guesses for one name depend on each other and
        share one weight by their number.
        """
        scores = dict.fromkeys(_TYPES, 0.0)
        guesses = sum(count for item, count in self.evidence.items() if item.rule == "model")
        for (kind, rule), count in self.evidence.items():
            factor = count / guesses if rule == "model" else 1 + 0.3 * min(count - 1, 5)
            scores[kind] += weights[rule] * factor
        scores["organization"] += weights["default_organization"]
        return scores

    def is_vague(self, weights: dict[str, float]) -> bool:
        """Return whether nothing but the model's guess speaks clearly for a type."""
        firm = Counter({item: count for item, count in self.evidence.items() if item.rule != "model"})
        return max(Cluster(evidence=firm).score(weights).values()) < _CLEAR

    def type_of(self, weights: dict[str, float]) -> EntityType:
        """Return the type with most evidence; ties go to the first of organization, person, product, place, ..."""
        scores = self.score(weights)
        return max(_TYPES, key=lambda kind: (scores[kind], -_TYPES.index(kind)))

    @property
    def full_name(self) -> str:
        """The fullest name: most words, then most characters, then the earliest; tickers and acronyms only alone."""
        spelled = [name for name in self.names if self.kinds.get(name.first) not in {"ticker", "acronym"}]
        return max(spelled or self.names, key=lambda name: (name.last - name.first, len(name.text), -name.first)).text


def make_clusters(
    names: Iterable[Name],
    evidence: dict[int, tuple[Evidence, ...]],
    page: Page,
    knowledge: Knowledge,
    vocabulary: Vocabulary,
) -> list[Cluster]:
    """Return the entities that `names` speak of, in the order of their first mention."""
    groups: dict[str, Cluster] = {}
    for name in names:
        cluster = groups.setdefault(_key(name.text), Cluster())
        cluster.names.append(name)
        cluster.evidence.update(evidence[name.first])
        for entry in name.entries:
            cluster.entries.setdefault(entry.knowledge_id, entry)
    weights = vocabulary.weights
    clusters = list(groups.values())
    for cluster in clusters:
        kind = cluster.type_of(weights)
        text = cluster.names[0].text
        cluster.entries = {
            key: entry
            for key, entry in cluster.entries.items()
            if entry.entity_type == kind and not knowledge.is_ambiguous(text, entry)
        }
    clusters = _join_entries(clusters)
    clusters = _join_brackets(clusters, page)
    clusters = _join_short_forms(clusters, vocabulary, knowledge.lists)
    kept = [cluster for cluster in clusters if not _is_noise(cluster, knowledge.lists, weights)]
    return sorted(kept, key=lambda cluster: cluster.names[0].first)


def _is_noise(cluster: Cluster, lists: NameLists, weights: dict[str, float]) -> bool:
    """Return whether nothing but a capital makes a common word a name ("the Amendment", "Airtime")."""
    is_common = all(name.text.lower() in lists.common_words for name in cluster.names)
    return is_common and not cluster.entries and max(cluster.score(weights).values()) < _LEAST_FOR_COMMON_WORD


def _key(text: str) -> str:
    folded = re.sub(r"^The ", "", text).replace("’", "'")
    return folded if len(folded) <= 4 else folded.casefold()


def _join_entries(clusters: list[Cluster]) -> list[Cluster]:
    by_entry: dict[str, Cluster] = {}
    joined: list[Cluster] = []
    for cluster in clusters:
        identifier = min(cluster.entries) if len(cluster.entries) == 1 else None
        if identifier and identifier in by_entry:
            by_entry[identifier].absorb(cluster)
            continue
        if identifier:
            by_entry[identifier] = cluster
        joined.append(cluster)
    return joined


def _join_brackets(clusters: list[Cluster], page: Page) -> list[Cluster]:
    """Join "Name (ACR)" and "Name (EXCHANGE: TICK)": the bracketed name is an acronym or ticker of the name before."""
    ends = {name.last: cluster for cluster in clusters for name in cluster.names}
    owner = {name.first: cluster for cluster in clusters for name in cluster.names}
    words = page.words
    for at, word in enumerate(words):
        if word.text != "(" or at not in ends or at + 2 >= len(words):
            continue
        named, inner = ends[at], owner.get(at + 1)
        if inner is None or inner is named:
            continue
        first = next(name for name in inner.names if name.first == at + 1)
        closing = words[first.last] if first.last < len(words) else word
        if closing.text == ":" and first.last + 1 in owner:
            inner.evidence[Evidence("organization", "exchange_and_ticker")] += 1
            ticker = owner[first.last + 1]
            named.evidence[Evidence("organization", "exchange_and_ticker")] += 1
            named.ticker = named.ticker or ticker.names[0].text
            _absorb(clusters, named, ticker, "ticker", ends, owner)
        elif closing.text == ")" and _ACRONYM.match(first.text) and abbreviates(first.text, named.names[0].text):
            _absorb(clusters, named, inner, "acronym", ends, owner)
    return clusters


def _absorb(
    clusters: list[Cluster],
    named: Cluster,
    other: Cluster,
    kind: MentionKind,
    ends: dict[int, Cluster],
    owner: dict[int, Cluster],
) -> None:
    if other is named:
        return
    for name in other.names:
        named.kinds[name.first] = kind
        ends[name.last] = named
        owner[name.first] = named
    other.evidence = Counter({item: count for item, count in other.evidence.items() if item.rule != "acronym"})
    named.absorb(other)
    clusters[:] = [cluster for cluster in clusters if cluster is not other]


def abbreviates(short: str, full: str) -> bool:
    """Return whether `short` is made of the initials of `full` ("IMF", "International Monetary Fund")."""
    letters = [c.lower() for c in short.rstrip("s") if c.isalpha()]
    words = [word for word in re.split(r"[\s\-/]+", full) if word]
    main = [word[0].lower() for word in words if word.lower() not in _SMALL]
    every = [word[0].lower() for word in words]
    camel = [c.lower() for c in full if c.isupper()]
    return len(letters) > 1 and letters in (main, every, camel)


def _join_short_forms(clusters: list[Cluster], vocabulary: Vocabulary, lists: NameLists) -> list[Cluster]:
    """Join surnames, given names, shortened and abbreviated names to the fullest name that they can stand for."""
    weights = vocabulary.weights
    types: dict[int, EntityType] = {id(cluster): cluster.type_of(weights) for cluster in clusters}
    by_words: dict[str, list[Cluster]] = defaultdict(list)
    order = sorted(clusters, key=lambda cluster: (-len(cluster.full_name.split()), cluster.names[0].first))
    kept: list[Cluster] = []
    for cluster in order:
        short = cluster.names[0].text
        candidates: list[tuple[_Same, MentionKind]] = [
            (longer, kind)
            for longer in dict.fromkeys(map(_Same, _candidates(short, by_words)))
            if (kind := _stands_for(cluster, longer.cluster, types, vocabulary, lists)) is not None
        ]
        if candidates:
            best, kind = min(candidates, key=lambda item: _distance(cluster, item[0].cluster))
            for name in cluster.names:
                best.cluster.kinds.setdefault(name.first, kind)
            best.cluster.absorb(cluster)
            continue
        kept.append(cluster)
        for word in {word.strip(".,").casefold() for word in cluster.full_name.split()}:
            by_words[word].append(cluster)
        initials = "".join(
            word[0] for word in re.split(r"[\s\-]+", cluster.full_name) if word and word.lower() not in _SMALL
        )
        if len(initials) > 2:
            by_words[f"={initials.casefold()}"].append(cluster)
    return kept


@dataclass(frozen=True, slots=True)
class _Same:
    """A cluster compared by identity."""

    cluster: Cluster

    def __hash__(self) -> int:
        return id(self.cluster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.cluster is self.cluster


def _candidates(short: str, by_words: dict[str, list[Cluster]]) -> list[Cluster]:
    first = short.split(maxsplit=1)[0].strip(".,").casefold()
    return [*by_words.get(first, ()), *by_words.get(f"={short.casefold()}", ())]


def _distance(cluster: Cluster, longer: Cluster) -> tuple[bool, int]:
    """Prefer full names that stand before the first short one, the nearest of them."""
    at = cluster.names[0].first
    before = [name.first for name in longer.names if name.first < at]
    return (False, at - max(before)) if before else (True, longer.names[0].first - at)


def _stands_for(
    cluster: Cluster, longer: Cluster, types: dict[int, EntityType], vocabulary: Vocabulary, lists: NameLists
) -> MentionKind | None:
    """Return how the names of `cluster` can be short for those of `longer`, None if they cannot."""
    short, full = _folded(cluster.names[0].text), _folded(longer.full_name)
    kind, own = types[id(longer)], types[id(cluster)]
    differ = bool(cluster.entries and longer.entries) and cluster.entries.keys() != longer.entries.keys()
    if differ or len(short) >= len(full):
        return None
    is_vague = own == kind or cluster.is_vague(vocabulary.weights)
    if kind == "person":
        if len(short) > 1 or (cluster.entries and own != "person"):
            return None
        can_be_surname = is_vague or own in {"organization", "place"}
        part = _part_of_person(short[0], longer.full_name, lists)
        return part if can_be_surname and (is_vague or short[0] == full[-1]) else None
    acronym = cluster.names[0].text
    if len(short) == 1 and _ACRONYM.match(acronym) and abbreviates(acronym, longer.full_name):
        return "acronym" if is_vague or own == "organization" else None
    if not is_vague or cluster.entries or full[: len(short)] != short:
        return None
    return "alias" if _may_drop(full[len(short) :], kind, vocabulary) else None


def _part_of_person(word: str, full: str, lists: NameLists) -> MentionKind | None:
    """Return whether `word` is the surname (last, or first where no given name stands) or given name of `full`."""
    words = _folded(full)
    if word == words[-1]:
        return "surname"
    if word != words[0]:
        return None
    return "alias" if full.split(maxsplit=1)[0] in lists.given_names else "surname"


def _may_drop(rest: list[str], kind: EntityType, vocabulary: Vocabulary) -> bool:
    """Return whether a short form may leave the words of `rest` away ("Group"; never a version number)."""
    if kind == "organization":
        return all(word in vocabulary.heads.dropped for word in rest)
    if kind == "product":
        return not any(character.isdigit() for word in rest for character in word)
    return kind == "event"


def _folded(name: str) -> list[str]:
    return [word.casefold().strip(".,") for word in name.split()]
