"""181,335 card payments of a city under a limit for each payment; they carry no number of their own."""

from __future__ import annotations

import json

import polars as pl
import pytest

import analytics
from tests.real.conftest import Screen
from tests.shared_data import shared

pytestmark = pytest.mark.slow
FILE = "data/birmingham_purchase_cards/transactions.parquet"


@pytest.fixture(scope="module")
def store(screen: Screen) -> analytics.OpenedStore:
    return screen(FILE, "purchase_cards")


@pytest.fixture(scope="module")
def payments() -> pl.DataFrame:
    cents = (pl.col("amount_gbp") * 100).round().cast(pl.Int64)
    return pl.read_parquet(shared(FILE)).with_columns(cents=cents)


def _over(store: analytics.OpenedStore) -> pl.DataFrame:
    return store.table("daily_totals").filter("is_over_limit").collect()


def test_card_days_over_the_limit_without_an_oversize_payment(store: analytics.OpenedStore) -> None:
    assert len(_over(store).filter(pl.col("oversize_count") == 0)) == 1_811


def test_card_days_over_the_limit_with_oversize_payments_set_aside(store: analytics.OpenedStore) -> None:
    assert len(_over(store)) == 2_301


def test_the_days_and_sums_are_those_of_a_plain_count(store: analytics.OpenedStore, payments: pl.DataFrame) -> None:
    small = payments.filter(pl.col("cents").is_between(0, 500_00))
    days = small.group_by("card", "date").agg(pl.len(), pl.col("cents").sum()).filter(pl.col("len") > 1)
    expected = set(days.filter(pl.col("cents") > 500_00).select("card", "date", "cents").iter_rows())
    cards = store.table("shipments").select("identity_id", card="consignee_id").unique().collect()
    found = _over(store).join(cards, on="identity_id")
    pence = (pl.col("total_amount") * 100).cast(pl.Int64)
    assert set(found.select("card", "arrival_date", pence).iter_rows()) == expected


def test_the_limit_is_kept_in_its_own_currency(store: analytics.OpenedStore) -> None:
    assert set(_over(store).select("limit_currency", pl.col("limit_amount").cast(pl.String)).iter_rows()) == {
        ("GBP", "500.00")
    }


def test_refunds_are_set_apart_with_their_reason(store: analytics.OpenedStore, payments: pl.DataFrame) -> None:
    rejected = store.table("rejected").collect()
    codes = [reason["reason"] for reasons in rejected["reasons"] for reason in json.loads(reasons)]
    assert codes == ["negative_value"] * len(payments.filter(pl.col("cents") < 0))


def test_equal_payments_are_two_payments(store: analytics.OpenedStore, payments: pl.DataFrame) -> None:
    """Two equal rows without a number may be the split: none is taken for a repeat."""
    assert payments.is_duplicated().sum() > 500
    accepted = store.table("shipments").select(pl.len()).collect().item()
    rejected = store.table("rejected").select(pl.len()).collect().item()
    assert accepted + rejected == len(payments) == 181_335


def test_payments_crowd_below_the_limit_in_some_directorates_and_in_all_together(store: analytics.OpenedStore) -> None:
    """Taken as filers; what is tested, and that nothing lies on the wrong side, is said with every flag."""
    tested = store.table("clustering_tests").collect()
    (whole,) = tested.filter(pl.col("unit_kind") == "all").rows(named=True)
    assert whole["statistic"] > 4
    assert whole["excess_low"] > 100
    flags = store.table("flags").filter(pl.col("typology") == "just_below_clustering").collect()
    assert "filer CYP&F SCHOOLS, GBP 500.00" in flags["subject"].to_list()
    assert set(flags["strength"]) == {"supporting"}
