"""Plants orders, bills and series over the informal limit, entered in parts below it, and what is not added up."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.facts import facts_frame
from analytics.traffic.honest import World
from analytics.traffic.injector import ENTERED, SOLD, Injector, money
from analytics.traffic.law import over
from analytics.traffic.lists import Ints
from analytics.traffic.lots import SPAN_DAYS, Parts, lots, split
from analytics.traffic.scheme import Injected, Scheme, Shipped

__all__ = ["SCHEME"]

_INFORMAL_CENTS = 250_000
_SERIES, _SERIES_GAP, _SERIES_DAYS = 3, 3, 10


def _entered_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, entered informally in lots on different days."""
    parts, days = _entered(rng, world, schemes, SPAN_DAYS)
    return facts_frame(**{**lots(rng, world, parts, deliberate=True), **days, "mode": "air", "entry": "11"})


def _mailed_orders(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """One order over the informal limit, mailed in lots without a claim."""
    parts, days = _entered(rng, world, schemes, SPAN_DAYS)
    of_orders = lots(rng, world, parts, deliberate=True)
    return facts_frame(**{**of_orders, **days, "mode": "mail", "entry": "mail", "claim": False})


def _one_flight(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    return _shared_conveyance(rng, world, schemes, "air", deliberate=True)


def _one_mailbag(rng: np.random.Generator, world: World, schemes: int) -> pl.DataFrame:
    """Different orders that came with one mail: these are not added up."""
    return _shared_conveyance(rng, world, schemes, "mail", deliberate=False)


def _shared_conveyance(
    rng: np.random.Generator, world: World, schemes: int, mode: str, *, deliberate: bool
) -> pl.DataFrame:
    """Different orders of one consignee on one conveyance, together over the informal limit."""
    parts, days = _entered(rng, world, schemes, 1)
    of_orders = lots(rng, world, parts, deliberate=False)
    same = {name: rng.random(schemes)[parts.scheme] for name in ("u_carrier", "u_flight")}
    return facts_frame(**{
        **of_orders, **days, **same, "order": np.arange(len(parts)), "lot": 0, "mode": mode, "deliberate": deliberate,
        "entry": "mail" if mode == "mail" else "11", "claim": False if mode == "mail" else None,
    })  # fmt: skip


def _entered(rng: np.random.Generator, world: World, schemes: int, span: int) -> tuple[Parts, dict[str, Ints]]:
    """Parts each below the informal limit and together above, with the days on which they arrive."""
    totals = np.floor(_INFORMAL_CENTS * rng.uniform(1.02, 2.6, schemes)).astype(np.int64)
    parts = split(rng, totals, rng.choice([2, 3], schemes), _INFORMAL_CENTS)
    first_day = rng.integers(0, max(1, world.days - span), schemes)
    gap = parts.number * (span // 4) if span > 1 else np.zeros(len(parts), dtype=np.int64)
    day = np.minimum(first_day[parts.scheme] + gap, world.days - 1)
    return parts, {"day": day}


def _bills_in_parts(injector: Injector, schemes: int) -> None:
    """One house bill in three entries, together over the informal limit; as often within it."""
    rows = ENTERED & (pl.col("conveyance") != "") & (pl.col("filer") != "")
    for number, group in zip(range(2 * schemes), injector.groups(["conveyance", "date"], 3, rows), strict=False):
        first, *others = group[:3].tolist()
        is_scheme = number % 2 == 0
        for row in (first, *others):
            cents = int(injector.rng.integers(90_000, 160_000)) if is_scheme else 83_333
            injector.put(row, house_bill=injector.cell("house_bill", first), declared_value=money(cents),
                         customs_value=None, order_id=None)  # fmt: skip
            injector.give(row, first)
            injector.fact(row, cents=cents, deliberate=is_scheme, order=-1)


def _series(injector: Injector, schemes: int) -> None:
    """Three entries of the same goods without an order number, a few days apart; as often a week or more apart."""
    day = injector.rows["day"]
    for number, group in zip(range(2 * schemes), injector.groups(["seller"], 12, ENTERED & SOLD), strict=False):
        is_scheme = number % 2 == 0
        gaps = range(1, _SERIES_GAP + 1) if is_scheme else range(2 * _SERIES_GAP + 1, 99)
        chosen = _spaced(sorted(group.tolist(), key=lambda row: (day[row], row)), day, gaps)
        for row in chosen:
            cents = int(injector.rng.integers(_INFORMAL_CENTS // 2 + 1, _INFORMAL_CENTS))
            injector.put(row, declared_value=money(cents), customs_value=None, order_id=None,
                         product_id=injector.cell("product_id", chosen[0]))  # fmt: skip
            injector.give(row, chosen[0])
            injector.fact(row, cents=cents, order=-1, deliberate=is_scheme)


def _spaced(rows: list[int], day: pl.Series, gaps: range) -> list[int]:
    """Give rows each of which comes so many days after the one before, from the first that enough follow."""
    for place in range(len(rows)):
        chosen = [rows[place]]
        for row in rows[place + 1 :]:
            if len(chosen) < _SERIES and day[row] - day[chosen[-1]] in gaps:
                chosen.append(row)
        if len(chosen) == _SERIES:
            return chosen
    return []


def _in_series(entered: pl.DataFrame) -> pl.DataFrame:
    """Runs of three entries or more of one seller to one person, each over half the limit, a few days apart."""
    key = ["seller", "person"]
    runs = entered.filter(
        pl.col("entry") == "11", pl.col("order") < 0, pl.col("seller") >= 0, 2 * pl.col("customs") > pl.col("informal")
    ).sort(*key, "day", "row")
    starts = (pl.col("day").diff().over(key) > _SERIES_GAP).fill_null(value=True).cum_sum().over(key)
    of_run = [*key, "run"]
    span = pl.col("day").max().over(of_run) - pl.col("day").min().over(of_run)
    runs = runs.with_columns(run=starts).filter(pl.len().over(of_run) >= _SERIES, span > 0, span < _SERIES_DAYS)
    return runs.select(group=pl.col("row").min().over(of_run), row="row", deliberate="deliberate")


def _true_by_law(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """By the customs value (19 USC 1401a): lots of one order, what one person got by one flight, and series."""
    entered = rows.filter(pl.col("customs") <= pl.col("informal"))
    flown = entered.filter(pl.col("entry") == "11", pl.col("conveyance") != "")
    return [
        over(entered.filter(pl.col("order") >= 0), ["order"], "informal", "customs"),
        over(flown, ["conveyance", "date", "person"], "informal", "customs"),
        _in_series(entered),
    ]


SCHEME = Scheme(
    shipped=(
        Shipped(110, 5, _entered_orders),
        Shipped(120, 3, _mailed_orders),
        Shipped(130, 5, _one_flight),
        Shipped(140, 3, _one_mailbag),
    ),
    injected=(Injected(_bills_in_parts, 2), Injected(_series, 2)),
    true_by_law=_true_by_law,
)
"""What is planted, and what is true of any shipments."""
