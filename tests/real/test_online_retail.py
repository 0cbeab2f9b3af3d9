"""27,728 orders of a British shop: the days on which customers crossed the limit are known exactly.

Nobody here splits for customs. What is tested is the arithmetic: pounds at a rate, days, pieces set aside, refunds.
"""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

import analytics
from tests.real.conftest import Screen
from tests.shared_data import shared

FOLDER = "data/online_retail_2009_2010"


@pytest.fixture(scope="module")
def store(screen: Screen) -> analytics.OpenedStore:
    return screen(f"{FOLDER}/orders.csv", "online_retail")


@pytest.fixture(scope="module")
def orders() -> pl.DataFrame:
    return pl.read_csv(shared(f"{FOLDER}/orders.csv"), infer_schema=False).with_columns(
        pl.col("value_gbp").cast(pl.Float64), is_cancelled=pl.col("cancelled") == "True"
    )


def _crossings(store: analytics.OpenedStore) -> pl.DataFrame:
    customers = store.table("shipments").select("identity_id", "consignee_id").unique()
    over = store.table("daily_totals").filter("is_over_limit").join(customers, on="identity_id")
    return over.select("consignee_id", "arrival_date", "oversize_count", "shipments", "total_usd").collect()


def test_the_days_without_an_oversize_order_are_those_known_to_cross(store: analytics.OpenedStore) -> None:
    known = pl.read_csv(shared(f"{FOLDER}/crossing_days_over_gbp_516.csv"), schema_overrides={"customer_id": pl.String})
    expected = {(row["customer_id"], date.fromisoformat(row["day"]), row["n"]) for row in known.iter_rows(named=True)}
    found = _crossings(store).filter(pl.col("oversize_count") == 0).select("consignee_id", "arrival_date", "shipments")
    assert len(expected) == 195
    assert len(found) == 195
    assert set(found.iter_rows()) == expected


def test_an_oversize_order_does_not_hide_a_day(store: analytics.OpenedStore) -> None:
    assert len(_crossings(store)) == 235


def test_every_such_day_is_one_flag(store: analytics.OpenedStore) -> None:
    flags = store.table("flags").filter(pl.col("typology") == "daily_limit").collect()
    assert len(flags) == 235
    assert flags["flag_id"].n_unique() == 235


def test_nobody_is_said_to_stay_under_the_limit_on_purpose(store: analytics.OpenedStore) -> None:
    tested = store.table("structuring_tests").collect()
    assert len(tested) > 400
    assert store.table("flags").filter(pl.col("typology") == "structuring").collect().is_empty()


def test_the_claim_is_said_to_be_assumed(store: analytics.OpenedStore) -> None:
    """The file says nothing of entries: each row is taken to claim what the rule of its day offered."""
    claims = store.table("shipments").select("exemption_claimed", "exemption_basis").unique().collect()
    assert claims.rows() == [(True, "assumed")]


def test_refunds_and_cancelled_orders_are_set_apart_with_their_reason(
    store: analytics.OpenedStore, orders: pl.DataFrame
) -> None:
    negative = orders.filter(pl.col("value_gbp") < 0)
    assert len(negative.filter("is_cancelled")) > 4_000
    rejected = store.table("rejected").collect()
    reason = ("declared_value", "negative_value")
    for_value = {row["shipment_id"] for row in rejected.iter_rows(named=True) if reason in _reasons(row)}
    assert for_value == set(negative["invoice"])


def test_stock_that_was_written_off_is_set_apart_too(store: analytics.OpenedStore, orders: pl.DataFrame) -> None:
    """Orders at no price with fewer than no pieces: the shop corrected its stock."""
    written_off = orders.filter(pl.col("units").cast(pl.Float64) < 0, pl.col("value_gbp") == 0)
    rejected = store.table("rejected").collect()
    reason = ("quantity", "negative_value")
    for_pieces = {row["shipment_id"] for row in rejected.iter_rows(named=True) if reason in _reasons(row)}
    assert set(written_off["invoice"]) <= for_pieces
    assert len(written_off) > 1_000


def test_orders_without_a_customer_are_nobodys(store: analytics.OpenedStore, orders: pl.DataFrame) -> None:
    nobody = set(orders.filter(pl.col("customer_id").is_null())["invoice"])
    rejected = store.table("rejected").collect()
    blank_reason = ("consignee_name", "consignee_blank")
    blank = {row["shipment_id"] for row in rejected.iter_rows(named=True) if blank_reason in _reasons(row)}
    assert blank == nobody


def test_nothing_is_lost(store: analytics.OpenedStore, orders: pl.DataFrame) -> None:
    accepted = store.table("shipments").select("shipment_id").collect()["shipment_id"]
    rejected = store.table("rejected").select("shipment_id").collect()["shipment_id"]
    assert len(accepted) + len(rejected) == len(orders) == 27_728
    assert set(accepted) | set(rejected) == set(orders["invoice"])


def _reasons(row: dict[str, str]) -> set[tuple[str, str]]:
    return {(reason["column"], reason["reason"]) for reason in json.loads(row["reasons"])}
