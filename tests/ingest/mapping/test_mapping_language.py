"""What a mapping can say of rows, products, weights, nested JSON: each form once, from file to landed row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from analytics.errors import AmbiguousInput, InputError, MappingError
from analytics.ingest.headings.nested import value_at
from analytics.ingest.headings.row_choice import chosen_rows
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.mapping.weights import with_weight_unit
from analytics.ingest.tables import RawTable, batch
from analytics.ingest.values.products import product_text

HEADINGS = ("Order", "Name", "Status", "Sum")


def table(*batches):
    """Rows of texts in batches."""

    def frames():
        line = 1
        for rows in batches:
            cells = pl.DataFrame(rows, schema={f"c{at}": pl.String for at in range(4)}, orient="row")
            yield batch(cells, range(line, line + len(rows)))
            line += len(rows)

    return RawTable("csv", HEADINGS, frozenset(), frames)


def chosen(found, **settings):
    """Lines, first two cells, and notes of what is left."""
    got = chosen_rows("a.csv", replace(found, notes=[]), SourceSettings(origin="m", **settings))
    rows = pl.concat(got.batches())
    return rows.select("_line", "c0", "c1").rows(), got.notes


ROWS = table(
    [("1", "Ann", "Delivered", "5"), ("1", "", "delivered ", "6"), ("2", " ", "Lost", "7")],
    [("2", "", "", "8"), ("3", "Bo", "Cancelled by seller", "9"), ("Total", "", "", "35")],
)


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({"where": {"Status": ["Delivered"]}}, [1, 2]),
        ({"where": {"status": ["LOST", ""]}}, [3, 4, 6]),
        ({"where_not": {"Status": ["Cancelled*"]}}, [1, 2, 3, 4, 6]),
        ({"where_not": {"Order": ["Total"], "Status": [""]}}, [1, 2, 3, 5]),
        ({"where": {"column:A": ["*"]}, "where_not": {"Order": ["t*l"]}}, [1, 2, 3, 4, 5]),
        ({"where_not": {"Order": ["."]}}, [1, 2, 3, 4, 5, 6]),
        ({"footer_rows": 1}, [1, 2, 3, 4, 5]),
        ({"footer_rows": 4}, [1, 2]),
        ({"footer_rows": 9}, []),
    ],
)
def test_rows_are_kept_or_left_out(settings, lines):
    assert [line for line, _, _ in chosen(ROWS, **settings)[0]] == lines


def test_how_many_rows_are_left_out_is_said():
    notes = chosen(ROWS, where_not={"Status": ["Lost", ""]}, footer_rows=1)[1]
    assert notes == [
        "the last 1 row left out (footer_rows of the mapping)",
        "2 rows left out by where_not on 'Status' (mapping)",
    ]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"fill_down": ["Name"]}, ["Ann", "Ann", "Ann", "Ann", "Bo", "Bo"]),
        ({"fill_down": ["Name"], "fill_within": "Order"}, ["Ann", "Ann", None, None, "Bo", None]),
    ],
)
def test_cells_are_filled_down_over_the_seams_of_batches(settings, names):
    assert [name for _, _, name in chosen(ROWS, **settings)[0]] == names


@pytest.mark.parametrize("key", ["where", "where_not", "fill_down", "fill_within"])
def test_a_setting_that_names_no_heading_is_asked(key):
    value = "Stage" if key == "fill_within" else {"Stage": ["x"]}
    with pytest.raises(MappingError, match=f"{key} names 'Stage', and there is no such heading"):
        chosen(ROWS, **{"fill_down": ["Name"], key: value})


@pytest.mark.parametrize(
    ("texts", "marks", "expected"),
    [
        (["19.99", "3"], [".", "."], "59.97"),
        (["0.1", "3"], [".", "."], "0.3"),
        (["1.234,50", "2"], [",", "."], "2469"),
        (["$19.99", "2"], [".", "."], "$ 39.98"),
        (["19.99", ""], [".", "."], None),
        (["abc", "2"], [".", "."], "abc * 2"),
        (["2", "3", "4"], [".", ".", "."], "24"),
        (["0", "3"], [".", "."], "0"),
    ],
)
def test_a_product_is_exact_and_says_what_it_could_not_read(texts, marks, expected):
    assert pl.select(product_text([pl.lit(text) for text in texts], marks)).item() == expected


def test_a_product_of_columns_is_the_value_of_the_row(desk, landed):
    text = 'shipment_id,arrival_date,consignee_id,Price,Qty\nS1,2025-03-04,C1,"1.234,05",2\nS2,2025-03-04,C2,"5,10",3\n'
    mapping = '[[source]]\nmatch = "*"\ncolumns.declared_value = "{Price} * {Qty}"\n'
    rows = landed(desk.take(desk.write("a.csv", text), mapping=mapping))
    assert [row["declared_value"] for row in rows] == [Decimal("2468.10"), Decimal("15.30")]


def test_a_product_whose_mark_is_open_is_asked(desk):
    text = 'shipment_id,arrival_date,consignee_id,Price,Qty\nS1,2025-03-04,C1,"1,234",2\n'
    with pytest.raises(AmbiguousInput, match=r'(?s)Price.*decimal = "\."'):
        desk.take(
            desk.write("a.csv", text), mapping='[[source]]\nmatch = "*"\ncolumns.declared_value = "{Price} * {Qty}"\n'
        )


@pytest.mark.parametrize(
    ("headings", "settings", "expected"),
    [
        (["Weight", "Weight Unit"], {}, "{Weight} {Weight Unit}"),
        (["Gross Weight", "Gross Weight UOM"], {}, "{Gross Weight} {Gross Weight UOM}"),
        (["Weight", "U"], {"weight_unit": "U"}, "{Weight} {U}"),
        (["Weight", "Unit"], {}, None),
        (["Weight (kg)", "Weight Unit"], {}, None),
        (["Net", "Weight", "Weight Unit"], {"columns": {"weight_kg": "Net"}}, "Net"),
        (["Net", "Weight", "W"], {"columns": {"weight_kg": "Net"}, "weight_unit": "W"}, "{Net} {W}"),
        (["Weight", "Weight Unit"], {"columns": {"weight_kg": ""}}, ""),
    ],
)
def test_a_weight_is_read_with_the_unit_beside_it(headings, settings, expected):
    assert with_weight_unit("a.csv", headings, SourceSettings(**settings)).columns.get("weight_kg") == expected


def test_a_unit_that_is_not_there_is_asked():
    with pytest.raises(InputError, match=r'columns.weight_kg = "\{Weight\} \{Weight Unit\}"'):
        with_weight_unit("a.csv", ["Weight", "Weight Unit"], SourceSettings(weight_unit="Uom"))


def test_grams_and_pounds_of_one_column_are_kilograms(desk, landed):
    rows = [{"Weight": "396", "Weight Unit": "G"}, {"shipment_id": "S2", "Weight": "2", "Weight Unit": "LB"}]
    rows.append({"shipment_id": "S3", "Weight": "", "Weight Unit": "G"})
    found = landed(desk.take(desk.rows("a.csv", *rows)))
    assert [row["weight_kg"] for row in found] == [Decimal("0.396"), Decimal("0.907"), None]


NESTED = (
    '{"to": {"zip": "02134", "n": 1.50}, "items": [{"v": 1.10, "d": "cup"}, {"v": "2.05", "d": "hat"}, '
    '{"v": 1, "d": "cup"}]}'
)


@pytest.mark.parametrize(
    ("path", "sums", "expected"),
    [
        (["to", "zip"], False, "02134"),
        (["to", "n"], False, "1.50"),
        (["to", "city"], False, None),
        (["items", "1", "d"], False, "hat"),
        (["items", "3", "d"], False, None),
        (["items", "[]", "d"], False, "cup; hat"),
        (["items", "[]", "v"], True, "4.15"),
        (["items", "[]", "d"], True, "cup; hat; cup"),
        (["items", "[]", "x"], True, None),
        (["to"], False, '{"zip": "02134", "n": "1.50"}'),
    ],
)
def test_a_path_leads_into_nested_json(path, sums, expected):
    assert value_at(NESTED, path, sums=sums) == expected


@pytest.mark.parametrize("broken", ["", "{", "12", "[" * 100_000])
def test_a_path_into_what_is_no_json_finds_nothing(broken):
    assert value_at(broken, ["to", "zip"], sums=False) is None


def test_nested_json_is_read_by_path(desk, landed):
    line = (
        '{"code": "S1", "day": "2025-03-04", "to": {"name": "Ann", "street": "1 Elm"}, '
        '"items": [{"value": 1.10}, {"value": 2}]}\n'
    )
    mapping = (
        '[[source]]\nmatch = "*"\ncolumns.shipment_id = "code"\ncolumns.arrival_date = "day"\n'
        'columns.consignee_name = "to.name"\ncolumns.consignee_address = "to.street"\n'
        'columns.declared_value = "items[].value"\n'
    )
    (row,) = landed(desk.take(desk.write("a.jsonl", line), mapping=mapping))
    assert (row["consignee_name"], row["consignee_address"], row["declared_value"]) == ("Ann", "1 Elm", Decimal("3.10"))


def test_everything_that_is_open_is_asked_at_once(desk):
    text = "shipment_id,consignee_id,Total Value,Amount,arrival_date,order_date\nS1,C1,5,6,03/04/2025,05/06/2025\n"
    with pytest.raises(AmbiguousInput) as asked:
        desk.take(desk.write("a.csv", text))
    assert [question.about for question in asked.value.questions] == ["declared_value", "arrival_date", "order_date"]
