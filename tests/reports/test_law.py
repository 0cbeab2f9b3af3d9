"""The rules of a period, and how limits are said."""

from __future__ import annotations

from datetime import date

from analytics.reports.law import further_limits, informal_limits, limits_in_force, rule_changes, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


RULES = [
    {"rule_id": "A", "valid_from": date(2020, 1, 1), "valid_to": date(2025, 3, 12)},
    {"rule_id": "B", "valid_from": date(2025, 3, 12), "valid_to": date(2025, 3, 17),
     "limit_amount": None, "status": "suspended",
     "origin_scope": "NOT(CN|HK)", "mode_scope": "NONPOSTAL"},
    {"rule_id": "C", "valid_from": date(2025, 3, 17)},
    {"rule_id": "Z", "valid_from": date(2020, 1, 1), "provision": "never used"},
]  # fmt: skip


def test_rules_in_force_are_those_of_some_day_of_the_period_and_of_provisions_in_use():
    tables = read_tables(store_of(ref_limits=RULES, flags=[{"rule_id": "A+B"}]))
    assert rules_in_force(tables, WEEK)["rule_id"].to_list() == ["A", "B"]


def test_an_end_day_is_excluded_and_a_change_on_the_first_day_is_none():
    tables = read_tables(store_of(ref_limits=RULES, daily_totals=[{"rule_id": "A"}]))
    assert rules_in_force(tables, Period(date(2025, 3, 12), date(2025, 3, 12)))["rule_id"].to_list() == ["B"]
    assert rule_changes(tables, Period(date(2025, 3, 12), date(2025, 3, 17)))["rule_id"].to_list() == ["C"]


def test_a_row_that_carries_on_what_was_is_no_change():
    suspended = {"limit_amount": None, "status": "suspended"}
    rows = [
        {"rule_id": "A", "valid_from": date(2020, 1, 1), "valid_to": date(2025, 3, 11)},
        {"rule_id": "B", "valid_from": date(2025, 3, 11), "valid_to": date(2025, 3, 13), **suspended},
        {"rule_id": "C", "valid_from": date(2025, 3, 13), **suspended},
    ]
    tables = read_tables(store_of(ref_limits=rows, flags=[{"rule_id": "A"}]))
    assert rule_changes(tables, WEEK)["rule_id"].to_list() == ["B"]


def test_limits_are_said_with_their_scope():
    tables = read_tables(store_of(ref_limits=RULES, flags=[{"rule_id": "A"}]))
    assert limits_in_force(rules_in_force(tables, WEEK)) == [
        "$800.00 (eligible) for all origins by any mode",
        "no exemption (suspended) for all origins but CN, HK by any mode but mail",
    ]


def test_the_limit_of_informal_entry_is_told_once():
    entry = {"provision": "informal_entry", "limit_amount": "2500.00"}
    rows = [{"rule_id": "A", "mode_scope": "mail", **entry}, {"rule_id": "B", **entry}, {"rule_id": "C"}]
    tables = read_tables(store_of(daily_totals=[{"rule_id": "A"}, {"rule_id": "C"}], ref_limits=rows))
    assert informal_limits(rules_in_force(tables, WEEK)) == ["$2,500.00 for informal entry"]
    by_regulation = [{"rule_id": "A", "limit_amount": None, "status": "suspended_by_reg"}]
    tables = read_tables(store_of(daily_totals=[{"rule_id": "A"}], ref_limits=by_regulation))
    (said,) = limits_in_force(rules_in_force(tables, WEEK))
    assert said.startswith("no exemption (suspended by regulation)")


def test_limits_of_gifts_travelers_and_consignments_are_named():
    gifts = {"pool": "gift", "grouping_key": "person_day"}
    rows = [
        {"rule_id": "A", "limit_amount": "100.00", "origin_scope": "NOT(GU|VI)", **gifts},
        {"rule_id": "F", "limit_amount": "200.00", "origin_scope": "GU|VI", **gifts},
        {"rule_id": "B", "limit_amount": "150.00", "limit_currency": "EUR", "grouping_key": "consignment"},
        {"rule_id": "C", "pool": "personal", "limit_amount": "200.00", "grouping_key": "person_day"},
        {"rule_id": "D", "grouping_key": "person_day"},
        {"rule_id": "E", "grouping_key": "entry", "status": "ordered"},
    ]
    tables = read_tables(store_of(daily_totals=[{"rule_id": name} for name in "ABCDEF"], ref_limits=rows))
    assert further_limits(rules_in_force(tables, WEEK)) == [
        "$100.00 for gifts of one person's day from all origins but GU, VI",
        "$200.00 for gifts of one person's day from GU, VI",
        "$200.00 for goods that accompany a traveler, of one person's day",
        "€150.00 for one consignment",
    ]
