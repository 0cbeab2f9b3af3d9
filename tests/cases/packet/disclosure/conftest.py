"""A store with three disclosable flags: a day in full, a day with an unread duty and hostile text, informal entries."""

from __future__ import annotations

import csv
from datetime import date

import pytest

import analytics
from analytics.cases.packet.disclosure import Selection, Terms, disclose

FORMULA = '=HYPERLINK("http://evil.example","click")'
TAX_ID = "123-45-6789"
MARIA = {
    "consignee_name": "Maria Lopez", "consignee_address": "12 Elm St", "consignee_postal_code": "62704",
    "consignee_tax_id": TAX_ID, "declared_value": "400.00", "customs_value": "400.00", "origin_country": "CN",
    "hts_code": "6110303053", "description": "Knit pullover", "entry_type": "86", "port_of_entry": "3901",
    "filer_code": "ABC", "arrival_date": "2024-12-16", "mode": "air", "seller_id": "S1", "seller_name": "Knit Co",
}  # fmt: skip
BO = {
    "consignee_name": "Bo Ek", "consignee_address": "9 Oak Ave", "consignee_postal_code": "62711",
    "declared_value": "450.00", "origin_country": "DE", "description": FORMULA, "entry_type": "321",
    "port_of_entry": "=1+1", "filer_code": "@SUM(1)", "arrival_date": "2025-03-12", "mode": "truck",
    "seller_id": "S2", "seller_name": "+cmd|' /C calc'!A0",
}  # fmt: skip
CY = {
    "consignee_name": "Cy Orr", "consignee_address": "4 Ash Ct", "consignee_postal_code": "62713",
    "declared_value": "1500.00", "customs_value": "1500.00", "origin_country": "DE", "hts_code": "6110303053",
    "description": "Knit pullover", "entry_type": "11", "conveyance_id": "FX1", "house_bill": "HB2",
    "arrival_date": "2025-03-12", "mode": "air", "port_of_entry": "2720", "seller_id": "S3",
}  # fmt: skip
ROWS = [
    *({**MARIA, "shipment_id": f"M{number}", "entry_number": f"ABC-000000{number}-4"} for number in (1, 2, 3)),
    {**BO, "shipment_id": "-B1"},
    {**BO, "shipment_id": "-B2"},
    {**CY, "shipment_id": "C1"},
    {**CY, "shipment_id": "C2"},
]


@pytest.fixture(scope="session")
def disclosable(tmp_path_factory):
    """The store; nobody writes into it."""
    folder = tmp_path_factory.mktemp("disclosable")
    headings = list(dict.fromkeys(name for row in ROWS for name in row))
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, headings)
        writer.writeheader()
        writer.writerows(ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(folder / "in.csv", folder / "store")


@pytest.fixture(scope="session")
def about(disclosable):
    """Disclose a typology of the store, on some terms."""

    def made(*typologies, **terms):
        return disclose(disclosable, lambda: disclosable.cases, Selection(typologies=typologies), Terms(**terms))

    return made


@pytest.fixture(scope="session")
def day(about):
    """Maria's day: three entries of $160.62, with interest over a change of the rate."""
    return about("daily_limit", interest_to=date(2025, 4, 1))
