"""JSON that holds no list of records: records under their keys, columns, rows of cells."""

from __future__ import annotations

import json

import pytest

from analytics.errors import InputError

HEADS = ["shipment_id", "arrival_date", "consignee_id", "declared_value"]
ROWS = [[f"S{number}", "2025-03-04", f"C{number}", f"{number}.50"] for number in (1, 2, 3)]
RECORDS = [dict(zip(HEADS, row, strict=True)) for row in ROWS]
WHERE_KEYS_ARE_NUMBERS = '[[source]]\nmatch = "*.json"\ncolumns.shipment_id = "key"\n'


def taken(desk, document, mapping=None):
    return desk.take(desk.write("a.json", json.dumps(document)), mapping=mapping)


def read(landed, intake):
    return [(row["shipment_id"], row["consignee_id"], str(row["declared_value"])) for row in landed(intake)]


EXPECTED = [("S1", "C1", "1.50"), ("S2", "C2", "2.50"), ("S3", "C3", "3.50")]


@pytest.mark.parametrize(
    "document",
    [
        [HEADS, *ROWS],
        {"columns": HEADS, "data": ROWS},
        {"meta": {"pages": 1}, "result": {"fields": HEADS, "rows": ROWS, "count": 3}},
        {head: [row[at] for row in ROWS] for at, head in enumerate(HEADS)},
        {head: {str(number): row[at] for number, row in enumerate(ROWS)} for at, head in enumerate(HEADS)},
        {record["shipment_id"]: record for record in RECORDS},
    ],
    ids=["rows", "split", "nested", "columns", "columns by row", "keyed"],
)
def test_a_table_in_any_shape_is_read(desk, landed, document):
    assert read(landed, taken(desk, document)) == EXPECTED


@pytest.mark.parametrize("wrap", [lambda found: found, lambda found: {"count": 3, "shipments": found}])
def test_records_under_their_numbers_offer_the_key(desk, landed, wrap):
    document = wrap({record["shipment_id"]: {name: record[name] for name in HEADS[1:]} for record in RECORDS})
    with pytest.raises(InputError) as error:
        taken(desk, document)
    assert error.value.questions[0].choices[0] == 'columns.shipment_id = "key"'
    assert read(landed, taken(desk, document, WHERE_KEYS_ARE_NUMBERS)) == EXPECTED


def test_a_record_of_alike_parts_is_one_record(desk, landed):
    party = {"name": "Ann Example", "address": "1 Test Street"}
    record = {"shipper": party, "consignee": party}
    document = {"shipment_id": "S1", "arrival_date": "2025-03-04", "declared_value": "1", **record}
    assert len(landed(taken(desk, document))) == 1


def test_a_row_of_too_many_cells_is_rejected(desk, rejected):
    assert [row["source_line"] for row in rejected(taken(desk, [HEADS, *ROWS, [*ROWS[0], "more"]]))] == [5]
