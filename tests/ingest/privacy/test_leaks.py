"""A tax id in any cell of a sound or broken file is nowhere in clear: rows kept, rows rejected, records, errors."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from analytics.errors import InputError

CANARY, BARE = "914-66-3002", "914663002"
ROW = {
    "shipment_id": "S1", "arrival_date": "2025-03-04", "consignee_name": "Ann Example",
    "consignee_address": "1 Test Street", "consignee_city": "Reno", "consignee_postal_code": "89501",
    "consignee_phone": "775-555-0123", "consignee_email": "ann@example.org", "consignee_tax_id": "",
    "declared_value": "10.00", "currency": "USD", "origin_country": "CN", "mode": "air", "entry_type": "86",
    "hts_code": "6109100012", "quantity": "1", "weight_kg": "0.5", "is_gift": "no", "description": "mug",
    "seller_name": "Tai Ltd", "declared_at": "2025-03-04T10:00:00Z", "Remark": "", "SSN": "",
}  # fmt: skip
PLACES = [column for column in ROW if column != "shipment_id"]


def rows(value):
    """One row for each column, with a value in it, and the same rows broken so that they are rejected."""
    found = []
    for number, column in enumerate(PLACES):
        found.append({**ROW, "shipment_id": f"S{number}", column: value})
        found.append({**ROW, "shipment_id": f"B{number}", "declared_value": "junk", column: value})
    return found


def as_csv(value):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW))
    writer.writeheader()
    writer.writerows(rows(value))
    return text.getvalue()


def everything(intake):
    """Return all that a call leaves behind, as text."""
    tables = [pl.read_parquet(path) for path in [*intake.landed, *intake.rejected, *intake.unread]]
    return repr(intake) + "".join(table.write_json() for table in tables)


def chain(error):
    """Return an error as a traceback shows it: with what it was raised from."""
    told = [str(error)]
    while error is not None:
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        told += [str(error)] if error is not None else []
    return "\n".join(told)


def test_a_form_in_any_cell_of_a_csv_file(desk):
    assert CANARY not in everything(desk.take(desk.write("a.csv", as_csv(CANARY))))


def test_a_word_and_a_number_in_any_free_or_rejected_cell(desk):
    left = everything(desk.take(desk.write("a.csv", as_csv(f"Ann SSN {BARE}"))))
    published = {"consignee_phone", "consignee_email", "consignee_postal_code", "hts_code"}
    assert left.count(BARE) <= 2 * len(published)


def test_a_form_in_any_cell_of_json_lines(desk):
    text = "\n".join(json.dumps({**row, "note": {"tax": {"ein": BARE}}}) for row in rows(CANARY))
    left = everything(desk.take(desk.write("a.jsonl", text)))
    assert CANARY not in left
    assert BARE not in left


def test_a_form_in_any_cell_of_a_workbook(desk):
    with xlsxwriter.Workbook(desk.folder / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([list(ROW), *([*row.values()] for row in rows(CANARY))]):
            sheet.write_row(at, 0, cells)
    assert CANARY not in everything(desk.take(desk.folder / "a.xlsx"))


def test_a_form_in_any_cell_of_parquet(desk):
    path = desk.folder / "a.parquet"
    pl.DataFrame(rows(CANARY)).write_parquet(path)
    assert CANARY not in everything(desk.take(path))


BROKEN = {
    "headless.csv": f"S1,2025-03-04,Ann Canary,1 Elm,{CANARY},410.00,Phone\n",
    "few_words.csv": f"S1;2025-03-04;Ann Canary;Description;{CANARY};Weight;Phone\n",
    "no_delimiter.csv": f"S1 2025-03-04 Ann Canary {CANARY}\n",
    "open_quote.csv": f'shipment_id,arrival_date,consignee_id,declared_value\nS1,"Ann Canary {CANARY}\n' * 3,
    "all_rejected.csv": f"shipment_id,arrival_date,consignee_id,declared_value\nS1,Ann Canary,{CANARY},x\n",
    "key.jsonl": f'{{"Ann Canary {CANARY}": "2025-03-04", "b": 1}}\n',
    "list.json": f'["Ann Canary", "{CANARY}"]',
    "text.jsonl": f'{{"Ann Canary {CANARY}\n{{"a": \n',
    "two_dates.csv": f"shipment_id,arrival_date,consignee_id,declared_value,note\nS1,03/04/2025,c,1,{CANARY}\n",
    "nul.csv": f"shipment_id,arrival_date\0,consignee_id\nAnn Canary,{CANARY}\n",
    "twice.csv": f"Tracking Number,HAWB,Waybill Number,Ann Canary {CANARY}\n1,2,3,4\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_no_cell_is_in_the_message_of_a_file_that_cannot_be_read(desk, name):
    path: Path = desk.write(name, BROKEN[name])
    try:
        left = everything(desk.take(path))
    except InputError as error:
        left = chain(error)
        assert "Ann Canary" not in left
    assert CANARY not in left


def test_a_mapping_that_names_a_wrong_heading_shows_no_row(desk):
    path = desk.write("headless.csv", BROKEN["headless.csv"])
    with pytest.raises(InputError) as raised:
        desk.take(path, mapping='[[source]]\nmatch = "*"\ncolumns = { shipment_id = "Bill" }\n')
    assert not [word for word in ("Canary", CANARY, "1 Elm") if word in chain(raised.value)]
