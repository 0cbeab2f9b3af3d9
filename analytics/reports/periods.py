"""The days a report is about, and the equal spans before them that it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from analytics.errors import UsageError
from analytics.reports.tables import Store, data_days

__all__ = ["Period", "choose_period", "week_named"]

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_DAYS_A_WEEK = 7
_WEEKS_A_QUARTER = 13


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included.

    Attributes
    ----------
    start, end : date
        First and last day.
    """

    start: date
    end: date

    @classmethod
    def of_week(cls, monday: date) -> Period:
        """Return the ISO week that begins on a Monday."""
        return cls(monday, monday + timedelta(days=_DAYS_A_WEEK - 1))

    @property
    def is_week(self) -> bool:
        """Whether it is one ISO week."""
        return self == Period.of_week(self.start) and self.start.isoweekday() == 1

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """``2025-W11``, or the first and last day."""
        if self.is_week:
            year, week, _ = self.start.isocalendar()
            return f"{year}-W{week:02d}"
        return f"{self.start} to {self.end}"

    @property
    def title(self) -> str:
        """``Week 11 of 2025``, or the length in days."""
        if self.is_week:
            year, week, _ = self.start.isocalendar()
            return f"Week {week} of {year}"
        return f"{self.days} days"

    @property
    def noun(self) -> str:
        """What a stretch of this length is called: ``week``, or ``period``."""
        return "week" if self.is_week else "period"

    def holds(self, column: str) -> pl.Expr:
        """Tell whether the day of a column lies in it."""
        return pl.col(column).is_between(self.start, self.end)

    def back(self, steps: int) -> Period:
        """Return the span of equal length that lies so many steps earlier."""
        shift = timedelta(days=self.days * steps)
        return Period(self.start - shift, self.end - shift)

    def widened(self, weeks: int) -> Period:
        """Return a span that ends on the same day and has at least so many whole ISO weeks."""
        sunday = self.end + timedelta(days=_DAYS_A_WEEK - self.end.isoweekday())
        first = sunday - timedelta(days=_DAYS_A_WEEK * weeks - 1)
        earliest = min(first, self.start)
        return Period(earliest - timedelta(days=earliest.isoweekday() - 1), self.end)

    @property
    def quarter(self) -> Period:
        """The thirteen ISO weeks that end with it."""
        return self.widened(_WEEKS_A_QUARTER)

    def mondays(self) -> list[date]:
        """Return the Mondays of the ISO weeks it touches."""
        monday = self.start - timedelta(days=self.start.isoweekday() - 1)
        count = (self.end - monday).days // _DAYS_A_WEEK + 1
        return [monday + timedelta(days=_DAYS_A_WEEK * number) for number in range(count)]


def choose_period(
    store: Store,
    *,
    week: str | None = None,
    start: date | str | None = None,
    end: date | str | None = None,
) -> Period:
    """Return the period that was asked for, or the last ISO week with data.

    Parameters
    ----------
    store : Store
        Where the last day with data is looked up.
    week : str, optional
        ISO week such as ``2025-W11``.
    start, end : date or str, optional
        First and last day, instead of a week.

    Returns
    -------
    Period
        The days to report on.

    Raises
    ------
    UsageError
        The call is not clear, or the store holds no shipment.
    """
    if week is not None and (start is not None or end is not None):
        raise UsageError("both a week and days were given; give the week, or the first and last day")
    if week is not None:
        return week_named(week)
    if start is not None and end is not None:
        return _days(_day(start), _day(end))
    if start is not None or end is not None:
        raise UsageError("only one end of the days was given; give the first and the last day")
    span = data_days(store)
    if span is None:
        raise UsageError("the store holds no shipment to report on; screen some, or name a week")
    last = span[1]
    return Period.of_week(last - timedelta(days=last.isoweekday() - 1))


def week_named(text: str) -> Period:
    """Return an ISO week by its name, such as ``2025-W11``; raises `UsageError` where it is none."""
    found = _WEEK.fullmatch(text.strip().upper())
    if found is None:
        raise UsageError(f"{text!r} is no ISO week; write it like 2025-W11")
    year, number = int(found[1]), int(found[2])
    try:
        return Period.of_week(date.fromisocalendar(year, number, 1))
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no ISO week: {year} has no week {number}; weeks run from 1 to 52 or 53"
        ) from error


def _day(value: date | str) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise UsageError(f"{value!r} is no day; write it like 2025-03-10") from error


def _days(first: date, last: date) -> Period:
    if last < first:
        raise UsageError(f"the last day {last} lies before the first day {first}; exchange them")
    return Period(first, last)
