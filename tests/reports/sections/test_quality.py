"""What the figures rest on, and the rules they were taken under."""

from __future__ import annotations

import json
from datetime import date

from analytics.errors import UnknownTable
from analytics.reports.periods import Period
from analytics.reports.sections.quality import Intake, measure_quality
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
