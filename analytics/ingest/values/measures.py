"""Quantities and weights as written, with the unit that may stand beside them."""

from __future__ import annotations

import polars as pl

from analytics.ingest.values.numbers import PLAIN, read_number
from analytics.ingest.words.wordlists import codes

__all__ = ["measure_values"]

_SCALES = {"quantity": 4, "weight_kg": 3}
_MOST = 100_000_000
"""A quantity or a weight in kilograms from here on is none, and sums of a million such lines fit the contract."""
_POUNDS_AND_OUNCES = (
    r"(?i)^(?P<pounds>\d{1,6}(?:\.\d{1,4})?)\s*(?:lbs?|pounds?)\.?[\s,]*"
    r"(?P<ounces>\d{1,3}(?:\.\d{1,4})?)\s*(?:oz|ounces?)\.?$"
)


def measure_values(column: str, mark: str, factor: str | None) -> dict[str, pl.Expr]:
    """Return expressions for ``quantity`` or ``weight_kg``, and marks of what could not be read.

    Parameters
    ----------
    column : str
        One of the two.
    mark : str
        Decimal mark, as `decide_mark` returned it.
    factor : str or None
        What every value is multiplied with, where the heading names the unit.
    """
    read = read_number(column, mark, factor)
    number, is_strange = read["number"], pl.lit(value=False)
    if mark != PLAIN:
        number, is_strange = _united(column, number, read["affix"], factor)
    if column == "weight_kg" and mark != PLAIN and factor in {None, codes("weight_unit")["lb"]}:
        number = pl.coalesce(number, _pounds_and_ounces(column))
    scale = _SCALES[column]
    fitted = number.round(scale, mode="half_away_from_zero").cast(pl.Decimal(18, scale), strict=False)
    is_beyond = (number.abs() >= _MOST).fill_null(value=False) | read["beyond"]
    return {
        column: pl.when(~is_strange & ~is_beyond).then(fitted),
        f"{column}|number_unreadable": (pl.col(column).is_not_null() & number.is_null() & ~is_beyond) | is_strange,
        f"{column}|number_out_of_range": is_beyond & ~is_strange,
        f"{column}|negative_value": number < 0,
    }


def _united(column: str, number: pl.Expr, affix: pl.Expr, factor: str | None) -> tuple[pl.Expr, pl.Expr]:
    """Read a unit beside a number; one that contradicts the heading, or is none, makes the number strange."""
    units = codes("weight_unit") if column == "weight_kg" else _pieces()
    written = affix.str.to_lowercase().str.strip_suffix(".").replace_strict(units, default=None, return_dtype=pl.String)
    contradicts = (written != factor).fill_null(value=False) if factor else pl.lit(value=False)
    times = pl.lit(1) if factor else written.fill_null("1").cast(pl.Decimal(38, 12))
    united = (number * times).cast(pl.Decimal(38, 10), strict=False)
    return united, (affix.is_not_null() & written.is_null()) | contradicts


def _pieces() -> dict[str, str]:
    """Return the units that count single pieces."""
    return {word: "1" for word, what in codes("measure").items() if what == "piece"}


def _pounds_and_ounces(column: str) -> pl.Expr:
    """Return kilograms of a weight such as 2 lb 3 oz."""
    parts = pl.col(column).str.extract_groups(_POUNDS_AND_OUNCES).struct
    kilograms = [
        parts.field(name).cast(pl.Decimal(38, 10), strict=False)
        * pl.lit(codes("weight_unit")[unit]).cast(pl.Decimal(38, 12))
        for name, unit in (("pounds", "lb"), ("ounces", "oz"))
    ]
    return (kilograms[0] + kilograms[1]).cast(pl.Decimal(38, 10), strict=False)
