"""The limits in force, and what they make of shipments, whoever planted what.

The table of limits is this room's own. Truth must not come from the tables that the detectors read.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from analytics.traffic.lists import read_table

__all__ = ["CHINA", "each", "limit_on", "over", "with_limits", "within"]

CHINA = ("CN", "HK")
_MAIL_CLAIMS_UNTIL = date(2025, 8, 29)  # EO 14324: since then all mail but gifts pays duty
_OPEN = date(9999, 12, 31)


def _limits(kind: str) -> pl.DataFrame:
    table = read_table("limits.csv").filter(pl.col("kind") == kind)
    return table.select(
        pl.col("valid_from").str.to_date(),
        pl.col("valid_to").replace("", None).str.to_date().fill_null(_OPEN),
        "origins",
        pl.col("limit_cents").cast(pl.Int64),
    )


def _limit(kind: str, day: pl.Expr, is_china: pl.Expr) -> pl.Expr:
    """Limit in cents for a day and an origin; null where no exemption was available."""
    found = pl.lit(None, dtype=pl.Int64)
    for valid_from, valid_to, origins, cents in _limits(kind).iter_rows():
        of_origin = {"any": pl.lit(True), "CN|HK": is_china, "other": ~is_china}[origins]
        found = pl.when((day >= valid_from) & (day < valid_to) & of_origin).then(cents).otherwise(found)
    return found


def limit_on(days: list[date], *, china: bool) -> list[int | None]:
    """Give the standard limit in cents on each day, for goods of China and Hong Kong or of any other origin."""
    frame = pl.DataFrame({"day": days}, schema={"day": pl.Date})
    return frame.select(_limit("standard", pl.col("day"), pl.lit(china)).alias("limit"))["limit"].to_list()


def with_limits(facts: pl.DataFrame) -> pl.DataFrame:
    """Add the exemption's limit, whether the exemption is claimed, and the informal limit where it applies."""
    is_china = pl.col("origin").is_in(CHINA)
    standard, gift = (_limit(kind, pl.col("date"), is_china) for kind in ("standard", "gift"))
    is_mail_claim = (pl.col("entry") == "mail") & (pl.col("is_gift") | (pl.col("date") < _MAIL_CLAIMS_UNTIL))
    is_claim = pl.col("entry").is_in(["86", "321"]) | is_mail_claim
    by_entry = pl.when(is_claim).then(True).when(pl.col("entry") != "").then(False)
    stated = facts.with_columns(
        limit=pl.when(pl.col("is_gift")).then(gift).otherwise(standard), stated=pl.coalesce("claim", by_entry)
    )
    is_informal = (pl.col("entry") == "11") | ((pl.col("entry") == "mail") & ~pl.col("stated"))
    return stated.with_columns(
        informal=pl.when(is_informal).then(_limit("informal", pl.col("date"), is_china)),
        claimed=pl.coalesce("stated", pl.col("limit").is_not_null()),
    )


def over(rows: pl.DataFrame, key: list[str], limit: str, value: str = "cents") -> pl.DataFrame:
    """Keep the rows of the groups of two or more that are together over the limit: group, row, deliberate."""
    is_over = (pl.len().over(key) > 1) & (pl.col(value).sum().over(key) > pl.col(limit).max().over(key))
    return rows.filter(is_over).select(group=pl.col("row").min().over(key), row="row", deliberate="deliberate")


def each(rows: pl.DataFrame) -> pl.DataFrame:
    """Make each row a scheme by itself: group, row, deliberate."""
    return rows.select(group="row", row="row", deliberate="deliberate")


def within(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep what claims the exemption and is within its limit."""
    return rows.filter("claimed", pl.col("cents") <= pl.col("limit"))
