"""Headings are found below titles, over two rows, in two languages, with marks; a file without them is asked."""

from __future__ import annotations

import openpyxl
import pytest

from analytics.errors import InputError
from analytics.ingest.headings.forms import cleaned, heading_parts, without_marks
from analytics.ingest.headings.rows import find_headings, is_again_headings, looks_like_data
from analytics.ingest.headings.understanding import recognised
from analytics.ingest.mapping.settings import SourceSettings

HEAD = ["Tracking Number", "Arrival Date", "Consignee Name", "Consignee Address", "Value (USD)"]
DATA = ["T100", "2025-03-04", "Ann Example", "1 Test Street", "10.50"]


@pytest.mark.parametrize(
    ("above", "first_row"),
    [
        ([], 2),
        ([["WEEKLY MANIFEST"]], 3),
        ([["AIR MANIFEST", "", ""], ["MAWB", "160-55500011"], ["Flight", "XX12"], []], 6),
        ([["Report", "of", "March"], ["Tracking", "export"]], 4),
        ([["Date", "2025-03-04"], ["Value", "1234.50"]], 4),
    ],
)
def test_titles_above_headings_are_no_headings(above, first_row):
    found = find_headings([*above, HEAD, DATA, DATA], SourceSettings())
    assert (found.headings, found.first_row) == (tuple(HEAD), first_row)
    assert bool(found.notes) is bool(above)


def test_two_rows_of_headings_are_joined_and_groups_end_where_they_make_no_sense():
    groups = ["", "SHIPPER", "", "CONSIGNEE", "", "", "", ""]
    below = ["HAWB", "Name", "Country", "Name", "Address", "Zip", "Pcs", "Value (USD)"]
    found = find_headings([["MANIFEST"], groups, below, ["H1", "Acme", "CN", "Ann", "1 Elm", "02134", "1", "9.5"]], ANY)
    assert found.rows == (2, 3)
    assert found.headings == (
        "HAWB",
        "SHIPPER Name",
        "SHIPPER Country",
        "CONSIGNEE Name",
        "CONSIGNEE Address",
        "CONSIGNEE Zip",
        "Pcs",
        "Value (USD)",
    )


ANY = SourceSettings()


def test_a_cell_merged_over_two_rows_keeps_its_own_words():
    upper = ["Tracking Number", "Arrival Date", "Consignee", "", "Value (USD)"]
    lower = ["", "", "Name", "Address", ""]
    assert find_headings([upper, lower, DATA], ANY).headings == tuple(HEAD)


def test_a_second_row_in_another_language_or_of_remarks_is_left_out_and_said():
    chinese = ["运单号", "到港日期", "收件人姓名", "收件人地址", "申报价值"]
    remarks = ["required", "required", "required", "Optional", "Decimal"]
    found = find_headings([HEAD, chinese, remarks, DATA], ANY)
    assert (found.rows, found.first_row) == ((1,), 4)
    assert found.notes == ("2 rows below the headings that name or explain the columns again left out",)


@pytest.mark.parametrize(
    ("header_row", "headings", "first_row"),
    [
        ((2,), tuple(HEAD), 3),
        ((1, 2), ("Title " + HEAD[0], *HEAD[1:]), 3),
        ((0,), ("",) * 5, 1),
    ],
)
def test_the_mapping_names_the_rows(header_row, headings, first_row):
    found = find_headings([["Title"], HEAD, DATA], SourceSettings(header_row=header_row))
    assert (found.headings[1:], found.first_row) == (headings[1:], first_row)


def test_rows_that_are_not_there_hold_no_headings():
    assert find_headings([HEAD, DATA], SourceSettings(header_row=(7,))) is None


def test_headings_that_only_the_mapping_knows_are_found_below_titles():
    settings = SourceSettings(columns={"shipment_id": "Ref", "consignee_name": "{Vorname} {Nachname}"})
    rows = [["Liste"], [], ["Ref", "Vorname", "Nachname", "Betrag"], ["A100", "Ann", "Example", "9"]]
    assert find_headings(rows, settings).rows == (3,)


