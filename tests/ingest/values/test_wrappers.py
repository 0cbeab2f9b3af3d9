"""Marks that spreadsheets and exports put around cells are taken off, and no letter of a name goes with them."""

from __future__ import annotations

import json

import pytest

CLEAN = {"shipment_id": "900100200300", "consignee_postal_code": "02134", "order_id": "77001"}


def wrapped(mark):
    return {name: mark.format(cell) for name, cell in CLEAN.items()}


@pytest.mark.parametrize(
    "mark",
    [
        "'{}", '="{}"', '=""{}""', "'=\"{}\"", "={}", '"{}"', "'{}'", "{}.0", "{}.00", "{},0", "'{}.0", " '{}",
        "\u00a0{}\u00a0", "\t{}", "\u200b{}", "\ufeff{}", "{}\u200e", "\u2019{}",
    ],
)  # fmt: skip
def test_ids_in_wrappers_are_the_ids_without(desk, mark):
    desk.take(desk.rows("week1.csv", CLEAN))
    record = desk.take(desk.rows("week2.csv", wrapped(mark), {"shipment_id": "other"})).inputs[0]
    assert (record.accepted, record.repeated) == (1, 1)


def test_full_width_digits_of_an_id_are_digits(desk, landed):
    (row,) = landed(desk.take(desk.rows("a.csv", {"shipment_id": "\uff19\uff11\uff10ab"})))
    assert row["shipment_id"] == "910ab"


@pytest.mark.parametrize("kept", ["INV-1.0", "1.234", "12.0.0", "1,000", "#1001", "A'1", "10"])
def test_what_belongs_to_an_id_stays(desk, landed, kept):
    (row,) = landed(desk.take(desk.rows("a.csv", {"shipment_id": kept})))
    assert row["shipment_id"] == kept


@pytest.mark.parametrize("name", ["'Aiea Okonjo", "Sean O'Brien", "Ann 'Bo' Ek", "Ek & Sons'", "'t Hart"])
def test_an_apostrophe_of_a_name_stays(desk, landed, name):
    (row,) = landed(desk.take(desk.rows("a.csv", {"consignee_name": name, "shipment_id": "'17"})))
    assert (row["consignee_name"], row["shipment_id"]) == (name, "17")


def test_a_column_in_which_every_text_is_marked_loses_the_marks(desk, landed):
    names = ["'Ann Ek", "'Bo O'Hara", "''Aiea Nui"]
    rows = landed(desk.take(desk.rows("a.csv", *({"consignee_name": n, "shipment_id": n} for n in names))))
    assert [row["consignee_name"] for row in rows] == ["Ann Ek", "Bo O'Hara", "'Aiea Nui"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [("'12.50", "12.50"), ('="12.50"', "12.50"), ("=12.50", "12.50"), ("\u200b12.50", "12.50"), ("12.50", "12.50")],
)
def test_values_and_days_in_wrappers_are_read(desk, landed, cell, read):
    row = {"declared_value": cell, "arrival_date": "'2025-03-04"}
    assert str(landed(desk.take(desk.rows("a.csv", row)))[0]["declared_value"]) == read


def test_a_tax_id_in_a_wrapper_is_the_same_tax_id(desk, landed):
    marks = ["{}", "'{}", '="{}"', "{}.0"]
    rows = [{"shipment_id": str(n), "consignee_tax_id": m.format("222334455")} for n, m in enumerate(marks)]
    assert len({row["consignee_tax_id_hash"] for row in landed(desk.take(desk.rows("a.csv", *rows)))}) == 1


def test_what_was_taken_off_is_said_with_counts(desk):
    rows = [{"shipment_id": "'1"}, {"shipment_id": "2", "order_id": '="5"'}, {"shipment_id": "'3"}]
    notes = desk.take(desk.rows("a.csv", *rows)).inputs[0].notes
    assert [note for note in notes if "marks of a spreadsheet" in note] == [
        'marks of a spreadsheet or export (such as \'1, ="1", 1.0) taken off cells: '
        "1 under 'order_id', 2 under 'shipment_id'"
    ]


def test_a_plain_file_says_nothing_of_marks(desk):
    assert (
        desk.take(desk.rows("a.csv", {"consignee_name": "Zo\u00eb", "consignee_city": " Reno "})).inputs[0].notes == []
    )


def test_a_template_is_made_of_cells_without_wrappers(desk, landed):
    mapping = '[[source]]\nmatch = "*.csv"\ncolumns = { shipment_id = "{Bag}-{No}" }\n'
    path = desk.rows("a.csv", {"shipment_id": None, "Bag": "'07", "No": '="3"'})
    assert landed(desk.take(path, mapping=mapping))[0]["shipment_id"] == "07-3"


def test_a_rejected_row_shows_its_cells_without_wrappers(desk, rejected):
    (row,) = rejected(desk.take(desk.rows("a.csv", {"shipment_id": "'9", "declared_value": "-1"})))
    assert json.loads(row["raw"])["shipment_id"] == "9"
