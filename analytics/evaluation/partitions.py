"""Two ways of grouping the same items, compared by their contingency table and never pair by pair."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

__all__ = ["Agreement", "compare_partitions"]


@dataclass(frozen=True)
class Agreement:
    """How far a found grouping of items agrees with the true one.

    Attributes
    ----------
    items : int
        How many items were grouped.
    true_groups, found_groups : int
        How many groups there are on either side.
    pair_precision, pair_recall, pair_f1 : float
        Over pairs of items: of those joined, how many belong together; of those that do, how many are joined; and the
        harmonic mean of both. 1 where there is no such pair.
    bcubed_precision, bcubed_recall, bcubed_f1 : float
        Over items: the share of an item's found group that truly belongs with it, and of its true group that was
        found with it, on average.
    false_pairs : int
        Joined pairs that do not belong together.
    false_merge_share : float
        False pairs in all joined pairs: one minus the pair precision.
    false_merge_rate : float
        False pairs in all pairs that do not belong together.
    mixed_groups : int
        Found groups with items of several true groups.
    torn_groups : int
        True groups that were found in several parts.
    """

    items: int
    true_groups: int
    found_groups: int
    pair_precision: float
    pair_recall: float
    pair_f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    false_pairs: int
    false_merge_share: float
    false_merge_rate: float
    mixed_groups: int
    torn_groups: int


def compare_partitions(items: pl.DataFrame) -> Agreement:
    """Compare the columns `true` and `found`, one row an item; neither may be null."""
    cells = items.group_by("true", "found").agg(both=pl.len().cast(pl.Int64)).sort("true", "found")
    cells = cells.with_columns(in_true=pl.col("both").sum().over("true"), in_found=pl.col("both").sum().over("found"))
    truly, found = cells.unique("true"), cells.unique("found")
    joined, belonging = _pairs(found["in_found"]), _pairs(truly["in_true"])
    right, apart = _pairs(cells["both"]), _pairs(pl.Series([len(items)])) - belonging
    precision, recall = _share(right, joined), _share(right, belonging)
    weight = pl.col("both").cast(pl.Float64) ** 2 / max(len(items), 1)
    b_precision, b_recall = cells.select(
        (weight / pl.col("in_found")).sum().alias("precision"), (weight / pl.col("in_true")).sum().alias("recall")
    ).row(0) if len(items) else (1.0, 1.0)  # fmt: skip
    return Agreement(
        items=len(items),
        true_groups=len(truly),
        found_groups=len(found),
        pair_precision=precision,
        pair_recall=recall,
        pair_f1=_harmonic(precision, recall),
        bcubed_precision=b_precision,
        bcubed_recall=b_recall,
        bcubed_f1=_harmonic(b_precision, b_recall),
        false_pairs=joined - right,
        false_merge_share=1.0 - precision,
        false_merge_rate=(joined - right) / apart if apart else 0.0,
        mixed_groups=found.height - cells.group_by("found").len().filter(pl.col("len") == 1).height,
        torn_groups=truly.height - cells.group_by("true").len().filter(pl.col("len") == 1).height,
    )


def _pairs(sizes: pl.Series) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.to_list())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
