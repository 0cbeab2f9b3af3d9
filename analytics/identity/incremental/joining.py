"""New parties join those that are there: only pairs that were not compared before are, and only groups they touch move.

What is frozen, precisely: the model, and what it had learned from the file; the counts of values and words, the number
of parties and the kinship of names of the last resolution of everybody (`FrozenState`). Under these the score of a pair
depends on the two parties alone. Which pairs are compared is asked of all parties as they are now,
so that a block that has grown too large is capped here as it would be in a resolution of everybody.

A group never reaches beyond parties that are connected by pairs at the threshold or above, by an account or a verdict,
since groups are joined only where the mean over their pairs is at the threshold, so that one pair at least is. What is
connected so, and has neither a new party nor a pair more or less nor a verdict, is grouped as it was. Together: the
groups are those of a resolution of everybody under the same frozen state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.components import circle_pairs, connected
from analytics.identity.candidates.pairing import numbered
from analytics.identity.grouping.clusters import average_link_clusters
from analytics.identity.grouping.constraints import Judged, account_links, both, combined, with_companions
from analytics.identity.grouping.resolution import Resolution, trusted_accounts
from analytics.identity.grouping.rivals import have_rivals
from analytics.identity.incremental.state import FrozenState
from analytics.identity.records.arrays import Floats, Mask, Numbers
from analytics.identity.records.hashing import Hashes
from analytics.identity.records.records import Records
from analytics.identity.scoring.scored import Weighed
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["SCORED", "Joined", "Known", "freeze", "resolve_again"]

SCORED = {"left": pl.UInt64, "right": pl.UInt64, "probability": pl.Float64, "is_forbidden": pl.Boolean}
"""Columns of scored pairs as a table; a record that stands in a row of its own, left and right, is known by itself."""


@dataclass(frozen=True)
class Known:
    """What the last resolution knew of pairs and groups, by the content of its records.

    Attributes
    ----------
    record : ndarray of uint64
        Content of every record, ascending.
    group : ndarray of uint64
        For each of them the content of one record of its group, the same for the whole group.
    left, right : ndarray of uint64
        Content of the records of each compared pair, the smaller first.
    probability : ndarray
        Of each pair, as it was settled.
    is_forbidden : ndarray of bool
        Pairs that no score may join.
    """

    record: Hashes
    group: Hashes
    left: Hashes
    right: Hashes
    probability: Floats
    is_forbidden: Mask

    @classmethod
    def nothing(cls) -> Self:
        """Before the first resolution."""
        empty = np.empty(0, dtype=np.uint64)
        return cls(empty, empty, empty, empty, np.empty(0), np.empty(0, dtype=bool))

    @classmethod
    def of(cls, records: Records, found: Resolution, *, keeps_pairs: bool = True) -> Self:
        """What a resolution leaves to the next: after a pruned run no pairs, since the next compares anew."""
        held = records.content
        head = np.zeros(int(found.group.max(initial=-1)) + 1, dtype=np.uint64)
        np.maximum.at(head, found.group, held)
        order = np.argsort(held)
        kept = slice(None) if keeps_pairs else slice(0)
        one, other = held[found.left[kept]], held[found.right[kept]]
        return cls(
            held[order],
            head[found.group][order],
            np.minimum(one, other),
            np.maximum(one, other),
            found.probability[kept],
            (found.is_forbidden & ~found.has_rival)[kept],
        )

    def records_frame(self) -> pl.DataFrame:
        """Records and their groups as a table."""
        return pl.DataFrame({"record": self.record, "group": self.group})

    def pairs_frame(self) -> pl.DataFrame:
        """Compared pairs as a table, sorted."""
        columns = (self.left, self.right, self.probability, self.is_forbidden)
        return pl.DataFrame(dict(zip(SCORED, columns, strict=True)), schema=SCORED).sort("left", "right")

    @classmethod
    def from_frames(cls, records: pl.DataFrame, pairs: pl.DataFrame) -> Self:
        """Read what was known from its two tables."""
        known = records.sort("record")
        return cls(
            *(known[name].to_numpy() for name in ("record", "group")), *(pairs[name].to_numpy() for name in SCORED)
        )


@dataclass(frozen=True)
class Joined:
    """A resolution in which new parties joined those that were there.

    Attributes
    ----------
    found : Resolution
        Groups of all records, and all pairs.
    known : Known
        What it leaves to the next.
    new_records, compared, regrouped : int
        Records that were not there, pairs that were compared, records whose groups were made anew.
    """

    found: Resolution
    known: Known
    new_records: int
    compared: int
    regrouped: int


def freeze(
    records: Records, found: Resolution, scorer: PairScorer, *, keeps_pairs: bool = True
) -> tuple[FrozenState, Known]:
    """Keep what a resolution has counted, learned and scored.

    Parameters
    ----------
    records : Records
        Everybody.
    found : Resolution
        What `analytics.identity.grouping.resolution.resolve` made of them.
    scorer : PairScorer
        The model it was given.
    keeps_pairs : bool, default=True
        False after a pruned run.
    """
    return FrozenState.of(records, scorer, found.learned), Known.of(records, found, keeps_pairs=keeps_pairs)


def resolve_again(
    records: Records,
    state: FrozenState,
    known: Known,
    scorer: PairScorer,
    threshold: float,
    judged: Judged | None = None,
    asked: Numbers | None = None,
    threads: int = 1,
) -> Joined:
    """Resolve under a frozen state, comparing only what was not compared before.

    Parameters
    ----------
    records : Records
        Everybody, those that are new and those that were there.
    state : FrozenState
        Of the last resolution of everybody.
    known : Known
        What the last resolution left; with nothing known everybody is compared.
    scorer : PairScorer
        The model as it had adapted (`FrozenState.learned`), and been refitted.
    threshold : float
        Lowest probability that the mean evidence between two groups stands for at which they are joined.
    judged : Judged, optional
        What people said.
    asked : ndarray, optional
        Records on which anybody ever gave a verdict, those that were taken back included.
    threads : int
        Threads to pair with.
    """
    judged = judged or Judged()
    desk = _Desk(records, state, known, scorer, threads)
    first = desk.scored(*candidate_pairs(state.blocked(records), threads))
    second = desk.scored(*circle_pairs(len(records), first.left, first.right, first.probability))
    pairs = _Scored.joined(first, second)
    accounts = trusted_accounts(state.compared(records))
    bonds = both(account_links(records, trusted_only=False), judged.same)
    moved = desk.touched(pairs, bonds, np.empty(0, np.int64) if asked is None else asked, threshold)
    weighed = Weighed(pairs.left, pairs.right, pairs.probability, pairs.is_forbidden)
    rivals = have_rivals(desk.compared, weighed, threshold, threads)
    pairs = replace(pairs, is_forbidden=pairs.is_forbidden | rivals)
    group = _grouped(desk, pairs, accounts, judged, moved, threshold)
    everybody, learned = np.ones(len(records), dtype=bool), state.learned(scorer)
    scored = (pairs.left, pairs.right, pairs.probability, pairs.is_forbidden, rivals)
    found = Resolution(group, *scored, everybody, learned, scorer)
    return Joined(
        found,
        Known.of(records, found),
        int((desk.place_of_known < 0).sum()),
        int(pairs.is_new.sum()),
        int(moved.sum()),
    )


@dataclass(frozen=True)
class _Scored:
    """Pairs of record numbers with what is said of them."""

    left: Numbers
    right: Numbers
    probability: Floats
    is_forbidden: Mask
    is_new: Mask

    @classmethod
    def joined(cls, one: _Scored, other: _Scored) -> Self:
        names = ("left", "right", "probability", "is_forbidden", "is_new")
        return cls(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in names))


class _Desk:
    """Looks up what is known of pairs, and has the rest compared."""

    def __init__(self, records: Records, state: FrozenState, known: Known, scorer: PairScorer, threads: int) -> None:
        self.records, self.known, self.scorer, self.threads = records, known, scorer, threads
        self.compared = state.compared(records)
        self.content = records.content
        self.place_of_known = _places(self.content, known.record)
        order = np.argsort(self.content)
        back = _places(np.concatenate([known.left, known.right]), self.content[order])
        number = np.where(back < 0, -1, order[np.maximum(back, 0)] if len(order) else -1)
        self.ends = np.split(number, 2)

    def scored(self, left: Numbers, right: Numbers) -> _Scored:
        """Pairs with what is known of them, or what comparing them says."""
        place = self._known_pairs(left, right)
        is_new = place < 0
        probability, forbidden = self.known.probability, self.known.is_forbidden
        found = np.zeros(len(left)), np.zeros(len(left), dtype=bool)
        found[0][~is_new], found[1][~is_new] = probability[place[~is_new]], forbidden[place[~is_new]]
        new = Weighed.of(self.compared, self.scorer, left[is_new], right[is_new], self.threads)
        found[0][is_new], found[1][is_new] = new.probability, new.is_forbidden
        return _Scored(left, right, *found, is_new)

    def touched(self, pairs: _Scored, bonds: tuple[Numbers, Numbers], asked: Numbers, threshold: float) -> Mask:
        """Records whose groups may not be what they were; all of them where a party is gone.

        A pair matters within what is connected: between two such parts it joins nobody and parts nobody.
        """
        size = len(self.records)
        if (_places(self.known.record, np.sort(self.content)) < 0).any():
            return np.ones(size, dtype=bool)
        near = pairs.probability >= threshold
        ends = np.concatenate([pairs.left[near], bonds[0]]), np.concatenate([pairs.right[near], bonds[1]])
        part = connected(size, *ends)
        added = pairs.is_new & (part[pairs.left] == part[pairs.right])
        gone = self._gone(pairs)
        one, other = (end[gone] for end in self.ends)
        lost = (self.known.probability[gone] >= threshold) | (part[one] == part[other])
        fresh = np.flatnonzero(self.place_of_known < 0)
        moved = np.zeros(size, dtype=bool)
        moved[part[np.concatenate([fresh, pairs.left[added], one[lost], other[lost], asked])]] = True
        mask: Mask = moved[part]
        return mask

    def _gone(self, pairs: _Scored) -> Numbers:
        """Places of known pairs that are not compared any more, though both parties are there."""
        size = max(len(self.records), 1)
        now = np.sort(numbered(pairs.left, pairs.right, size))
        there = np.flatnonzero(np.minimum(*self.ends) >= 0)
        gone: Numbers = there[_places(numbered(self.ends[0][there], self.ends[1][there], size), now) < 0]
        return gone

    def _known_pairs(self, left: Numbers, right: Numbers) -> Numbers:
        """Place of each pair among the known ones; -1 where it is not."""
        size = max(len(self.records), 1)
        there = np.flatnonzero(np.minimum(*self.ends) >= 0)
        key = numbered(self.ends[0][there], self.ends[1][there], size)
        order = np.argsort(key)
        place = _places(numbered(left, right, size), key[order])
        known: Numbers = np.where(place < 0, -1, there[order][np.maximum(place, 0)] if len(there) else -1)
        return known


def _grouped(
    desk: _Desk, pairs: _Scored, accounts: tuple[Numbers, Numbers], judged: Judged, moved: Mask, threshold: float
) -> Numbers:
    """Groups of all records: those that are touched anew, the others as they were."""
    record = np.flatnonzero(moved)
    place = np.full(len(moved), -1)
    place[record] = np.arange(len(record))

    def inside(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
        kept = moved[one] & moved[other]
        return place[one[kept]], place[other[kept]]

    chosen = moved[pairs.left] & moved[pairs.right]
    left, right, probability = place[pairs.left[chosen]], place[pairs.right[chosen]], pairs.probability[chosen]
    forbidden = pairs.is_forbidden[chosen]
    said = Judged(inside(*judged.same), inside(*judged.different))

    def grouped(what: Judged) -> Numbers:
        constraints = combined(len(record), what, inside(*accounts), (left[forbidden], right[forbidden]))
        return average_link_clusters(len(record), left, right, probability, threshold, constraints)

    if len(said.same[0]):
        said = with_companions(len(record), said, grouped(Judged(different=said.different)))
    label = np.empty(len(moved), dtype=np.int64)
    label[record] = grouped(said) if len(record) else 0
    rest = np.flatnonzero(~moved)
    was = desk.known.group[desk.place_of_known[rest]] if len(rest) else np.empty(0, np.uint64)
    label[rest] = len(record) + np.unique(was, return_inverse=True)[1]
    first = np.unique(label, return_index=True)[1]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    group: Numbers = rank[np.unique(label, return_inverse=True)[1]]
    return group


def _places(values: NDArray[np.generic], among: NDArray[np.generic]) -> Numbers:
    """Place of each value in a sorted array; -1 where it is not there."""
    if not len(among):
        return np.full(len(values), -1)
    place = np.minimum(np.searchsorted(among, values), len(among) - 1)
    return np.where(among[place] == values, place, -1)
