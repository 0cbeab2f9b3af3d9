"""Candidate pruning: compare only parties that could exceed a limit together.

A *neighborhood* is a party and all its candidates. Say that the parties of an identity that received something on a day
lie in at most `m` neighborhoods of parties linked with them. If they exceed the limit together, one neighborhood alone
holds more than the `m`-th part of it, for the totals of the `m` add up to at least the identity's. The party in the
middle of such a neighborhood is a *seed*. A seed is compared with all its candidates. Every pair that scores at the
lowest cut-off of the grouping or above is followed to its other end, until no new party is linked: every component
with a seed is then complete. A component without a seed cannot hold a violation. Groups depend on their component
alone, so they are those of a full resolution.

No identity of up to `m` parties is missed, for each lies in its own neighborhood. Nor is any in a component of up to
``2 m``, for ``n`` linked parties lie in at most ``n / 2`` (Ore, *Theory of Graphs*, 1962, 13.1.3).

Keys, frequencies, the model and what it learns from the file are those of a full resolution. Candidate pairs are found
for all; only comparing them is spared, and the model learns from the same sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine
from analytics.identity.candidates.components import connected
from analytics.identity.candidates.pairing import numbered
from analytics.identity.records.aliases import Consignees
from analytics.identity.records.arrays import Ends, Floats, Mask, Numbers, are_among, distinct
from analytics.identity.records.hashing import Hashes

__all__ = ["LimitShares", "expand_seeds", "links_beyond", "read_limit_shares", "seeds"]


NEARLY = 1 - 1e-9
"""Sums of parts of a limit are floats: one that falls short by less than this is taken as reaching it."""
COMMON = 0.01
"""Share of all records from which a unit is added up for everybody at once, as days are; orders are rarer."""
AT_A_TIME = 6_000_000
"""Rows of neighborhoods that are added up at a time."""


@dataclass(frozen=True)
class LimitShares:
    """What each record received on each day and in each order, as a share of the smallest limit that applies.

    Attributes
    ----------
    record : ndarray of int
        The record.
    unit : ndarray of uint64
        The day or order.
    share : ndarray of float
        Value over limit, 0 or more.
    """

    record: Numbers
    unit: Hashes
    share: Floats


def read_limit_shares(engine: Engine, consignees: Consignees) -> LimitShares:
    """Read the shares of all records."""
    parts = []
    for batch in engine.batches("int_parties__weighed_by_unit", ("alias_id", "unit", "share"), "alias_id"):
        found = consignees.found(batch)
        parts.append((found["record"], found["unit"].hash(seed=11), found["share"]))
    return LimitShares(*(np.concatenate([part[side].to_numpy() for part in parts]) for side in range(3)))


def seeds(size: int, edges: Ends, shares: LimitShares, groups: int) -> Mask:
    """Records whose neighborhoods hold more than the `groups`-th part of a limit in some unit.

    Parameters
    ----------
    size : int
        Number of records.
    edges : tuple of two arrays
        Pairs that would be compared, and links that nothing has to be compared for; each once.
    shares : LimitShares
        What each record received.
    groups : int
        Neighborhoods that the parties of an identity lie in, at most.

    Returns
    -------
    ndarray of bool
        One for each record. A record without candidates is none: it is an identity of its own.
    """
    bound = NEARLY / groups
    found = np.zeros(size, dtype=bool)
    unit, rows = np.unique(shares.unit, return_counts=True)
    is_common = rows > size * COMMON
    for each in unit[is_common]:
        inside = shares.unit == each
        held = np.bincount(shares.record[inside], shares.share[inside], size)
        around = np.bincount(edges[0], held[edges[1]], size) + np.bincount(edges[1], held[edges[0]], size)
        found |= held + around > bound
    for part in _parts(size, edges, shares, unit[~is_common]):
        found[_middles(edges, *part, bound)] = True
    has_neighbours = np.zeros(size, dtype=bool)
    has_neighbours[edges[0]] = has_neighbours[edges[1]] = True
    mask: Mask = found & has_neighbours
    return mask


def links_beyond(size: int, links: Ends, pairs: Ends) -> Ends:
    """Links that are none of the pairs, each once, the smaller record first."""
    number = distinct(numbered(*links, size))
    begins = np.zeros(size, dtype=bool)
    begins[number // max(size, 1)] = True
    near = begins[pairs[0]]
    number = number[~are_among(number, numbered(pairs[0][near], pairs[1][near], size))]
    return number // max(size, 1), number % max(size, 1)


def _parts(size: int, edges: Ends, shares: LimitShares, units: Hashes) -> Iterator[tuple[Numbers, Hashes, Floats]]:
    """Records, units and shares of the chosen units, so many whole units at a time as lead to `AT_A_TIME` rows."""
    inside = np.flatnonzero(are_among(shares.unit, units))
    inside = inside[np.argsort(shares.unit[inside], kind="stable")]
    if not len(inside):
        return
    record, unit, share = shares.record[inside], shares.unit[inside], shares.share[inside]
    degree = 1 + np.bincount(edges[0], minlength=size) + np.bincount(edges[1], minlength=size)
    last = np.flatnonzero(np.append(unit[1:] != unit[:-1], True))  # a unit lies in one part
    part = np.cumsum(degree[record])[last] // AT_A_TIME
    cuts = last[np.append(part[1:] != part[:-1], True)] + 1
    for start, end in pairwise([0, *cuts.tolist()]):
        yield record[start:end], unit[start:end], share[start:end]


def _middles(edges: Ends, record: Numbers, unit: Hashes, share: Floats, bound: float) -> Numbers:
    """Middles of the neighborhoods that hold more than the bound in some unit."""
    brings = np.zeros(int(max(end.max(initial=-1) for end in (*edges, record))) + 1, dtype=bool)
    brings[record] = True
    ends = [(np.flatnonzero(brings), np.flatnonzero(brings))]
    for middle, member in (edges, edges[::-1]):
        chosen = brings[member]
        ends.append((middle[chosen], member[chosen]))
    around = pl.concat([pl.DataFrame({"middle": middle, "member": member}) for middle, member in ends]).unique()
    held = around.join(pl.DataFrame({"member": record, "unit": unit, "share": share}), on="member")
    summed = held.group_by("middle", "unit").agg(pl.col("share").sum()).filter(pl.col("share") > bound)
    middles: Numbers = summed["middle"].unique().to_numpy()
    return middles


def expand_seeds(
    size: int, pairs: Ends, seed: Mask, links: Ends, compare: Callable[[Numbers], Mask]
) -> tuple[Numbers, Mask]:
    """Compare seeds with their candidates, and follow links until no new record is reached.

    Parameters
    ----------
    size : int
        Number of records.
    pairs : tuple of two arrays
        Pairs worth comparing, as `analytics.identity.candidates.blocking.candidate_pairs` gives them.
    seed : ndarray of bool
        Records to begin with.
    links : tuple of two arrays
        Records that belong together whatever they score.
    compare : callable
        Compares the pairs at some places and says of each whether it links its two records.

    Returns
    -------
    tuple of two arrays
        Places of the pairs that were compared, ascending, and which records were reached: every pair with one of them
        in it was compared.
    """
    left, right = pairs
    must_link = connected(size, *links)
    reached = _with_linked(seed, must_link)
    news, is_left = reached, np.ones(len(left), dtype=bool)
    while news.any():
        place = np.flatnonzero(is_left & (news[left] | news[right]))
        is_left[place] = False
        linked = place[compare(place)]
        news = np.zeros(size, dtype=bool)
        news[left[linked]] = news[right[linked]] = True
        news = _with_linked(news, must_link) & ~reached
        reached = reached | news
    return np.flatnonzero(~is_left), reached


def _with_linked(chosen: Mask, must_link: Numbers) -> Mask:
    """The chosen records and those that must be linked with them."""
    is_chosen = np.zeros(len(must_link), dtype=bool)
    is_chosen[must_link[chosen]] = True
    mask: Mask = is_chosen[must_link]
    return mask
