"""A store of six consignees: some pairs in doubt, some on which money hangs."""

import csv

import pytest

import analytics

ROWS = [
    # One person under two spellings, over the limit only together; a third parcel of another day.
    ("S1", "2025-03-14", "Maria Lopez", "12 Elm St Apt 4B", "62704", "217-555-0142", "450.00"),
    ("S2", "2025-03-14", "Maria G Lopez", "12 Elm Street #4B", "62704", "217-555-0142", "400.00"),
    ("S3", "2025-03-15", "Maria G Lopez", "12 Elm Street #4B", "62704", "217-555-0142", "20.00"),
    # A household on one day: over the limit if they were one.
    ("S4", "2025-03-14", "Jon Reyes", "77 Sunset Ave", "94107", "415-555-0100", "500.00"),
    ("S5", "2025-03-14", "Ana Reyes", "77 Sunset Ave", "94107", "415-555-0100", "500.00"),
    # Strangers.
    ("S6", "2025-03-14", "Bob Stone", "900 Harbor Blvd", "33101", "305-555-0199", "30.00"),
    ("S7", "2025-03-14", "=SUM(1,2) Ltd", "1 Dock Rd", "10013", "212-555-0111", "30.00"),
]
HEADINGS = (
    "shipment_id", "arrival_date", "consignee_name", "consignee_address", "consignee_postal_code",
    "consignee_phone", "declared_value",
)  # fmt: skip
FIXED = {"entry_type": "86", "mode": "air", "origin_country": "DE"}


@pytest.fixture(scope="session")
def screened(tmp_path_factory):
    """The store as screening left it; tests that write copy it."""
    folder = tmp_path_factory.mktemp("review")
    with (folder / "in.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, [*HEADINGS, *FIXED])
        writer.writeheader()
        writer.writerows({**dict(zip(HEADINGS, row, strict=True)), **FIXED} for row in ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
        return analytics.screen(folder / "in.csv", folder / "store")


@pytest.fixture
def store(screened, tmp_path, monkeypatch):
    """A copy to write into."""
    import shutil

    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    shutil.copytree(screened.root, tmp_path / "store")
    return analytics.open_store(tmp_path / "store")


@pytest.fixture(scope="session")
def alias(screened):
    """Alias id by the name it was written with."""
    return dict(screened.table("aliases").select("consignee_name", "alias_id").collect().iter_rows())
