"""What day and value say of two identities, once it is asked whether they are one: weighed for leads alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["Conduct", "evened", "observe"]

Floats = NDArray[np.float64]

_BANDS = 20
"""Stretches of equal width between nothing and the limit over which the file's own density is counted."""
_MOST_WEIGHT = 10.0
"""How much day, and value, may tell at most, either way."""
_KNOWN_PAIRS = 5
"""Common days that a togetherness of 1 stands for beside those that were seen."""
_LEAST_TOGETHER, _MOST_TOGETHER = 0.5, 3.0


@dataclass(frozen=True)
class Conduct:
    """What is usual in a file.

    Attributes
    ----------
    same_day : float
        Chance that two orders of two people come on one day.
    together : dict
        Kind of place to how much more often neighbors meet on a day than by that chance.
    density : array
        Share of the lots within the limit in each band below it, times the bands: 1 where all are alike.
    """

    same_day: float
    together: Mapping[str, float]
    density: Floats

    def day(self, days_l: Floats, days_r: Floats, kinds: Iterable[str]) -> Floats:
        """Give how unlikely it is that two meet on a day at all, in no unit."""
        excess = np.array([self.together[kind] for kind in kinds], dtype=np.float64)
        return 1 / np.clip(days_l * days_r * self.same_day * excess, 1e-9, 1.0)

    def value(self, shares_l: Floats, shares_r: Floats) -> Floats:
        """Give how unusual two values are, as shares of the limit, in no unit."""
        return 1 / (self.density[_band(shares_l)] * self.density[_band(shares_r)])


def _band(shares: Floats) -> NDArray[np.int64]:
    return np.clip((shares * _BANDS).astype(np.int64), 0, _BANDS - 1)


def evened(ratio: Floats, chance_of_two: Floats) -> Floats:
    """Scale ratios so that they are 1 on average between two people, and bound them."""
    whole = float((ratio * chance_of_two).sum())
    scaled = ratio * (float(chance_of_two.sum()) / whole if whole > 0 else 1.0)
    return np.asarray(np.clip(scaled, 1 / _MOST_WEIGHT, _MOST_WEIGHT))


def observe(days: pl.DataFrame, known: Iterable[tuple[str, str, str]], kinds: Iterable[str]) -> Conduct:
    """Learn what is usual.

    Parameters
    ----------
    days : polars.DataFrame
        identity_id, arrival_date, share (of the limit, of a piece on average), is_over_limit.
    known : iterable of tuple
        Identities of one place that are known to be two, with the kind of the place.
    kinds : iterable of str
        The kinds there are.
    """
    counts = days.group_by("arrival_date").len("orders").sort("arrival_date")["orders"].to_numpy().astype(np.float64)
    same_day = float(((counts / counts.sum()) ** 2).sum())
    bands = np.bincount(_band(days["share"].to_numpy().astype(np.float64)), minlength=_BANDS) + 1.0
    return Conduct(same_day, _together(days, list(known), same_day, list(kinds)), bands / bands.sum() * _BANDS)


def _together(
    days: pl.DataFrame, known: list[tuple[str, str, str]], same_day: float, kinds: list[str]
) -> dict[str, float]:
    """How much more often two people of one place meet on a day than strangers."""
    wanted = {identity for left, right, _ in known for identity in (left, right)}
    own = days.filter(pl.col("identity_id").is_in(list(wanted))).select("identity_id", "arrival_date").unique()
    dates: dict[str, set[object]] = {identity: set() for identity in wanted}
    for identity, day in own.iter_rows():
        dates[identity].add(day)
    seen, expected = dict.fromkeys(kinds, 0.0), dict.fromkeys(kinds, 0.0)
    for left, right, kind in known:
        seen[kind] += len(dates[left] & dates[right])
        expected[kind] += len(dates[left]) * len(dates[right]) * same_day
    return {
        kind: min(max((seen[kind] + _KNOWN_PAIRS) / (expected[kind] + _KNOWN_PAIRS), _LEAST_TOGETHER), _MOST_TOGETHER)
        for kind in kinds
    }
