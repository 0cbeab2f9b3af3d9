"""Mapping files say how an input is read; a word that means nothing is an error, with the word that was meant."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analytics.errors import MappingError
from analytics.ingest.mapping.settings import SourceSettings, load_mappings, settings_for


@pytest.fixture
def load(tmp_path):
    def _load(*texts):
        files = []
        for number, text in enumerate(texts):
            files.append(tmp_path / f"{number}.toml")
            files[-1].write_text(text)
        return load_mappings(files)

    return _load


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("match =", "not a TOML file"),
        ("", r"\[\[source\]\]"),
        ('[[source]]\nmatch = "*"\n[other]\n', "other"),
        ("[[source]]\n", "no match"),
        ('[[source]]\nmatch = "*"\ncolums = {}\n', "did you mean columns"),
        ('[[source]]\nmatch = "*"\ncolumns = { shipment = "x" }\n', "did you mean shipment_id"),
        ('[[source]]\nmatch = "*"\ncolumns = { shipment_id = 3 }\n', "is not text"),
        ('[[source]]\nmatch = "*"\ncolumns = { consignee_tax_id = "{row}" }\n', "cannot be a template"),
        ('[[source]]\nmatch = "*"\nconstants = { shipment_id = "x" }\n', "the same on every row"),
        ('[[source]]\nmatch = "*"\nconstants = "x"\n', "not a table"),
        ('[[source]]\nmatch = "*"\ntimezone = "Mars/Olympus"\n', "unknown time zone"),
        ('[[source]]\nmatch = "*"\ndate_format = "dd/mm"\n', "MDY, DMY, YMD"),
        ('[[source]]\nmatch = "*"\ndate_format = { quantity = "MDY" }\n', "holds no dates"),
        ('[[source]]\nmatch = "*"\ndecimal = ";"\n', "decimal mark"),
        ('[[source]]\nmatch = "*"\ndelimiter = ";;"\n', "one character"),
        ('[[source]]\nmatch = "*"\nencoding = "rot13"\n', "unknown encoding"),
        ('[[source]]\nmatch = "*"\nheader_row = -1\n', "whole number from 1"),
        ('[[source]]\nmatch = "*"\nheader_row = [3, 0]\n', "names no rows"),
        ('[[source]]\nmatch = "*"\nheader_row = []\n', "names no rows"),
        ('[[source]]\nmatch = "*"\nheader_row = false\n', "names no rows"),
        ('[[source]]\nmatch = "*"\nheader_row = 1001\n', "names no rows"),
    ],
)
def test_a_mapping_that_means_nothing_is_an_error(load, text, message):
    with pytest.raises(MappingError, match=message):
        load(text)


def test_a_mapping_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(MappingError, match="mapping file does not exist"):
        load_mappings([tmp_path / "none.toml"])


def test_the_block_that_fits_the_file_is_used(load):
    blocks = load('[[source]]\nmatch = "a*"\ndecimal = ","\n', '[[source]]\nmatch = "b*"\n[[source]]\nmatch = "c*"\n')
    assert settings_for("/x/abc.csv", blocks).decimal == ","
    assert settings_for("/x/zzz.csv", blocks).decimal is None


def test_two_blocks_for_one_file_are_an_error(load):
    with pytest.raises(MappingError, match="two mapping blocks fit"):
        settings_for("a.csv", load('[[source]]\nmatch = "a*"\n', '[[source]]\nmatch = "*.csv"\n'))


def test_constants_fill_what_the_rows_leave_open(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\nconstants = { currency = "GBP", mode = "air", is_gift = true }\n'
    intake = desk.take(desk.rows("a.csv", {"mode": "mail"}, {"mode": "", "shipment_id": "S2"}), mapping=mapping)
    assert [(row["currency"], row["mode"], row["is_gift"]) for row in landed(intake)] == [
        ("GBP", "mail", True),
        ("GBP", "air", True),
    ]
    assert intake.inputs[0].columns["currency"] == "'GBP'"


def test_a_template_joins_headings(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\ncolumns = { shipment_id = "{Master}/{part no}" }\n'
    path = desk.rows("a.csv", {"shipment_id": None, "Master": "M1", "Part No": "7"})
    (row,) = landed(desk.take(path, mapping=mapping))
    assert (row["shipment_id"], row["has_own_key"]) == ("M1/7", True)


def test_a_header_row_below_a_title(desk, landed):
    text = "Report of March,,,,\nshipment_id,arrival_date,consignee_id,declared_value,x\nS1,2025-03-04,C1,5,\n"
    mapping = '[[source]]\nmatch = "a.csv"\nheader_row = 2\n'
    assert landed(desk.take(desk.write("a.csv", text), mapping=mapping))[0]["source_line"] == 3


def test_a_format_for_one_column(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\ndate_format = { arrival_date = "DMY" }\n'
    path = desk.rows("a.csv", {"arrival_date": "03/04/2025", "order_date": "04/13/2025"})
    (row,) = landed(desk.take(path, mapping=mapping))
    assert (str(row["arrival_date"]), str(row["order_date"])) == ("2025-04-03", "2025-04-13")


def test_a_pattern_with_an_offset(desk, landed):
    mapping = '[[source]]\nmatch = "a.csv"\ndate_format = "%Y.%m.%d %H:%M %z"\n'
    path = desk.rows("a.csv", {"arrival_date": "2025.03.05 12:30 +0800"})
    assert str(landed(desk.take(path, mapping=mapping))[0]["arrival_date"]) == "2025-03-04"


def test_the_record_says_how_an_input_was_read(desk):
    path = desk.rows("a.csv", {"arrival_date": "03/14/2025", "declared_value": "12,50", "remark": "x"})
    record = desk.take(path).inputs[0]
    assert record.date_orders == {"arrival_date": "MDY"}
    assert record.decimal_marks == {"declared_value": ","}
    assert record.unused == ["remark"]
    assert record.columns["declared_value"] == "declared_value"


PAGE = Path(__file__).resolve().parents[3] / "docs" / "mapping.md"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE.read_text(), flags=re.DOTALL))
def test_every_example_of_the_page_is_a_mapping(load, example):
    assert load(example)


def test_every_setting_is_on_the_page(load):
    names = {item.name for item in fields(SourceSettings)} - {"origin"}
    examples = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE.read_text(), flags=re.DOTALL))
    assert not [name for name in names if not re.search(rf"^{name}\b", examples, flags=re.MULTILINE)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('columns = { order_id = "x" }\ncolumns.mode = "y"\n', "written twice"),
        ("where = {}\n", "not a table"),
        ("where = { a = [1] }\n", "not a list of texts"),
        ("fill_down = [1]\n", "not a list of texts"),
        ("footer_rows = -1\n", "not a number of rows"),
        ("footer_rows = true\n", "not a number of rows"),
        ('date_format = "serial"\n', "excel"),
    ],
)
def test_settings_of_rows_are_checked(load, text, message):
    with pytest.raises(MappingError, match=message):
        load(f'[[source]]\nmatch = "*"\n{text}')


def test_a_day_needs_no_quotes(load):
    (block,) = load('[[source]]\nmatch = "*"\nconstants.arrival_date = 2025-03-04\n')
    assert block.constants == {"arrival_date": "2025-03-04"}
