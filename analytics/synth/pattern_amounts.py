"""Planted in amounts: days just under the limit, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from analytics.synth.canvas import Canvas
from analytics.synth.lists import Ints

__all__ = ["days_under_the_limit", "entries_over_their_limit"]

_FEWEST, _MOST = 4, 7
_SPAN_DAYS = 42
_UNDER = (0.86, 1.0)
_ENTERED = pl.col("entry") == "11"
_INFORMAL_CENTS = 250_000
_CLAIMED = pl.col("claimed") & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)


def days_under_the_limit(canvas: Canvas, rng: np.random.Generator, schemes: int) -> None:
    """One buyer's four to seven days of a quarter within six weeks, each just under the limit."""
    for _, rows in zip(range(schemes), _walks(canvas, rng), strict=False):
        first = int(rows[0])
        consignee = {name: canvas.cell(name, first) for name in canvas.manifest.columns if name.startswith("consignee")}
        for row, share in zip(rows.tolist(), rng.uniform(*_UNDER, len(rows)).tolist(), strict=True):
            cents = int(canvas.rows["limit"][row] * share)
            canvas.put(row, **consignee, declared_value=_written(cents), customs_value=None)
            canvas.fact(row, person=canvas.facts["person"][first], cents=cents)
        canvas.true("structuring", first, rows)


def entries_over_their_limit(canvas: Canvas, rng: np.random.Generator, schemes: int) -> None:
    """Informal entries over their limit by customs value; as often over it by the retail value alone."""
    rows = rng.permutation(canvas.free(_ENTERED)).tolist()
    for number, row in zip(range(2 * schemes), rows, strict=False):
        retail = _INFORMAL_CENTS + int(rng.integers(100, 200_000))
        customs = retail if number % 2 == 0 else _INFORMAL_CENTS
        canvas.put(row, declared_value=_written(retail), customs_value=_written(customs))
        canvas.fact(row, cents=retail, deliberate=number % 2 == 0)


def _written(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _walks(canvas: Canvas, rng: np.random.Generator) -> Iterator[Ints]:
    """Give rows on different days of a quarter on which the buyer of the first row receives nothing else."""
    facts = canvas.painted()[0].select("person", "day")
    person, day = facts["person"].to_numpy(), facts["day"].to_numpy()
    quarter = canvas.rows["date"].dt.truncate("1q").to_physical().to_numpy()
    free = canvas.free(_CLAIMED)
    taken, buyers = np.zeros(len(facts), dtype=bool), set[int]()
    for first in rng.permutation(free).tolist():
        near = free[
            (day[free] > day[first]) & (day[free] < day[first] + _SPAN_DAYS) & (quarter[free] == quarter[first])
        ]
        open_rows = near[~np.isin(day[near], day[person == person[first]]) & ~taken[near]]
        one_a_day = open_rows[np.unique(day[open_rows], return_index=True)[1]]
        count = int(rng.integers(_FEWEST, _MOST + 1)) - 1
        if not taken[first] and person[first] not in buyers and len(one_a_day) >= count:
            rows = np.append(first, np.sort(rng.permutation(one_a_day)[:count]))
            taken[rows] = True
            buyers.add(int(person[first]))
            yield rows
