"""Which week is written: the last ISO week that is over, by the day in New York, and has data."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.tables import Store

__all__ = ["week_of"]


def week_of(store: Store, today: date) -> Period | None:
    """Return the last week that is over and has data; None where there is none.

    Parameters
    ----------
    store : Store
        Where the days of shipments are looked up.
    today : date
        The day in New York.
    """
    monday = today - timedelta(days=today.isoweekday() - 1)
    over = store.table("shipments").filter(pl.col("arrival_date") < monday)
    last: date | None = over.select(pl.col("arrival_date").max()).collect().item()
    return None if last is None else Period.of_week(last - timedelta(days=last.isoweekday() - 1))
