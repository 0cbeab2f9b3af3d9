"""Low, central, high, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.sections.page_one.tiles import span_note, tiles
from analytics.reports.sections.page_one.words import certainty
from analytics.reports.sections.trend import SECTION as TREND
from analytics.reports.sections.trend import weekly_trend
from analytics.reports.spans import at_thresholds, ends, with_ends
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

WEEK = Period.of_week(date(2025, 3, 10))
TRIED = [{"threshold": at, "standing": standing} for at, standing in
         ((0.25, "high"), (0.5, "central"), (0.95, "low"), (1.0, "certain"))]  # fmt: skip
FLAGS = {"f1": "900.00", "f2": "1000.00"}


def at(flag_id, each, total, *, stands=True, is_raised=True, **more):
    return {**each, "flag_id": flag_id, "total_usd": total, "stands": stands, "is_raised": is_raised, **more}


def store(*, tried=TRIED):
    """f1 keeps a part of 850 at the low end and falls at certainty; f2 stands; a third would appear at the high end."""
    high, central, low, certain = TRIED
    rows = [
        at("f1", high, "950.00"),
        at("f1", central, "900.00"),
        at("f1", low, "850.00"),
        at("f1", certain, "0.00", stands=False),
        *(at("f2", each, "1000.00") for each in TRIED),
        at("f3", high, "810.00", is_raised=False),
        at("f4", high, "999.00", is_raised=False, window_end=date(2025, 3, 17)),
    ]
    return store_of(
        shipments=[{"shipment_uid": f"S{flag_id}", "value_usd": total} for flag_id, total in FLAGS.items()],
        flags=[{"flag_id": flag_id, "total_usd": total} for flag_id, total in FLAGS.items()],
        flag_shipments=[{"flag_id": flag_id, "shipment_uid": f"S{flag_id}"} for flag_id in FLAGS],
        exposure=[{"flag_id": flag_id, "base_usd": total, "ceiling_usd": total} for flag_id, total in FLAGS.items()],
        identity_thresholds=tried,
        flag_thresholds=rows if tried else [],
    )


def test_each_threshold_has_its_flags_and_its_value():
    assert at_thresholds(read_tables(store()), WEEK).rows() == [
        (0.25, "high", 3, Decimal("2760.00")),
        (0.5, "central", 2, Decimal("1900.00")),
        (0.95, "low", 2, Decimal("1850.00")),
        (1.0, "certain", 1, Decimal("1000.00")),
    ]


def test_a_shared_shipment_counts_once_at_every_threshold():
    tied = store()
    tied.tables["flag_shipments"] = tied.tables["flag_shipments"].with_columns(shipment_uid=pl.lit("Sf1"))
    assert at_thresholds(read_tables(tied), WEEK)["base_usd"].to_list() == [
        Decimal("1810.00"), Decimal("1000.00"), Decimal("1000.00"), Decimal("1000.00"),
    ]  # fmt: skip


def test_the_trend_has_both_ends_of_every_week():
    tables = read_tables(store())
    trend = with_ends(tables, weekly_trend(tables, WEEK))
    assert trend.select("low_usd", "base_usd", "high_usd").row(-1) == (
        Decimal("1850.00"), Decimal("1900.00"), Decimal("2760.00"),
    )  # fmt: skip
    quiet = Period.of_week(WEEK.start + timedelta(weeks=2))
    assert with_ends(tables, weekly_trend(tables, quiet))["high_usd"].to_list()[-2:] == [Decimal("999.00"), Decimal(0)]


def test_the_strip_and_the_bottom_line_say_it():
    contents = Contents(store(), WEEK)
    said = {tile.label: tile.between for tile in tiles(contents)}
    assert said["Flags"] == "2 to 3 by identity threshold"
    assert said["Value at issue"] == "$1,850 to $2,760 by identity threshold"
    assert said["Consignees flagged"] == ""
    assert "At stricter and looser identity thresholds: 2 to 3 flags, $1,850 to $2,760 at issue." in certainty(
        contents.of(PAGE_ONE)
    )
    assert span_note(contents).startswith("Identity thresholds: from 0.95, the strictest, to 0.25, the loosest; ")


def test_where_no_threshold_was_tried_nothing_is_said():
    contents = Contents(store(tried=[]), WEEK)
    assert {tile.between for tile in tiles(contents)} == {""}
    assert span_note(contents) == ""
    assert not [line for line in certainty(contents.of(PAGE_ONE)) if "stricter" in line]
    assert contents.of(TREND).weeks["low_usd"].to_list() == contents.of(TREND).weeks["base_usd"].to_list()


def test_one_threshold_is_both_ends():
    only = at_thresholds(read_tables(store(tried=TRIED[1:2])), WEEK)
    assert ends(only, "flags") == (2, 2)
    assert {tile.between for tile in tiles(Contents(store(tried=TRIED[1:2]), WEEK))} == {
        "same at every identity threshold",
        "",
    }
