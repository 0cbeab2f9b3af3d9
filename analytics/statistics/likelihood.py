"""How much likelier it is that some shipments are lots of one order than that they are orders of their own.

Four things are weighed, each as the log of a ratio of probabilities: the pace, the values, the goods and the numbers.
What separate orders look like is learned (`analytics.statistics.habits`). What lots look like is the law below; it is
wide on purpose, and the same for every file:

- after each lot another follows with probability 3/4; half of them promptly (each further day half as likely), half on
  any day of the window;
- together they are worth what one order of that person may be worth; between them the value is divided as by a
  Dirichlet law of weight 2.5, so that lots are of a like size and a small remainder is more like a back order;
- they are parts of one list of goods: a product stands in two lots only where it was divided between them;
- in one of three orders all labels are printed at once, and then the numbers run on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from analytics.statistics.habits import Habits, centre, log_value

__all__ = ["Lot", "Weights", "weigh"]

_NEXT_LOT = 0.75
_PROMPT, _PROMPT_DAY = 0.5, 0.5
_SHAPE = 2.5
_DIVIDED = (0.45, 0.4, 0.12)
"""Products of a lot that were in lots before it: none, one, two; each further one is a fifth as likely."""
_DIVIDED_ONLY_PRODUCT = 0.3
_PRINTED_AT_ONCE, _RUNS_ON = 0.35, 0.9


@dataclass(frozen=True)
class Lot:
    """One shipment that may be a lot: its place among the person's shipments is by day and number."""

    uid: str
    day: int
    value: float
    goods: frozenset[str] = frozenset()
    serial: tuple[str, int] | None = None


@dataclass(frozen=True)
class Weights:
    """Logs of likelihood ratios: above 0 speaks for one order, below 0 for separate ones.

    Attributes
    ----------
    pace : float
        They come closer together than this person's orders usually do.
    values : float
        Together they are worth what an order of this person is worth, and alone they are not.
    goods : float
        They have fewer goods in common than orders of one person usually have.
    numbers : float
        Their numbers run on.
    """

    pace: float
    values: float
    goods: float
    numbers: float

    def less(self, choice: float) -> Weights:
        """Take away from the pace what it owes to having been chosen among so many (log) groups of neighbours."""
        return replace(self, pace=self.pace - choice)

    @property
    def total(self) -> float:
        """All four together."""
        return self.pace + self.values + self.goods + self.numbers

    @property
    def score(self) -> float:
        """The probability that it is one order, if both had been equally likely before."""
        return 1 / (1 + math.exp(-min(max(self.total, -700.0), 700.0)))


def weigh(lots: Sequence[Lot], others: Sequence[float], seller: str, habits: Habits) -> Weights:
    """Weigh shipments of one person from one seller.

    Parameters
    ----------
    lots : sequence of Lot
        Two or more, in the order of day and number.
    others : sequence of float
        Values of the person's other orders from that seller.
    seller : str
        Key of the seller.
    habits : Habits
        What is usual.
    """
    return Weights(
        _pace(lots, len(others), habits),
        _values([lot.value for lot in lots], others, seller, habits),
        _goods(lots, habits),
        _numbers(lots, habits),
    )


def _pace(lots: Sequence[Lot], others: int, habits: Habits) -> float:
    window = len(habits.prompt_days)
    weight = math.log((1 - _NEXT_LOT) / _NEXT_LOT)
    for first, second in itertools.pairwise(lots):
        gap = second.day - first.day
        prompt = float(habits.prompt_days[gap]) if gap < window else 0.0
        pace = habits.pace(others, second.day)
        as_order = habits.prompt_share * prompt + (1 - habits.prompt_share) * pace
        as_lot = _PROMPT * (1 - _PROMPT_DAY) * _PROMPT_DAY**gap + (1 - _PROMPT) / window
        weight += math.log(_NEXT_LOT * as_lot) - math.log(as_order)
    return weight


def _values(values: Sequence[float], others: Sequence[float], seller: str, habits: Habits) -> float:
    logs = [log_value(value) for value in values]
    middle = centre(habits.sellers[seller], np.array([log_value(value) for value in others]))
    total = log_value(sum(values))
    as_orders = habits.first_values.at(logs[0] - middle) - logs[0]
    as_orders += sum(habits.next_values.at(log - middle) - log for log in logs[1:])
    as_one = habits.first_values.at(total - middle) - total
    return as_one + _divided(logs, total) - as_orders


def _divided(logs: Sequence[float], total: float) -> float:
    """Give the log density of dividing a total into these parts."""
    constant = math.lgamma(len(logs) * _SHAPE) - len(logs) * math.lgamma(_SHAPE)
    return constant + (_SHAPE - 1) * sum(log - total for log in logs) - (len(logs) - 1) * total


def _goods(lots: Sequence[Lot], habits: Habits) -> float:
    if habits.repeats is None or not all(lot.goods for lot in lots):
        return 0.0
    weight, seen = 0.0, set(lots[0].goods)
    for lot in lots[1:]:
        most = min(len(lot.goods), len(seen))
        weight += _shared(min(len(lot.goods & seen), most), most, habits.repeats, habits.repeats_only_product)
        seen |= lot.goods
    return weight


@lru_cache(maxsize=65_536)
def _shared(shared: int, most: int, repeats: tuple[float, float], only: float) -> float:
    if most == 1:
        return math.log(_DIVIDED_ONLY_PRODUCT / only) if shared else math.log((1 - _DIVIDED_ONLY_PRODUCT) / (1 - only))
    as_lot = math.log(_DIVIDED[shared]) if shared < len(_DIVIDED) else math.log(_DIVIDED[2] * 0.2 ** (shared - 2))
    return as_lot - _log_beta_binomial(shared, most, *repeats)


def _log_beta_binomial(count: int, most: int, alpha: float, beta: float) -> float:
    ways = math.lgamma(most + 1) - math.lgamma(count + 1) - math.lgamma(most - count + 1)
    return ways + _log_beta(count + alpha, most - count + beta) - _log_beta(alpha, beta)


def _log_beta(alpha: float, beta: float) -> float:
    return math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)


def _numbers(lots: Sequence[Lot], habits: Habits) -> float:
    """Weigh all numbers at once: either every label was printed with the others, or none was."""
    known = sorted((lot.serial[0], lot.serial[1], lot.day) for lot in lots if lot.serial is not None)
    if len(known) < len(lots) or len({stem for stem, _, _ in known}) > 1:
        return 0.0
    at_once = 0.0
    for (_, first, day), (_, second, later) in itertools.pairwise(known):
        usual = habits.runs_on_same_day if day == later else habits.runs_on_later_day
        runs_on = second - first == 1
        at_once += math.log((_RUNS_ON if runs_on else 1 - _RUNS_ON) / (usual if runs_on else 1 - usual))
    return math.log(_PRINTED_AT_ONCE * math.exp(min(at_once, 700.0)) + 1 - _PRINTED_AT_ONCE)
