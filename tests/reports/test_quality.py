"""What the figures rest on, and the rules they were taken under."""

from __future__ import annotations

import json
from datetime import date

from analytics.errors import UnknownTable
from analytics.reports.law import rule_changes, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.quality import Intake, measure_quality
from analytics.reports.sentences import limits_in_force
from analytics.reports.tables import read_tables
from tests.reports.fake_store import FakeStore, store_of

WEEK = Period.of_week(date(2025, 3, 10))


def entry(sha256, read, **counts):
    return {
        "path": f"{sha256}.csv",
        "sha256": sha256,
        "read": read,
        "accepted": 0,
        "rejected": 0,
        "repeated": 0,
        **counts,
    }


def test_an_input_screened_again_counts_once():
    runs = [
        {"run_id": "r1", "inputs": json.dumps([entry("a", 10, accepted=8, rejected=1, repeated=1)])},
        {"run_id": "r2", "inputs": json.dumps([entry("a", 0), entry("b", 5, accepted=5)])},
    ]
    found = measure_quality(read_tables(store_of(runs=runs)), WEEK)
    assert found.intake == Intake(files=2, read=15, accepted=13, rejected=1, repeated=1)
    assert found.intake.read == found.intake.accepted + found.intake.rejected + found.intake.repeated


def test_counts_every_reason_of_every_rejected_row():
    negative = {"column": "declared_value", "reason": "negative", "message": "below zero"}
    missing = {"column": "arrival_date", "reason": "missing", "message": "no date"}
    rejected = [
        {"source_line": 2, "reasons": json.dumps([negative, missing])},
        {"source_line": 3, "reasons": json.dumps([negative])},
    ]
    found = measure_quality(read_tables(store_of(rejected=rejected)), WEEK).reasons
    assert found.rows() == [("declared_value", "negative", 2, "below zero"), ("arrival_date", "missing", 1, "no date")]


def test_counts_unread_cells_by_column_and_reason():
    cells = [{"source_line": 4}, {"source_line": 5}, {"source_line": 5, "column": "mode", "reason": "mode_unknown"}]
    found = measure_quality(read_tables(store_of(unread_cells=cells)), WEEK).unread
    assert found.select("column", "reason", "cells").rows() == [
        ("hts_code", "hts_several", 2),
        ("mode", "mode_unknown", 1),
    ]


def test_a_store_from_before_there_were_unread_cells_has_none():
    class Older(FakeStore):
        def table(self, name):
            if name == "unread_cells":
                raise UnknownTable("there is no table 'unread_cells'. Screen anew.")
            return super().table(name)

    store = Older(store_of().tables)
    assert measure_quality(read_tables(store), WEEK).unread.height == 0


def test_counts_bases_and_filled_fields_of_the_period_only():
    shipments = [
        {"shipment_uid": "A", "order_id": "1"},
        {"shipment_uid": "B", "date_basis": "release"},
        {"shipment_uid": "C", "arrival_date": date(2025, 3, 17), "order_id": "2"},
    ]
    found = measure_quality(read_tables(store_of(shipments=shipments)), WEEK)
    assert dict(found.filled.iter_rows())["order_id"] == 0.5
    assert found.bases.rows() == [("date", "arrival", 1), ("date", "release", 1), ("claim", "entry_type", 2)]


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
