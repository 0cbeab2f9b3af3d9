"""The workbook: its sheets, no formula, the same bytes twice."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from analytics.reports import report
from analytics.workbooks import sheets
from tests.reports.fake_store import store_of
from tests.reports.world import world


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return report(world(), out=tmp_path_factory.mktemp("book") / "r.xlsx")


@pytest.fixture(scope="module")
def book(file):
    return openpyxl.load_workbook(file)


def column(sheet, name):
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(name)].value for row in sheet.iter_rows(min_row=2)]


def test_has_its_sheets_and_no_formula_and_no_link(book):
    assert book.sheetnames == [
        "summary",
        "decisions",
        "what_changed",
        "coverage",
        "values_near_limit",
        "typology_pairs",
        "states",
        "identity_changes",
        "parties",
        "flags",
        "shipments",
        "identities",
        "owed_totals",
        "exposure",
        "duties",
        "assumptions",
        "time_limits",
        "rules_raised",
        "rules_decided",
        "rejected",
        "missing_fields",
        "calendar",
        "sources",
        "columns",
    ]
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_hostile_text_stays_text(book):
    names = column(book["identities"], "display_name")
    assert '=HYPERLINK("http://evil.example","pay")' in names
    assert "Anna \ufffdynaM\ufffd Lee\ufffd" in names


def test_no_tax_id_and_no_raw_row_is_in_it(book):
    headings = {cell.value for sheet in book for cell in sheet[1]}
    assert not [heading for heading in headings if heading and ("tax" in heading or heading == "raw")]


def test_every_flag_has_its_shipments(book):
    assert set(column(book["shipments"], "flag_id")) == set(column(book["flags"], "flag_id"))
    for flag_id, shipments in zip(column(book["flags"], "flag_id"), column(book["flags"], "shipments"), strict=True):
        assert column(book["shipments"], "flag_id").count(flag_id) == shipments


def test_amounts_are_numbers_and_days_are_days(book):
    assert all(isinstance(value, int | float) for value in column(book["flags"], "base_usd"))
    assert all(isinstance(value, datetime) for value in column(book["flags"], "window_end"))


def test_same_store_same_bytes(file, tmp_path):
    assert report(world(), out=tmp_path / "again.xlsx").read_bytes() == file.read_bytes()


def test_a_cut_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(sheets, "ROW_CAP", 3)
    store = store_of(shipments=[{}], rejected=[{"source_line": line} for line in range(5)])
    sheet = openpyxl.load_workbook(report(store, out=tmp_path / "r.xlsx"))["rejected"]
    assert sheet.max_row == 5
    assert sheet["A5"].value == "The first 3 of 5 rows; `splitship export` gives all of them."


def test_an_empty_week_makes_a_workbook(tmp_path):
    made = openpyxl.load_workbook(report(store_of(), week="2025-W11", out=tmp_path / "r.xlsx"))
    assert made["flags"].max_row == 1


def test_every_column_of_every_sheet_is_explained(book):
    explained = {(sheet, column) for sheet, column, _ in book["columns"].iter_rows(min_row=2, values_only=True)}
    every = {
        (sheet.title, cell.value) for sheet in book for cell in sheet[1] if sheet.title not in {"summary", "columns"}
    }
    assert explained == every
    assert all(column(book["columns"], "meaning"))


def test_no_cell_holds_json(book):
    texts = [cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    assert not [text for text in texts if text.startswith(('["', "[{", '{"'))]


def test_a_sheet_prints_the_columns_that_are_read_on_one_page_and_says_which(book):
    sheet = book["shipments"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is the default of the form
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.center.text.startswith("Columns A to ")


def test_the_totals_of_what_may_be_owed_are_a_sheet(book):
    rows = list(book["owed_totals"].iter_rows(min_row=2, values_only=True))
    assert {component for component, *_ in rows} >= {"duty", "fees", "total"}
    assert all(low <= base <= high for _, low, base, high, _ in rows)
