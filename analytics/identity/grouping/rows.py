"""From records back to the rows of a frame: labels and pairs of rows."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.identity.grouping.resolution import Resolution
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.records import Records

__all__ = ["labels_of_further", "row_labels", "row_pairs"]


def row_labels(records: Records, resolution: Resolution) -> Numbers:
    """Label of each row, numbered in the order of the rows; a row that names nobody stands alone."""
    row = records.row_record
    group = np.where(row >= 0, resolution.group[np.maximum(row, 0)] if len(records) else 0, -1)
    alone = np.flatnonzero(row < 0)
    group[alone] = len(records) + np.arange(len(alone))
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[inverse]


def labels_of_further(together: Numbers, fitted: Numbers) -> Numbers:
    """Labels of further rows: that of the fitted row that first bore it, new numbers for the rest.

    Parameters
    ----------
    together : ndarray
        Labels of the fitted rows and the further ones, resolved together.
    fitted : ndarray
        Labels of the fitted rows as they were.
    """
    further = together[len(fitted) :]
    known, first = np.unique(together[: len(fitted)], return_index=True)
    carried = dict(zip(known.tolist(), fitted[first].tolist(), strict=True))
    fresh = iter(range(int(fitted.max(initial=-1)) + 1, int(fitted.max(initial=-1)) + 1 + len(further)))
    for label in further.tolist():
        if label not in carried:
            carried[label] = next(fresh)
    return np.array([carried[label] for label in further.tolist()], dtype=np.int64)


def row_pairs(records: Records, found: Resolution) -> pl.DataFrame:
    """Every compared pair of rows with its probability; see `IdentityResolver.score_pairs`."""
    record, rows = np.unique(records.row_record, return_index=True)
    first = np.zeros(len(records), dtype=np.int64)
    first[record[record >= 0]] = rows[record >= 0]
    left, right, probability = first[found.left], first[found.right], found.probability
    repeated = np.setdiff1d(np.flatnonzero(records.row_record >= 0), first)
    left = np.concatenate([left, first[records.row_record[repeated]]])
    right, probability = np.concatenate([right, repeated]), np.concatenate([probability, np.ones(len(repeated))])
    table = {"left": np.minimum(left, right), "right": np.maximum(left, right), "probability": probability}
    return pl.DataFrame(table).sort("left", "right")
