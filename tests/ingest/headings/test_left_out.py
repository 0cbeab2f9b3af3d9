"""Totals, other footers and headings that come again are no rows, and are said; a whole row is never left out."""

from __future__ import annotations

import openpyxl
import pytest

from analytics.errors import UnreadableFile
from analytics.ingest.headings.left_out import is_footer

HEAD = "Tracking Number,Arrival Date,Consignee Name,Consignee Address,Declared Value\n"
ROWS = "T1,2025-03-04,Ann Example,1 Test Street,10.50\nT2,2025-03-04,Bo Example,2 Test Street,20.00\n"


@pytest.mark.parametrize(
    "cells",
    [
        ["TOTAL", "", "", "", "30.50"],
        ["Subtotal:", "", "", "", "USD 30.50"],
        ["Grand Total", "2 parcels", "", "", "30.50"],
        ["", "", "", "Total", "30.50"],
        ["End of report"],
        ["*** END OF REPORT ***", "", ""],
        ["Page 1 of 3"],
        ["合计", "", "", "", "30.50"],
        ["Total 2", "", "", "", ""],
    ],
)
def test_footers_are_known(cells):
    assert is_footer(cells)


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["", ""],
        ["T1", "2025-03-04", "Ann Example", "1 Test Street", "10.50"],
        ["Totalina", "", "", "", "5"],
        ["TOTAL", "2025-03-04", "Ann Example", "", "5"],
        ["Endicott", "5"],
    ],
)
def test_rows_are_no_footers(cells):
    assert not is_footer(cells)


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ("TOTAL,,,,30.50\n", "1 rows of footers (totals and the like) left out: line 4"),
        ("Subtotal,,,,30.50\nGrand total,,,,30.50\n", "2 rows of footers (totals and the like) left out: lines 4, 5"),
        (",,,Total:,30.50\n", "1 rows of footers (totals and the like) left out: line 4"),
        ("End of report\n", "1 rows of footers (totals and the like) left out: line 4"),
        (HEAD, "1 rows of repeated headings left out: line 4"),
        ("\ufeff" + HEAD.upper(), "1 rows of repeated headings left out: line 4"),
    ],
)
def test_what_is_no_row_is_left_out_and_said(desk, landed, extra, note):
    intake = desk.take(desk.write("a.csv", HEAD + ROWS + extra))
    assert [row["shipment_id"] for row in landed(intake)] == ["T1", "T2"]
    assert (intake.inputs[0].read, intake.inputs[0].rejected) == (2, 0)
    assert note in intake.inputs[0].notes


def test_many_footers_are_counted_and_the_first_are_named(desk):
    intake = desk.take(desk.write("a.csv", HEAD + ROWS + "Subtotal,,,,1\n" * 8))
    assert "8 rows of footers (totals and the like) left out: lines 4, 5, 6, 7, 8 and 3 more" in intake.inputs[0].notes


def test_a_row_with_key_consignee_and_value_stays_whatever_its_key(desk, landed):
    head = "Tracking Number,Arrival Date,Consignee ID,Declared Value\n"
    intake = desk.take(desk.write("a.csv", head + "TOTAL-1,2025-03-04,4711,10\nTOTAL-2,2025-03-04,,10\n"))
    assert [row["shipment_id"] for row in landed(intake)] == ["TOTAL-1"]


def test_sheets_are_read_without_their_footers(desk, landed):
    book = openpyxl.Workbook()
    for row in [["MANIFEST"], HEAD.strip().split(","), *(line.split(",") for line in ROWS.splitlines())]:
        book.active.append(row)
    book.active.append(["TOTAL", None, None, None, 30.5])
    book.save(desk.folder / "a.xlsx")
    intake = desk.take(desk.folder / "a.xlsx")
    assert len(landed(intake)) == 2
    assert "1 rows of footers (totals and the like) left out: line 5" in intake.inputs[0].notes


def test_headings_again_in_another_order_stop_the_run(desk):
    swapped = "Tracking Number,Arrival Date,Consignee Address,Consignee Name,Declared Value\n"
    path = desk.write("a.csv", HEAD + ROWS + swapped + "T3,2025-03-04,3 Test Street,Cy Example,30.00\n")
    with pytest.raises(UnreadableFile, match=r"a\.csv: line 4 names the columns again, in another order than above"):
        desk.take(path)
