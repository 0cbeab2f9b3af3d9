"""What two engines made of the same input, held row by row."""

import polars as pl

from analytics.contracts.published import PUBLISHED

_TELLS_OF_THE_RUN = {"runs"}
PLACES = 6


def differing(one, other):
    """Published tables of two stores that are not the same: decimals exact, probabilities to so many places."""
    differ = []
    for table in PUBLISHED.values():
        if table.name in _TELLS_OF_THE_RUN:
            continue
        ours, theirs = (_told(store.table(table.name).collect(), list(table.order)) for store in (one, other))
        if not ours.equals(theirs):
            differ.append((table.name, ours.height, theirs.height))
    return differ


def _told(frame, order):
    floats = [name for name, kind in frame.schema.items() if kind.is_float()]
    return frame.with_columns(pl.col(floats).round(PLACES)).sort(order or frame.columns, nulls_last=True)
