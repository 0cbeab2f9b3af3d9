"""What is told of the refund of void duties."""

import json
from datetime import date

import polars as pl

from analytics.exposure.refunds import refund_said
from tests.exposure.tables import reference, tables


def test_each_step_is_told_with_its_day_source_and_confidence():
    said = json.loads(f"[{refund_said(tables()['ref_refunds'], 'us')}]")
    assert [day for text in said for day in ("2026-02-20", "2026-02-24", "2026-04-20") if day in text] == [
        "2026-02-20", "2026-02-24", "2026-04-20",
    ]  # fmt: skip
    assert "Learning Resources v. Trump; secondary" in said[0]
    assert "CAPE" in said[2]
    assert said[-1] == "What was paid and given back is in no figure."


def test_the_steps_are_told_in_their_order_and_those_of_other_duties_are_not():
    row = {
        "regime": "us", "switch": "contested_ieepa", "step": 4, "wording": "All is paid",
        "valid_from": date(2027, 1, 1), "source": "a notice", "confidence": "official",
    }  # fmt: skip
    other = {**row, "switch": "contested_s122", "wording": "Never"}
    table = pl.concat([reference("ref_refunds", row, other), tables()["ref_refunds"]])
    said = json.loads(f"[{refund_said(table, 'us')}]")
    assert said[3] == "All is paid (2027-01-01; a notice; official)."
    assert not any("Never" in text for text in said)


def test_without_a_step_nothing_is_told():
    assert refund_said(tables()["ref_refunds"], "eu") is None
