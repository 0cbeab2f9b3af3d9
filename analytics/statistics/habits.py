"""What is usual in this data: how soon people order again, for how much, what, and under which numbers.

All of it is learned from the orders at hand, without a truth, by robust means: medians, shares with a small prior, and
smoothed counts. A few splits among many orders do not move it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["Habits", "ResidualDensity", "centre", "learn_habits", "log_value"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST_PERSONS = 100_000
_LEAST, _MOST, _WIDTH = -6.0, 5.0, 0.25
_PRIOR_ORDERS = 2.0
"""Orders of typical value that everybody is credited with before the first."""
_EPOCH = 719_163
"""Ordinal of 1 January 1970, from which days are counted in tables."""
_SEASON_DAYS = 14
_ROUNDS = 50
_ALPHAS, _BETAS = (0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1.2), (0.5, 1.0, 2.0, 3.0, 5.0, 8.0)
_FEWEST_COMPARED = 30


@dataclass(frozen=True)
class ResidualDensity:
    """Log density of how far the log of a value is from a person's centre, by steps of a quarter."""

    log_density: Floats

    def at(self, residual: float) -> float:
        """Give the log density there; beyond the ends, that of the last step."""
        place = int((residual - _LEAST) / _WIDTH)
        return float(self.log_density[min(max(place, 0), len(self.log_density) - 1)])


@dataclass(frozen=True)
class Habits:
    """What is usual.

    Attributes
    ----------
    first_day : int
        First day of the period, as an ordinal.
    season : array
        For each day of the period, how busy the weeks around it are against the whole.
    days : int
        Length of the period.
    persons, orders : int
        Persons with one seller each, and their orders.
    prompt_share : float
        Share of orders that follow the one before for a reason of their own, soon after, whatever the person's pace.
    prompt_days : array
        How these are spread over the days of the window.
    first_values, next_values : ResidualDensity
        Of orders with none in the days before, and of those that follow soon after another.
    sellers : dict
        Seller to the log of the typical order there.
    repeats : tuple of float or None
        Beta-binomial law of the goods that a later order has in common with those of the days before; None where there
        are too few product numbers to tell.
    repeats_only_product : float
        How often an order of one product is of a product of the days before.
    runs_on_same_day, runs_on_later_day : float
        How often the next order of a person has the very next number, on the same day and on a later one.
    """

    first_day: int
    season: Floats
    days: int
    persons: int
    orders: int
    prompt_share: float
    prompt_days: Floats
    first_values: ResidualDensity
    next_values: ResidualDensity
    sellers: dict[str, float]
    repeats: tuple[float, float] | None
    repeats_only_product: float
    runs_on_same_day: float
    runs_on_later_day: float

    def pace(self, other_orders: int, day: int) -> float:
        """Give the chance that a person with so many other orders orders on that day, drawn towards the usual."""
        usual = (other_orders + 1) / (self.days + self.days * self.persons / self.orders)
        place = min(max(day - self.first_day, 0), len(self.season) - 1)
        return min(usual * float(self.season[place]), 0.5)


def log_value(value: float) -> float:
    """Give the log of a value; what is worth less than one counts as one."""
    return math.log(max(value, 1.0))


def centre(typical: float, logs: Floats) -> float:
    """Give the median of a person's log values, drawn towards the typical one by a few orders."""
    median = float(np.median(logs)) if len(logs) else 0.0
    return (_PRIOR_ORDERS * typical + len(logs) * median) / (_PRIOR_ORDERS + len(logs))


def learn_habits(orders: pl.DataFrame, compared: pl.DataFrame, window: int) -> Habits:
    """Learn what is usual.

    Parameters
    ----------
    orders : polars.DataFrame
        ``int_orders__of_persons``.
    compared : polars.DataFrame
        ``int_orders__compared_with_those_before``.
    window : int
        Days within which an order follows soon after another.

    Returns
    -------
    Habits
    """
    orders, compared = _sampled(orders, compared)
    ordinals = orders["arrival_date"].cast(pl.Int32).to_numpy().astype(np.int64) + _EPOCH
    first_day, days = int(ordinals.min()), int(ordinals.max() - ordinals.min()) + 1
    persons = orders.select(pl.struct("identity_id", "seller_key").n_unique()).item()
    share, spread = _prompt(compared, window, days, persons, len(orders))
    valued = orders.with_columns(log=pl.col("value_usd").cast(pl.Float64).clip(lower_bound=1.0).log())
    typical = float(valued["log"].median())  # type: ignore[arg-type]
    sellers = _sellers(valued, typical)
    first, following = _residuals(valued, compared, sellers, window)
    repeats, only = _repeats(compared)
    same_day, later_day = _runs(compared)
    season = _season(ordinals - first_day, days)
    return Habits(
        first_day,
        season,
        days,
        persons,
        len(orders),
        share,
        spread,
        first,
        following,
        sellers,
        repeats,
        only,
        same_day,
        later_day,
    )


def _season(places: Ints, days: int) -> Floats:
    """Average the orders of the four weeks around each day, with a tenth of the usual number beside them."""
    counts = np.bincount(places, minlength=days).astype(np.float64)
    summed = np.concatenate([[0.0], np.cumsum(counts)])
    first = np.maximum(np.arange(days) - _SEASON_DAYS, 0)
    after = np.minimum(np.arange(days) + _SEASON_DAYS + 1, days)
    usual = counts.mean()
    return np.asarray(((summed[after] - summed[first]) / (after - first) + 0.1 * usual) / (1.1 * usual))


