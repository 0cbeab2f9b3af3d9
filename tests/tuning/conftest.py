"""A store in which forty people got two pieces a day, all within the limit, and one got more."""

import csv
import shutil

import pytest

import analytics

GIVEN = ("Ana", "Boris", "Chen", "Dmitri", "Elsa", "Farid", "Goran", "Hana")
FAMILY = ("Novak", "Lopez", "Okafor", "Tanaka", "Schmidt")
STREETS = ("Elm St", "Oak Ave", "Harbor Blvd", "Mill Rd", "Lake Dr")
HOSTILE = '=HYPERLINK("http://x")'


def _rows():
    for number in range(40):
        name = HOSTILE if number == 7 else f"{GIVEN[number % 8]} {FAMILY[number // 8]}"
        for piece in "ab":
            yield {
                "shipment_id": f"S{number:02}{piece}", "arrival_date": "2025-03-14", "consignee_name": name,
                "consignee_address": f"{7 * number + 3} {STREETS[number // 8]}",
                "consignee_postal_code": f"{10000 + 1777 * number}",
                "declared_value": str(210 + 5 * number), "entry_type": "86", "mode": "air", "origin_country": "DE",
            }  # fmt: skip
    for piece in "ab":
        yield {
            "shipment_id": f"T{piece}", "arrival_date": "2025-03-14", "consignee_name": "Over Limit",
            "consignee_address": "900 Harbor Blvd", "consignee_postal_code": "33101", "declared_value": "500",
            "entry_type": "86", "mode": "air", "origin_country": "DE",
        }  # fmt: skip


@pytest.fixture(scope="session")
def tuned_once(tmp_path_factory):
    """The store as screening left it; tests that write copy it."""
    folder = tmp_path_factory.mktemp("tuning")
    rows = list(_rows())
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    analytics.screen(folder / "in.csv", folder / "store", threads=2)
    return folder / "store"


@pytest.fixture
def folder(tuned_once, tmp_path):
    """A copy of the store, to write into."""
    shutil.copytree(tuned_once, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def store(folder):
    return analytics.open_store(folder)
