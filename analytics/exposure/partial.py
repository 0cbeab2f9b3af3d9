"""The partial readings of one day over the limit, for many flags at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from analytics.exposure.readings import (
    MOST_PIECES_EXACT,
    PARTIAL_READINGS,
    Cents,
    bounds,
    lost_of_many,
    ranges_of_many,
)

__all__ = ["partial_readings"]

_Ends = dict[str, list[tuple[Cents, Cents]]]


def partial_readings(shipments: pl.DataFrame, measures: Sequence[str]) -> pl.DataFrame:
    """Reckon what is lost where only some shipments of a day lose the exemption.

    Parameters
    ----------
    shipments : polars.DataFrame
        flag_id, shipment_uid, limit, amount and the measures in cents; place is the place on the manifest, null
        for all shipments of a flag where that order is not known.
    measures : sequence of str
        Columns to add up over the lost shipments.

    Returns
    -------
    polars.DataFrame
        One row per flag and reading: the least and the most of each measure, and whether the order was known, every
        order was tried, or bounds were taken.
    """
    parts = [
        _frame(flags, order, _computed(order, *_arrays(flags, measures)), measures)
        for order, flags in _alike(shipments)
    ]
    ends = {f"{measure}_{end}": pl.Int64() for measure in measures for end in ("least", "most")}
    empty = pl.DataFrame(schema={"flag_id": pl.String(), "reading": pl.String(), "order": pl.String(), **ends})
    return pl.concat([empty, *parts]).sort("flag_id", "reading")


def _alike(shipments: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield shipments of flags that have equally many, by what is known of their order, sorted within each flag."""
    size = pl.len().over("flag_id")
    is_known = (pl.col("place").null_count() == 0).over("flag_id")
    order = (
        pl.when(is_known)
        .then(pl.lit("known"))
        .when(size <= MOST_PIECES_EXACT)
        .then(pl.lit("every"))
        .otherwise(pl.lit("bounded"))
    )
    sized = shipments.with_columns(size=size, order=order).sort(
        "size", "order", "flag_id", "place", "amount", "shipment_uid", nulls_last=True
    )
    for (_, how), flags in sized.group_by("size", "order", maintain_order=True):
        yield str(how), flags


def _arrays(flags: pl.DataFrame, measures: Sequence[str]) -> tuple[Cents, Cents, list[Cents]]:
    shape = (-1, flags["size"][0])
    columns = [flags[name].to_numpy().reshape(shape) for name in ("amount", "limit", *measures)]
    return columns[0], columns[1][:, 0], columns[2:]


def _computed(order: str, amounts: Cents, limits: Cents, measures: list[Cents]) -> _Ends:
    if order == "known":
        lost = lost_of_many(amounts, limits)
        sums = {reading: [(measure * mask).sum(axis=1) for measure in measures] for reading, mask in lost.items()}
        return {reading: [(total, total) for total in totals] for reading, totals in sums.items()}
    if order == "every":
        return ranges_of_many(amounts, limits, measures)
    rows = [
        bounds(amounts[place], int(limits[place]), [measure[place] for measure in measures])
        for place in range(len(amounts))
    ]
    return {
        reading: [
            (np.array([row[reading][at][0] for row in rows]), np.array([row[reading][at][1] for row in rows]))
            for at in range(len(measures))
        ]
        for reading in PARTIAL_READINGS
    }


def _frame(flags: pl.DataFrame, order: str, ends: _Ends, measures: Sequence[str]) -> pl.DataFrame:
    flag_ids = flags["flag_id"].unique(maintain_order=True)
    return pl.concat(
        pl.DataFrame(
            {
                "flag_id": flag_ids,
                "reading": pl.Series([reading] * len(flag_ids), dtype=pl.String()),
                "order": pl.Series([order] * len(flag_ids), dtype=pl.String()),
                **{
                    f"{measure}_{end}": values.astype(np.int64)
                    for measure, both in zip(measures, ends[reading], strict=True)
                    for end, values in zip(("least", "most"), both, strict=True)
                },
            }
        )
        for reading in PARTIAL_READINGS
    )
