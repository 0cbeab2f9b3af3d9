"""Plants entries that were filed after the last day on which they might be, and entries of that day's evening."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from analytics.days import NEW_YORK
from analytics.traffic.injector import Injector
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_FIFTEEN_DAYS_UNTIL, _REFUSED_FROM = date(2024, 2, 15), date(2025, 8, 29)


def _late_filings(injector: Injector, schemes: int) -> None:
    """Entries of a filer and week that were filed a day to five after the last on which they might be.

    Beside each scheme one entry is filed on that last day, late in the evening.
    """
    days = injector.rows["date"]
    rows = (pl.col("entry") == "86") & (pl.col("date") < _REFUSED_FROM)
    for _, group in zip(range(schemes), injector.groups(["filer", "week"], 4, rows), strict=False):
        *late, last = group[: 3 + int(injector.rng.integers(1, 5))].tolist()
        for row in late:
            last_day = days[row] + timedelta(days=_allowed_days(days[row]))
            delay = int(injector.rng.integers(1, 6))
            injector.put(row, declared_at=_stamp(last_day + timedelta(days=delay), 11))
        injector.put(last, declared_at=_stamp(days[last] + timedelta(days=_allowed_days(days[last])), 22))
        injector.true("late_filing", injector.rows.select("filer", "week").row(late[0]), late)


def _allowed_days(day: date) -> int:
    return 15 if day < _FIFTEEN_DAYS_UNTIL else 0


def _stamp(day: date, hour: int) -> str:
    moment = datetime.combine(day, time(hour, 30), NEW_YORK).astimezone(ZoneInfo("UTC"))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


SCHEME = Scheme(injected=(Injected(_late_filings, 3, place=110),))
"""What is planted, and what is true of any shipments."""
