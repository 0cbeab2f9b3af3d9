"""Plants buyers whose days stay just under the limit, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from analytics.traffic.injector import Injector, money
from analytics.traffic.lists import Ints
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_FEWEST, _MOST = 4, 7
_SPAN_DAYS = 42
_UNDER = (0.86, 1.0)
_CLAIMED = pl.col("claimed") & pl.col("limit").is_not_null() & (pl.col("seller") >= 0)


def _days_under_the_limit(injector: Injector, schemes: int) -> None:
    """One buyer's four to seven days of a quarter within six weeks, each just under the limit."""
    for _, rows in zip(range(schemes), _walks(injector), strict=False):
        first = int(rows[0])
        consignee = {
            name: injector.cell(name, first) for name in injector.manifest.columns if name.startswith("consignee")
        }
        for row, share in zip(rows.tolist(), injector.rng.uniform(*_UNDER, len(rows)).tolist(), strict=True):
            cents = int(injector.rows["limit"][row] * share)
            injector.put(row, **consignee, declared_value=money(cents), customs_value=None)
            injector.fact(row, person=injector.facts["person"][first], cents=cents)
        injector.true("structuring", first, rows)


def _walks(injector: Injector) -> Iterator[Ints]:
    """Give rows on different days of a quarter on which the buyer of the first row receives nothing else."""
    facts = injector.changed()[0].select("person", "day")
    person, day = facts["person"].to_numpy(), facts["day"].to_numpy()
    quarter = injector.rows["date"].dt.truncate("1q").to_physical().to_numpy()
    free = injector.free(_CLAIMED)
    taken, buyers = np.zeros(len(facts), dtype=bool), set[int]()
    for first in injector.rng.permutation(free).tolist():
        near = free[
            (day[free] > day[first]) & (day[free] < day[first] + _SPAN_DAYS) & (quarter[free] == quarter[first])
        ]
        open_rows = near[~np.isin(day[near], day[person == person[first]]) & ~taken[near]]
        one_a_day = open_rows[np.unique(day[open_rows], return_index=True)[1]]
        count = int(injector.rng.integers(_FEWEST, _MOST + 1)) - 1
        if not taken[first] and person[first] not in buyers and len(one_a_day) >= count:
            rows = np.append(first, np.sort(injector.rng.permutation(one_a_day)[:count]))
            taken[rows] = True
            buyers.add(int(person[first]))
            yield rows


SCHEME = Scheme(injected=(Injected(_days_under_the_limit, 3, place=10, stream=1),))
"""What is planted, and what is true of any shipments."""
