"""What-if: each case is what a screening under those answers would give, and the store stays as it is."""

from decimal import Decimal

import polars as pl
import pytest

import analytics
from analytics.contracts.paths import sql_folder
from analytics.errors import UsageError
from analytics.notebook.rehearsal import _regrouped


@pytest.fixture(scope="module")
def grid(few):
    """Two limits by two thresholds."""
    return few.what_if(limit=[600, "800.00"], threshold=[0.5, 1.0])


def test_each_case_has_its_flags(grid):
    rows = grid.frame.select("limit", "threshold", "flags", "base_usd", "appeared", "gone").rows()
    assert rows == [
        (Decimal("600.00"), 0.5, 3, Decimal("2500.00"), 1, 0),
        (Decimal("600.00"), 1.0, 2, Decimal("1600.00"), 1, 1),
        (Decimal("800.00"), 0.5, 2, Decimal("1800.00"), 0, 0),
        (Decimal("800.00"), 1.0, 1, Decimal("900.00"), 0, 1),
    ]


def test_a_case_is_what_a_screening_under_that_law_gives(grid, few, tmp_path):
    law = (sql_folder() / "00_reference" / "ref_limits.csv").read_text(encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ref_limits.csv").write_text(law.replace(",800.00,USD,eligible", ",600.00,USD,eligible"))
    inputs = few.root.parent / "in.csv"
    screened = analytics.screen(inputs, tmp_path / "store", rules=tmp_path / "rules", threads=2)
    there = set(few.table("flags").collect()["flag_id"])
    new = set(screened.table("flags").collect()["flag_id"]) - there
    appeared = grid.changes.filter(limit=Decimal(600), threshold=0.5, change="appeared")
    assert set(appeared["flag_id"]) == new
    assert len(new) == 1


def test_the_figure_is_a_heat_map_of_the_two_answers(grid):
    cells = grid.figure.data[0]
    assert (list(cells.x), list(cells.y)) == (["600.00", "800.00"], ["0.5", "1.0"])
    assert [list(row) for row in cells.z] == [[3, 2], [2, 1]]


def test_it_says_what_is_not_recomputed(grid):
    assert "Not recomputed" in str(grid)
    assert "no other limit" in str(grid)
    assert repr(grid) == "<WhatIf: 4 cases; 2 flags as screened>"


def test_a_position_is_an_answer_and_nothing_is_written_to_the_store(few):
    def files():
        return {path: path.stat().st_mtime_ns for path in few.root.rglob("*") if path.is_file()}

    before = files()
    found = few.what_if(limit=900, position=[{"boundary": "at"}, "boundary=over"])
    assert found.frame.select("position", "flags", "base_usd").rows() == [
        ("boundary=at", 2, Decimal("1800.00")),
        ("boundary=over", 0, Decimal("0.00")),
    ]
    assert files() == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": 0}, "no amount above 0"),
        ({"limit": "800.005"}, "whole cents"),
        ({"limit": "many"}, "no amount"),
        ({"limit": 800.0}, "limit is float 800.0"),
        ({"threshold": 0.0}, "no identity threshold"),
        ({"threshold": 1.01}, "no identity threshold"),
        ({"position": "gift=pooled"}, "Did you mean gifts"),
        ({"position": "gifts"}, "names no answer"),
        ({"position": {"gifts": "no"}}, "separate, pooled"),
    ],
)
def test_a_wrong_answer_is_named(few, asked, said):
    with pytest.raises(UsageError, match=said):
        few.what_if(**asked)


def test_a_part_keeps_the_id_of_the_identity_most_of_it_comes_from():
    members = pl.DataFrame({"alias_id": ["a1", "a2", "a3", "a4"], "identity_id": ["i1", "i1", "i1", "i2"]})
    parts = pl.DataFrame({"alias_id": ["a1", "a2", "a3"], "threshold": [0.8] * 3, "part_id": ["a1", "a2", "a2"]})
    assert _regrouped(members, parts, 0.8)["identity_id"].to_list() == ["part-a1", "i1", "i1", "i2"]
    assert _regrouped(members, parts, 0.5)["identity_id"].to_list() == ["i1", "i1", "i1", "i2"]


def test_identities_that_a_looser_threshold_joins_take_one_id():
    members = pl.DataFrame({"alias_id": ["a1", "a2", "a3"], "identity_id": ["i1", "i2", "i2"]})
    parts = pl.DataFrame({"alias_id": ["a1", "a2", "a3"], "threshold": [0.25] * 3, "part_id": ["a1"] * 3})
    assert _regrouped(members, parts, 0.25)["identity_id"].to_list() == ["i2", "i2", "i2"]
