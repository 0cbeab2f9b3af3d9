"""The registry of fields: what other rooms ask it, and that a field is declared once."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from analytics.contracts import fields
from analytics.contracts.identities import Aliases, Parties
from analytics.contracts.shipments import LandedLines, Shipments

ROOT = Path(__file__).resolve().parents[2]
CONSIGNEE = [
    "consignee_name", "consignee_address", "consignee_address2", "consignee_city", "consignee_state",
    "consignee_postal_code", "consignee_country", "consignee_phone", "consignee_email", "consignee_tax_id_hash",
    "consignee_tax_id_deletions", "consignee_tax_id_last2", "consignee_id", "consignee_id_issuer",
]  # fmt: skip


def test_the_order_that_content_hashes_depend_on_stands():
    names = [field.name for field in fields.FIELDS]
    assert len(set(names)) == len(names)
    assert names[:2] == ["shipment_id", "consignee_name"]
    assert names[28:31] == ["product_id", "arrival_date", "estimated_arrival_date"]
    assert names[53:57] == ["hts_code", "consignee_tax_id", "importer_id", "importer_country"]


@pytest.mark.parametrize("table", [LandedLines, Shipments, Parties, Aliases])
def test_every_table_holds_a_consignee_in_one_way(table):
    assert [name for name in table.columns() if name.startswith("consignee_")] == CONSIGNEE
    assert table.columns()["consignee_email"].nullable


def test_what_shows_a_person_is_hidden_and_all_of_it_is_published():
    assert set(fields.masked_columns()) == {
        "consignee_address", "consignee_address2", "consignee_city", "consignee_postal_code", "consignee_phone",
        "consignee_email", "consignee_id", "consignee_tax_id_last2", "shipper_address", "importer_id_last2",
    }  # fmt: skip
    assert set(fields.masked_columns()) <= set(Shipments.columns())
    assert fields.masked_columns("phone") == ("consignee_phone",)


def test_aliases_are_compared_by_what_is_written():
    assert fields.compared_by("city") == ("consignee_city", "consignee_state", "consignee_postal_code")
    assert fields.compared_by("phone", "email") == ("consignee_phone", "consignee_email")
    assert fields.shown_of_consignee() == (*CONSIGNEE[:9], "consignee_id")


def test_a_tax_id_is_in_no_table_as_written():
    for field in fields.FIELDS:
        if field.kind == "tax_id":
            assert all(field.name not in table.columns() for table in (LandedLines, Shipments, Parties, Aliases))


def test_a_new_consignee_field_is_asked_about_everywhere(monkeypatch):
    email = next(field for field in fields.FIELDS if field.name == "consignee_email")
    second = dataclasses.replace(email, name="consignee_email2")
    monkeypatch.setattr(fields, "FIELDS", (*fields.FIELDS, second))
    monkeypatch.setattr(fields, "CONSIGNEE", (*fields.CONSIGNEE, second))
    assert "consignee_email2" in fields.of_kind("text")
    assert "consignee_email2" in fields.masked_columns("text")
    assert "consignee_email2" in fields.compared_by("email")
    assert "consignee_email2" in fields.consignee_columns()
    assert "consignee_email2" in fields.names_of(may_be_ssn=True)


@pytest.mark.parametrize("room", ["cases", "review", "ingest"])
def test_no_room_lists_the_fields_of_a_consignee_again(room):
    listing = re.compile(r'"consignee_phone",\s*"consignee_email"')
    assert not [path for path in (ROOT / "analytics" / room).rglob("*.py") if listing.search(path.read_text())]
