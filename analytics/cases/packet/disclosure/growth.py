"""Interest on each loss, quarter by quarter, up to a day; where no rate is held, the part that is known is at least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import polars as pl

from analytics.exposure.interest import interest_factors

__all__ = ["Growth", "Interest", "Quarter", "growth_of"]

_MONTHS = 3
_CENT = Decimal("0.01")
_SHARE = Decimal("1e-12")


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter, or the part of one, with one rate.

    Attributes
    ----------
    start, end : date
        First day, and the first day after it.
    rate : Decimal
        Share a year of 365 days.
    is_daily : bool
        Interest bears interest from day to day (26 USC 6622).
    source, confidence : str
        Of the rate.
    """

    start: date
    end: date
    rate: Decimal
    is_daily: bool
    source: str
    confidence: str

    def days(self, start: date, end: date) -> int:
        """Return how many of its days lie from ``start`` up to and without ``end``."""
        return max(0, (min(end, self.end) - max(start, self.start)).days)


@dataclass(frozen=True)
class Interest:
    """What one loss has grown by.

    Attributes
    ----------
    days : tuple of int
        In each quarter.
    unrated : int
        Days without a rate: no interest is computed for them.
    share : Decimal or None
        Of the loss, to 12 places; None where no day has a rate.
    """

    days: tuple[int, ...]
    unrated: int
    share: Decimal | None

    def on(self, loss: Decimal) -> Decimal | None:
        """Return the interest on a loss, half a cent up; None where no day has a rate."""
        return None if self.share is None else (loss * self.share).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Growth:
    """Interest on the losses of some days up to one day.

    Attributes
    ----------
    until : date or None
        First day on which interest no longer runs; None where no day is given.
    quarters : tuple of Quarter
        Those that some loss runs through.
    by_day : dict of date to Interest
        By the day on which the loss arose; empty where no day is given.
    reach : date or None
        First day that has no rate any more.
    """

    until: date | None
    quarters: tuple[Quarter, ...]
    by_day: dict[date, Interest]
    reach: date | None

    @property
    def is_whole(self) -> bool:
        """Interest up to the day is known for every loss."""
        return self.until is not None and not any(found.unrated for found in self.by_day.values())


def growth_of(days: Iterable[date], rates: pl.DataFrame, until: date | None) -> Growth:
    """Compute interest at the rates of ``ref_interest_rates`` (19 USC 1505(c); 26 USC 6621).

    Parameters
    ----------
    days : iterable of date
        Days on which losses arose.
    rates : polars.DataFrame
        ``ref_interest_rates`` of one regime.
    until : date or None
        First day on which interest no longer runs.
    """
    ordered = rates.sort("valid_from")
    stretches = _unbroken(ordered.select("valid_from", "valid_to").rows())
    reach = stretches[-1][1] if stretches else None
    starts = sorted(set(days))
    if until is None or not starts:
        return Growth(until, (), {}, reach)
    ends = {day: _end(day, until, stretches) for day in starts}
    quarters = tuple(_quarters(ordered, starts[0], max(ends.values())))
    by_day = {day: _interest(day, ends[day], until, ordered, quarters) for day in starts}
    return Growth(until, quarters, by_day, reach)


def _unbroken(rows: Sequence[tuple[date, date | None]]) -> list[tuple[date, date]]:
    """Return the stretches of days of which every day has a rate."""
    found: list[tuple[date, date]] = []
    for start, end in rows:
        first = found.pop()[0] if found and found[-1][1] == start else start
        found.append((first, end or date.max))
    return found


def _end(day: date, until: date, stretches: Iterable[tuple[date, date]]) -> date:
    """Return the day up to which the interest of a loss is known; the day itself where it is not known at all."""
    return max(day, min(until, next((end for start, end in stretches if start <= day < end), day)))


def _quarters(rates: pl.DataFrame, first: date, last: date) -> Iterable[Quarter]:
    for row in rates.iter_rows(named=True):
        start, end = max(first, row["valid_from"]), min(row["valid_to"] or date.max, last)
        if start >= end:
            continue
        for one, other in pairwise([start, *_begins(start, end), end]):
            kind = row["compounding"] == "daily"
            yield Quarter(one, other, row["annual_rate"], kind, row["source"], row["confidence"])


def _begins(start: date, end: date) -> list[date]:
    """Return the first days of quarters between two days."""
    years = range(start.year, end.year + 1)
    firsts = (date(year, month, 1) for year in years for month in range(1, 13, _MONTHS))
    return [day for day in firsts if start < day < end]


def _interest(day: date, end: date, until: date, rates: pl.DataFrame, quarters: Sequence[Quarter]) -> Interest:
    unrated = max(0, (until - end).days)
    if end == day < until:
        return Interest(tuple(0 for _ in quarters), unrated, None)
    share = interest_factors(pl.Series([day]), rates, end)["interest_share"].item()
    days = tuple(quarter.days(day, end) for quarter in quarters)
    return Interest(days, unrated, Decimal(share) * _SHARE)
