"""Which lists of goods a tariff number is on: the row with the longest beginning that fits."""

from __future__ import annotations

import polars as pl

from analytics.exposure.dated import in_force

__all__ = ["lists_of_goods"]

_LENGTHS = range(10, 1, -1)
_ELSE = "ALL"


def lists_of_goods(cases: pl.DataFrame, goods: pl.DataFrame) -> pl.DataFrame:
    """Tell for each tariff number, day and scheme the lists it may be on.

    Parameters
    ----------
    cases : polars.DataFrame
        ``hts_line``, eight or ten digits, which may be null, and ``arrival_date``; each pair once.
    goods : polars.DataFrame
        ``ref_duty_layer_goods`` of one regime.

    Returns
    -------
    polars.DataFrame
        ``hts_line``, ``arrival_date``, ``scheme`` and ``goods_list``, as the table writes it; a case that no row fits
        is not in it.
    """
    known = cases.filter(pl.col("hts_line").is_not_null())
    matched = [_matched(known, goods, length) for length in _LENGTHS]
    fallback = known.join(goods.filter(pl.col("hts_prefix") == _ELSE), how="cross").with_columns(fits=pl.lit(0))
    found = pl.concat([*matched, fallback.select(_FOUND)]).filter(in_force(pl.col("arrival_date")))
    longest = found.sort("fits", descending=True).unique(["hts_line", "arrival_date", "scheme"], keep="first")
    return longest.select("hts_line", "arrival_date", "scheme", "goods_list").sort(pl.all())


_FOUND = ("hts_line", "arrival_date", "scheme", "goods_list", "valid_from", "valid_to", "fits")


def _matched(cases: pl.DataFrame, goods: pl.DataFrame, length: int) -> pl.DataFrame:
    prefixed = cases.filter(pl.col("hts_line").str.len_chars() >= length).with_columns(
        hts_prefix=pl.col("hts_line").str.slice(0, length)
    )
    return prefixed.join(goods, on="hts_prefix").with_columns(fits=pl.lit(length)).select(_FOUND)
