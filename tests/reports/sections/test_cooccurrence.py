"""Typologies on the same shipments, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.cooccurrence import SECTION
from analytics.reports.theme import QUIET, shade
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))
FLAGS = {
    "daily_limit": ["a", "b", "c", "d"],
    "order_split": ["c", "d", "e"],
    "late_filing": ["d", "f"],
    "gift_split": ["g"],
}


def section(flags=FLAGS, **more):
    uids = sorted({uid for members in flags.values() for uid in members})
    leads = {"strength": "supporting"}
    store = store_of(
        shipments=[{"shipment_uid": uid, "shipment_id": uid, "identity_id": f"i{uid}"} for uid in uids],
        flags=[
            {"flag_id": kind, "typology": kind, **(leads if kind == "late_filing" else {}), **more} for kind in flags
        ],
        flag_shipments=[{"flag_id": kind, "shipment_uid": uid} for kind, members in flags.items() for uid in members],
    )
    contents = Contents(store, WEEK)
    return contents.of(SECTION)


def test_a_shipment_counts_once_a_typology_and_once_a_pair():
    found = section()
    assert (found.shipments, found.in_several) == (7, 2)
    assert found.pairs.rows() == [
        ("daily_limit", "daily_limit", 4, 1.0),
        ("daily_limit", "order_split", 2, pytest.approx(2 / 3, abs=1e-6)),
        ("daily_limit", "late_filing", 1, 0.5),
        ("order_split", "order_split", 3, 1.0),
        ("order_split", "late_filing", 1, 0.5),
        ("late_filing", "late_filing", 2, 1.0),
        ("gift_split", "gift_split", 1, 1.0),
    ]


def test_combinations_are_exact():
    rows = {tuple(each): (shipments, people) for each, shipments, people in section().combinations.iter_rows()}
    assert rows == {
        ("daily_limit",): (2, 2),
        ("daily_limit", "order_split"): (1, 1),
        ("daily_limit", "late_filing", "order_split"): (1, 1),
        ("order_split",): (1, 1),
        ("late_filing",): (1, 1),
        ("gift_split",): (1, 1),
    }


def test_the_matrix_has_each_typology_against_those_before_it():
    (chart,) = SECTION.charts(section())
    (tiles,) = chart.series
    assert list(zip(tiles.at, [base + 0.46 for base in tiles.base], tiles.labels, strict=True)) == [
        (0, 3, "4"), (0, 2, "2"), (0, 1, "1"), (1, 2, "3"), (1, 1, "1"), (2, 1, "2"), (3, 0, "1"),
    ]  # fmt: skip
    assert tiles.colour[:3] == [QUIET, shade(2 / 3), shade(0.5)]
    assert (list(chart.across.names), list(chart.up.names)) == (list("ABCD"), list("DCBA"))
    assert chart.text == (
        "Of 7 shipments in flags or leads, 2 (29%) are in two typologies or more. Most often together: Daily limit and "
        "Order in lots, on 2 shipments, 67% of the smaller of the two."
    )


def test_the_tables_name_the_letters_and_the_combinations():
    key, together = SECTION.tables(section())
    assert key.rows[:2] == [["A", "Daily limit", "4", "2"], ["B", "Order in lots", "3", "2"]]
    assert together.rows == [["Daily limit + Late filing + Order in lots", "1", "1"], ["Daily limit + Order in lots",
        "1", "1"]]  # fmt: skip


def test_of_one_typology_each_nothing_is_said_to_meet():
    found = section({"daily_limit": ["a"], "order_split": ["b"]})
    assert SECTION.says(found) == ["2 shipments in flags or leads, each in one typology only."]
    assert len(SECTION.tables(found)) == 1


def test_explained_flags_and_those_of_other_quarters_do_not_count():
    assert section(is_suppressed=True).shipments == 0
    assert section(window_end=date(2024, 12, 1)).shipments == 0


def test_an_empty_store_says_so():
    found = Contents(store_of(), WEEK).of(SECTION)
    assert (SECTION.charts(found), SECTION.tables(found)) == ((), [])
    assert SECTION.says(found) == ["No shipment of the last quarter is in a flag or a lead."]
