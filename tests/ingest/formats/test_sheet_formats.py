"""Every kind of workbook, and what only bears the name of one, is told by its content and gives the same rows."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from analytics.errors import UnreadableFile

HEADINGS = ["Tracking Number", "Arrival Date", "Recipient Name", "Recipient Address", "Total Value (USD)"]
ROWS = [["T1", "2025-03-04", "Ann", "1 Elm", 5.25], ["T2", "2025-03-05", "Zoë", "2 Elm", 800]]


def xlsx():
    book = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        book.active.append(row)
    with io.BytesIO() as out:
        book.save(out)
        return out.getvalue()


def xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Mon")
    for at, row in enumerate([HEADINGS, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    with io.BytesIO() as out:
        book.save(out)
        return out.getvalue()


def ods(repeated=1):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Mon")
    for row in [HEADINGS, *ROWS]:
        line = TableRow(numberrowsrepeated=repeated) if repeated > 1 else TableRow()
        for cell in row:
            times = {"numbercolumnsrepeated": repeated} if repeated > 1 else {}
            kind = {"valuetype": "string"} if isinstance(cell, str) else {"valuetype": "float", "value": cell}
            typed = TableCell(**kind, **times)
            typed.addElement(P(text=str(cell)))
            line.addElement(typed)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    with io.BytesIO() as out:
        book.write(out)
        return out.getvalue()


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def record(kind, data=b""):
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    return number + (bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])) + data


def xlsb(last_row=None):
    """A workbook of binary records, the fewest that make one."""
    sheet = [record(148, bytes(16)), record(145)]
    for at, row in enumerate([HEADINGS, *ROWS]):
        number = last_row if last_row and at == 2 else at
        sheet.append(record(0, struct.pack("<I", number) + bytes(21)))
        for column, cell in enumerate(row):
            place = struct.pack("<II", 16_383 if last_row and at == 2 else column, 0)
            is_text = isinstance(cell, str)
            sheet.append(record(6 if is_text else 5, place + (wide(cell) if is_text else struct.pack("<d", cell))))
    sheet.append(record(146))
    sheets = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Mon"))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/_rels/workbook.bin.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": record(131) + record(143) + sheets + record(144) + record(132),
        "xl/worksheets/sheet1.bin": b"".join(sheet),
    }
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()


def page(before=""):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADINGS, *ROWS])
    return f"{before}<table border=1>{cells}</table>".encode()


def spreadsheet_xml(index=""):
    kinds = {str: "String", float: "Number", int: "Number"}
    cells = "".join(
        f"<Row{index if at == 2 else ''}>"
        + "".join(f'<Cell><Data ss:Type="{kinds[type(cell)]}">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for at, row in enumerate([HEADINGS, *ROWS])
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Mon"><Table>{cells}</Table></Worksheet></Workbook>'
    ).encode()


def tabbed():
    return "\n".join("\t".join(map(str, row)) for row in [HEADINGS, *ROWS]).encode()


CONTENTS = {
    "xlsx": xlsx,
    "xls": xls,
    "ods": ods,
    "xlsb": xlsb,
    "html": lambda: page("<html><head><meta charset='utf-8'></head><body>"),
    "xml": spreadsheet_xml,
    "csv": tabbed,
}


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "export"])
@pytest.mark.parametrize("format_name", CONTENTS)
def test_content_decides_not_the_ending(desk, landed, format_name, name):
    intake = desk.take(desk.write(name, CONTENTS[format_name]()))
    assert [(row["shipment_id"], row["consignee_name"], str(row["declared_value"])) for row in landed(intake)] == [
        ("T1", "Ann", "5.25"),
        ("T2", "Zoë", "800.00"),
    ]
    assert [item.format for item in intake.inputs] == [format_name]


def test_dates_of_an_old_workbook_are_days(desk, landed):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Mon")
    for column, cell in enumerate(HEADINGS):
        sheet.write(0, column, cell)
    for column, cell in enumerate(["T1", date(2025, 3, 4), "Ann", "1 Elm", 5]):
        sheet.write(
            1, column, cell, xlwt.easyxf(num_format_str="YYYY-MM-DD") if column == 1 else xlwt.Style.default_style
        )
    path = desk.folder / "a.xls"
    book.save(path)
    assert landed(desk.take(path))[0]["arrival_date"] == date(2025, 3, 4)


def test_cells_of_a_page_span_rows_and_hold_several_lines(desk, landed):
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    rows = (
        "<tr><td>T1</td><td rowspan=2>2025-03-04</td><td rowspan='2'>Ann<br>Example</td>"
        "<td>1&nbsp;Elm</td><td>5</td></tr>"
        "<tr><td>T2</td><td>2 Elm</td><td>6</td></tr>"
    )
    found = landed(desk.take(desk.write("a.xls", f"<html><table><tr>{head}</tr>{rows}</table></html>")))
    assert [(row["shipment_id"], row["consignee_name"], row["consignee_address"]) for row in found] == [
        ("T1", "Ann Example", "1 Elm"),
        ("T2", "Ann Example", "2 Elm"),
    ]


def test_tables_of_a_page_that_do_not_fit_are_named(desk):
    records = desk.take(desk.write("a.xls", page("<table><tr><td>Report of March</td></tr></table>"))).inputs
    assert [(item.path.rpartition("#")[2], item.skipped is None) for item in records] == [
        ("Table 1", False),
        ("Table 2", True),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body>Your session has expired</body></html>", "without a table"),
        (ods(repeated=16_384), "cells reach to"),
        (xlsb(last_row=1_048_575), "cells reach to XFD1048576"),
        (spreadsheet_xml(' ss:Index="1048576"').replace(b"<Cell>", b'<Cell ss:Index="16380">', 1), "cells reach to"),
        (spreadsheet_xml()[:-30], "XML of the workbook is broken"),
        (xls()[:600], "not a whole workbook"),
        (xlsb()[:-30], "cut off or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a whole workbook"),
    ],
    ids=["page", "ods repeats", "far xlsb", "far xml", "cut xml", "cut xls", "cut xlsb", "empty xls"],
)
def test_what_cannot_be_held_or_read_is_an_error_with_the_file(desk, content, said):
    with pytest.raises(UnreadableFile, match=rf"a\.xls.*{said}"):
        desk.take(desk.write("a.xls", content))


def test_an_archive_of_files_is_told(desk):
    with zipfile.ZipFile(desk.folder / "a.xlsx", "w") as archive:
        archive.writestr("march.csv", "a,b\n")
    with pytest.raises(UnreadableFile, match="Unpack it"):
        desk.take(desk.folder / "a.xlsx")
