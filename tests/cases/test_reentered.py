"""A claim whose house bill was then entered with duty: what was paid is unknown, and the loss may be nil."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.cases.reentered import Reentered, reentered, reentered_lines

STAGES = {
    "effect": ["withhold", "reject"], "source": ["CSMS 1", "CSMS 2"], "confidence": ["secondary", "official"],
    "valid_from": [date(2025, 8, 12), date(2025, 8, 29)], "valid_to": [date(2025, 8, 29), None],
}  # fmt: skip


class Tables:
    """A store of one claim and its entry."""

    def __init__(self, way="claim entered", day=date(2026, 10, 8), entered="612.00"):
        self._tables = {
            "flags": {"flag_id": ["f1"], "typology": ["duplicate_entry"], "attributes": [f'{{"way": "{way}"}}']},
            "flag_shipments": {"flag_id": ["f1", "f1"], "shipment_uid": ["u1", "u2"]},
            "shipments": {
                "shipment_uid": ["u1", "u2"], "arrival_date": [day, day], "exemption_claimed": [True, None],
                "customs_value_usd": [Decimal("612.00"), Decimal(entered)],
            },
            "ref_ace_stages": STAGES,
        }  # fmt: skip

    def table(self, name):
        return pl.LazyFrame(self._tables[name])


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("612.00", "the likely loss is nil"),
        ("612.01", "the likely loss is nil"),
        ("611.99", "at most the duty on the difference, $0.01"),
        ("400.00", "at most the duty on the difference, $212.00"),
    ],
)
def test_the_value_of_the_entry_tells_the_likely_loss(entered, said):
    found = reentered(Tables(entered=entered))
    assert set(found) == {"u1"}
    assert found["u1"].why.endswith(said)


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(2025, 8, 28), None), (date(2025, 8, 29), "2025-08-29 (CSMS 2; official)")],
)
def test_customs_refuses_such_claims_since_a_day(day, refused):
    assert reentered(Tables(day=day))["u1"].refused == refused


@pytest.mark.parametrize(
    ("way", "claims"), [("claim entered", 1), ("claim entered lower", 1), ("again", 0), ("other value", 0)]
)
def test_only_a_claim_that_was_entered_is_taken(way, claims):
    assert len(reentered(Tables(way))) == claims


def test_the_counter_evidence_names_the_shipment_of_the_claim():
    shipments = pl.DataFrame({"shipment_uid": ["u1", "u2"], "shipment_id": ["A", "B"]})
    (line,) = reentered_lines(Tables(), shipments)
    assert line.startswith("A: the same house bill was entered with duty at $612.00 (claimed at $612.00)")
    assert line.endswith("What was paid is unknown.")


def test_a_claim_entered_higher_is_the_same():
    assert Reentered(Decimal(5), Decimal(6), None).is_same
