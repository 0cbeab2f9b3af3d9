"""Incremental runs: only new candidate pairs are compared, and only the groups they touch are grouped again.

What is frozen, precisely: the model, and what it had learned from the file; the counts of values and words, the number
of parties and the name lift of the last resolution of everybody (`FrozenState`). Under these the score of a pair
depends on the two parties alone. Which pairs are compared is asked of all parties as they are now,
so that a block that has grown too large is capped here as it would be in a resolution of everybody.

A group never reaches beyond parties that are connected by pairs at the threshold or above, by an account or a verdict,
since groups are joined only where the mean over their pairs is at the threshold, so that one pair at least is. What is
connected so, and has neither a new party nor a pair more or less nor a verdict, is grouped as it was. Together: the
groups are those of a resolution of everybody under the same frozen state.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.components import connected, uncompared_pairs
from analytics.identity.candidates.pairing import numbered
from analytics.identity.grouping.accounts import account_links, trusted_accounts
from analytics.identity.grouping.constraints import Judged, concat_pairs, constrained_groups
from analytics.identity.grouping.resolution import Resolution
from analytics.identity.grouping.rivals import have_rivals
from analytics.identity.incremental.known import Known
from analytics.identity.incremental.state import FrozenState
from analytics.identity.records.arrays import Ends, Mask, Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.scored import ScoredPairs
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["Joined", "resolve_again"]


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
        Verdicts of clerical review.
    asked : ndarray, optional
        Records on which anybody ever gave a verdict, those that were taken back included.
    threads : int
        Threads to pair with.
    """
    judged = judged or Judged()
    lookup = _PairLookup(records, state, known, scorer, threads)
    first = lookup.scored(*candidate_pairs(state.blocked(records), threads))
    second = lookup.scored(*uncompared_pairs(len(records), first.left, first.right, first.probability))
    pairs = _Scored.joined(first, second)
    accounts = trusted_accounts(state.compared(records))
    links = concat_pairs(account_links(records, trusted_only=False), judged.same)
    moved = lookup.touched(pairs, links, np.empty(0, np.int64) if asked is None else asked, threshold)
    rivals = have_rivals(lookup.compared, pairs, threshold, threads)
    pairs = pairs.forbidding(rivals)
    group = _grouped(lookup, pairs, accounts, judged, moved, threshold)
    everybody, learned = np.ones(len(records), dtype=bool), state.learned(scorer)
    scored = (pairs.left, pairs.right, pairs.probability, pairs.is_forbidden, rivals)
    found = Resolution(group, *scored, everybody, learned, scorer)
    return Joined(
        found,
        Known.of(records, found),
        int((lookup.place_of_known < 0).sum()),
        int(pairs.is_new.sum()),
        int(moved.sum()),
    )


@dataclass(frozen=True)
class _Scored(ScoredPairs):
    """Scored pairs, and which of them were not scored before."""

    is_new: Mask

    @classmethod
    def joined(cls, one: _Scored, other: _Scored) -> Self:
        names = (field.name for field in fields(cls))
        return cls(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in names))


class _PairLookup:
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
        new = ScoredPairs.of(self.compared, self.scorer, left[is_new], right[is_new], self.threads)
        found[0][is_new], found[1][is_new] = new.probability, new.is_forbidden
        return _Scored(left, right, *found, is_new)

    def touched(self, pairs: _Scored, links: Ends, asked: Numbers, threshold: float) -> Mask:
        """Records whose groups may not be what they were; all of them where a party is gone.

        A pair matters within what is connected: between two such parts it joins nobody and parts nobody.
        """
        size = len(self.records)
        if (_places(self.known.record, np.sort(self.content)) < 0).any():
            return np.ones(size, dtype=bool)
        near = pairs.probability >= threshold
        ends = np.concatenate([pairs.left[near], links[0]]), np.concatenate([pairs.right[near], links[1]])
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
    lookup: _PairLookup, pairs: _Scored, accounts: Ends, judged: Judged, moved: Mask, threshold: float
) -> Numbers:
    """Groups of all records: those that are touched anew, the others as they were."""
    record = np.flatnonzero(moved)
    place = np.full(len(moved), -1)
    place[record] = np.arange(len(record))

    def inside(one: Numbers, other: Numbers) -> Ends:
        kept = moved[one] & moved[other]
        return place[one[kept]], place[other[kept]]

    chosen = moved[pairs.left] & moved[pairs.right]
    within = ScoredPairs(
        place[pairs.left[chosen]], place[pairs.right[chosen]], pairs.probability[chosen], pairs.is_forbidden[chosen]
    )
    verdicts = Judged(inside(*judged.same), inside(*judged.different))
    label = np.empty(len(moved), dtype=np.int64)
    if len(record):
        label[record] = constrained_groups(len(record), within, threshold, verdicts, inside(*accounts))
    rest = np.flatnonzero(~moved)
    was = lookup.known.group[lookup.place_of_known[rest]] if len(rest) else np.empty(0, np.uint64)
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
