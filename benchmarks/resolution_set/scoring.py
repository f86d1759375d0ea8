"""Scores of resolution on a generated set.

Entities: B-cubed precision, recall and F1 over document entities (Bagga and Baldwin 1998). Facts: pairwise precision
and recall over pairs of claims. Relations: precision and recall over (fact, fact, relation), where a found fact counts
as the expected one that most of its claims make. Sources: share of planted counts that are met.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.resolution_set.articles import Expected, GeneratedSet
from pipeline.resolution import Resolved


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, as counts so that sets can be added up."""

    found_right: float = 0
    found: float = 0
    expected_right: float = 0
    expected: float = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.found_right + other.found_right,
            self.found + other.found,
            self.expected_right + other.expected_right,
            self.expected + other.expected,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return self.found_right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was expected that was found; 1 if nothing was expected."""
        return self.expected_right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Scores by what is scored, and what went wrong, in words."""

    scores: Mapping[str, Score]
    faults: tuple[str, ...]


def score_set(generated: GeneratedSet, resolved: Resolved) -> Findings:
    """Return the scores of one set and its faults."""
    entities = {row[0]: row[1] for row in resolved.entity_links.select("document_entity_id", "entity_id").iter_rows()}
    facts = {row[0]: row[1] for row in resolved.fact_links.select("claim_id", "fact_id").iter_rows()}
    labels = _name_facts(facts, generated.fact_labels)
    found = {
        _ordered((labels[fact], labels[related], relation))
        for fact, related, relation in resolved.fact_relations.select(
            "fact_id", "related_fact_id", "relation"
        ).iter_rows()
    }
    expected = {_ordered(relation) for relation in generated.relations}
    right = float(len(found & expected))
    counts = _source_faults(generated, resolved, labels)
    faults = [f"extra relation {' '.join(relation)}" for relation in sorted(found - expected)]
    faults += [f"missing relation {' '.join(relation)}" for relation in sorted(expected - found)]
    faults += _cluster_faults("entity", entities, generated.entity_labels)
    faults += _cluster_faults("fact", facts, generated.fact_labels)
    planted = float(len(generated.source_counts))
    met = planted - len(counts)
    return Findings(
        {
            "entities (B-cubed)": b_cubed(entities, generated.entity_labels),
            "facts (pairs)": pairwise(facts, generated.fact_labels),
            "relations": Score(right, float(len(found)), right, float(len(expected))),
            "source counts": Score(met, planted, met, planted),
        },
        (*faults, *counts),
    )


def b_cubed(found: Mapping[str, str], expected: Mapping[str, str]) -> Score:
    """Return B-cubed precision and recall of a clustering, over its items."""
    joint = Counter((found[item], expected[item]) for item in expected)
    of_found, of_expected = Counter(found[item] for item in expected), Counter(expected.values())
    precision = sum(count * count / of_found[cluster] for (cluster, _), count in joint.items())
    recall = sum(count * count / of_expected[label] for (_, label), count in joint.items())
    return Score(precision, len(expected), recall, len(expected))


def pairwise(found: Mapping[str, str], expected: Mapping[str, str]) -> Score:
    """Return precision and recall over pairs of items in one cluster."""
    both = _pairs(Counter((found[item], expected[item]) for item in expected).values())
    return Score(
        both,
        _pairs(Counter(found[item] for item in expected).values()),
        both,
        _pairs(Counter(expected.values()).values()),
    )


def _pairs(sizes: Iterable[int]) -> float:
    return float(sum(size * (size - 1) // 2 for size in sizes))


def _ordered(relation: Expected) -> Expected:
    """Return a contradiction with its facts in alphabetical order: it has no direction."""
    fact, related, kind = relation
    return (*sorted((fact, related)), kind) if kind == "contradicts" else relation  # pyright: ignore[reportReturnType]


def _name_facts(facts: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for claim, fact in facts.items():
        votes.setdefault(fact, Counter())[labels[claim]] += 1
    return {fact: min(found, key=lambda label: (-found[label], label)) for fact, found in votes.items()}


def _source_faults(generated: GeneratedSet, resolved: Resolved, labels: Mapping[str, str]) -> list[str]:
    found: dict[str, list[int]] = {}
    for fact, count in resolved.facts.select("fact_id", "independent_source_count").iter_rows():
        found.setdefault(labels[fact], []).append(count)
    return [
        f"sources of {label}: {found.get(label)} instead of {count}"
        for label, count in sorted(generated.source_counts.items())
        if found.get(label) != [count]
    ]


def _cluster_faults(kind: str, found: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    by_label: dict[str, set[str]] = {}
    by_cluster: dict[str, set[str]] = {}
    for item, label in expected.items():
        by_label.setdefault(label, set()).add(found[item])
        by_cluster.setdefault(found[item], set()).add(label)
    split = [f"{kind} {label} is in {len(parts)} parts" for label, parts in sorted(by_label.items()) if len(parts) > 1]
    mixed = sorted(" = ".join(sorted(labels)) for labels in by_cluster.values() if len(labels) > 1)
    return split + [f"{kind} {labels} are one" for labels in mixed]
