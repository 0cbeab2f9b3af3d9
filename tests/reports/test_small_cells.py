"""Small cells, proved against somebody who knows the totals and tries every number."""

from __future__ import annotations

import itertools
import random

import pytest

from analytics.reports.small_cells import shown_cells, shown_count, shown_total
from analytics.wording.cells import small_cells_note

_RANGES = {"<5": range(1, 5), "5+": range(5, 40)}


def values_that_fit(texts, total):
    """Return for each hidden cell the numbers that it may be."""
    known = sum(int(text.replace(",", "")) for text in texts if text not in _RANGES)
    hidden = [_RANGES[text] for text in texts if text in _RANGES]
    fitting = [each for each in itertools.product(*hidden) if known + sum(each) == total]
    return [set(column) for column in zip(*fitting, strict=True)]


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1234, "1,234")])
def test_a_count_by_itself(count, said):
    assert shown_count(count) == said


@pytest.mark.parametrize(
    ("counts", "said", "total"),
    [
        ([10, 20], ["10", "20"], "30"),
        ([10, 4], ["5+", "<5"], "14"),
        ([0, 4, 9], ["0", "<5", "5+"], "13"),
        ([30, 2, 3], ["30", "<5", "<5"], "35"),
        ([30, 1, 1], ["5+", "<5", "<5"], "32"),
        ([30, 4, 4], ["5+", "<5", "<5"], "38"),
        ([5, 1, 9], ["5+", "<5", "5+"], "15"),
        ([3], ["<5"], "<5"),
        ([4, 4], ["<5", "<5"], "5+"),
        ([5, 1], ["5+", "<5"], "5+"),
        ([], [], "0"),
    ],
)
def test_a_total_gives_no_small_count_away(counts, said, total):
    assert shown_cells(counts) == said
    assert shown_total(counts) == total


def test_without_a_total_only_small_counts_are_hidden():
    assert shown_cells([9, 1, 0], has_total=False) == ["9", "<5", "0"]


@pytest.mark.parametrize("seed", range(40))
def test_whoever_tries_every_number_finds_two_at_least(seed):
    draw = random.Random(seed)
    counts = [draw.choice((0, 1, 2, 3, 4, 5, 6, 9, 14)) for _ in range(draw.randint(1, 4))]
    if shown_total(counts) in _RANGES:
        return
    assert all(len(values) > 1 for values in values_that_fit(shown_cells(counts), sum(counts)))


def test_the_note_says_what_is_hidden_and_why():
    assert small_cells_note("flags") == (
        "Counts of 1 to 4 flags are shown as <5. Where a total would give such a count away, further counts are shown "
        "as 5+."
    )
