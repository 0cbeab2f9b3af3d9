"""Whether there is a rate for a currency on a day, and whether an amount is more than any shipment is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

__all__ = ["Rates"]

_UNIT = "USD"
_MOST_USD = 1_000_000_000
"""A value from here on is none of a shipment, and ten million such shipments add up to what the contract holds."""


@dataclass(frozen=True)
class Rates:
    """Dated rates, as ``ref_fx_rates`` has them.

    Attributes
    ----------
    table : DataFrame
        currency, valid_from (inclusive), valid_to (exclusive, null where open).
    """

    table: pl.DataFrame

    def missing(self, rows: pl.DataFrame) -> pl.Series:
        """Return for each row of (currency, day) whether there is no rate; false where either is not known.

        Parameters
        ----------
        rows : DataFrame
            Columns ``currency`` and ``day``.
        """
        asked = rows.unique().drop_nulls().filter(pl.col("currency") != _UNIT)
        if asked.is_empty():
            return pl.repeat(value=False, n=rows.height, eager=True)
        rates = self.table.select("currency", pl.col("valid_from").cast(pl.Date), pl.col("valid_to").cast(pl.Date))
        in_force = (pl.col("day") >= pl.col("valid_from")) & (
            pl.col("valid_to").is_null() | (pl.col("day") < pl.col("valid_to"))
        )
        known = asked.join(rates, on="currency").filter(in_force).select("currency", "day").unique()
        lacking = asked.join(known, on=["currency", "day"], how="anti").with_columns(
            pl.lit(value=True).alias("missing")
        )
        found = rows.join(lacking, on=["currency", "day"], how="left", maintain_order="left")
        return found["missing"].fill_null(value=False)

    def beyond(self, currency: pl.Series, amount: pl.Series) -> pl.Series:
        """Return for each amount whether, at the highest rate of its currency, it is a billion dollars or more.

        Parameters
        ----------
        currency, amount : Series
            As many of the one as of the other.
        """
        highest = self.table.group_by("currency").agg(pl.col("usd_per_unit").cast(pl.Float64).max())
        most: Any = amount.abs().max()
        dearest: Any = highest["usd_per_unit"].max()
        if most is None or float(most) * max(dearest or 1.0, 1.0) < _MOST_USD:
            return pl.Series("beyond", [False]).new_from_index(0, amount.len())
        rows = pl.DataFrame({"currency": currency, "amount": amount.cast(pl.Float64)})
        rated = rows.join(highest, on="currency", how="left", maintain_order="left")
        return (rated["amount"] * rated["usd_per_unit"].fill_null(1.0) >= _MOST_USD).fill_null(value=False)