def _sampled(orders: pl.DataFrame, compared: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep all orders of every so manyth person where there are very many, the same ones on every run."""
    persons = orders.select("identity_id").unique().sort("identity_id")
    if len(persons) <= _MOST_PERSONS:
        return orders, compared
    kept = persons.gather_every(math.ceil(len(persons) / _MOST_PERSONS))
    return orders.join(kept, on="identity_id", how="semi"), compared.join(kept, on="identity_id", how="semi")


def _prompt(compared: pl.DataFrame, window: int, days: int, persons: int, orders: int) -> tuple[float, Floats]:
    """Tell the gaps that follow a person's pace from those that are short for a reason of their own.

    A mixture of a geometric law with the person's pace and free shares for the days of the window, by expectation and
    maximisation from a start in the middle.
    """
    gaps = np.asarray(compared["gap_days"].to_numpy(), dtype=np.int64)
    pace = np.minimum(compared["orders_of_person"].to_numpy() / (days + days * persons / orders), 0.5)
    near = gaps < window
    share, spread = 0.3, np.full(window, 1 / window)
    for _ in range(_ROUNDS):
        prompt = np.where(near, share * spread[np.minimum(gaps, window - 1)], 0.0)
        due = (1 - share) * pace * (1 - pace) ** gaps
        weight = prompt / (prompt + due)
        share = float((weight.sum() + 1) / (len(gaps) + 10))
        spread = np.bincount(gaps[near], weight[near], window) + 1.0
        spread = spread / spread.sum()
    return share, spread


def _sellers(valued: pl.DataFrame, typical: float) -> dict[str, float]:
    medians = valued.group_by("seller_key").agg(pl.col("log").median(), pl.len()).sort("seller_key")
    drawn = (_PRIOR_ORDERS * typical + pl.col("len") * pl.col("log")) / (_PRIOR_ORDERS + pl.col("len"))
    return dict(medians.select("seller_key", drawn).iter_rows())


def _residuals(
    valued: pl.DataFrame, compared: pl.DataFrame, sellers: dict[str, float], window: int
) -> tuple[ResidualDensity, ResidualDensity]:
    """Measure each order against the centre of the person's other orders."""
    ranked = valued.sort("identity_id", "seller_key", "log", "order_uid")
    sizes = ranked.group_by("identity_id", "seller_key", maintain_order=True).len()["len"].to_numpy().astype(np.int64)
    logs, size = ranked["log"].to_numpy(), np.repeat(sizes, sizes)
    start = np.repeat(np.cumsum(sizes) - sizes, sizes)
    others = _medians_of_others(logs, start, np.arange(len(logs)) - start, size)
    usual = np.array([sellers[key] for key in ranked["seller_key"]])
    drawn = (_PRIOR_ORDERS * usual + (size - 1) * others) / (_PRIOR_ORDERS + size - 1)
    soon = compared.filter(pl.col("gap_days") < window)["order_uid"]
    follows = ranked["order_uid"].is_in(soon.to_list()).to_numpy()
    residual = logs - drawn
    return _density(residual[~follows]), _density(residual[follows])


def _medians_of_others(logs: Floats, start: Ints, rank: Ints, size: Ints) -> Floats:
    """Give for each value of sorted groups the median of the others of its group; 0 where there is none."""
    count = size - 1
    low, high = (count - 1) // 2, count // 2
    last = len(logs) - 1
    below = logs[np.minimum(start + np.maximum(low, 0) + (rank <= low), last)]
    above = logs[np.minimum(start + high + (rank <= high), last)]
    return np.where(count > 0, (below + above) / 2, 0.0)


def _density(residuals: Floats) -> ResidualDensity:
    """Count by steps, with twenty values of a heavy-tailed law beside them, and smooth with the neighbours."""
    edges = np.arange(_LEAST, _MOST + _WIDTH / 2, _WIDTH)
    middle = float(np.median(residuals)) if len(residuals) else 0.0
    scale = 1.4826 * float(np.median(np.abs(residuals - middle))) + 0.1 if len(residuals) > 2 else 1.0
    prior = _heavy_tailed(((edges[1:] + edges[:-1]) / 2 - middle) / scale) / scale * _WIDTH
    counts, _ = np.histogram(np.clip(residuals, _LEAST, _MOST - _WIDTH / 2), edges)
    share = (counts + 20 * prior) / (len(residuals) + 20)
    smooth = np.convolve(np.pad(share, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
    return ResidualDensity(np.log(smooth / _WIDTH))


def _heavy_tailed(values: Floats) -> Floats:
    """Density of Student's law with three degrees of freedom."""
    return 2 / (math.pi * math.sqrt(3)) / (1 + values**2 / 3) ** 2


def _repeats(compared: pl.DataFrame) -> tuple[tuple[float, float] | None, float]:
    known = compared.drop_nulls("shared_products")
    most = np.minimum(known["products"].to_numpy(), known["earlier_products"].to_numpy())
    shared = np.minimum(known["shared_products"].to_numpy(), most)
    one, many = most == 1, most > 1
    only = float((shared[one].sum() + 1) / (one.sum() + 2))
    if len(known) < _FEWEST_COMPARED:
        return None, only
    from scipy.stats import betabinom

    laws = [(alpha, beta) for alpha in _ALPHAS for beta in _BETAS]
    return max(laws, key=lambda law: float(betabinom.logpmf(shared[many], most[many], *law).sum())), only


def _runs(compared: pl.DataFrame) -> tuple[float, float]:
    """Count how often the next number follows, with a prior of a half on the same day and of 1 in 50 later."""
    known = compared.drop_nulls("serial_gap")
    runs, same = known["serial_gap"] == 1, known["gap_days"] == 0
    on_same, on_later = (int((runs & is_it).sum()) for is_it in (same, ~same))
    return (on_same + 1) / (int(same.sum()) + 2), (on_later + 1) / (int((~same).sum()) + 50)
