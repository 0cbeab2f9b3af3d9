"""The general rate of each tariff line on each day."""

from __future__ import annotations

import polars as pl

from analytics.exposure.dated import in_force

__all__ = ["general_rates"]


def general_rates(cases: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Give each case the general rate of its day, else the nearest that is known of its tariff line.

    Parameters
    ----------
    cases : polars.DataFrame
        ``case``, ``hts8`` and ``arrival_date``.
    rates : polars.DataFrame
        ``ref_hts_rates``.

    Returns
    -------
    polars.DataFrame
        ``case``, ``general_rate`` (null where the value alone does not decide it), ``rate_text``, ``is_in_force``,
        ``is_carried`` (the day is past the newest revision that it was read from), ``source``; one row a case.
    """
    joined = cases.join(rates, on="hts8", how="left").with_columns(
        is_in_force=in_force(pl.col("arrival_date")).fill_null(value=False),
        is_carried=(pl.col("arrival_date") > pl.col("read_on")).fill_null(value=False),
    )
    nearest = joined.sort("case", "is_in_force", "valid_from").unique("case", keep="last", maintain_order=True)
    return nearest.select("case", "is_in_force", "is_carried", "rate_text", "source", general_rate="ad_valorem_rate")
