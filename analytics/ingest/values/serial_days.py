"""Days as spreadsheets keep them: counted from the end of 1899, with the time of day as a fraction.

A column is read so where it holds nothing but such numbers and they fall into the years 2000 to 2049. Where every
number may as well be month, day and year written together without the zero in front, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from analytics.ingest.mapping.settings import EXCEL, EXCEL_1904

__all__ = [
    "CALENDARS",
    "EXCEL_NOTE",
    "compact_spelled",
    "is_serial",
    "reading_beside",
    "serial_evidence",
    "serial_times",
]

CALENDARS = {EXCEL: date(1899, 12, 30), EXCEL_1904: date(1904, 1, 1)}
"""Date format to the day that is counted from."""
EXCEL_NOTE = (
    "read as Excel serial days of the 1900 date system; for the 1904 system of old Mac workbooks, which is four years "
    'and a day later, give date_format = "excel1904"'
)
_SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
_COMPACT = r"^[0-9]{5,6}$"
_PLAUSIBLE = (36526, 54788)
_SECONDS = 86_400
_LATEST_SHORT_YEAR = 49


def serial_evidence(value: pl.Expr) -> dict[str, pl.Expr]:
    """Return what must be counted over a column of days to tell whether it holds serial days."""
    number = pl.when(value.str.contains(_SERIAL)).then(value.cast(pl.Float64, strict=False))
    first = [value.str.zfill(6).str.slice(at, 2).cast(pl.Int16, strict=False) for at in (0, 2, 4)]
    year = first[2] <= _LATEST_SHORT_YEAR
    fits = {
        "MDY": first[0].is_between(1, 12) & first[1].is_between(1, 31) & year,
        "DMY": first[1].is_between(1, 12) & first[0].is_between(1, 31) & year,
    }
    compact = value.str.contains(_COMPACT)
    return {
        "serial": number.is_between(*_PLAUSIBLE).sum(),
        "serial_example": value.filter(number.is_not_null()).first(),
        "compact": compact.sum(),
        "with_fraction": (number != number.floor()).sum(),
        **{f"serial_{order}": (compact & fit).sum() for order, fit in fits.items()},
    }


def is_serial(found: Mapping[str, Any]) -> bool:
    """Tell whether a column holds serial days and nothing else."""
    return bool(found["count"]) and found["serial"] == found["count"]


def reading_beside(found: Mapping[str, Any]) -> str | None:
    """Return the order in which every value of a column may be read as well; None where there is none."""
    return next((order for order in ("MDY", "DMY") if found[f"serial_{order}"] == found["count"]), None)


def compact_spelled(value: pl.Expr) -> pl.Expr:
    """Return days of five or six digits with marks between their parts, so that an order reads them."""
    parts = value.str.zfill(6)
    marked = pl.format("{}/{}/{}", parts.str.slice(0, 2), parts.str.slice(2, 2), parts.str.slice(4, 2))
    return pl.when(value.str.contains(_COMPACT)).then(marked).otherwise(value)


def serial_times(value: pl.Expr, calendar: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the wall time of serial days, to the second, and whether they have a time of day.

    Parameters
    ----------
    value : Expr
        Text.
    calendar : str
        A key of `CALENDARS`.
    """
    number = pl.when(value.str.contains(_SERIAL)).then(value.cast(pl.Float64, strict=False))
    seconds = (number * _SECONDS).round().cast(pl.Int64)
    return pl.lit(CALENDARS[calendar]).cast(pl.Datetime("us")) + pl.duration(seconds=seconds), number != number.floor()
