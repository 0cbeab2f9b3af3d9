"""Formats are found by their files; a new one is one file."""

from __future__ import annotations

import sys

import pytest

from analytics.errors import UnreadableFile
from analytics.ingest import formats
from analytics.ingest.mapping.settings import SourceSettings

FIXED = '''"""Records of a fixed width: ten characters of id, eight of value."""

import polars as pl

from analytics.ingest.readers.format import Format
from analytics.ingest.tables import RawTable, batch


def _open(path, settings):
    lines = path.read_text().splitlines()[1:]
    cells = pl.DataFrame({"c0": [line[:10].strip() for line in lines], "c1": [line[10:].strip() for line in lines]})
    return RawTable("fixed", ("shipment_id", "value_usd"), frozenset(), lambda: iter([batch(cells, range(2, 4))]))


FORMAT = Format("fixed", 85, (".fix",), lambda head: head.raw.startswith(b"FIXED 1"), table=_open)
'''


@pytest.fixture
def fixed(tmp_path, monkeypatch):
    (tmp_path / "fixed_width.py").write_text(FIXED)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    formats.formats.cache_clear()
    yield
    formats.formats.cache_clear()
    sys.modules.pop("analytics.ingest.formats.fixed_width", None)


def test_formats_are_tried_from_the_surest_to_plain_text():
    assert [item.name for item in formats.formats()] == [
        "parquet", "xlsx", "xlsb", "ods", "xls", "xml", "html", "jsonl", "csv",
    ]  # fmt: skip
    assert len({item.place for item in formats.formats()}) == len(formats.formats())


def test_each_opens_a_table_or_a_book_and_not_both():
    assert all((item.table is None) is not (item.book is None) for item in formats.formats())


def test_a_new_format_is_one_file(fixed, tmp_path):
    file = tmp_path / "week.fix"
    file.write_text("FIXED 1\nA1          12.00\nA2           3.50\n")
    found = formats.format_of(file)
    assert (found.name, formats.is_readable("week.fix")) == ("fixed", True)
    (rows,) = found.table(file, SourceSettings(match="*")).batches()
    assert rows.select("c0", "c1").rows() == [("A1", "12.00"), ("A2", "3.50")]


def test_without_its_file_it_is_plain_text(tmp_path):
    file = tmp_path / "week.fix"
    file.write_text("FIXED 1\nA1          12.00\n")
    assert (formats.format_of(file).name, formats.is_readable("week.fix")) == ("csv", False)


def test_an_archive_of_files_is_none(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="Unpack it"):
        formats.format_of(tmp_path / "a.zip")
