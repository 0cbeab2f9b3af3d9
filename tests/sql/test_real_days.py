"""Real orders and card payments: the days over a limit, counted by somebody else."""

from datetime import date

import polars as pl
import pytest

from analytics.contracts.shipments import LandedLines
from tests.shared_data import shared
from tests.sql.chain import lines

BEGINNING = date(1990, 1, 1)


def landed(frame):
    """Landed lines of one consignee and value a row, in pounds."""
    usual = lines({"currency": "GBP", "consignee_name": None, "entry_type": None, "mode": None, "origin_country": None})
    own = frame.with_row_index("row").select(
        "consignee_id",
        "arrival_date",
        pl.format("l{}", "row").alias("landed_id"),
        pl.format("s{}", "row").alias("shipment_id"),
        declared_value=pl.col("pounds").round(2).cast(pl.Decimal(18, 2)),
    )
    return own.join(usual.drop(own.columns), how="cross").select(LandedLines.column_names())


def days_over(chain, frame, references):
    chain.run(landed(frame), references)
    return chain.table("mart_daily_totals").filter("is_over_limit")


@pytest.fixture
def at_155(pounds):
    return {"ref_fx_rates": pounds((BEGINNING, None, "1.55"))}


def test_days_of_orders_over_800_dollars(chain, one_limit, at_155):
    orders = pl.read_csv(shared("data/online_retail_2009_2010/orders.csv"), try_parse_dates=True)
    bought = orders.filter(~pl.col("cancelled"), pl.col("value_gbp") >= 0, pl.col("customer_id").is_not_null())
    frame = bought.select(
        consignee_id=pl.col("customer_id").cast(pl.String), arrival_date=pl.col("ts").dt.date(), pounds="value_gbp"
    )
    over = days_over(chain, frame, {**at_155, "ref_limits": one_limit("800", "USD")})
    known = pl.read_csv(shared("data/online_retail_2009_2010/crossing_days_over_gbp_516.csv"), try_parse_dates=True)
    expected = set(known.select(pl.format("i-{}", "customer_id"), "day").rows())
    plain = over.filter(oversize_count=0)
    assert set(plain.select("identity_id", "arrival_date").rows()) == expected
    assert (over.height, plain.height) == (235, 195)


def test_days_of_card_payments_over_500_pounds(chain, one_limit, at_155):
    payments = pl.read_parquet(shared("data/birmingham_purchase_cards/transactions.parquet"))
    spent = payments.filter(pl.col("amount_gbp") > 0, pl.col("card").is_not_null(), pl.col("date").is_not_null())
    frame = spent.select(consignee_id="card", arrival_date="date", pounds="amount_gbp")
    over = days_over(chain, frame, {**at_155, "ref_limits": one_limit("500", "GBP")})
    assert (over.height, over.filter(oversize_count=0).height) == (2301, 1811)