@pytest.mark.parametrize(
    "row",
    [DATA, ["S1", "2025-03-04", "Ann Example", "914-55-0000", "410.00", "Phone"], ["a@b.example", "x"], ["x", "1,5"]],
)
def test_a_first_row_of_data_is_no_headings(row):
    assert looks_like_data(row)
    assert find_headings([row, row], ANY) is None


@pytest.mark.parametrize("row", [HEAD, ["Name", "Address"], ["Größe", "Farbe"], ["Address 1", "Address 2", "City"]])
def test_words_are_no_data(row):
    assert not looks_like_data(row)


def test_repeated_headings_are_known_in_any_order():
    assert is_again_headings(["\ufeffTracking Number", *HEAD[1:]], HEAD)
    assert is_again_headings(HEAD[::-1], HEAD)
    assert not is_again_headings(DATA, HEAD)
    assert not is_again_headings(["Tracking Number", "", ""], HEAD)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("*Tracking Number (required)", "shipment_id"),
        ("Tracking Number*", "shipment_id"),
        ("Tracking\nNumber", "shipment_id"),
        ("\tConsignee Name ", "consignee_name"),
        ("Arrival Date [yyyy-mm-dd]", "arrival_date"),
        ("Arrival Date - optional", "arrival_date"),
        ("快递单号(必填)", "shipment_id"),
        ("快递单号\uff08必填\uff09", "shipment_id"),
        ("运单号 Tracking No.", "shipment_id"),
        ("Tracking No. / 运单号", "shipment_id"),
        ("Declared Value (USD)*", "declared_value"),
        ("申报价值 Declared Value (USD)", "declared_value"),
    ],
)
def test_a_heading_is_known_in_all_its_forms(heading, column):
    assert column in recognised([cleaned(heading)])


@pytest.mark.parametrize("heading", ["City / Address", "Name (shipper)", "运单号 Consignee Name"])
def test_a_heading_whose_parts_disagree_says_nothing(heading):
    assert not recognised([heading]) & {"consignee_name", "consignee_city", "consignee_address", "shipment_id"}


def test_forms_are_cheap_on_a_heading_without_end():
    long = "(a/ " * 50_000
    assert (without_marks(long), heading_parts(long)) == (long, ())


def test_a_csv_below_titles_keeps_its_line_numbers(desk, landed):
    text = "AIR MANIFEST\nMAWB,160-55500011\n\n" + ",".join(HEAD) + "\n" + ",".join(DATA) + "\n"
    intake = desk.take(desk.write("a.csv", text))
    assert [row["source_line"] for row in landed(intake)] == [5]
    assert "headings found in row 4; 2 rows of titles above them left out" in intake.inputs[0].notes


def test_a_workbook_with_two_rows_of_headings_is_read(desk, landed):
    book = openpyxl.Workbook()
    for row in [
        ["MANIFEST"],
        ["HAWB", "Arrival Date", "CONSIGNEE", None, "Value (USD)"],
        [None, None, "Name", "Address", None],
        ["H1", "2025-03-04", "Ann", "1 Elm", 9.5],
    ]:
        book.active.append(row)
    book.save(desk.folder / "a.xlsx")
    rows = landed(desk.take(desk.folder / "a.xlsx"))
    assert [(row["consignee_name"], row["source_line"]) for row in rows] == [("Ann", 4)]


def test_a_file_without_headings_is_asked_without_showing_its_row(desk, landed):
    path = desk.write("a.csv", "S1,2025-03-04,Ann Example,1 Test Street,10.50,914-55-0000,Phone\n")
    with pytest.raises(InputError, match="header_row = 0") as error:
        desk.take(path)
    assert not {"Ann", "914", "Test"} & set(str(error.value).replace("-", " ").split())


def test_no_row_of_a_mapping_is_named(desk):
    path = desk.write("a.csv", ",".join(HEAD) + "\n")
    with pytest.raises(InputError, match="Correct header_row"):
        desk.take(path, mapping='[[source]]\nmatch = "a.csv"\nheader_row = 9\n')
