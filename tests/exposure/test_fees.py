"""Fees by the year, one by one and together."""

from datetime import date

import polars as pl
import pytest

from analytics.exposure.fees import consolidated_fees, fees_of_pieces
from tests.exposure.tables import DAY, tables

SCHEMA = {
    "flag_id": pl.String,
    "arrival_date": pl.Date,
    "mode": pl.String,
    "origin_country": pl.String,
    "customs": pl.Int64,
}


def fees(*shipments):
    usual = {"flag_id": "f", "arrival_date": DAY, "mode": "air", "origin_country": "CN", "customs": 40000}
    frame = pl.DataFrame([{**usual, **shipment} for shipment in shipments], schema=SCHEMA)
    names = ("ref_fees", "ref_limits", "ref_preferences")
    return fees_of_pieces(frame, *(tables()[name] for name in names), "us")


@pytest.mark.parametrize(
    ("day", "mode", "cents"),
    [
        (date(2015, 9, 30), "air", None),
        (date(2015, 10, 1), "air", 200),
        (date(2017, 12, 31), "air", 200),
        (date(2018, 1, 1), "air", 205),
        (date(2018, 9, 30), "air", 205),
        (date(2018, 10, 1), "air", 210),
        (date(2019, 10, 1), "air", 214),
        (date(2019, 10, 1), "mail", 589),
        (date(2020, 10, 1), "air", 218),
        (date(2021, 9, 30), "air", 218),
        (date(2021, 10, 1), "air", 222),
        (date(2025, 9, 30), "air", 262),
        (date(2025, 10, 1), "air", 269),
        (date(2025, 1, 15), "mail", 720),
        (date(2025, 1, 15), None, 262),
        (date(2027, 10, 1), "air", None),
    ],
)
def test_the_fee_is_that_of_the_fiscal_year(day, mode, cents):
    found = fees({"arrival_date": day, "mode": mode}).row(0, named=True)
    assert (found["fee"], found["is_fee_unknown"]) == (cents or 0, cents is None)


@pytest.mark.parametrize(("origin", "mode", "cents"), [("CN", "air", 131), ("CN", "mail", 720), ("MX", "air", 0)])
def test_the_least_is_a_bill_of_an_express_operator_or_nothing_under_an_agreement(origin, mode, cents):
    assert fees({"origin_country": origin, "mode": mode})["fee_cheap"].to_list() == [cents]


@pytest.mark.parametrize(
    ("shipments", "cents"),
    [
        ([{}, {}, {}], 262),
        ([{}, {"arrival_date": date(2025, 1, 16)}], 2 * 262),
        ([{"mode": "mail"}, {"mode": "mail"}, {}], 2 * 720 + 262),
        ([{"customs": 125000}, {"customs": 125000}], 262),
        ([{"customs": 125000}, {"customs": 125001}], 3271),
        ([{"customs": 1000000}, {"customs": 1000000}], 6928),
        ([{"customs": 90000000}], 63462),
    ],
)
def test_one_entry_a_day_is_formal_above_the_limit_and_mail_stays_apart(shipments, cents):
    assert consolidated_fees(fees(*shipments))["fee_consolidated"].to_list() == [cents]
