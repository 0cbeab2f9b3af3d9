"""Files with random damage: every row is accepted, rejected or a repeat, or the file is named; nothing else happens."""

import gzip
import io
import json
import random
import time

import polars as pl
import pytest

from analytics.errors import InputError, UsageError
from tests.ingest.conftest import SOUND, Desk

pytestmark = pytest.mark.slow
_ROWS = 30
_SECONDS = 40
_FILES = 150
_PIECES = [
    b'"',
    b"'",
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"{",
    b"}",
    b"[" * 99,
    b"1e999",
    b"-",
]


def sound_rows():
    return [{**SOUND, "shipment_id": f"S{number:03d}", "consignee_name": f"Ann {number}"} for number in range(_ROWS)]


def as_csv():
    rows = sound_rows()
    return "\n".join([",".join(SOUND), *(",".join(row.values()) for row in rows), ""]).encode()


def as_jsonl():
    return "\n".join([*map(json.dumps, sound_rows()), ""]).encode()


def as_parquet():
    target = io.BytesIO()
    pl.DataFrame(sound_rows()).write_parquet(target)
    return target.getvalue()


def as_workbook():
    target = io.BytesIO()
    pl.DataFrame(sound_rows()).write_excel(target)
    return target.getvalue()


def as_gzip():
    return gzip.compress(as_csv(), mtime=0)


def mutated(content, drawn):
    """Flip, cut out, double, put in or cut off some bytes."""
    changed = bytearray(content)
    for _ in range(drawn.choice((1, 1, 2, 5))):
        at = drawn.randrange(len(changed) or 1)
        match drawn.randrange(5):
            case 0 if changed:
                changed[at] ^= 1 << drawn.randrange(8)
            case 1:
                del changed[at : at + drawn.choice((1, 3, 40))]
            case 2:
                changed[at:at] = changed[at : at + drawn.choice((1, 30, 300))]
            case 3:
                changed[at:at] = drawn.choice(_PIECES)
            case 4 if drawn.random() < 0.3:
                del changed[at:]
    return bytes(changed)


def taken(folder, name, content):
    """Take a file in; None where it is refused by name."""
    file = folder / name
    file.write_bytes(content)
    try:
        return Desk(folder).take(file).inputs[0]
    except (InputError, UsageError) as refused:
        said = str(refused)
    assert name in said
    assert "Ann 1" not in said
    return None


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("f.csv", as_csv),
        ("f.jsonl", as_jsonl),
        ("f.parquet", as_parquet),
        ("f.xlsx", as_workbook),
        ("f.csv.gz", as_gzip),
    ],
)
def test_damage_loses_no_row_and_stops_no_run(tmp_path, name, make):
    drawn, content, began, read = random.Random(name), make(), time.monotonic(), 0
    whole = taken(tmp_path, name, content)
    assert (whole.read, whole.accepted) == (_ROWS, _ROWS)
    for number in range(_FILES):
        if time.monotonic() - began > _SECONDS:
            break
        folder = tmp_path / str(number)
        folder.mkdir()
        record = taken(folder, name, mutated(content, drawn))
        if record is not None:
            assert record.read == record.accepted + record.rejected + record.repeated, number
            read += record.read > 0
    assert number > 1


@pytest.mark.parametrize("line", range(1, _ROWS, 7))
def test_damage_within_one_line_costs_that_line_only(tmp_path, line):
    drawn = random.Random(line)
    lines = as_csv().decode().splitlines()
    lines[line] = lines[line].replace("Ann", drawn.choice(['A"n', "A\x01n", "A\u202en", "", "A;n"]), 1)
    record = taken(tmp_path, "f.csv", "\n".join([*lines, ""]).encode())
    assert record.read == _ROWS
    assert record.accepted >= _ROWS - 1
