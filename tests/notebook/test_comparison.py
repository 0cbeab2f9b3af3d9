"""What changed between two runs, and between two stores."""

from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.notebook.identity_moves import identity_moves


class Aliases:
    """A store of which only the aliases are known."""

    def __init__(self, **identity_of):
        self.frame = pl.DataFrame({"alias_id": list(identity_of), "identity_id": list(identity_of.values())})

    def table(self, name):
        assert name == "aliases"
        return self.frame.lazy()


def test_two_stores_give_the_steps_from_one_total_to_the_other(few, later):
    found = later.compare(few)
    assert found.totals.rows() == [
        ("Before", 2, Decimal("1800.00"), True),
        ("Gone", 0, Decimal("0.00"), False),
        ("Changed or moved", 0, Decimal("20.00"), False),
        ("New", 1, Decimal("900.00"), False),
        ("Now", 3, Decimal("2720.00"), True),
    ]
    assert found.flags.select("change", "usd_change").rows() == [
        ("changed", Decimal("20.00")),
        ("new", Decimal("900.00")),
    ]


def test_two_runs_of_a_store_name_the_cause(few, later):
    found = later.compare(few.run_id)
    assert found.totals.select("step", "flags", "value_usd").rows() == [
        ("Before", 2, Decimal("1800.00")),
        ("New data", 1, Decimal("900.00")),
        ("Late data", 0, Decimal("20.00")),
        ("Now", 3, Decimal("2720.00")),
    ]
    assert set(found.flags["cause"]) == {"new_data", "late_data"}


def test_the_other_way_round_flags_are_gone(few, later):
    counts = few.compare(later.root).flags["change"].value_counts().sort("change").rows()
    assert counts == [("changed", 1), ("gone", 1)]


def test_the_figure_is_a_waterfall(few, later):
    bars = later.compare(few).figure.data[0]
    assert list(bars.y)[::-1] == ["Before", "Gone", "Changed or moved", "New", "Now"]


def test_merged_and_split_identities_are_told_by_their_aliases():
    before, now = Aliases(a1="i1", a2="i2", a3="i3", a4="i3"), Aliases(a1="i1", a2="i1", a3="i3", a4="i4", a5="i5")
    assert identity_moves(before, now).select("event", "identity_id", "others").rows() == [
        ("merged", "i1", '["i1", "i2"]'),
        ("split", "i3", '["i3", "i4"]'),
    ]


def test_what_is_neither_a_run_nor_a_folder_is_named_with_the_nearest(few):
    with pytest.raises(UsageError, match=f"Did you mean {few.run_id}"):
        few.compare(few.run_id[:-1])
