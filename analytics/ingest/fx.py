"""Whether there is a rate for a currency on a day."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

__all__ = ["Rates"]

_UNIT = "USD"


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
