"""How late shipments come into the store, and which weeks are provisional."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from analytics.reports.arrivals import measure_lateness
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from analytics.wording.arrivals import lateness_text, provisional_text
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def run(number, day, *paths, sha=None):
    inputs = [{"path": path, "sha256": sha or path, "read": 5, "accepted": 5} for path in paths]
    return {"run_id": f"r{number}", "finished_at": f"{day}T18:00:00+00:00", "inputs": json.dumps(inputs)}


def shipped(counts, file):
    """So many shipments a day, all read from one file."""
    return [
        {"shipment_uid": f"{file}{day}{number}", "shipment_id": f"{file}{day}{number}", "arrival_date": day,
         "source_file": file}
        for day, count in counts.items() for number in range(count)
    ]  # fmt: skip


def lateness(shipments, runs, **more):
    store = store_of(shipments=shipments, runs=runs, **more)
    return measure_lateness(store, read_tables(store))


RUNS = [run(1, "2025-03-01", "old"), run(2, "2025-03-12", "a"), run(3, "2025-03-20", "b")]
SHIPPED = [
    *shipped({date(2025, 2, 3): 50}, "old"),
    *shipped({date(2025, 3, 11): 8}, "a"),
    *shipped({date(2025, 3, 11): 2, date(2025, 3, 19): 10}, "b"),
]


def test_the_curve_is_that_of_runs_after_the_first():
    found = lateness(SHIPPED, RUNS)
    assert (found.last_run, found.runs, found.shipments) == (date(2025, 3, 20), 2, 20)
    assert found.curve.rows()[1] == (1, 0.8)
    assert found.curve.rows()[-1] == (9, 1.0)


def test_a_week_that_has_had_its_time_is_final_and_a_young_one_is_not():
    found = lateness(SHIPPED, RUNS)
    assert (found.missing(WEEK), found.is_provisional(WEEK)) == (pytest.approx(5 * 0.2 / 7), True)
    before = Period.of_week(MONDAY - timedelta(weeks=1))
    assert (found.missing(before), found.is_provisional(before)) == (0.0, False)


def test_days_after_the_last_run_are_all_to_come():
    found = lateness(SHIPPED, RUNS)
    week = Period.of_week(date(2025, 3, 17))
    assert found.missing(week) == pytest.approx((3 + 1 + 3 * 0.2) / 7)
    assert found.missing(Period.of_week(date(2025, 3, 31))) == 1.0


def test_of_one_run_lateness_is_unknown_and_only_a_week_under_way_is_provisional():
    found = lateness(shipped({MONDAY: 5}, "a"), [run(1, "2025-03-16", "a")])
    assert (found.runs, found.curve.height, found.missing(WEEK), found.is_provisional(WEEK)) == (0, 0, None, True)
    assert not lateness(shipped({MONDAY: 5}, "a"), [run(1, "2025-03-17", "a")]).is_provisional(WEEK)


def test_the_day_of_a_run_is_that_of_new_york():
    runs = [{**run(1, "2025-03-16", "a"), "finished_at": "2025-03-17T03:00:00+00:00"}]
    assert lateness(shipped({MONDAY: 5}, "a"), runs).last_run == date(2025, 3, 16)


def test_a_file_read_again_counts_once_and_a_path_of_two_contents_not_at_all():
    again = lateness(SHIPPED, [*RUNS, run(4, "2025-03-27", "b")])
    assert again.curve.rows()[1] == (1, 0.8)
    other = lateness(SHIPPED, [*RUNS, run(4, "2025-03-27", "b", sha="other")])
    assert (other.shipments, other.curve.height) == (8, 2)


def test_a_shipment_that_was_replaced_came_with_its_first_version():
    versions = [
        {"shipment_id": f"b2025-03-11{number}", "source_file": "a", "landed_id": str(number), "source_line": number}
        for number in range(2)
    ]
    found = lateness(SHIPPED, RUNS, shipment_versions=versions)
    assert found.curve.rows() == [(0, 0.0), (1, 1.0)]


def test_a_store_without_runs_or_shipments_tells_nothing():
    for found in (lateness([], []), lateness([], RUNS)):
        assert found.curve.is_empty()
        assert found.missing(WEEK) is None
    assert not lateness([], []).is_provisional(WEEK)


def test_rows_filed_ahead_are_on_time():
    found = lateness(shipped({date(2025, 3, 14): 5}, "a"), RUNS)
    assert found.curve.rows() == [(0, 1.0)]


def test_what_is_said_of_provisional_weeks():
    assert provisional_text([], 0) == "How late data come cannot be measured: all shipments came in one run."
    assert provisional_text([(MONDAY, None)], 0) == (
        "Hatched: the week of March 10, 2025, not whole in this report. How late data come cannot be measured: all "
        "shipments came in one run."
    )
    weeks = [(MONDAY + timedelta(weeks=number), 0.02 * number) for number in range(1, 7)]
    assert provisional_text(weeks, 1) == (
        "Hatched: the weeks of March 31, 2025 (6.0% to come), April 7, 2025 (8.0% to come), April 14, 2025 (10% to "
        "come) and April 21, 2025 (12% to come) and 2 earlier weeks. A week is provisional while 1% or more of its "
        "shipments must still be expected, by how late 1 run brought theirs."
    )
    assert provisional_text([], 3).startswith("No week shown is provisional. A week is provisional while")


def test_what_is_said_of_lateness():
    assert lateness_text([0.4, 0.5, 0.98, 0.99, 1.0], 20, 2) == (
        "Half of all shipments are in the store within 1 day of arrival, 99% within 3 days (measured on 20 shipments "
        "of 2 runs after the first)."
    )
    assert lateness_text([], 0, 0).startswith("How late data come cannot be measured")
