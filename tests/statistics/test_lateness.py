"""How late things are reported: worked by hand, and against made-up reports of a known law."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.lateness import reported_shares


def shares(*rows):
    """Rows of days, days it has had, how many, and whether it may have been earlier."""
    days, had, counts, is_bound = (np.array(column) for column in zip(*rows, strict=True))
    return reported_shares(days, had, counts, is_bound.astype(bool)).tolist()


def test_where_all_had_their_time_it_is_the_plain_share():
    assert shares((0, 9, 5, False), (1, 9, 3, False), (3, 9, 2, False)) == pytest.approx([0.5, 0.8, 0.8, 1.0])


def test_what_is_young_does_not_count_for_days_it_has_not_had():
    old, young = [(0, 9, 50, False), (2, 9, 50, False)], [(0, 1, 1000, False)]
    assert shares(*old, *young)[1] == pytest.approx(0.5)


def test_what_was_there_when_reports_began_counts_as_reported_by_then_only():
    assert shares((0, 9, 50, False), (2, 9, 50, False), (1, 9, 100, True))[1] == pytest.approx(0.75)
    assert shares((0, 9, 50, False), (2, 9, 50, False), (2, 9, 100, True))[1] == pytest.approx(0.5)


def test_where_nothing_was_reported_since_reports_began_nothing_is_told():
    assert shares((40, 90, 100, True)) == [1.0]


def test_a_known_law_comes_back_though_half_of_it_is_still_to_come():
    rng = np.random.default_rng(5)
    happened, late = rng.integers(0, 30, 40_000), rng.geometric(0.25, 40_000) - 1
    is_here = happened + late <= 30
    days, had = late[is_here], 30 - happened[is_here]
    found = reported_shares(days, had, np.ones_like(days), np.zeros(len(days), dtype=bool))
    assert found[:6] == pytest.approx(1 - 0.75 ** np.arange(1, 7), abs=0.015)
    assert np.mean(days <= 0) > 0.25 + 0.01
