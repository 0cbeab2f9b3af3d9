"""Inspect shows what a screening would understand, and writes a mapping that works once its choices are made."""

from __future__ import annotations

import re

import pytest

from analytics.ingest.inspecting import inspect
from analytics.ingest.mapping.settings import load_mappings
from analytics.ingest.mapping_file import mapping_text

UNCLEAR = (
    "HAWB,Arrival Date,Recipient Name,Recipient Address,Total Value,Amount,Recipient SSN,Remark\n"
    'S1,03/04/2025,Ann Example,1 Elm St,"1,234",7,078-05-1120,\n'
    'S2,03/05/2025,Bo Example,2 Elm St,"2,345",8,,x\x1b[31m\n'
)


def looked_at(desk, text, **options):
    (look,) = inspect([desk.write("a.csv", text)], **options)
    return look


def test_every_heading_is_shown_with_what_is_taken_from_it(desk):
    look = looked_at(desk, UNCLEAR)
    assert [column.heading for column in look.columns] == UNCLEAR.splitlines()[0].split(",")
    assert [column.letter for column in look.columns] == list("ABCDEFGH")
    assert look.columns[0].columns == ("house_bill", "shipment_id")
    assert look.columns[4].columns == ()
    assert look.columns[4].examples == ("1,234", "2,345")
    assert (look.rows, look.is_whole, look.format) == (2, True, "csv")


def test_tax_ids_are_not_shown(desk):
    look = looked_at(desk, UNCLEAR)
    assert (look.columns[6].is_tax_id, look.columns[6].examples) == (True, ())
    assert "078-05" not in repr(look)


def test_more_than_forty_headings_are_all_shown(desk):
    headings = ["shipment_id", "arrival_date", "consignee_id", "declared_value", *(f"x{at}" for at in range(60))]
    assert len(looked_at(desk, ",".join(headings) + "\n" + ",".join("1" for _ in headings) + "\n").columns) == 64


def test_all_questions_are_collected(desk):
    about = [question.about for question in looked_at(desk, UNCLEAR).questions]
    assert about == ["declared_value", "arrival_date", "decimal"]


def test_a_file_that_cannot_be_read_says_why_and_the_others_are_shown(desk):
    looks = inspect([desk.write("b.csv", ""), desk.write("a.csv", UNCLEAR)])
    assert "empty" in looks[0].problem
    assert looks[1].columns


def test_only_the_first_rows_are_looked_at(desk, monkeypatch):
    monkeypatch.setattr("analytics.ingest.inspecting.SAMPLE_ROWS", 1)
    monkeypatch.setattr("analytics.ingest.decode.csv_rows._BLOCK", 128)
    look = looked_at(desk, "shipment_id,arrival_date,consignee_id,declared_value\n" + "S1,2025-03-04,C1,5\n" * 100)
    assert not look.is_whole
    assert 1 <= look.rows < 100


def test_the_written_mapping_works_once_its_choices_are_made(desk, landed):
    path = desk.write("a.csv", UNCLEAR)
    written = mapping_text(inspect([path]))
    assert load_mappings([desk.write("as-written.toml", written)])[0].columns["consignee_name"] == "Recipient Name"
    chosen = re.sub(r"^# (columns.declared_value = \"Amount\"|date_format.*DMY.*)$", r"\1", written, flags=re.MULTILINE)
    rows = landed(desk.take(path, mapping=chosen))
    assert [(str(row["arrival_date"]), str(row["declared_value"])) for row in rows] == [
        ("2025-04-03", "7.00"),
        ("2025-05-03", "8.00"),
    ]


@pytest.mark.parametrize("heading", ['He said "x"', "back\\slash", "été", "a\tb", "Address"])
def test_headings_of_any_kind_stand_in_the_written_mapping(desk, heading):
    quoted = '"' + heading.replace('"', '""') + '"'
    text = f"shipment_id,arrival_date,consignee_id,Total Value,Amount,{quoted},{quoted}\nS1,2025-03-04,C1,5,6,7,8\n"
    (block,) = load_mappings([desk.write("m.toml", mapping_text([looked_at(desk, text)]))])
    assert block.columns["shipment_id"] == "shipment_id"


def test_a_mapping_that_was_given_is_kept_in_the_written_one(desk):
    given = (
        '[[source]]\nmatch = "*"\ntimezone = "Asia/Shanghai"\ndecimal = ","\nfooter_rows = 1\nheader_row = 1\n'
        'where = { "Remark" = ["x*", ""] }\nconstants = { mode = "air" }\n'
    )
    path = desk.write("given.toml", given)
    (block,) = load_mappings([desk.write("m.toml", mapping_text([looked_at(desk, UNCLEAR, mappings=[path])]))])
    (before,) = load_mappings([path])
    assert (block.timezone, block.decimal, block.footer_rows) == ("Asia/Shanghai", ",", 1)
    assert (block.where, block.constants, block.header_row) == (before.where, before.constants, before.header_row)


def test_sheets_that_would_be_left_out_are_named_with_their_rows(desk):
    import xlsxwriter

    with xlsxwriter.Workbook(desk.folder / "b.xlsx") as book:
        rows = [["shipment_id", "arrival_date", "consignee_id", "declared_value"], ["S1", "2025-03-04", "C1", 5]]
        for name, cells in (("Data", rows), ("Notes", [["Remarks"], ["fragile"]])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    data, notes = inspect([desk.folder / "b.xlsx"])
    assert (data.rows, data.is_left_out) == (1, False)
    assert notes.is_left_out
    assert "2 rows" in notes.notes[0]
    assert mapping_text([data, notes]).count("[[source]]") == 1
