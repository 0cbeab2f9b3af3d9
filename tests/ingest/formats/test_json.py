"""JSON of every shape: lines, a list, an object around a list; nested values by their path; damage row by row."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pytest

from analytics.errors import InputError, MappingError, UnreadableFile
from analytics.ingest.formats.jsonl import open_json
from analytics.ingest.headings.nested import number_paths
from analytics.ingest.mapping.settings import SourceSettings

SOUND = {"shipment_id": "S1", "arrival_date": "2025-03-04", "consignee_id": 42, "declared_value": 10.10}


def sound(number, **changes):
    return {**SOUND, "shipment_id": f"S{number}", **changes}


def ids(rows):
    return [row["shipment_id"] for row in rows]


def table(path):
    """Headings, and the cells of all rows."""
    opened = open_json(path, SourceSettings())
    return opened.headings, [row[3:] for found in opened.batches() for row in found.rows()]


def test_json_lines_keep_digits_and_reject_broken_lines(desk, landed, rejected):
    later = sound(2, is_gift=True, weight_kg=1.234)  # a number's mark is no question
    text = "\n".join([json.dumps(SOUND), "{broken", "", json.dumps(later), "[1]"]) + "\n"
    intake = desk.take(desk.write("a.jsonl", text))
    assert [(row["source_line"], row["declared_value"], row["is_gift"]) for row in landed(intake)] == [
        (1, Decimal("10.10"), None),
        (4, Decimal("10.10"), True),
    ]
    assert landed(intake)[1]["weight_kg"] == Decimal("1.234")
    assert [row["source_line"] for row in rejected(intake)] == [2, 5]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "wrap", [lambda rows: rows, lambda rows: {"shipments": rows, "count": 2}, lambda rows: {"data": {"items": rows}}]
)
def test_a_document_is_read_as_its_records(desk, landed, wrap, indent):
    rows = [sound(1), sound(2)]
    intake = desk.take(desk.write("a.json", json.dumps(wrap(rows), indent=indent)))
    assert [(row["shipment_id"], row["source_line"]) for row in landed(intake)] == [("S1", 1), ("S2", 2)]


def test_two_lists_of_one_kind_are_both_read_and_said(desk, landed):
    document = {"air": [sound(1)], "sea": [sound(2)], "rates": [{"currency": "EUR"}]}
    intake = desk.take(desk.write("a.json", json.dumps(document)))
    assert ids(landed(intake)) == ["S1", "S2"]
    assert "records taken from air (1), sea (1)" in intake.inputs[0].notes


def test_one_record_with_items_is_no_wrapper(desk, landed):
    record = sound(1, items=[{"description": "Lamp", "quantity": 1}])
    assert ids(landed(desk.take(desk.write("a.jsonl", json.dumps(record))))) == ["S1"]


def test_objects_over_several_lines_one_after_another(desk, landed):
    text = "\n".join(json.dumps(sound(number), indent=1) for number in (1, 2))
    assert ids(landed(desk.take(desk.write("a.json", text)))) == ["S1", "S2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_in_any_encoding_and_packed(desk, landed, encoding):
    path = desk.write("a.json.gz", gzip.compress(json.dumps([sound(1)]).encode(encoding)))
    assert ids(landed(desk.take(path))) == ["S1"]


def test_values_inside_objects_have_their_path_as_heading(desk):
    text = '{"to": {"name": "Ann", "at": {"zip": "02134"}}, "tags": ["a", {"b": 1.50}], "none": [], "old": true}'
    headings, rows = table(desk.write("a.json", text))
    assert headings == ("to.name", "to.at.zip", "tags", "none", "old")
    assert rows == [("Ann", "02134", '["a", {"b": "1.50"}]', None, "true")]


@pytest.mark.parametrize("number", ["10.10", "1e400", "123456789012345678901234567890", "-0", "NaN"])
def test_numbers_are_kept_digit_for_digit(desk, number):
    assert table(desk.write("a.jsonl", f'{{"x": {number}, "y": "z"}}'))[1] == [(number, "z")]


@pytest.mark.parametrize(
    "line",
    [
        '{"shipment_id": "S2", "arrival_date": "2025-03-04", "declared_value": 1, "declared_value": 900}',
        '{"shipment_id": "S2", "to": {"zip": 1, "zip": 2}}',
        '{"shipment_id": "S2", "items": [{"value": 1, "value": 2}]}',
    ],
)
def test_a_key_that_comes_twice_costs_its_row(desk, landed, rejected, line):
    intake = desk.take(desk.write("a.jsonl", f"{json.dumps(SOUND)}\n{line}\n"))
    assert ids(landed(intake)) == ["S1"]
    assert [(row["source_line"], "json_duplicate_key" in row["reasons"]) for row in rejected(intake)] == [(2, True)]


def test_a_doubled_key_in_a_list_costs_its_record(desk, landed, rejected):
    text = f'[{json.dumps(SOUND)}, {{"shipment_id": "S2", "shipment_id": "S3"}}, 7]'
    intake = desk.take(desk.write("a.json", text))
    assert ids(landed(intake)) == ["S1"]
    assert [row["source_line"] for row in rejected(intake)] == [2, 3]


@pytest.mark.parametrize("deep", ['{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 100_000])
def test_deep_nesting_costs_its_line_or_stops_the_run_with_the_file(desk, landed, rejected, deep):
    line = deep if deep.startswith("{") else f'{{"a": {deep}'
    intake = desk.take(desk.write("a.jsonl", f"{json.dumps(SOUND)}\n{line}\n"))
    assert ids(landed(intake)) == ["S1"]
    assert [row["source_line"] for row in rejected(intake)] == [2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" + "[" * 100_000, "record 1"),
        ('[{"a": 1}, {"a": 2', "record 2"),
        ('[{"a": 1} {"a": 2}]', "record 2"),
        ('[{"a": 1}] {"a": 2}', "more follows"),
        ('{\n"a": [{"b": 1}', "object 1"),
        ("[]", "no JSON object"),
    ],
)
def test_a_damaged_document_is_an_error_with_its_place(desk, text, said):
    with pytest.raises(UnreadableFile, match=said):
        desk.take(desk.write("a.json", text))


def test_an_error_shows_no_value_of_the_file(desk):
    with pytest.raises(InputError) as error:
        desk.take(desk.write("a.json", '[{"name": "Maria Lopez", "ssn": "123-45-6789"'))
    assert "Maria" not in str(error.value)


def test_csv_whose_first_heading_is_in_brackets_is_no_json(desk, landed):
    path = desk.write("a.csv", "[shipment_id],arrival_date,consignee_id,declared_value\nS1,2025-03-04,c,5\n")
    assert ids(landed(desk.take(path))) == ["S1"]


def test_numbers_inside_items_are_offered_for_the_value(desk, landed):
    items = [{"text": "shirt", "value": 400, "quantity": 1}, {"text": "hat", "value": "10.50", "quantity": 2}]
    record = {"tracking_number": "T1", "arrival_date": "2025-03-04", "customs": {"items": items}}
    record["ship_to"] = {"name": "Ann", "address": {"line1": "1 Elm", "city": "Erie", "postal_code": "16501"}}
    path = desk.write("a.jsonl", json.dumps(record))
    with pytest.raises(MappingError) as caught:
        desk.take(path)
    (question,) = caught.value.questions
    assert question.choices == ('columns.declared_value = "customs.items[].value"',)
    (row,) = landed(desk.take(path, mapping=f'[[source]]\nmatch = "a.jsonl"\n{question.choices[0]}\n'))
    assert (str(row["declared_value"]), row["consignee_postal_code"]) == ("410.50", "16501")


@pytest.mark.parametrize(
    ("cell", "paths"),
    [
        ('[{"value": 1.5, "sku": "A1"}, {"value": "2", "sku": "A2"}]', ["[].value"]),
        ('[{"value": 1}, {"price": 2}]', []),
        ('[{"value": true}]', []),
        ("[]", []),
        ("[1, 2]", []),
        ('{"value": 1}', []),
        ("Ann Example", []),
        ("[" * 100_000, []),
    ],
)
def test_paths_of_numbers_inside_a_cell(cell, paths):
    assert number_paths(cell) == paths
