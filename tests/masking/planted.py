"""A store with ordinary and hostile names planted in every column that names somebody."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import analytics
from analytics.opened import OpenedStore

__all__ = ["NAMING", "WEEK", "names_of", "planted_store"]

WEEK = "2025-W11"
NAMING = (
    "consignee_name", "consignee_address", "consignee_address2", "consignee_phone", "consignee_email", "consignee_id",
    "seller_name", "shipper_name", "shipper_address", "buyer_name", "importer_name",
)  # fmt: skip
_NAMES = (
    "Ann Ames", '=HYPERLINK("http://evil.example","pay")', "<script>alert(1)</script>", "Zoë Łukasiewicz-O'Brien",
    "Lee, from Austin, week of 2025-03-10", '", "key": "Smith', "محمد العلي", "김민준", "Anna \u202eynaM\u202c Lee",
    "Q" * 90, "{{ 7*7 }} Jinja", "Total shipments",
)  # fmt: skip
_USUAL = {
    "declared_value": "450.00", "mode": "air", "entry_type": "86", "origin_country": "DE", "hts_code": "6110303053",
    "arrival_date": "2025-03-12", "carrier_code": "FX", "filer_code": "ZK4", "is_gift": "",
}  # fmt: skip


def _party(number: int, name: str) -> dict[str, str]:
    return {
        "consignee_name": name,
        "consignee_address": f"{100 + number} Quillfeather Lane",
        "consignee_address2": f"Suite Zq{number}",
        "consignee_city": "Springfield",
        "consignee_postal_code": "62704",
        "consignee_phone": f"217-555-{1000 + number}",
        "consignee_email": f"planted.{number}@mail.example",
        "consignee_id": f"ACCT{number:05d}X",
        "seller_name": f"Planted Seller {name[:20]} GmbH",
        "seller_id": "" if number % 2 else f"S{1000 + number}",
        "shipper_name": f"Planted Shipper {number} Trading",
        "shipper_address": f"{number} Wharf of Planting",
        "buyer_name": f"Planted Buyer {number} Ltd",
        "importer_name": f"Planted Importer {number} SA",
    }


def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for number, name in enumerate(_NAMES):
        party = {**_USUAL, **_party(number, name)}
        split = [{**party, "order_id": f"A{number}001", "arrival_date": day} for day in ("2025-03-12", "2025-03-13")]
        again = {**party, "consignee_name": f"{name} Jr", "consignee_phone": f"(217) 555 {1000 + number}"}
        gifts = {
            **party,
            "is_gift": "true",
            "declared_value": "90.00",
            "order_id": "",
            "seller_name": "",
            "seller_id": "",
        }
        mail = {
            **party,
            "mode": "mail",
            "entry_type": "11",
            "declared_value": "1500.00",
            "importer_name": "",
            "order_id": "",
        }
        rows += [*split, {**again, "declared_value": "420.00"}, again, *[gifts] * 3, *[mail] * 3]
        rows.append({**party, "origin_country": "CN", "declared_value": "60.00", "arrival_date": "2025-03-03"})
    hub = {**_USUAL, **_party(99, "Hub"), "declared_value": "30.00"}
    rows += [{**hub, "consignee_name": f"Resident Number{letter}", "consignee_phone": ""} for letter in "ABCDEFGHIJKL"]
    return rows


def planted_store(folder: Path) -> OpenedStore:
    """Screen the planted rows into a store."""
    rows = [{"shipment_id": f"T{number:04d}", **row} for number, row in enumerate(_rows())]
    pl.DataFrame(rows).write_csv(folder / "in.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(folder / "in.csv", folder / "store")


def names_of(store: OpenedStore) -> set[str]:
    """Return every text that names somebody in the tables, of five characters or more."""
    found: set[str] = set()
    for name in ("shipments", "aliases"):
        frame = store.table(name).collect()
        columns = [column for column in NAMING if column in frame.columns]
        found |= {str(text) for column in columns for text in frame[column].drop_nulls() if len(str(text)) >= 5}
    identities = store.table("identities").collect()
    return found | {text for name in ("display_name", "display_address") for text in identities[name].drop_nulls()}
