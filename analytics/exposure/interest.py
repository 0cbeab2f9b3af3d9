"""Interest on what was not paid, at the rates of 26 USC 6621 or the user's own; past the newest none is assumed.

A year has 365 days. ``simple`` adds the rate for each day; ``daily`` lets interest bear interest from day to day, of
which 26 USC 6622 speaks. Interest runs from the day of arrival up to, and without, the day that is asked for.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext

import polars as pl

__all__ = ["interest_factors"]

_YEAR = 365
_UNIT = 10**12
_DIGITS = 50


def interest_factors(days: pl.Series, rates: pl.DataFrame, until: date | None) -> pl.DataFrame:
    """Tell for each day which share of a loss on it has grown as interest.

    Parameters
    ----------
    days : polars.Series
        The days of the losses.
    rates : polars.DataFrame
        ``ref_interest_rates`` of one regime.
    until : date or None
        First day on which interest no longer runs.

    Returns
    -------
    polars.DataFrame
        ``arrival_date`` and ``interest_share``, in units of 10**-12; null where the rates do not cover every day.
    """
    shipments = rates.sort("valid_from").select("valid_from", "valid_to", "annual_rate", "compounding").rows()
    found = [(day, None if until is None else _share(day, until, shipments)) for day in days.unique().sort()]
    return pl.DataFrame(found, schema={"arrival_date": pl.Date(), "interest_share": pl.Int64()}, orient="row")


def _share(start: date, until: date, shipments: list[tuple[date, date | None, Decimal, str]]) -> int | None:
    """Return the share in whole units, half up; None where a day has no rate."""
    if start >= until:
        return 0
    grown, covered = Decimal(1), start
    with localcontext(prec=_DIGITS):
        for begin, end, rate, compounding in shipments:
            first, last = max(begin, start), min(end or until, until)
            if first >= last:
                continue
            if first > covered:
                return None
            count, daily = (last - first).days, rate / _YEAR
            grown = grown * (1 + daily) ** count if compounding == "daily" else grown + daily * count
            covered = last
        return None if covered < until else int(((grown - 1) * _UNIT + Decimal("0.5")).to_integral_value("ROUND_FLOOR"))
