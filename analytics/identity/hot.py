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

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.clusters import connected
from analytics.identity.compared import Compared
from analytics.identity.hashing import Hashes
from analytics.identity.pairs import Mask
from analytics.identity.records import Numbers, Records
from analytics.identity.scorer import PairScorer

__all__ = ["Brought", "explored", "seeds"]

Measures = NDArray[np.float64]
Ends = tuple[Numbers, Numbers]

NEARLY = 1 - 1e-9
"""Sums of parts of a limit are floats: one that falls short by less than this is taken as reaching it."""
AT_A_TIME = 4_000_000
"""Rows of neighbourhoods that are added up at a time."""


@dataclass(frozen=True)
class Brought:
    """What each record brought on each day, and in each order, in parts of the smallest limit it is under.

    Attributes
    ----------
    record : ndarray of int
        The record, ascending.
    unit : ndarray of uint64
        The day or order.
    share : ndarray of float
        Value over limit, 0 or more.
    """

    record: Numbers
    unit: Hashes
    share: Measures

    @classmethod
    def of(cls, record: Numbers, unit: Hashes, share: Measures) -> Brought:
        """From rows in any order."""
        order = np.argsort(record, kind="stable")
        return cls(record[order], unit[order], share[order])

    def highest(self, size: int) -> Measures:
        """Most that each of `size` records brought in any unit."""
        most = np.zeros(size)
        np.maximum.at(most, self.record, self.share)
        return most


def seeds(size: int, edges: Ends, brought: Brought, groups: int) -> Mask:
    """Records whose neighbourhoods hold more than the `groups`-th part of a limit in some unit.

    Parameters
    ----------
    size : int
        Number of records.
    edges : tuple of two arrays
        Pairs that would be compared, and links that nothing has to be compared for.
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
    most = brought.highest(size)
    reach = most + np.bincount(edges[0], most[edges[1]], size) + np.bincount(edges[1], most[edges[0]], size)
    has_neighbours = np.zeros(size, dtype=bool)
    has_neighbours[edges[0]] = has_neighbours[edges[1]] = True
    likely = has_neighbours & (reach > bound)
    found = np.zeros(size, dtype=bool)
    first = np.searchsorted(brought.record, np.arange(size + 1))
    for middle, member in _neighbourhoods(likely, edges, np.diff(first)):
        row, place = _rows(first, member)
        frame = pl.DataFrame({"middle": middle[row], "unit": brought.unit[place], "share": brought.share[place]})
        held = frame.group_by("middle", "unit").agg(pl.col("share").sum()).filter(pl.col("share") > bound)
        found[held["middle"].unique().to_numpy()] = True
    return found


def _neighbourhoods(chosen: Mask, edges: Ends, rows: Numbers) -> Iterator[Ends]:
    """Middles and members of the chosen neighbourhoods, a batch at a time."""
    middles = np.flatnonzero(chosen)
    if not len(middles):
        return
    ends = np.concatenate([middles, *edges]), np.concatenate([middles, *reversed(edges)])
    kept = chosen[ends[0]] & (rows[ends[1]] > 0)
    middle, member = ends[0][kept], ends[1][kept]
    order = np.lexsort((member, middle))
    middle, member = middle[order], member[order]
    is_fresh = np.append(True, (middle[1:] != middle[:-1]) | (member[1:] != member[:-1]))
    middle, member = middle[is_fresh], member[is_fresh]
    last = np.flatnonzero(np.append(middle[1:] != middle[:-1], True))  # a neighbourhood lies in one batch
    batch = np.cumsum(rows[member])[last] // AT_A_TIME
    cuts = last[np.append(batch[1:] != batch[:-1], True)] + 1
    for start, end in zip(np.concatenate([[0], cuts[:-1]]), cuts, strict=True):
        yield middle[start:end], member[start:end]


def _rows(first: Numbers, member: Numbers) -> Ends:
    """For every row of every member the place among the members, and the place of the row."""
    count = first[member + 1] - first[member]
    row = np.repeat(np.arange(len(member)), count)
    start = np.repeat(first[member] - (np.cumsum(count) - count), count)
    return row, start + np.arange(len(row))


def explored(
    records: Records, scorer: PairScorer, pairs: Ends, seed: Mask, links: Ends, floor: float, threads: int = 1
) -> tuple[Compared, Mask]:
    """Compare seeds with whom they can be compared with, and follow what links until nobody new is reached.

    Parameters
    ----------
    records : Records
        Everybody.
    scorer : PairScorer
        The model.
    pairs : tuple of two arrays
        Pairs worth comparing, as `analytics.identity.blocking.candidate_pairs` gives them.
    seed : ndarray of bool
        Where to begin.
    links : tuple of two arrays
        Records that belong together whatever they score.
    floor : float
        Probability from which a pair links two records.
    threads : int
        Threads to compare with.

    Returns
    -------
    tuple
        The compared pairs, in the order of `pairs`, and the records that were reached: every pair with one of them in
        it was compared.
    """
    left, right = pairs
    bound = connected(len(records), *links)
    reached = _with_bound(seed, bound)
    news, left_over = reached, np.arange(len(left))
    batches, places = [Compared.of(records, scorer, left[:0], right[:0])], [left_over[:0]]
    while news.any():
        touched = news[left[left_over]] | news[right[left_over]]
        place, left_over = left_over[touched], left_over[~touched]
        batch = Compared.of(records, scorer, left[place], right[place], threads)
        near = batch.probability(records.extra, threads) >= floor
        ends = np.concatenate([batch.left[near], batch.right[near]])
        news = np.zeros(len(records), dtype=bool)
        news[ends] = True
        news = _with_bound(news, bound) & ~reached
        reached = reached | news
        batches.append(batch)
        places.append(place)
    order = np.argsort(np.concatenate(places))
    return Compared.all_of(batches).at(order), reached


def _with_bound(chosen: Mask, bound: Numbers) -> Mask:
    """The chosen records and those bound to them."""
    is_chosen = np.zeros(len(bound), dtype=bool)
    is_chosen[bound[chosen]] = True
    mask: Mask = is_chosen[bound]
    return mask
