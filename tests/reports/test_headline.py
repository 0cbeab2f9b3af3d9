"""The figures of a week, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.reports.headline import Value, at_issue_by_strength, measure_headline, value_at_issue
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)
HIDDEN, SEEN = '{"would_exact_name_show_it": false}', '{"would_exact_name_show_it": true}'


def overlapping():
    """Flags f1 {S1 400, S2 500} and f2 {S2 500, S3 300} share S2; f3 {S4 700} stands alone."""
    values = {"S1": "400.00", "S2": "500.00", "S3": "300.00", "S4": "700.00"}
    exposure = {
        "f1": ("100.00", "900.00", "900.00"),
        "f2": ("50.00", "800.00", "800.00"),
        "f3": ("0.00", "700.00", "700.00"),
    }
    members = {"f1": ["S1", "S2"], "f2": ["S2", "S3"], "f3": ["S4"]}
    return store_of(
        shipments=[{"shipment_uid": uid, "value_usd": value} for uid, value in values.items()],
        flags=[{"flag_id": flag_id} for flag_id in exposure],
        flag_shipments=[{"flag_id": flag_id, "shipment_uid": uid} for flag_id, uids in members.items() for uid in uids],
        exposure=[
            {"flag_id": flag_id, "floor_usd": floor, "base_usd": base, "ceiling_usd": ceiling}
            for flag_id, (floor, base, ceiling) in exposure.items()
        ],
    )


def test_a_shared_shipment_is_not_counted_twice():
    tables = read_tables(overlapping())
    # f1 and f2: floor 100, headline 900, ceiling min(900 + 800, 400 + 500 + 300) = 1200; f3: 0, 700, 700
    assert value_at_issue(tables.flags, tables.flagged) == Value(Decimal(100), Decimal(1600), Decimal(1900))


def test_flags_tied_through_a_third_are_one_group():
    tables = read_tables(overlapping())
    bridge = pl.concat(
        [tables.flagged, tables.flagged.filter(pl.col("shipment_uid") == "S4").with_columns(flag_id=pl.lit("f2"))]
    )
    assert value_at_issue(tables.flags, bridge).base == Decimal(900)


def test_each_strength_counts_what_it_puts_at_issue_by_itself():
    tables = read_tables(overlapping())
    is_second = pl.col("flag_id") == "f2"
    flags = tables.flags.with_columns(strength=pl.when(is_second).then(pl.lit("inferred")).otherwise("strength"))
    found = at_issue_by_strength(flags, tables.flagged)
    assert list(found) == ["objective", "inferred"]
    assert found["objective"] == (2, Value(Decimal(100), Decimal(1600), Decimal(1600)))
    assert found["inferred"] == (1, Value(Decimal(50), Decimal(800), Decimal(800)))


def test_no_flag_is_no_value():
    tables = read_tables(store_of())
    assert value_at_issue(tables.flags, tables.flagged) == Value(Decimal(0), Decimal(0), Decimal(0))


def test_the_headline_is_the_all_lose_reading_and_the_band_is_over_all_readings():
    readings = [
        ("all", "900.00", "900.00", "900.00"),
        ("tipping", "400.00", "450.00", "500.00"),
        ("latch", "450.00", "500.00", "600.00"),
    ]
    store = store_of(
        flags=[{}],
        exposure=[
            {"reading": reading, "floor_usd": floor, "base_usd": base, "ceiling_usd": ceiling}
            for reading, floor, base, ceiling in readings
        ],
    )  # fmt: skip
    row = read_tables(store).flags.row(0, named=True)
    assert (row["floor_usd"], row["base_usd"], row["ceiling_usd"]) == (Decimal(400), Decimal(900), Decimal(900))


@pytest.mark.parametrize(("excess", "value"), [("100.00", 100), (None, 900)])
def test_a_flag_without_exposure_falls_back_on_excess_or_total_and_is_unknown(excess, value):
    row = read_tables(store_of(flags=[{"excess_usd": excess}])).flags.row(0, named=True)
    assert (row["floor_usd"], row["base_usd"], row["is_unknown"]) == (value, value, True)


def week_after_week():
    """Weeks -2, -1 and 0 with 1, 2 and 3 flags; i1 is flagged each week, i2 and i3 only in the last."""
    flags, shipments, members = [], [], []
    for weeks_ago, people in ((2, ["i1"]), (1, ["i1", "i1"]), (0, ["i1", "i2", "i3"])):
        day = MONDAY - timedelta(weeks=weeks_ago)
        for person in people:
            name = f"{len(flags)}"
            flags.append(
                {"flag_id": f"f{name}", "identity_id": person, "window_start": day, "window_end": day,
                 "attributes": {"i1": SEEN, "i2": HIDDEN, "i3": "{}"}[person]}
            )  # fmt: skip
            shipments.append({"shipment_uid": f"S{name}", "arrival_date": day, "value_usd": "500.00"})
            members.append({"flag_id": f"f{name}", "shipment_uid": f"S{name}"})
        shipments.append({"shipment_uid": f"plain {weeks_ago}", "arrival_date": day})
    return store_of(flags=flags, shipments=shipments, flag_shipments=members)


def test_counts_a_week():
    now = measure_headline(read_tables(week_after_week()), WEEK).now
    assert (now.flags, now.compared_flags, now.hidden_flags, now.unknown_flags) == (3, 2, 1, 3)
    assert (now.shipments, now.flagged_shipments, now.flagged_per_thousand) == (4, 3, 750)
    assert (now.recipients, now.repeat_recipients, now.repeat_share) == (3, 1, 1 / 3)


def test_compares_with_the_week_before_and_the_median_and_knows_what_it_does_not_know():
    found = measure_headline(read_tables(week_after_week()), WEEK)
    flags = found.kpis[0]
    assert (flags.key, flags.now, flags.before, flags.usual) == ("flags", 3, 2, 1.5)
    assert flags.history == [None] * 10 + [1, 2, 3]
    assert found.before.flags == 2


def test_nothing_is_compared_with_weeks_before_the_first_shipment():
    store = store_of(shipments=[{"arrival_date": MONDAY + timedelta(days=2)}])
    found = measure_headline(read_tables(store), WEEK)
    assert found.before is None
    assert found.kpis[0].usual is None
