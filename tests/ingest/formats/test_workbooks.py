"""Workbooks: which sheets are read, what their cells say, and what becomes of broken ones."""

from __future__ import annotations

import struct
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest

from analytics.errors import MappingError, UnreadableFile
from analytics.ingest.readers.cell_text import cell_text

HEADINGS = [
    "Tracking Number",
    "Arrival Date",
    "Recipient Name",
    "Recipient Address",
    "Total Value (USD)",
    "Weight (lb)",
]


def line(number, **changes):
    """One sound row under `HEADINGS`."""
    row = dict(zip(HEADINGS, [f"T{number}", date(2025, 3, 4), "Ann", "1 Elm", 5, 1], strict=True))
    return list((row | {key.replace("_", " "): value for key, value in changes.items()}).values())


def workbook(path, sheets, hidden=(), merges=()):
    """Write a workbook of named sheets; merges apply to the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    for cells in merges:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


@pytest.fixture
def made(desk):
    """A maker of workbooks in the desk's folder."""
    return lambda *args, **kwargs: workbook(desk.folder / "a.xlsx", *args, **kwargs)


def ids(rows):
    return [row["shipment_id"] for row in rows]


def skipped(intake):
    return {item.path.rpartition("#")[2]: item.skipped for item in intake.inputs if item.skipped}


SECOND = [["HAWB", "Arrival Date", "Consignee ID", "Value (USD)"], ["H9", date(2025, 3, 9), "c9", 9]]


def test_every_visible_sheet_that_fits_is_an_input_of_its_own(desk, landed, made):
    intake = desk.take(made({"Mon": [HEADINGS, line(1)], "Tue": SECOND}))
    assert ids(landed(intake)) == ["T1", "H9"]
    assert [item.path.rpartition("#")[2] for item in intake.inputs] == ["Mon", "Tue"]


def test_a_workbook_of_one_sheet_goes_by_the_name_of_its_file(desk, made):
    assert desk.take(made({"Mon": [HEADINGS, line(1)]})).inputs[0].path.endswith("a.xlsx")


def test_sheets_left_out_are_named_with_their_rows_and_why(desk, landed, made):
    sheets = {
        "Cover": [["Manifest of March"], [None], ["MAWB", "160-1"]],
        "Mon": [HEADINGS, line(1)],
        "Old": [HEADINGS, line(2), line(3)],
        "Blank": [],
    }
    intake = desk.take(made(sheets, hidden=["Old"]))
    said = skipped(intake)
    assert ids(landed(intake)) == ["T1"]
    assert list(said) == ["Cover", "Old", "Blank"]
    assert "its 2 rows: no heading is understood as" in said["Cover"]
    assert "its 3 rows: it is hidden" in said["Old"]
    assert "its 0 rows: it is empty" in said["Blank"]


def test_a_hidden_sheet_is_read_where_it_is_named(desk, landed, made):
    path = made({"Mon": [HEADINGS, line(1)], "Old": [HEADINGS, line(2)]}, hidden=["Old"])
    assert ids(landed(desk.take(f"{path}#Old"))) == ["T2"]


@pytest.mark.parametrize(
    ("sheet", "read"), [('"Tue"', ["T2"]), ('["Tue", "Mon"]', ["T2", "T1"]), ('"*"', ["T1", "T2", "T3"])]
)
def test_the_mapping_names_a_sheet_a_list_or_all(desk, landed, made, sheet, read):
    path = made({"Mon": [HEADINGS, line(1)], "Tue": [HEADINGS, line(2)], "Wed": [HEADINGS, line(3)]})
    intake = desk.take(path, mapping=f'[[source]]\nmatch = "*.xlsx"\nsheet = {sheet}\n')
    assert ids(landed(intake)) == read


def test_all_sheets_asked_for_must_fit(desk, made):
    path = made({"Cover": [["Manifest"]], "Mon": [HEADINGS, line(1)]})
    with pytest.raises(MappingError, match="#Cover"):
        desk.take(path, mapping='[[source]]\nmatch = "*.xlsx"\nsheet = "*"\n')


