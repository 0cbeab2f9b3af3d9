"""When time limits end."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.exposure.clocks import clocks_of_flags
from tests.exposure.tables import tables

SCHEMA = {"flag_id": pl.String, "arrival_date": pl.Date, "released_date": pl.Date, "exemption_claimed": pl.Boolean}


def clocks(*shipments):
    usual = {"flag_id": "f", "arrival_date": date(2025, 1, 15), "released_date": None, "exemption_claimed": True}
    frame = pl.DataFrame([{**usual, **shipment} for shipment in shipments], schema=SCHEMA)
    totals = pl.DataFrame({"flag_id": ["f"], "at_stake_usd": [Decimal("481.86")]})
    found = clocks_of_flags(frame, tables()["ref_clocks"], totals, "us")
    return {row["clock"]: row for row in found.rows(named=True)}


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2021, 11, 22), date(2026, 11, 22)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2024, 12, 31), date(2029, 12, 31)),
    ],
)
def test_negligence_ends_five_years_after_the_violation(day, end):
    assert clocks({"arrival_date": day})["penalty_negligence"]["last_end"] == end


def test_the_earliest_and_the_latest_piece_are_both_told():
    found = clocks({}, {"arrival_date": date(2025, 3, 1)})["penalty_negligence"]
    assert (found["first_end"], found["last_end"]) == (date(2030, 1, 15), date(2030, 3, 1))
    assert (found["shipments"], found["at_stake_usd"]) == (2, Decimal("481.86"))


@pytest.mark.parametrize("clock", ["penalty_fraud", "other_penalties"])
def test_what_runs_from_discovery_has_no_day(clock):
    assert clocks({})[clock]["last_end"] is None


@pytest.mark.parametrize(
    ("shipment", "present", "end"),
    [
        ({}, "records_exempt", date(2027, 1, 15)),
        ({"released_date": date(2025, 1, 17)}, "records_exempt", date(2027, 1, 17)),
        ({"exemption_claimed": None}, "records_exempt", date(2027, 1, 15)),
        ({"exemption_claimed": False}, "records_entry", date(2030, 1, 15)),
    ],
)
def test_records_are_kept_two_years_for_an_exempt_release_and_five_for_an_entry(shipment, present, end):
    found = clocks(shipment)
    assert found[present]["last_end"] == end
    assert len({"records_exempt", "records_entry"} & set(found)) == 1
