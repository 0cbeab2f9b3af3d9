"""The partial readings of one day over the limit, flag by flag."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from analytics.exposure.readings import (
    MOST_PIECES_EXACT,
    PARTIAL_READINGS,
    bounds,
    lost_in_order,
    ranges_over_orders,
)

__all__ = ["MEASURES", "partial_readings"]

MEASURES = ("value", "duty_floor", "duty_base", "fee")
_SCHEMA = {
    "flag_id": pl.String(),
    "reading": pl.String(),
    "order": pl.String(),
    **{f"{measure}_{end}": pl.Int64() for measure in MEASURES for end in ("least", "most")},
}


def partial_readings(pieces: pl.DataFrame) -> pl.DataFrame:
    """Reckon what is lost where only some pieces of a day lose the exemption.

    Parameters
    ----------
    pieces : polars.DataFrame
        flag_id, limit, amount and the measures in cents; place is the piece's place on the manifest, null for all
        pieces of a flag where that order is not known.

    Returns
    -------
    polars.DataFrame
        One row per flag and reading: the least and the most of each measure, and whether the order was known, every
        order was tried, or bounds were taken.
    """
    rows = [row for flag in _flags(pieces) for row in _readings(flag)]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _flags(pieces: pl.DataFrame) -> Iterator[pl.DataFrame]:
    ordered = pieces.sort("flag_id", "place", "amount", "shipment_uid", nulls_last=True)
    yield from ordered.partition_by("flag_id", maintain_order=True)


def _readings(flag: pl.DataFrame) -> Iterator[tuple[str | int, ...]]:
    flag_id, limit = flag["flag_id"][0], flag["limit"][0]
    amounts = flag["amount"].to_numpy()
    measures = [flag[measure].to_numpy() for measure in MEASURES]
    if flag["place"].null_count() == 0:
        lost = lost_in_order(amounts, limit)
        sums = {reading: [int(measure[mask].sum()) for measure in measures] for reading, mask in lost.items()}
        ranges = {reading: [(total, total) for total in totals] for reading, totals in sums.items()}
        order = "known"
    elif flag.height <= MOST_PIECES_EXACT:
        ranges, order = ranges_over_orders(amounts, limit, measures), "every"
    else:
        ranges, order = bounds(amounts, limit, measures), "bounded"
    for reading in PARTIAL_READINGS:
        yield (flag_id, reading, order, *np.array(ranges[reading]).ravel().tolist())