@pytest.mark.parametrize("sheet", ["[]", '["*", "Mon"]', '["Mon", "Mon"]', "7"])
def test_a_choice_of_sheets_that_means_nothing_is_an_error(desk, made, sheet):
    with pytest.raises(MappingError, match="sheet"):
        desk.take(made({"Mon": [HEADINGS]}), mapping=f'[[source]]\nmatch = "*.xlsx"\nsheet = {sheet}\n')


def test_a_workbook_without_a_sheet_that_fits_says_what_the_nearest_lacks(desk, made):
    near = [heading for heading in HEADINGS if heading != "Arrival Date"]
    with pytest.raises(MappingError, match=r"#Mon: one thing is unclear:\n- no heading is understood as arrival_date"):
        desk.take(made({"Cover": [["Manifest"]], "Mon": [near]}))


def test_a_workbook_of_hidden_sheets_asks_for_one(desk, made):
    path = made({"Mon": [HEADINGS, line(1)], "Tue": [HEADINGS]})
    parts = unpacked(path)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'state="visible"', b'state="hidden"')
    repack(path, parts)
    with pytest.raises(MappingError, match=r'(?s)every sheet is hidden.*sheet = "Mon"'):
        desk.take(path)


def repack(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_the_same_workbook_again_changes_nothing_sheet_by_sheet(desk, landed, made):
    path = made({"Mon": [HEADINGS, line(1)], "Tue": [HEADINGS, line(2)]})
    desk.take(path)
    again = desk.take(path)
    assert landed(again) == []
    assert [item.skipped for item in again.inputs] == ["the same bytes were screened in run r1"] * 2


def test_a_sheet_read_alone_is_not_read_again_with_the_rest(desk, landed, made):
    path = made({"Mon": [HEADINGS, line(1)], "Tue": [HEADINGS, line(2)]})
    desk.take(f"{path}#Tue")
    assert ids(landed(desk.take(path))) == ["T1"]
    assert landed(desk.take(f"{path}#Mon", f"{path}#Tue", path)) == []


def test_two_sheets_named_in_one_call_are_two_inputs(desk, landed, made):
    path = made({"Mon": [HEADINGS, line(1)], "Tue": [HEADINGS, line(2)]})
    assert ids(landed(desk.take(f"{path}#Tue", f"{path}#Mon"))) == ["T2", "T1"]


def test_a_sheet_that_is_not_there_is_an_error(desk, made):
    with pytest.raises(UnreadableFile, match="Mon, Tue"):
        desk.take(f"{made({'Mon': [HEADINGS], 'Tue': [HEADINGS]})}#Wed")


def test_knows_titles_types_and_rows_of_the_sheet(desk, landed, made):
    rows = [
        ["Weekly manifest"],
        [None],
        HEADINGS,
        [123456789012, datetime(2025, 3, 4), "Ann", "1 Elm", 1234.5, 1.234],
        [None] * 6,
        ["T2", "2025-03-05", "Bob", "2 Elm", "$1,000.00", 2],
    ]
    found = landed(desk.take(made({"Mon": rows})))
    assert [(row["shipment_id"], row["source_line"], row["declared_value"]) for row in found] == [
        ("123456789012", 4, Decimal("1234.50")),
        ("T2", 6, Decimal("1000.00")),
    ]
    assert found[0]["weight_kg"] == Decimal("0.560")


def test_rows_are_counted_from_the_top_of_the_sheet(desk, landed, made):
    rows = [[None], [None], HEADINGS, line(1)]
    assert landed(desk.take(made({"Mon": rows})))[0]["source_line"] == 4


def test_merged_cells_are_filled_down_and_merged_amounts_count_once(desk, landed, rejected, made):
    rows = [HEADINGS, line(1), line(2), line(3)]
    path = made({"Mon": rows}, merges=["C2:C4", "D2:D4", "E2:E3"])
    intake = desk.take(path)
    assert [(row["shipment_id"], row["consignee_name"]) for row in landed(intake)] == [("T1", "Ann"), ("T3", "Ann")]
    assert ids(rejected(intake)) == ["T2"]
    assert {
        "merged cells filled down to every row they cover: 2",
        "merged amounts kept on their first row only, so that none counts twice: 1",
    } <= set(intake.inputs[0].notes)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (123456789012, "123456789012"),
        (999999999999999, "999999999999999"),
        (9274899984999999999999, "9.27489998500000E+21"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (-3.0, "-3"),
        (True, "true"),
        ("007", "007"),
        (date(2025, 3, 4), "2025-03-04"),
        (datetime(2025, 3, 4, 5, 6, 7), "2025-03-04 05:06:07"),
        (time(5, 6), "05:06:00"),
        (timedelta(hours=30), "30:00:00"),
        (None, None),
        ("", None),
    ],
)
def test_a_cell_is_text_as_the_spreadsheet_shows_it(cell, text):
    assert cell_text(float(cell) if type(cell) is int else cell) == text


