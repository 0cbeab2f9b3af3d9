"""Kinds of flag by week, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analytics.reports.periods import Period
from analytics.reports.sections.typologies import Kinds, typologies_by_week, typologies_chart
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def test_counts_kinds_by_week_with_zeros_for_what_was_tested():
    store = store_of(
        shipments=[{"arrival_date": MONDAY - timedelta(weeks=1)}],
        flags=[{"flag_id": "f1", "window_end": MONDAY}, {"flag_id": "f2", "window_end": MONDAY + timedelta(days=6)}],
        typology_status=[
            {"typology": "daily_limit"},
            {"typology": "order_split"},
            {"typology": "informal_entry_split", "tested": "not tested: no conveyance_id"},
        ],
    )
    found = typologies_by_week(read_tables(store), WEEK)
    before = MONDAY - timedelta(weeks=1)
    assert found.rows() == [
        (before, "daily_limit", 0),
        (MONDAY, "daily_limit", 2),
        (before, "order_split", 0),
        (MONDAY, "order_split", 0),
    ]


NONE = pl.DataFrame(schema={"typology": pl.String, "tested": pl.String})


def _week(**flags):
    rows = [(date(2025, 3, 10), typology, count) for typology, count in flags.items()]
    return pl.DataFrame(rows, schema=["monday", "typology", "flags"], orient="row")


@pytest.mark.parametrize(
    ("flags", "drawn"),
    [
        ({"daily_limit": 1, "gift_split": 0}, {"Daily limit": 1}),
        (dict.fromkeys("abcde", 1), dict.fromkeys("ABCDE", 1)),
        ({"a": 5, "b": 4, "c": 3, "d": 2, "e": 1, "f": 1}, {"A": 5, "B": 4, "C": 3, "D": 2, "Other kinds": 2}),
    ],
)
def test_of_many_kinds_the_less_frequent_are_drawn_as_one(flags, drawn):
    bars = typologies_chart(Kinds(_week(**flags), NONE)).series
    assert {bar.name: bar.values[0] for bar in bars} == drawn
