"""A few shipments in canonical form, and a store to screen them into."""

import csv

import pytest

ROW = {
    "shipment_id": "S1",
    "arrival_date": "2025-03-14",
    "consignee_name": "Maria Lopez",
    "consignee_address": "12 Elm St Apt 4B",
    "consignee_city": "Springfield",
    "consignee_state": "IL",
    "consignee_postal_code": "62704",
    "consignee_phone": "217-555-0142",
    "declared_value": "450.00",
    "entry_type": "86",
    "mode": "air",
    "origin_country": "DE",
    "carrier_code": "UPS",
    "seller_id": "SELLER1",
    "order_id": "",
}


@pytest.fixture(autouse=True)
def published_key(monkeypatch):
    """Hash tax ids with the key of the tests."""
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")


@pytest.fixture
def write(tmp_path):
    """Write a file of shipments: each argument changes the standard row."""

    def _write(*changes, name="in.csv", **for_all):
        rows = [
            {**ROW, "shipment_id": f"S{number}", **for_all, **change} for number, change in enumerate(changes, start=1)
        ]
        headings = list(dict.fromkeys([*ROW, *(column for row in rows for column in row)]))
        with (tmp_path / name).open("w", newline="") as handle:
            writer = csv.DictWriter(handle, headings)
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path / name

    return _write