def test_error_cells_and_formulas_without_a_result_are_told(desk, made):
    path = made({"Mon": [HEADINGS, line(1), [*line(2)[:5], "=1+1"]]})
    parts = unpacked(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="F2" t="n"><v>1</v>', b'<c r="F2" t="e"><v>#REF!</v>')
    assert sheet != parts["xl/worksheets/sheet1.xml"]
    repack(path, parts)
    notes = desk.take(path).inputs[0].notes
    assert "error cells (#REF!, #N/A …), read as empty: 1, first F2" in notes
    assert any(note.startswith("formulas stored without a result, read as empty: 1") for note in notes)


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
BLANK_FAR = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("xl/worksheets/sheet1.xml", b"</sheetData>", FAR, "reach to XFD1048576"),
        ("xl/worksheets/sheet1.xml", b"</row>", b"<", "not a whole workbook|broken"),
        ("xl/workbook.xml", b"<sheet ", b"<sh?et ", "lists no sheets|not a whole workbook"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets", "not a whole workbook|broken|lists no sheets"),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>Ann</t></is>', b't="s"><v>9</v>', "not a whole workbook"),
    ],
)
def test_a_broken_workbook_is_an_error_with_its_file(desk, made, part, old, new, said):
    path = made({"Mon": [HEADINGS, line(1)]})
    parts = unpacked(path)
    repack(path, parts | {part: parts[part].replace(old, new)})
    with pytest.raises(UnreadableFile, match=rf"a\.xlsx.*({said})"):
        desk.take(path)


def test_a_far_cell_without_a_value_costs_nothing(desk, landed, made):
    path = made({"Mon": [HEADINGS, line(1)]})
    parts = unpacked(path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", BLANK_FAR)
    repack(path, parts | {"xl/worksheets/sheet1.xml": sheet})
    assert ids(landed(desk.take(path))) == ["T1"]


def test_cells_without_references_are_counted(desk, made):
    path = made({"Mon": [HEADINGS, line(1)]})
    parts = unpacked(path)
    many = b'<row r="1048576">' + b"<c><v>1</v></c>" * 500 + b"</row></sheetData>"
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", many)
    repack(path, parts | {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(UnreadableFile, match="reach to SF1048576"):
        desk.take(path)


def test_an_archive_bomb_is_an_error_before_it_is_unpacked(desk, made):
    path = made({"Mon": [HEADINGS, line(1)]})
    repack(path, unpacked(path) | {"xl/sharedStrings.xml": b" " * (65 << 20)})
    with pytest.raises(UnreadableFile, match=r"sharedStrings\.xml unpacks to 65 MB"):
        desk.take(path)


def test_a_size_that_lies_is_an_error(desk, made):
    path = made({"Mon": [HEADINGS, line(1)]})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/styles.xml").file_size
    content = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 10))
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="not a whole workbook"):
        desk.take(path)
