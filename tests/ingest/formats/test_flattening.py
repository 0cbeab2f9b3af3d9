"""Objects inside objects get headings of their own; nothing is lost or overwritten by it."""

from __future__ import annotations

import pytest

from analytics.ingest.readers.flattening import flat


def nested(depth):
    value = {"end": "x"}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"a": "1", "b": None}, {"a": "1", "b": None}),
        ({"a": {"b": "1", "c": {"d": "2"}}, "e": "3"}, {"a.b": "1", "a.c.d": "2", "e": "3"}),
        ({"a": {}}, {}),
        ({"a": [{"b": "1"}]}, {"a": [{"b": "1"}]}),
        ({"a": {"b": "1"}, "a.b": "2"}, {"a": {"b": "1"}, "a.b": "2"}),
        ({"a.b": "2", "a": {"b": "1"}}, {"a.b": "2", "a": {"b": "1"}}),
        ({"a": {"b.c": "1", "b": {"c": "2"}}}, {"a": {"b.c": "1", "b": {"c": "2"}}}),
    ],
)
def test_inner_objects_are_laid_flat(record, expected):
    assert flat(record) == expected


def test_the_order_of_keys_is_kept():
    assert list(flat({"z": {"y": "1", "x": {"b": "2", "a": "3"}}, "w": "4"})) == ["z.y", "z.x.b", "z.x.a", "w"]


@pytest.mark.parametrize(("depth", "is_flat"), [(7, True), (8, False), (5000, False)])
def test_what_is_too_deep_stays_whole(depth, is_flat):
    record = {"top": nested(depth)}
    assert (flat(record) != record) is is_flat


def test_nested_keys_are_headings_of_a_file(desk, landed):
    line = (
        '{"shipment_id": "S1", "arrival_date": "2025-03-04", "to": {"name": "Ann", "zip": "02134"}, '
        '"consignee_id": "C1", "declared_value": 5}\n'
    )
    mapping = '[[source]]\nmatch = "*"\ncolumns.consignee_name = "to.name"\ncolumns.consignee_postal_code = "to.zip"\n'
    (row,) = landed(desk.take(desk.write("a.jsonl", line), mapping=mapping))
    assert (row["consignee_name"], row["consignee_postal_code"]) == ("Ann", "02134")
