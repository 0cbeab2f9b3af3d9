"""Looks for lots of one order among the shipments of a person from a seller."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.statistics.habits import Habits
from analytics.statistics.likelihood import Lot, Weights, weigh

__all__ = ["Candidate", "Group", "find_groups"]


@dataclass(frozen=True)
class Candidate:
    """A shipment that may be a lot.

    Attributes
    ----------
    lot : Lot
        What is weighed.
    cents, limit_cents : int
        Its value, and the limit it is under, in the currency of the limit.
    """

    lot: Lot
    cents: int
    limit_cents: int


@dataclass(frozen=True)
class Group:
    """Shipments that may be lots of one order, and what speaks for it."""

    members: tuple[Candidate, ...]
    weights: Weights
    others: int


Places = tuple[int, ...]


def find_groups(
    candidates: Sequence[Candidate],
    orders: dict[str, float],
    seller: str,
    habits: Habits,
    *,
    window: int,
    most: int,
    least_score: float,
) -> list[Group]:
    """Find groups over the limit that are likely to be one order; no shipment is in two of them.

    All runs of neighbours within the window are weighed; from each, shipments are taken away one at a time as long as
    that makes one order likelier and what is left is over the limit. Of the groups that overlap the likeliest is kept.

    Parameters
    ----------
    candidates : sequence of Candidate
        Of one person, seller, pool and currency, in the order of day and number.
    orders : dict
        Every order of that person from that seller to its value, by uid; a candidate is an order of its own here.
    seller : str
        Key of the seller.
    habits : Habits
        What is usual.
    window : int
        Most days from the first to the last lot, both counted.
    most : int
        Most lots.
    least_score : float
        Score from which a group is kept.
    """
    search = _Search(candidates, orders, seller, habits)
    found = {places for run in _runs(candidates, window, most) for places in [search.pruned(run)]}
    ranked = sorted(found, key=lambda places: (-search.weighed(places).total, places))
    groups, taken = [], set[int]()
    for places in ranked:
        weights = search.weighed(places)
        if weights.score >= least_score and taken.isdisjoint(places):
            taken |= set(places)
            groups.append(Group(tuple(candidates[place] for place in places), weights, len(orders) - len(places)))
    return groups


def _runs(candidates: Sequence[Candidate], window: int, most: int) -> Iterator[Places]:
    """Yield the runs of neighbours that are over the limit together."""
    for first in range(len(candidates)):
        total = limit = 0
        for last in range(first, min(first + most, len(candidates))):
            if candidates[last].lot.day - candidates[first].lot.day >= window:
                break
            total += candidates[last].cents
            limit = max(limit, candidates[last].limit_cents)
            if last > first and total > limit:
                yield tuple(range(first, last + 1))


class _Search:
    """Weighs groups of one person's shipments, each once."""

    def __init__(self, candidates: Sequence[Candidate], orders: dict[str, float], seller: str, habits: Habits) -> None:
        self.candidates, self.orders, self.seller, self.habits = candidates, orders, seller, habits
        self.known: dict[Places, Weights] = {}

    def weighed(self, places: Places) -> Weights:
        if places not in self.known:
            lots = [self.candidates[place].lot for place in places]
            inside = {lot.uid for lot in lots}
            others = [value for uid, value in self.orders.items() if uid not in inside]
            ways = math.log(math.comb(places[-1] - places[0] + 1, len(places)))
            self.known[places] = weigh(lots, others, self.seller, self.habits).less(ways)
        return self.known[places]

    def pruned(self, places: Places) -> Places:
        while len(places) > 2:
            fewer = [places[:at] + places[at + 1 :] for at in range(len(places))]
            fewer = [left for left in fewer if self._is_over(left)]
            best = max(fewer, key=lambda left: self.weighed(left).total, default=None)
            if best is None or self.weighed(best).total <= self.weighed(places).total:
                break
            places = best
        return places

    def _is_over(self, places: Places) -> bool:
        limit = max(self.candidates[place].limit_cents for place in places)
        return sum(self.candidates[place].cents for place in places) > limit
