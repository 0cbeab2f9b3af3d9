"""A real file with no heading of ours is read through a mapping of four lines."""

from __future__ import annotations

from datetime import date

from tests.shared_data import shared

MAPPING = """
[[source]]
match = "orders.csv"
columns = { shipment_id = "invoice", arrival_date = "ts", record_action = "" }
constants = { consignee_id_issuer = "shop" }
"""


def test_orders_of_a_british_shop(desk, landed):
    desk.rates = desk.rates.with_columns(valid_from=date(1900, 1, 1))
    intake = desk.take(shared("data/online_retail_2009_2010/orders.csv"), mapping=MAPPING)
    (record,) = intake.inputs
    assert (record.read, record.accepted, record.rejected, record.repeated) == (27_728, 18_439, 9_289, 0)
    assert record.reasons == {"consignee_blank": 5_042, "negative_value": 6_515, "country_unknown": 24}
    assert record.columns["consignee_id"] == "customer_id"
    assert {row["currency"] for row in landed(intake)} == {"GBP"}
