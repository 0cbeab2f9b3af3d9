"""A table as a sheet: dates are dates, JSON is read out, nothing is lost without a word."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from analytics.workbooks.cells import Formats, new_book
from analytics.workbooks.legend import legend
from analytics.workbooks.sheets import write_table
from analytics.workbooks.texts import text_of_json


def sheet_of(frame, **options):
    buffer = BytesIO()
    book = new_book(buffer, "made up")
    write_table(book.add_worksheet("data"), Formats(book), frame, **options)
    book.close()
    return openpyxl.load_workbook(buffer)["data"]


@pytest.mark.parametrize(
    ("values", "shown", "number_format"),
    [
        (pl.Series("total_usd", [Decimal("800.00")]), 800, "#,##0.00"),
        (pl.Series("shipments", [1200]), 1200, "#,##0"),
        (pl.Series("source_line", [1200]), 1200, "General"),
        (pl.Series("share", [0.256]), 0.256, "0.0%"),
        (pl.Series("probability", [0.998172]), 0.998172, "#,##0.0###"),
        (pl.Series("arrival_date", [date(2025, 8, 29)]), datetime(2025, 8, 29), "yyyy-mm-dd"),
        (
            pl.Series("released_at", [datetime(2025, 8, 29, 4, 1, 2, tzinfo=UTC)]),
            datetime(2025, 8, 29, 4, 1, 2),
            "yyyy-mm-dd hh:mm:ss",
        ),
        (pl.Series("is_gift", [True]), "yes", "General"),
        (pl.Series("is_gift", [False]), "no", "General"),
        (pl.Series("events", [["a", "b"]]), "a, b", "General"),
    ],
)
def test_a_value_looks_as_its_column_says(values, shown, number_format):
    cell = sheet_of(values.to_frame())["A2"]
    assert (cell.value, cell.number_format) == (shown, number_format)


def test_a_missing_value_is_an_empty_cell():
    assert sheet_of(pl.DataFrame({"is_gift": [None]}, schema={"is_gift": pl.Boolean}))["A2"].value is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('["One.", "Two."]', "One.\nTwo."),
        ('{"aliases": 2, "mail_mixed": false, "least": null}', "aliases: 2; mail mixed: no; least: not known"),
        ('[{"column": "mode", "seen": ["a", "b"]}]', "column: mode; seen: a, b"),
        ("[not json", "[not json"),
        ("7", "7"),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_json_is_read_out(text, lines):
    assert text_of_json(text) == lines


def test_only_columns_declared_as_json_are_read_out():
    frame = pl.DataFrame({"consignee_name": ['["Ann"]'], "counter_reasons": ['["Ann"]']})
    assert [cell.value for cell in sheet_of(frame)[2]] == ['["Ann"]', "Ann"]


def test_the_heading_stays_in_view_and_every_column_has_a_filter():
    sheet = sheet_of(pl.DataFrame({"a": ["x"] * 3, "b": ["y"] * 3}))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:B4")


def test_long_text_is_wrapped_in_a_row_that_is_high_enough():
    sheet = sheet_of(pl.DataFrame({"reason": ["word " * 24]}))
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width == pytest.approx(60, abs=1)
    assert sheet.row_dimensions[2].height == 30


def test_columns_that_fit_are_printed_whole_and_no_more():
    frame = pl.DataFrame({f"column_{number}": ["x" * 30] for number in range(8)})
    sheet = sheet_of(frame)
    assert sheet.print_area == "'data'!$A$1:$E$2"
    assert sheet.oddFooter.center.text == "Columns A to E of 8"
    assert sheet_of(frame.select("column_0", "column_1")).print_area == "'data'!$A$1:$B$2"


def test_a_cut_of_rows_or_of_a_text_is_said():
    sheet = sheet_of(pl.DataFrame({"a": ["x" * 40_000, "y", "z"]}), most=2)
    assert sheet["A2"].value.endswith(" … (cut here)")
    assert sheet["A4"].value == "The first 2 of 3 rows; `splitship export` gives all of them."


def test_a_column_means_what_the_nearest_table_says_unless_the_sheet_says_so():
    frame = pl.DataFrame(schema=["flag_id", "component", "floor_usd", "own"])
    told = legend({"one": frame}, {"one": {"own": "Ours", "flag_id": "Which flag"}})
    assert dict(told.select("column", "meaning").iter_rows()) == {
        "flag_id": "Which flag",
        "component": "value, duty, fees, total (duty and fees), penalty, penalty_floor (beside it) or disclosure",
        "floor_usd": "The least that may be owed; null where unknown",
        "own": "Ours",
    }
