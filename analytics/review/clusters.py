"""How the aliases of an identity are linked: the strongest links of its cluster, and its bridge links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import polars as pl

from analytics.store import Store, judged

__all__ = ["LIKELY", "Cluster", "Link", "clusters", "last_words"]

LIKELY = 0.5
"""From here on two aliases are rather one consignee than two."""
_CERTAIN = 1.0
_ACCOUNT = ("consignee_id_issuer", "consignee_id")


@dataclass(frozen=True, order=True)
class Link:
    """Two aliases of one identity and what holds them together.

    Attributes
    ----------
    left, right : str
        Alias ids, the smaller first.
    probability : float
        Of the link; 1 where a person or a shared account number holds them.
    basis : str
        judgement, account or link.
    """

    left: str
    right: str
    probability: float
    basis: str

    @property
    def ends(self) -> frozenset[str]:
        """Both alias ids."""
        return frozenset((self.left, self.right))


class Cluster:
    """The aliases of one identity with their links.

    Parameters
    ----------
    aliases : iterable of str
        Alias ids.
    links : iterable of Link
        Between them, in any order.
    """

    def __init__(self, aliases: Iterable[str], links: Iterable[Link]) -> None:
        self.aliases = sorted(aliases)
        self.links = sorted(links, key=lambda link: (-link.probability, link.basis, link.left, link.right))

    @cached_property
    def tree(self) -> list[Link]:
        """The links by which it formed: strongest first, none that joins what a stronger one has joined."""
        parts = {alias: alias for alias in self.aliases}
        return [link for link in self.links if _united(parts, link)]

    @cached_property
    def bridges(self) -> list[Link]:
        """The links without any of which it falls in two, weakest first.

        A link that is less likely than not holds nothing, and is no way round a bridge. What is certain (judged, under
        one account number, equal once normalised) is no bridge: nobody doubts it.
        """
        counting = [link for link in self.links if link.probability >= LIKELY]
        found = []
        for link in (link for link in self.tree if link.probability < _CERTAIN):
            side = self.side(link)
            if not any(other is not link and len(other.ends & side) == 1 for other in counting):
                found.append(link)
        return found[::-1]

    def side(self, link: Link) -> frozenset[str]:
        """The aliases that stay with the left end when a link of the tree is cut."""
        return self._reached(link.left, [other for other in self.tree if other is not link])

    def path(self, start: str, end: str) -> list[Link]:
        """The links of the tree that lead from one alias to another; none where nothing does."""
        neighbours, came_from, waiting = _neighbours(self.tree), {start: start}, [start]
        while waiting:
            here = waiting.pop()
            for there in sorted(neighbours[here] - set(came_from)):
                came_from[there] = here
                waiting.append(there)
        if end not in came_from:
            return []
        steps = [end]
        while steps[-1] != start:
            steps.append(came_from[steps[-1]])
        by_ends = {link.ends: link for link in self.tree}
        return [by_ends[frozenset(step)] for step in pairwise(reversed(steps))]

    @staticmethod
    def _reached(start: str, links: Sequence[Link]) -> frozenset[str]:
        neighbours, seen, waiting = _neighbours(links), {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - seen
            seen |= fresh
            waiting.extend(fresh)
        return frozenset(seen)


def clusters(store: Store, identities: Iterable[str]) -> dict[str, Cluster]:
    """Return how the aliases of some identities are linked.

    Parameters
    ----------
    store : Store
        Where they are.
    identities : iterable of str
        Identity ids.

    Returns
    -------
    dict
        Identity id to its cluster.
    """
    chosen = pl.col("identity_id").is_in(sorted(set(identities)))
    aliases = store.table("aliases").filter(chosen).select("identity_id", "alias_id", *_ACCOUNT).collect()
    identity_of = dict(aliases.select("alias_id", "identity_id").iter_rows())
    scored = store.table("identity_links").filter("is_joined").filter(pl.col("alias_id_l").is_in(list(identity_of)))
    scored = scored.select("alias_id_l", "alias_id_r", "probability").with_columns(basis=pl.lit("link"))
    by_basis = (scored.collect().rows(), _by_account(aliases), _by_judgement(store))
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for left, right, probability, basis in (row for rows in by_basis for row in rows):
        if left in identity_of and identity_of[left] == identity_of.get(right):
            links[identity_of[left]].append(Link(left, right, probability, basis))
    members = aliases.group_by("identity_id").agg("alias_id").iter_rows()
    return {identity: Cluster(spellings, links[identity]) for identity, spellings in members}


def last_words(store: Store) -> pl.DataFrame:
    """Return the standing judgement of each judged pair, those that no screening has applied yet too."""
    every = judged(store.root, store.state)
    return every.unique(["alias_id_l", "alias_id_r"], keep="last", maintain_order=True)


def _by_judgement(store: Store) -> list[tuple[str, str, float, str]]:
    same = last_words(store).filter(pl.col("verdict") == "same").select("alias_id_l", "alias_id_r")
    return [(left, right, _CERTAIN, "judgement") for left, right in same.iter_rows()]


def _by_account(aliases: pl.DataFrame) -> list[tuple[str, str, float, str]]:
    """Links from the first alias under an account number to the others of the same identity."""
    grouped = aliases.drop_nulls(list(_ACCOUNT)).group_by("identity_id", *_ACCOUNT).agg(pl.col("alias_id").sort())
    return [(spellings[0], other, _CERTAIN, "account") for spellings in grouped["alias_id"] for other in spellings[1:]]


def _neighbours(links: Iterable[Link]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        found[link.left].add(link.right)
        found[link.right].add(link.left)
    return found


def _united(parts: dict[str, str], link: Link) -> bool:
    """Join the parts of both ends; False where they are one already."""
    left, right = _top(parts, link.left), _top(parts, link.right)
    parts[right] = left
    return left != right


def _top(parts: dict[str, str], alias: str) -> str:
    while parts[alias] != alias:
        parts[alias] = parts[parts[alias]]
        alias = parts[alias]
    return alias
