"""What is reckoned of groups and probabilities, whoever made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = [
    "HARD_CLASSES",
    "READ",
    "TOLD",
    "calibration",
    "candidate_recall",
    "error_ratio",
    "hard_classes",
    "joined_pairs",
]

TOLD = 0.05
"""Probability from which a pair counts in the expected calibration error: below it nobody looks."""
BINS = 10
CROWD = 20
"""Records from which a telephone is shared."""
LARGEST = 500
"""Rows of a group whose pairs are looked at one by one."""

Numbers = NDArray[np.int64]


def error_ratio(ours: float, theirs: float) -> float:
    """Our error over theirs, of two F1."""
    return (1 - ours) / max(1 - theirs, 1e-9)


def calibration(probability: NDArray[np.float64], is_one: NDArray[np.bool_]) -> dict[str, Any]:
    """Reliability curve and expected calibration error of scored pairs.

    Parameters
    ----------
    probability : ndarray
        What was said of each pair.
    is_one : ndarray of bool
        Whether the pair is one party.

    Returns
    -------
    dict
        ``bins``: for each tenth the pairs, mean probability and share that is one party; ``error``: their mean
        distance, weighted by pairs, over pairs from `TOLD` up; ``error_of_all``: over all.
    """
    tenth = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    bins = []
    for number in range(BINS):
        inside = tenth == number
        if inside.any():
            bins.append((int(inside.sum()), float(probability[inside].mean()), float(is_one[inside].mean())))
    told = probability >= TOLD
    return {"bins": bins, "error": _expected(probability[told], is_one[told]), "error_of_all": _mean_error(bins)}


def _expected(probability: NDArray[np.float64], is_one: NDArray[np.bool_]) -> float:
    tenth = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    weight = np.bincount(tenth, minlength=BINS)
    said, was = (np.bincount(tenth, weights=values.astype(float), minlength=BINS) for values in (probability, is_one))
    return float(np.abs(said - was).sum() / max(weight.sum(), 1))


def _mean_error(bins: Sequence[tuple[int, float, float]]) -> float:
    total = sum(count for count, _, _ in bins)
    return sum(count * abs(said - was) for count, said, was in bins) / max(total, 1)


def candidate_recall(left: Numbers, right: Numbers, truth: Numbers) -> float:
    """Share of the true pairs of records that were compared.

    Parameters
    ----------
    left, right : ndarray
        Compared pairs, each once.
    truth : ndarray
        Entity of each record.
    """
    count = np.bincount(truth)
    total = int((count * (count - 1) // 2).sum())
    return float((truth[left] == truth[right]).sum() / total) if total else 1.0


def joined_pairs(label: Sequence[Any] | NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Every pair of rows that a grouping joins, the smaller first; groups of over `LARGEST` are cut to that many."""
    rows = pl.DataFrame({"label": np.unique(np.asarray(label), return_inverse=True)[1]}).with_row_index("row")
    inside = rows.filter(pl.len().over("label") > 1).filter(pl.int_range(pl.len()).over("label") < LARGEST)
    pairs = inside.join(inside, on="label").filter(pl.col("row") < pl.col("row_right")).sort("row", "row_right")
    return pairs["row"].cast(pl.Int64).to_numpy(), pairs["row_right"].cast(pl.Int64).to_numpy()


_ADDITION = r"(?i)\b(jr|sr|ii|iii)\b"
_CLEAN = ("name_first", "name_last", "company", "house", "street", "unit", "zip", "phone", "cluster")
READ = ("consignee_name", *_CLEAN)
"""Columns that `hard_classes` reads."""
AT_A_TIME = 1_000_000
"""Joined pairs that are looked at together."""


def _alike(*names: str) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == pl.col(f"{name}_r") for name in names)


def _apart(name: str) -> pl.Expr:
    return pl.col(name) != pl.col(f"{name}_r")


HARD_CLASSES: Mapping[str, pl.Expr] = {
    "all joined pairs": pl.col("cluster").is_not_null(),
    "household: one surname and address, given names differ": _alike("name_last", "house", "street", "zip")
    & _apart("name_first"),
    "Jr or Sr on one side, or different ones": pl.col("addition").ne_missing(pl.col("addition_r")),
    "one building, units differ": _alike("house", "street", "zip") & _apart("unit"),
    "branches: firms of one name, houses differ": _alike("company") & _apart("house"),
    "movers and namesakes: one full name, houses differ": _alike("name_first", "name_last") & _apart("house"),
    f"one telephone that over {CROWD} records bear": _alike("phone") & (pl.col("crowd") > CROWD),
}
"""Kinds of pairs on which wrong merges are made; told from the clean fields, never from the truth."""


def hard_classes(data: pl.DataFrame, label: Sequence[Any] | NDArray[Any]) -> dict[str, tuple[int, int]]:
    """Joined pairs of each hard class, and how many of them are one party.

    Parameters
    ----------
    data : DataFrame
        Rows with clean fields and ``cluster``.
    label : sequence
        Group of each row.
    """
    fields = data.select(
        *_CLEAN,
        addition=pl.col("consignee_name").str.extract(_ADDITION).str.to_lowercase(),
        crowd=pl.len().over("phone"),
    )
    left, right = joined_pairs(label)
    found = dict.fromkeys(HARD_CLASSES, (0, 0))
    for start in range(0, len(left), AT_A_TIME):
        some = slice(start, start + AT_A_TIME)
        sides = [fields[left[some]], fields[right[some]].rename(lambda name: f"{name}_r")]
        for name, counts in _classed(pl.concat(sides, how="horizontal")).items():
            found[name] = (found[name][0] + counts[0], found[name][1] + counts[1])
    return found


def _classed(pairs: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Pairs of each class, and how many of them are one party."""
    is_one = pl.col("cluster") == pl.col("cluster_r")
    inside = ((name, pairs.filter(chosen.fill_null(value=False))) for name, chosen in HARD_CLASSES.items())
    return {name: (rows.height, int(rows.select(is_one.sum()).item())) for name, rows in inside}
