"""The ids of a store that are most like one that it does not know."""

from __future__ import annotations

import polars as pl

from analytics.errors import did_you_mean

__all__ = ["nearest_ids"]

_SHARED = 5
"""Characters at either end that an id with a slip in it still shares with the one that was meant."""


def nearest_ids(given: str, *columns: pl.LazyFrame) -> str:
    """Ask ``Did you mean one or other?`` of the ids in some columns; empty where none is like it.

    Only ids that begin or end as the given one are looked at, so that it takes as little in a store of millions.

    Parameters
    ----------
    given : str
        What is not known.
    columns : LazyFrame
        Each a frame of one column, of ids.
    """
    if len(given) < _SHARED:
        return ""
    alike = pl.col("id").str.starts_with(given[:_SHARED]) | pl.col("id").str.ends_with(given[-_SHARED:])
    found = [column.select(pl.nth(0).alias("id")).filter(alike).unique().collect()["id"] for column in columns]
    return did_you_mean(given, sorted({each for ids in found for each in ids}))
