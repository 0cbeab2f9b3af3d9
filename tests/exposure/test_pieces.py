"""Duty by the line, and fees by the year."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.exposure.pieces import duties, fees
from analytics.rulebook import load_references

DAY = date(2025, 1, 15)


@pytest.fixture(scope="module")
def tables():
    return load_references().tables


def line(value="400.00", hts="61103030", day=DAY, shipment="s1"):
    return {"shipment_uid": shipment, "hts_code": hts, "arrival_date": day, "customs_value_usd": Decimal(value)}


def owed(tables, *lines):
    schema = {"customs_value_usd": pl.Decimal(18, 2), "hts_code": pl.String()}
    return duties(pl.DataFrame(lines, schema_overrides=schema), tables["ref_hts_rates"]).row(0, named=True)


@pytest.mark.parametrize(
    ("value", "cents"),
    [("400.00", 12800), ("400.49", 12800), ("400.50", 12832), ("0.49", 0), ("0.50", 32), ("799.99", 25600)],
)
def test_duty_is_taken_on_whole_dollars_fifty_cents_up(tables, value, cents):
    assert owed(tables, line(value))["duty_base"] == cents


def test_lines_are_rounded_one_by_one(tables):
    assert owed(tables, line("10.50"), line("10.50"))["duty_base"] == 2 * 352


@pytest.mark.parametrize("hts", ["6110303053", "61103030"])
def test_ten_digits_have_the_rate_of_their_eight(tables, hts):
    assert owed(tables, line(hts=hts))["duty_base"] == 12800


@pytest.mark.parametrize("hts", [None, "6110", "99999999", "04061008"])
def test_what_the_value_does_not_decide_is_unknown_and_not_nothing(tables, hts):
    found = owed(tables, line(), line(hts=hts))
    assert (found["duty_base"], found["is_duty_unknown"]) == (12800, True)


@pytest.mark.parametrize(
    ("day", "floor", "is_other"),
    [
        (date(2020, 6, 30), 0, True),
        (date(2020, 7, 1), 12800, False),
        (date(2025, 12, 31), 12800, False),
        (date(2026, 1, 1), 0, True),
    ],
)
def test_the_rate_of_another_schedule_leaves_the_floor_empty(tables, day, floor, is_other):
    found = owed(tables, line(day=day))
    assert (found["duty_floor"], found["duty_base"], found["is_other_schedule"]) == (floor, 12800, is_other)


@pytest.mark.parametrize(
    ("day", "mode", "cents"),
    [
        (date(2021, 9, 30), "air", None),
        (date(2021, 10, 1), "air", 222),
        (date(2025, 9, 30), "air", 262),
        (date(2025, 10, 1), "air", 269),
        (date(2025, 1, 15), "mail", 720),
        (date(2025, 1, 15), None, 262),
        (date(2027, 10, 1), "air", None),
    ],
)
def test_the_fee_is_that_of_the_fiscal_year(tables, day, mode, cents):
    piece = pl.DataFrame([{"arrival_date": day, "mode": mode}], schema_overrides={"mode": pl.String()})
    found = fees(piece, tables["ref_fees"]).row(0, named=True)
    assert (found["fee"], found["is_fee_unknown"]) == (cents or 0, cents is None)
