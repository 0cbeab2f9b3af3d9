"""A store of three consignees with two packages each, one of them under two aliases, and further runs of it."""

import csv
import shutil

import pytest

import analytics

HOSTILE = "<script>alert(1)</script> Lee"
ROWS = (
    ("A1", HOSTILE, "88 Oak Ave", "10001", "450", "a@example.com"),
    ("A2", HOSTILE, "88 Oak Ave", "10001", "450", "a@example.com"),
    ("M1", "Maria Lopez", "12 Elm Street", "33101", "450", "ml@example.com"),
    ("M2", "M. Lopez", "12 Elm St", "33101", "450", "ml@example.com"),
    ("B1", "Boris Novak", "7 Mill Rd", "60601", "350", "b@example.com"),
    ("B2", "Boris Novak", "7 Mill Rd", "60601", "350", "b@example.com"),
)
HEADINGS = (
    "shipment_id", "consignee_name", "consignee_address", "consignee_postal_code", "declared_value", "consignee_email",
    "arrival_date", "entry_type", "mode", "origin_country", "filer_code",
)  # fmt: skip


def write(file, rows, day="2025-03-14", filer="ABC"):
    """Write a file of shipments of one day."""
    with file.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADINGS)
        writer.writerows([*row, day, "86", "air", "DE", filer] for row in rows)
    return file


@pytest.fixture(scope="session")
def few(tmp_path_factory):
    """The store as the first run left it; nobody writes into it."""
    folder = tmp_path_factory.mktemp("few")
    return analytics.screen(write(folder / "in.csv", ROWS), folder / "store", threads=2)


@pytest.fixture(scope="session")
def later(few, tmp_path_factory):
    """The same store after a second file: one more package of a flagged day, and a new day."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(few.root, folder / "store")
    write(folder / "more.csv", [("A3", *ROWS[0][1:4], "20", ROWS[0][5])])
    write(folder / "new.csv", [("C1", *ROWS[0][1:]), ("C2", *ROWS[0][1:])], day="2025-03-21", filer="")
    return analytics.screen([folder / "more.csv", folder / "new.csv"], folder / "store", threads=2)
