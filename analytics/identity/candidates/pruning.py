"""Resolving only what can matter: parties near enough to others to pass a limit together with them.

A *neighbourhood* is a party and everybody it would be compared with. Say that the parties of an identity that brought
something on a day lie in at most `m` neighbourhoods of parties linked with them. If they pass the limit together, one
of those neighbourhoods alone holds more than the `m`-th part of it, for the totals of the `m` add up to at least the
identity's. The middle of such a neighbourhood is a *seed*. Everybody who can be compared with a seed is, every pair
that scores at the lower cut-off of the grouping or above is followed to its other end, and so on until nobody new is
linked: every linked part with a seed in it is then complete. Parts without a seed cannot hold a violation, and since
the groups of a part depend on that part alone, they are those of a resolution of everybody.

Nobody of up to `m` parties is missed, for each lies in its own neighbourhood; nor anybody in a linked part of up to
``2 m``, for ``n`` linked parties lie in at most ``n / 2`` (Ore, *Theory of Graphs*, 1962, 13.1.3).

Keys, how many share a value, the model and what it learns from the file are those of everybody: pairs are found for
all, only their comparing is spared, and the sample from which the model learns is drawn alike.
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
from analytics.identity.records.arrays import Ends, Floats, Mask, Numbers
from analytics.identity.records.hashing import Hashes

__all__ = ["LimitShares", "expand_seeds", "links_beyond", "read_limit_shares", "seeds"]


NEARLY = 1 - 1e-9
"""Sums of parts of a limit are floats: one that falls short by less than this is taken as reaching it."""
COMMON = 0.01
"""Share of all records from which a unit is added up for everybody at once, as days are; orders are rarer."""
AT_A_TIME = 6_000_000
"""Rows of neighbourhoods that are added up at a time."""


@dataclass(frozen=True)
class LimitShares:
    """What each record brought on each day, and in each order, in parts of the smallest limit it is under.

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
    """Read what every record brought, of the consignees that are somebody."""
    parts = []
    for batch in engine.batches("int_parties__weighed_by_unit", ("alias_id", "unit", "share"), "alias_id"):
        found = consignees.found(batch)
        parts.append((found["record"], found["unit"].hash(seed=11), found["share"]))
    return LimitShares(*(np.concatenate([part[side].to_numpy() for part in parts]) for side in range(3)))


def seeds(size: int, edges: Ends, brought: LimitShares, groups: int) -> Mask:
    """Records whose neighbourhoods hold more than the `groups`-th part of a limit in some unit.

    Parameters
    ----------
    size : int
        Number of records.
    edges : tuple of two arrays
        Pairs that would be compared, and links that nothing has to be compared for; each once.
    brought : Brought
        What each record brought.
    groups : int
        Neighbourhoods that the parties of an identity lie in, at most.

    Returns
    -------
    ndarray of bool
        One for each record. A record without neighbours is none: it is told from everybody else as it is.
    """
    bound = NEARLY / groups
    found = np.zeros(size, dtype=bool)
    unit, rows = np.unique(brought.unit, return_counts=True)
    is_common = rows > size * COMMON
    for each in unit[is_common]:
        inside = brought.unit == each
        held = np.bincount(brought.record[inside], brought.share[inside], size)
        around = np.bincount(edges[0], held[edges[1]], size) + np.bincount(edges[1], held[edges[0]], size)
        found |= held + around > bound
    for part in _parts(size, edges, brought, unit[~is_common]):
        found[_middles(edges, *part, bound)] = True
    has_neighbours = np.zeros(size, dtype=bool)
    has_neighbours[edges[0]] = has_neighbours[edges[1]] = True
    mask: Mask = found & has_neighbours
    return mask


def links_beyond(size: int, links: Ends, pairs: Ends) -> Ends:
    """Links that are none of the pairs, each once, the smaller record first."""
    number = np.unique(numbered(*links, size))
    if len(number) and len(pairs[0]):
        known = np.sort(numbered(*pairs, size))
        number = number[known[np.minimum(np.searchsorted(known, number), len(known) - 1)] != number]
    return number // max(size, 1), number % max(size, 1)


def _parts(size: int, edges: Ends, brought: LimitShares, units: Hashes) -> Iterator[tuple[Numbers, Hashes, Floats]]:
    """Records, units and shares of the chosen units, so many whole units at a time as lead to `AT_A_TIME` rows."""
    inside = np.flatnonzero(np.isin(brought.unit, units))
    inside = inside[np.argsort(brought.unit[inside], kind="stable")]
    if not len(inside):
        return
    record, unit, share = brought.record[inside], brought.unit[inside], brought.share[inside]
    degree = 1 + np.bincount(edges[0], minlength=size) + np.bincount(edges[1], minlength=size)
    last = np.flatnonzero(np.append(unit[1:] != unit[:-1], True))  # a unit lies in one part
    part = np.cumsum(degree[record])[last] // AT_A_TIME
    cuts = last[np.append(part[1:] != part[:-1], True)] + 1
    for start, end in pairwise([0, *cuts.tolist()]):
        yield record[start:end], unit[start:end], share[start:end]


def _middles(edges: Ends, record: Numbers, unit: Hashes, share: Floats, bound: float) -> Numbers:
    """Middles of the neighbourhoods that hold more than the bound in some unit."""
    brings = np.zeros(int(max(end.max(initial=-1) for end in (*edges, record))) + 1, dtype=bool)
    brings[record] = True
    ends = [(np.unique(record), np.unique(record))]
    for middle, member in (edges, edges[::-1]):
        chosen = brings[member]
        ends.append((middle[chosen], member[chosen]))
    around = pl.concat([pl.DataFrame({"middle": middle, "member": member}) for middle, member in ends]).unique()
    held = around.join(pl.DataFrame({"member": record, "unit": unit, "share": share}), on="member")
    summed = held.group_by("middle", "unit").agg(pl.col("share").sum()).filter(pl.col("share") > bound)
    middles: Numbers = summed["middle"].unique().to_numpy()
    return middles


def expand_seeds(
    size: int, pairs: Ends, seed: Mask, links: Ends, look: Callable[[Numbers], Mask]
) -> tuple[Numbers, Mask]:
    """Compare seeds with whom they can be compared with, and follow what links until nobody new is reached.

    Parameters
    ----------
    size : int
        Number of records.
    pairs : tuple of two arrays
        Pairs worth comparing, as `analytics.identity.candidates.blocking.candidate_pairs` gives them.
    seed : ndarray of bool
        Where to begin.
    links : tuple of two arrays
        Records that belong together whatever they score.
    look : callable
        Compares the pairs at some places and says of each whether it links its two records.

    Returns
    -------
    tuple of two arrays
        Places of the pairs that were compared, ascending, and which records were reached: every pair with one of them
        in it was compared.
    """
    left, right = pairs
    bound = connected(size, *links)
    reached = _with_bound(seed, bound)
    news, is_left = reached, np.ones(len(left), dtype=bool)
    while news.any():
        place = np.flatnonzero(is_left & (news[left] | news[right]))
        is_left[place] = False
        linked = place[look(place)]
        news = np.zeros(size, dtype=bool)
        news[left[linked]] = news[right[linked]] = True
        news = _with_bound(news, bound) & ~reached
        reached = reached | news
    return np.flatnonzero(~is_left), reached


def _with_bound(chosen: Mask, bound: Numbers) -> Mask:
    """The chosen records and those bound to them."""
    is_chosen = np.zeros(len(bound), dtype=bool)
    is_chosen[bound[chosen]] = True
    mask: Mask = is_chosen[bound]
    return mask
