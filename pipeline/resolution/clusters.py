"""Uniting nodes by scored links, the surest first, so that the result does not depend on the order of input.

What belongs here: the links themselves and the union-find over them. What does not: where links come from
(`candidates`), and what a cluster means (`entities`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.tables import LinkMethod


class Link(NamedTuple):
    """A proposal that two nodes are one entity; `score` is 0 to 1."""

    left: str
    right: str
    method: LinkMethod
    score: float


class Clusters:
    """Disjoint sets of nodes; a node never mentioned is a set of its own.

    The root of a set is its alphabetically first node, whatever the order of unions (union-find after Tarjan 1975).
    """

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def find(self, node: str) -> str:
        """Return the root of the node's set."""
        root = node
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while node != root:
            following = self._parents.get(node, node)
            self._parents[node] = root
            node = following
        return root

    def union(self, left: str, right: str) -> None:
        """Make the sets of two nodes one."""
        first, second = sorted((self.find(left), self.find(right)))
        if first != second:
            self._parents[second] = first

    def members(self) -> dict[str, list[str]]:
        """Return, for each root of a set that was ever united, its nodes in alphabetical order."""
        found: dict[str, list[str]] = {}
        for node in sorted({*self._parents, *self._parents.values()}):
            found.setdefault(self.find(node), []).append(node)
        return found


def is_known(node: str) -> bool:
    """Return whether the node stands for an entry of the knowledge file."""
    return node.startswith("k:")


def unite(links: Iterable[Link]) -> tuple[Clusters, list[Link]]:
    """Return the clusters that the links amount to, and the links that were followed.

    Links are followed by falling score, then alphabetically. One that would make two entries of the knowledge file one
    entity is passed over, unless a person's correction demands it.
    """
    clusters = Clusters()
    known: dict[str, str] = {}
    followed: list[Link] = []
    for link in sorted(links, key=lambda item: (-item.score, item.left, item.right, item.method)):
        left, right = clusters.find(link.left), clusters.find(link.right)
        anchors = {known.get(root, root) for root in (left, right) if is_known(known.get(root, root))}
        if len(anchors) > 1 and link.method != "correction":
            continue
        clusters.union(left, right)
        if anchors:
            known[clusters.find(left)] = min(anchors)
        followed.append(link)
    return clusters, followed
