"""Which rule held, on both sides of every switch day: int_shipments__sorted_into_pools,
int_conditions__matched_to_rules, int_shipments__matched_to_rules, int_shipments__given_one_rule."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from analytics.engines.duckdb_engine import DuckDBEngine
from tests.sql.chain import MONDAY, LazyChain, lines

LAST = timedelta(days=1)
# first day of the new rule, origin, mode, rule before, rule from then on
SWITCHES = [
    (date(1993, 12, 8), "JP", "air", None, "US-C-01"),
    (date(2016, 3, 10), "JP", "air", "US-C-01", "US-C-02"),
    (date(2025, 2, 4), "CN", "air", "US-C-02", "US-C-03"),
    (date(2025, 2, 4), "JP", "air", "US-C-02", "US-C-05"),
    (date(2025, 2, 7), "HK", "air", "US-C-03", "US-C-04"),
    (date(2025, 5, 2), "CN", "truck", "US-C-04", "US-C-06"),
    (date(2025, 5, 2), "CN", "mail", "US-C-04", "US-C-07"),
    (date(2025, 5, 14), "CN", "mail", "US-C-07", "US-C-08"),
    (date(2025, 8, 29), "CN", "air", "US-C-06", "US-C-09"),
    (date(2025, 8, 29), "JP", "ocean", "US-C-05", "US-C-09"),
    (date(2025, 8, 29), "JP", "mail", "US-C-05", "US-C-10"),
    (date(2026, 2, 24), "JP", "air", "US-C-09", "US-C-11"),
    (date(2026, 2, 24), "JP", "mail", "US-C-10", "US-C-12"),
    (date(2026, 6, 24), "JP", "air", "US-C-11", "US-C-13"),
    (date(2026, 6, 24), "JP", "mail", "US-C-12", "US-C-14"),
    (date(2027, 7, 1), "JP", "air", "US-C-13", "US-C-16"),
    (date(2027, 7, 1), "CN", "mail", "US-C-14", "US-C-16"),
]
LIMITS = {None: None, "US-C-01": 200, "US-C-02": 800, "US-C-04": 800, "US-C-05": 800}


@pytest.fixture(scope="module")
def answers():
    """One shipment on the last day before each switch and one on the day itself."""
    rows = [
        {"shipment_id": f"{number}{side}", "arrival_date": day, "origin_country": origin, "mode": mode}
        for number, (first, origin, mode, *_) in enumerate(SWITCHES)
        for side, day in (("before", first - LAST), ("after", first))
    ]
    with DuckDBEngine() as engine:
        table = LazyChain(engine).run(lines(*rows)).table("int_shipments__matched_to_rules")
    return {row["shipment_id"]: row for row in table.rows(named=True)}


@pytest.mark.parametrize("number", range(len(SWITCHES)), ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in SWITCHES])
def test_the_rule_changes_on_its_day_and_not_before(answers, number):
    *_, before, after = SWITCHES[number]
    for side, rule in (("before", before), ("after", after)):
        answer = answers[f"{number}{side}"]
        assert (answer["rule_id"], answer["limit_amount"]) == (rule, LIMITS.get(rule))
        assert answer["is_available"] is (LIMITS.get(rule) is not None)


@pytest.mark.parametrize(
    ("changes", "rule", "limit"),
    [
        ({"is_gift": True}, "US-A-01", 100),
        ({"is_gift": True, "origin_country": "GU"}, "US-A-02", 200),
        ({"entry_type": "personal"}, "US-B-01", 200),
        ({"is_gift": True, "arrival_date": date(2025, 9, 15)}, "US-A-01", 100),
    ],
)
def test_gifts_and_personal_goods_have_pools_of_their_own(chain, changes, rule, limit):
    (answer,) = chain.run(lines(changes)).table("int_shipments__matched_to_rules").rows(named=True)
    assert (answer["rule_id"], answer["limit_amount"]) == (rule, limit)


@pytest.mark.parametrize(
    ("changes", "claimed", "basis"),
    [
        ({"entry_type": "86"}, True, "entry_type"),
        ({"entry_type": "mail", "mode": None}, True, "entry_type"),
        ({"entry_type": "11"}, False, "entry_type"),
        ({"entry_type": "77"}, False, "entry_type"),
        ({"entry_type": "86", "exemption_claimed_declared": False}, False, "declared"),
        ({"entry_type": "01", "exemption_claimed_declared": True}, True, "declared"),
        ({"entry_type": None}, True, "assumed"),
        ({"entry_type": None, "arrival_date": date(2025, 9, 15)}, None, "assumed"),
        ({"entry_type": "86", "arrival_date": date(2025, 9, 15)}, True, "entry_type"),
    ],
)
def test_a_claim_is_declared_or_follows_from_the_entry_or_is_assumed(chain, changes, claimed, basis):
    (shipment,) = chain.run(lines(changes)).table("mart_shipments").rows(named=True)
    assert (shipment["exemption_claimed"], shipment["exemption_basis"]) == (claimed, basis)


def test_the_entry_type_of_mail_says_how_it_came(chain):
    sorted_ = chain.run(lines({"entry_type": "mail", "mode": None})).table("int_shipments__sorted_into_pools")
    assert sorted_["mode"].to_list() == ["mail"]


@pytest.mark.parametrize(
    ("changes", "coverage"),
    [
        ({"origin_country": None, "arrival_date": date(2025, 1, 13)}, {"known": True}),
        (
            {"origin_country": None, "arrival_date": date(2025, 6, 2)},
            {"if origin is CN or HK": False, "if origin is not CN or HK": True},
        ),
        ({"origin_country": "CN", "mode": None, "arrival_date": date(2025, 6, 2)}, {"known": False}),
        ({"origin_country": "JP", "mode": None, "arrival_date": date(2025, 6, 2)}, {"known": True}),
    ],
)
def test_both_answers_are_given_where_what_is_missing_decides(chain, changes, coverage):
    table = chain.run(lines(changes)).table("int_shipments__matched_to_rules")
    assert dict(table.select("coverage", "is_available").rows()) == coverage


def test_of_two_answers_the_one_that_offers_the_exemption_is_told(chain):
    chain.run(lines({"origin_country": None, "arrival_date": date(2025, 6, 2)}, {"arrival_date": MONDAY}))
    for table in ("int_shipments__given_one_rule", "mart_shipments", "int_shipments__described"):
        assert chain.table(table)["shipment_uid"].sort().to_list() == ["s1", "s2"]
    told = dict(chain.table("mart_shipments").select("shipment_uid", "coverage").iter_rows())
    assert told == {"s1": "if origin is not CN or HK", "s2": "known"}


def test_rules_that_say_the_same_are_one_answer(chain):
    landed = lines({"origin_country": "CN", "mode": None, "arrival_date": date(2025, 6, 2)})
    conditions = chain.run(landed).table("int_conditions__matched_to_rules").filter(grouping_key="person_day")
    assert conditions["rule_id"].to_list() == ["US-C-06+US-C-08"]


@pytest.mark.parametrize(("currency", "value", "amount"), [("GBP", "500.00", "500.00"), ("USD", "775.00", "500.00")])
def test_amounts_are_compared_in_the_currency_of_the_limit(chain, pounds, one_limit, currency, value, amount):
    references = {"ref_limits": one_limit("500.00", "GBP"), "ref_fx_rates": pounds((date(1990, 1, 1), None, "1.55"))}
    chain.run(lines({"currency": currency, "declared_value": value}), references)
    answer = chain.table("int_shipments__matched_to_rules")
    assert answer.select("amount", "is_oversize").row(0) == (Decimal(amount), False)


def test_a_day_without_any_rule_is_kept_and_says_so(chain):
    table = chain.run(lines({"arrival_date": date(1990, 1, 1)})).table("mart_shipments")
    assert table.select("rule_id", "coverage").row(0) == (None, "no rule")
    assert chain.table("mart_daily_totals").filter(pl.col("arrival_date") < MONDAY).is_empty()


# the same if the suspension by executive order is taken as invalid: the limit goes on until the regulation
IF_INVALID = [
    (date(2025, 5, 2), "CN", "air", "US-C-04", "US-E-01"),
    (date(2025, 5, 2), "CN", "mail", "US-C-04", "US-E-01"),
    (date(2025, 8, 29), "HK", "mail", "US-E-01", "US-E-02"),
    (date(2025, 8, 29), "JP", "ocean", "US-C-05", "US-E-02"),
    (date(2026, 6, 24), "JP", "air", "US-E-02", "US-C-13"),
    (date(2026, 6, 24), "CN", "mail", "US-E-02", "US-C-14"),
]


def test_the_limit_goes_on_where_the_suspension_is_taken_as_invalid(chain):
    rows = [
        {"arrival_date": day, "origin_country": origin, "mode": mode}
        for first, origin, mode, *_ in IF_INVALID
        for day in (first - LAST, first)
    ]
    table = chain.run(lines(*rows), eo_suspension="invalid").table("int_shipments__matched_to_rules")
    found = {row["shipment_id"]: (row["rule_id"], row["limit_amount"]) for row in table.rows(named=True)}
    expected = [rule for *_, before, after in IF_INVALID for rule in (before, after)]
    limits = {rule: None if rule in {"US-C-13", "US-C-14"} else 800 for rule in expected}
    assert [found[f"s{number}"] for number in range(1, len(rows) + 1)] == [(rule, limits[rule]) for rule in expected]
