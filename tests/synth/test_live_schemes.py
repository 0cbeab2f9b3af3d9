"""What is injected where no exemption is in force: schemes of the summer of 2026, and what is like them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from analytics.synth import synthesize
from analytics.typologies.just_below_clustering import scheme as crowds
from tests.synth.conftest import Written, read_back

Row = dict[str, str]
RISE = "2026-07-24"


@pytest.fixture(scope="module")
def summer(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("summer")
    return read_back(synthesize(folder, shipments=15_000, weeks=16, seed=3, start=date(2026, 6, 8)))


@pytest.fixture(scope="module")
def rows(summer: Written) -> dict[str, Row]:
    return {row["shipment_id"]: row for row in summer.shipments.fill_null("").cast(pl.String).to_dicts()}


def _told(written: Written, typology: str) -> list[set[str]]:
    schemes: dict[str, set[str]] = defaultdict(set)
    for row in written.flags.filter(pl.col("typology") == typology).iter_rows(named=True):
        schemes[row["scheme_id"]].add(row["shipment_id"])
    return list(schemes.values())


def _among(rows: dict[str, Row], shipments: set[str], column: str) -> set[str]:
    return {rows[shipment][column] for shipment in shipments}


def test_bills_in_parts_are_schemes_over_the_informal_limit_and_none_within_it(summer, rows):
    bills: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if row["house_bill"] and row["entry_type"] == "11":
            bills[row["house_bill"]].append(row)
    parts = [bill for bill in bills.values() if len(bill) == 3 and len({row["entry_number"] for row in bill}) == 3]
    totals = {frozenset(row["shipment_id"] for row in bill): sum(int(row["cents"]) for row in bill) for bill in parts}
    planted = {frozenset(scheme) for scheme in _told(summer, "informal_entry_split")}
    assert {bill for bill, total in totals.items() if total > 2500_00} <= planted
    within = {bill for bill, total in totals.items() if total <= 2500_00}
    assert within
    assert not within & planted


def test_series_are_of_one_product_and_consignee_within_days(summer, rows):
    splits = _told(summer, "informal_entry_split")
    unnumbered = [scheme for scheme in splits if _among(rows, scheme, "order_id") == {""}]
    series = [scheme for scheme in unnumbered if len(_among(rows, scheme, "arrival_date")) == 3]
    assert len(series) >= 2
    for scheme in series:
        assert all(len(_among(rows, scheme, column)) == 1 for column in ("person_id", "product_id", "seller_id"))
        days = sorted(date.fromisoformat(day) for day in _among(rows, scheme, "arrival_date"))
        assert all((later - day).days <= 3 for day, later in itertools.pairwise(days))


def test_packages_are_entered_again_at_half_the_value(summer, rows):
    lower = [scheme for scheme in _told(summer, "duplicate_entry") if len(_among(rows, scheme, "cents")) == 2]
    assert len(lower) >= 2
    for scheme in lower:
        worth = sorted(int(rows[shipment]["cents"]) for shipment in scheme)
        assert worth[0] == worth[1] // 2
        assert len(_among(rows, scheme, "entry_number")) == 2
        assert len(_among(rows, scheme, "house_bill")) == len(_among(rows, scheme, "quantity")) == 1


def test_a_sender_has_gifts_for_a_dozen_persons_of_a_week_and_a_private_one_for_six(summer, rows):
    (scheme,) = _told(summer, "gift_split")
    assert len(scheme) == len(_among(rows, scheme, "person_id")) == 12
    assert len(_among(rows, scheme, "shipper_name")) == 1
    assert all(rows[shipment]["is_gift"] == "true" and int(rows[shipment]["cents"]) < 100_00 for shipment in scheme)
    gifts = summer.shipments.filter(pl.col("is_gift") == "true", ~pl.col("shipment_id").is_in(list(scheme)))
    assert 6 in gifts.group_by("shipper_name").len()["len"].to_list()


def test_forwarders_stand_for_buyers_on_entries_and_some_name_them(summer, rows):
    schemes = _told(summer, "nominal_consignee")
    assert len(schemes) >= 2
    for scheme in schemes:
        assert _among(rows, scheme, "entry_type") == {"11"}
        assert _among(rows, scheme, "buyer_name") == {""}
        assert len(_among(rows, scheme, "consignee_name")) == 1
    assert summer.shipments.filter(pl.col("buyer_name").is_not_null()).height == 4 * len(schemes)


def test_goods_of_china_become_goods_of_malaysia_and_are_still_sent_from_china(summer, rows):
    schemes = _told(summer, "origin_shift")
    assert schemes
    for scheme in schemes:
        (product,) = _among(rows, scheme, "product_id")
        before = {shipment for shipment, row in rows.items() if row["product_id"] == product} - scheme
        assert len(before) == 12
        assert _among(rows, before, "origin_country") == {"CN"}
        assert max(_among(rows, before, "arrival_date")) < RISE <= min(_among(rows, scheme, "arrival_date"))
        assert _among(rows, scheme, "origin_country") == {"MY"}
        assert _among(rows, scheme, "export_country") == {"CN"}


def test_a_filer_crowds_below_the_limit_and_another_has_whole_prices_there(tmp_path, monkeypatch):
    monkeypatch.setattr(crowds, "_OF_FILER", 1_000)
    made = read_back(synthesize(tmp_path, shipments=15_000, weeks=16, seed=3, start=date(2026, 6, 8)))
    (crowd,) = _told(made, "just_below_clustering")
    near = made.shipments.filter(pl.col("cents").is_between(2300_00, 2500_00), pl.col("entry_type") == "11")
    filers = near.group_by("filer_code").agg(pl.len(), pl.col("cents").n_unique()).filter(pl.col("len") > 100)
    assert len(crowd) == 150
    assert set(near.filter(pl.col("shipment_id").is_in(list(crowd)))["person_id"].value_counts()["count"]) == {1}
    assert sorted(filers["cents"] > 100) == [False, True]
