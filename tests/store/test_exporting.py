"""What leaves the store cannot run in a spreadsheet or a terminal."""

import csv
import io
import json

import openpyxl
import polars as pl
import pytest

from analytics.errors import UsageError
from analytics.store import RunRecord, Store, begin
from analytics.store.exporting import export, harmless

HOSTILE = ["=1+1", "+1", "-1", "@sum(a1)", "\tx", "\x1b[31mred", "a\u202eb", 'plain, with "quotes"\nand a line']


@pytest.fixture
def store(tmp_path):
    with begin(tmp_path / "store") as transaction:
        pl.DataFrame({"name": HOSTILE, "amount": range(len(HOSTILE))}).write_parquet(
            transaction.folder("tables") / "aliases.parquet"
        )
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    return Store(tmp_path / "store")


def cells(text):
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


def test_csv_neither_computes_nor_colours(store, tmp_path):
    export(store, "aliases", tmp_path / "out.csv")
    found = cells((tmp_path / "out.csv").read_text())
    assert found[:5] == ["'=1+1", "'+1", "'-1", "'@sum(a1)", "'\tx"]
    assert found[5:7] == ["\ufffd[31mred", "a\ufffdb"]
    assert found[7] == HOSTILE[7]


@pytest.mark.parametrize("text", ["\n=1+1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20sum(a1)"])
def test_other_starts_of_a_formula_are_made_text_too(text):
    assert harmless(pl.LazyFrame({"name": [text]})).collect().item() == f"'{text}"


@pytest.mark.parametrize("letter", ["\u061c", "\u200e", "\u2028", "\u2060", "\ufeff"])
def test_direction_marks_and_invisible_characters_are_shown(letter):
    assert harmless(pl.LazyFrame({"name": [f"a{letter}b"]})).collect().item() == "a\ufffdb"


def test_csv_goes_to_standard_output_without_a_file(store, capsysbinary):
    assert export(store, "aliases") is None
    assert cells(capsysbinary.readouterr().out.decode())[0] == "'=1+1"


def test_a_workbook_holds_text_and_no_formula(store, tmp_path):
    export(store, "aliases", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    column = [cell for (cell, *_) in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in column} == {"s"}
    assert column[0].value == "'=1+1"


def test_json_lines_and_parquet_keep_every_character(store, tmp_path):
    export(store, "aliases", tmp_path / "out.jsonl")
    export(store, "aliases", tmp_path / "out.parquet")
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [json.loads(line)["name"] for line in lines] == HOSTILE
    assert pl.read_parquet(tmp_path / "out.parquet")["name"].to_list() == HOSTILE
    assert "\x1b" not in (tmp_path / "out.jsonl").read_text()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_the_same_table_gives_the_same_bytes(store, tmp_path, ending):
    first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    export(store, "aliases", first)
    export(store, "aliases", second)
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_ending_is_refused_and_writes_nothing(store, tmp_path):
    with pytest.raises(UsageError, match=r"no form for the ending '.doc'"):
        export(store, "aliases", tmp_path / "out.doc")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_text_longer_than_a_cell_is_refused_and_not_cut(tmp_path):
    with begin(tmp_path / "store") as transaction:
        pl.DataFrame({"name": ["a" * 32_768]}).write_parquet(transaction.folder("tables") / "aliases.parquet")
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    store = Store(tmp_path / "store")
    with pytest.raises(UsageError, match="32,768 characters in name"):
        export(store, "aliases", tmp_path / "out.xlsx")
    assert export(store, "aliases", tmp_path / "out.csv").stat().st_size > 32_768
