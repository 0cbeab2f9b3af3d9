"""Grouping measures, by hand, by brute force and by scikit-learn."""

from __future__ import annotations

import math
from dataclasses import asdict
from itertools import combinations
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.cluster import pair_confusion_matrix

from analytics.evaluation.partitions import Agreement, compare_partitions

GROUPINGS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=40)


def _compare(rows: list[tuple[int, int]]) -> Agreement:
    return compare_partitions(pl.DataFrame(rows, schema={"true": pl.Int64, "found": pl.Int64}, orient="row"))


def test_a_hand_worked_case() -> None:
    """Persons aaab bb, found as {a a} {a b} {b b}: 3 pairs joined, 2 of them rightly, of 6 that belong together."""
    agreement = _compare([(0, 0), (0, 0), (0, 1), (1, 1), (1, 2), (1, 2)])
    assert (agreement.pair_precision, agreement.pair_recall) == (pytest.approx(2 / 3), pytest.approx(2 / 6))
    assert (agreement.false_pairs, agreement.false_merge_rate) == (1, pytest.approx(1 / 9))
    assert agreement.bcubed_precision == pytest.approx((4 * 1 + 2 * 1 / 2) / 6)
    assert agreement.bcubed_recall == pytest.approx((4 * 2 / 3 + 2 * 1 / 3) / 6)
    assert (agreement.mixed_groups, agreement.torn_groups) == (1, 2)
    assert (agreement.items, agreement.true_groups, agreement.found_groups) == (6, 2, 3)


@given(GROUPINGS.filter(bool))
def test_pairs_agree_with_scikit_learn(rows: list[tuple[int, int]]) -> None:
    true, found = zip(*rows, strict=True)
    (apart, false), (missed, right) = pair_confusion_matrix(np.array(true), np.array(found)) // 2
    agreement = _compare(rows)
    assert agreement.false_pairs == false
    assert agreement.pair_precision == pytest.approx(right / (right + false) if right + false else 1.0)
    assert agreement.pair_recall == pytest.approx(right / (right + missed) if right + missed else 1.0)
    assert agreement.false_merge_rate == pytest.approx(false / (false + apart) if false + apart else 0.0)


@given(GROUPINGS.filter(bool))
def test_bcubed_agrees_with_its_definition(rows: list[tuple[int, int]]) -> None:
    def mean(side: int) -> float:
        shares = []
        for item in rows:
            mates = [other for other in rows if other[side] == item[side]]
            shares.append(sum(other == item for other in mates) / len(mates))
        return math.fsum(shares) / len(shares)

    agreement = _compare(rows)
    assert agreement.bcubed_precision == pytest.approx(mean(1))
    assert agreement.bcubed_recall == pytest.approx(mean(0))


@given(GROUPINGS, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_rows_nor_the_names_matter(rows: list[tuple[int, int]], random: Random) -> None:
    renamed = [(7 - true, found * 3) for true, found in rows]
    random.shuffle(renamed)
    assert asdict(_compare(renamed)) == pytest.approx(asdict(_compare(rows)))


def test_all_in_one_and_all_apart_are_the_two_ends() -> None:
    persons = [0, 0, 1, 1]
    together, apart = _compare([(person, 0) for person in persons]), _compare(list(zip(persons, range(4), strict=True)))
    assert (together.pair_recall, together.pair_precision) == (1.0, pytest.approx(2 / 6))
    assert (apart.pair_recall, apart.pair_precision) == (0.0, 1.0)
    assert apart.pair_f1 == 0.0


def test_nothing_to_group_is_no_mistake() -> None:
    assert _compare([]).false_pairs == 0


def test_large_groups_need_no_pairs() -> None:
    size = 300_000
    frame = pl.DataFrame({"true": np.arange(size) // 100_000, "found": np.zeros(size, dtype=np.int64)})
    inside = 3 * math.comb(100_000, 2)
    assert compare_partitions(frame).false_pairs == math.comb(size, 2) - inside


def test_the_brute_force_agrees_on_a_random_case() -> None:
    rows = [tuple(row) for row in np.random.default_rng(5).integers(0, 12, (150, 2)).tolist()]
    joined = [(left, right) for left, right in combinations(rows, 2) if left[1] == right[1]]
    assert _compare(rows).false_pairs == sum(left[0] != right[0] for left, right in joined)
