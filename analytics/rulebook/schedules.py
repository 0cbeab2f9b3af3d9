"""Reads the tariff schedule as the US government publishes it, in place of ``ref_hts_rates``.

The published file has a line for each number, with the general rate on the line of eight digits, or of ten where there
is only one. It has no dates, so it is taken for newer than what ships: it holds from the day of the newest revision
that ships, and before that day the shipped rates do.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

import polars as pl

__all__ = ["from_published", "is_published", "over_shipped", "share_of"]

_NUMBER, _RATE = "HTS Number", "General Rate of Duty"
_AD_VALOREM = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%(?: on the entire set)?(?:\s*[0-9]+/)*")
_FREE = re.compile(r"free(?:\s*[0-9]+/)*", re.IGNORECASE)
_HUNDRED = Decimal(100)
_LINE = re.compile(r"[0-9]{8}(?:[0-9]{2})?")
_SPECIAL_CHAPTERS = ("98", "99")


def share_of(rate: str) -> Decimal | None:
    """Return the share of the value that a rate says; None where the value alone does not decide the duty.

    Parameters
    ----------
    rate : str
        As the schedule writes it.

    Examples
    --------
    >>> share_of("Free"), share_of("6.8%"), share_of("1.4¢/kg + 2%")
    (Decimal('0'), Decimal('0.068'), None)
    """
    written = " ".join(rate.split())
    if _FREE.fullmatch(written):
        return Decimal(0)
    found = _AD_VALOREM.fullmatch(written)
    return None if found is None else Decimal(found[1]) / _HUNDRED


def is_published(headings: Collection[str]) -> bool:
    """Tell whether a file has the headings of the schedule as it is published."""
    return {_NUMBER, _RATE} <= set(headings)


def from_published(written: pl.DataFrame, begin: date, name: str) -> pl.DataFrame:
    """Return the rows of ``ref_hts_rates`` that a published schedule stands for, as text.

    Parameters
    ----------
    written : polars.DataFrame
        The file, every cell as text, with its lines in column ``line``.
    begin : date
        From which day on it holds.
    name : str
        The file, for the source.
    """
    rows: dict[str, dict[str, object]] = {}
    for line, number, rate in written.select("line", _NUMBER, _RATE).rows():
        digits = (number or "").replace(".", "").strip()
        if not rate or not _LINE.fullmatch(digits) or digits.startswith(_SPECIAL_CHAPTERS):
            continue
        share = share_of(rate)
        rows.setdefault(
            digits[:8],
            {
                "line": line, "hts8": digits[:8], "rate_text": rate,
                "ad_valorem_rate": None if share is None else f"{share:f}",
                "is_value_only": "false" if share is None else "true",
                "valid_from": begin.isoformat(), "valid_to": None, "source": f"USITC HTS as published, {name}",
                "confidence": "official", "read_on": None,
            },
        )  # fmt: skip
    columns = (
        "hts8",
        "rate_text",
        "ad_valorem_rate",
        "is_value_only",
        "valid_from",
        "valid_to",
        "source",
        "confidence",
    )
    schema = {"line": pl.Int64(), **dict.fromkeys((*columns, "read_on"), pl.String())}
    return pl.DataFrame(list(rows.values()), schema=schema)


def over_shipped(shipped: pl.DataFrame, published: pl.DataFrame, begin: date) -> pl.DataFrame:
    """Put a published schedule after the shipped rates, which end on the day it begins."""
    before = shipped.filter(pl.col("valid_from") < begin).with_columns(
        valid_to=pl.min_horizontal(pl.col("valid_to").fill_null(begin), pl.lit(begin)), read_on=pl.lit(None, pl.Date())
    )
    return pl.concat([before, published.select(before.columns)])
