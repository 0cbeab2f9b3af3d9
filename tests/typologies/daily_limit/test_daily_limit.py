"""One person and day over the limit: int_shipments__summed_to_identity_day, int_crossings__daily_limit,
int_members__daily_limit, int_measures__daily_limit, int_crossings__seen_by_exact_match, mart_daily_totals."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.contracts.findings import DailyTotals
from analytics.engines.duckdb_engine import DuckDBEngine
from tests.sql.chain import TUESDAY, LazyChain, cases_of, lines, side_by_side


def pieces(*values, **common):
    return [{"declared_value": value, **common} for value in values]


def only(chain, landed, **kwargs):
    flags = chain.run(landed, **kwargs).flags("daily_limit")
    assert flags.height == 1
    return flags.row(0, named=True)


def test_pieces_within_the_limit_are_a_split_when_they_are_over_it_together(chain):
    days = [
        (["400.00", "399.99"], False),
        (["400.00", "400.00"], False),
        (["400.00", "400.01"], True),
        (["799.99", "0.02"], True),
        (["800.00", "0.01"], True),
        (["800.01"], False),
        (["900.00"], False),
        (["900.00", "400.00"], False),
        (["900.00", "400.00", "400.00"], False),
        (["900.00", "400.00", "400.01"], True),
        (["900.00", "900.00"], False),
    ]
    flags = chain.only("daily_limit", side_by_side(*(pieces(*values) for values, _ in days)))
    assert cases_of(flags) == [number for number, (_, flagged) in enumerate(days) if flagged]


def test_pieces_of_another_day_person_pool_or_entry_are_not_added(chain):
    changes = [
        {},
        {"arrival_date": TUESDAY},
        {"consignee_name": "Bo Ek"},
        {"is_gift": True, "declared_value": "50.00"},
        {"entry_type": "01"},
        {"exemption_claimed_declared": False},
        {"consignee_name": None},
    ]
    pairs = ([{"declared_value": "500.00"}, {"declared_value": "400.00", **change}] for change in changes)
    assert cases_of(chain.only("daily_limit", side_by_side(*pairs))) == [0]


def test_mail_is_added_to_other_modes_and_said(chain):
    flag = only(chain, lines({"declared_value": "500.00"}, {"mode": "mail", "entry_type": "mail"}))
    assert json.loads(flag["attributes"])["mail_mixed"] is True


def test_origins_with_one_limit_are_added_and_both_rules_named_and_cited(chain):
    day = date(2025, 3, 3)
    flag = only(
        chain, lines({"arrival_date": day, "origin_country": "CN"}, {"arrival_date": day, "declared_value": "401"})
    )
    assert flag["rule_id"] == "US-C-04+US-C-05"
    assert flag["legal_basis"] == (
        "US-C-04: EO 14200 (2025-02-05); 19 USC 1321(a)(2)(C); 19 CFR 10.151; "
        "US-C-05: 19 USC 1321(a)(2)(C); 19 CFR 10.151"
    )
    assert chain.table("int_flags__citing_several_rules")["flag_id"].to_list() == [flag["flag_id"]]


def test_a_gift_is_measured_by_the_limit_of_gifts(chain):
    flag = only(chain, lines(*pieces("60.00", "40.01", is_gift=True)))
    assert (flag["limit_amount"], flag["excess_usd"], flag["rule_id"]) == (100, Decimal("0.01"), "US-A-01")


def test_a_flag_says_what_was_seen(chain):
    flag = only(chain, lines(*pieces("400.00", "500.00", "900.00")))
    assert flag["strength"] == "objective"
    assert flag["reason"] == (
        "2 shipments for one consignee arrived on 2025-01-13 under the exemption, each within the limit of USD 800.00 "
        "and together worth 900.00. Set aside and not counted: 1 over the limit alone."
    )
    assert "19 USC 1321(a)(2)(C)" in flag["legal_basis"]
    assert "maria" not in flag["reason"].lower()


def test_the_flag_id_is_the_same_whatever_else_is_screened(chain):
    first = only(chain, lines(*pieces("500.00", "400.00")))
    again = only(chain, lines(*pieces("400.00", "300.00", "200.00"), {"consignee_name": "Bo Ek"}))
    assert first["flag_id"] == again["flag_id"]
    assert first["flag_id"].startswith("f")
    assert len(first["flag_id"]) == 17


def test_members_are_the_pieces_added_up_and_no_others(chain):
    chain.run(lines(*pieces("400.00", "500.00", "900.00"), {"entry_type": "01"}))
    assert chain.table("int_members__daily_limit")["shipment_uid"].to_list() == ["s1", "s2"]


@pytest.mark.parametrize(("second_name", "shown"), [("Maria Lopez", True), ("MARIA LOPEZ", False)])
def test_says_whether_exact_writing_would_have_shown_it(chain, second_name, shown):
    flag = only(chain, lines({"declared_value": "500.00"}, {"consignee_name": second_name}))
    assert json.loads(flag["attributes"])["would_exact_name_show_it"] is shown


def test_counts_carriers_ports_and_filers(chain):
    given_ = [{"carrier_code": code, "port_of_entry": "1001", "declared_value": "500"} for code in ("AA", "BB")]
    attributes = json.loads(only(chain, lines(*given_))["attributes"])
    assert (attributes["carriers"], attributes["ports"], attributes["filers"]) == (2, 1, 0)


JUNE = {"arrival_date": date(2025, 6, 2), "declared_value": "500.00"}


def test_a_missing_origin_is_counted_in_one_answer_and_not_in_the_other(chain):
    origins = [["JP", "JP"], ["JP", None], [None, None], ["JP", "JP", None], ["CN", "CN"], ["CN", None]]
    pieces_ = ([{**JUNE, "origin_country": origin} for origin in case] for case in origins)
    flags = chain.run(side_by_side(*pieces_)).flags("daily_limit").sort("identity_id")
    assert cases_of(flags) == [0, 1, 2, 3]
    assert flags.select("strength", "shipments").rows() == [
        ("objective", 2), ("inferred", 2), ("inferred", 2), ("objective", 2),
    ]  # fmt: skip


def test_daily_totals_hold_both_answers_and_no_limit_of_nought(chain):
    chain.run(lines({**JUNE, "origin_country": "JP"}, {**JUNE, "origin_country": None}))
    totals = DailyTotals.validate(chain.table("mart_daily_totals", "coverage"), cast=True)
    seen = totals.select("coverage", "shipments", "total_amount", "limit_amount", "is_over_limit").rows()
    assert seen == [
        ("if origin is CN or HK", 1, Decimal(500), None, False),
        ("if origin is not CN or HK", 2, Decimal(1000), Decimal(800), True),
        ("known", 1, Decimal(500), Decimal(800), False),
    ]


def test_a_limit_in_pounds_is_compared_in_pounds(chain, pounds, one_limit):
    references = {"ref_limits": one_limit("500.00", "GBP"), "ref_fx_rates": pounds((date(1990, 1, 1), None, "1.337"))}
    flag = only(chain, lines(*pieces("250.00", "250.01", currency="GBP")), references=references)
    assert (flag["limit_amount"], flag["limit_currency"], flag["total_usd"]) == (500, "GBP", Decimal("668.51"))
    assert not chain.only("daily_limit", lines(*pieces("250.00", "250.00", currency="GBP")), references)


@pytest.mark.parametrize(
    ("window", "flagged"), [({"to_date": date(2025, 1, 12)}, 0), ({"from_date": TUESDAY}, 0), ({}, 1)]
)
def test_only_the_days_asked_for_are_screened(chain, window, flagged):
    chain.run(lines(*pieces("500.00", "400.00")), **window)
    assert (chain.flags("daily_limit").height, chain.table("mart_shipments").height) == (flagged, 2)


amounts = st.lists(st.integers(1, 95_000), min_size=1, max_size=6)


@settings(max_examples=5, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=20))
def test_agrees_with_an_obvious_sum(people):
    rows = [
        {"consignee_name": f"p{number}", "declared_value": str(Decimal(cents) / 100)}
        for number, parcels in enumerate(people)
        for cents in parcels
    ]
    small = [[cents for cents in parcels if cents <= 80_000] for parcels in people]
    expected = {f"i-p{number}" for number, parcels in enumerate(small) if len(parcels) > 1 and sum(parcels) > 80_000}
    with DuckDBEngine(threads=1) as engine:
        flags = LazyChain(engine).only("daily_limit", lines(*rows))
    assert {flag["identity_id"] for flag in flags} == expected


def test_findings_sum_what_they_name(chain):
    chain.run(lines(*pieces("333.33", "333.33", "333.33")))
    finding = chain.table("int_measures__daily_limit").row(0, named=True)
    assert (finding["total_usd"], finding["excess_usd"]) == (Decimal("999.99"), Decimal("199.99"))
    assert chain.table("int_crossings__daily_limit")["total_amount"].to_list() == [Decimal("999.99")]
    assert chain.table("int_crossings__seen_by_exact_match").select(pl.col("ways_written")).item() == 1
    assert chain.table("int_shipments__summed_to_identity_day")["is_over_limit"].to_list() == [True]
