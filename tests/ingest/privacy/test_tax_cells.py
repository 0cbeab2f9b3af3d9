"""No tax id in clear in what is kept: names, descriptions, nested JSON, damaged lines, cells that cannot be read."""

from __future__ import annotations

import json

import polars as pl
import pytest

from analytics.ingest.privacy.tax_cells import hide_tax_ids
from analytics.ingest.privacy.tax_ids import PUBLISHED_TEST_KEY, TaxKey

KEY = TaxKey(PUBLISHED_TEST_KEY)
HASH = KEY.hash("914662001")
TOKEN = f"#hash{int(HASH, 16) % 10**12:012d}"


def hidden(text):
    return hide_tax_ids(pl.Series([text]), KEY).item()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("914-66-2001", f"hashed:{HASH}"),
        (" 914-66-2001 ", f"hashed:{HASH}"),
        ("Ann Example SSN 914-66-2001", f"Ann Example {TOKEN}"),
        ("Ann Example, SSN: 914662001, blue", f"Ann Example, {TOKEN}, blue"),
        ("SSN 914-66-2001 10 mugs", f"{TOKEN} 10 mugs"),
        ('{"ssn": "914-66-2001", "city": "Reno"}', f'{{"ssn": "hashed:{HASH}", "city": "Reno"}}'),
        ('{"a": {"Tax ID": 914662001}}', f'{{"a": {{"Tax ID": "hashed:{HASH}"}}}}'),
        ('{"a": "914-66-2001"}', f'{{"a": "{TOKEN}"}}'),
        ('{"ein": null, "size": 12}', '{"ein": null, "size": 12}'),
        ("1 Elm Street 98101", "1 Elm Street 98101"),
    ],
)
def test_a_cell_is_hidden_as_far_as_it_is_a_tax_id(written, shown):
    assert hidden(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        '{"tax_id": {"type": "us", "value": "914662001"}}',
        '[{"name": "Tax ID", "value": "914662001"}]',
        '{"tax_id": ["914662001", "914662002"]}',
        '{"\\u0073sn": "914662001"}',
        '{"ssn": "914662001',
    ],
)
def test_nested_keys_of_any_shape(written):
    assert "91466200" not in hidden(written)


def test_deep_json_is_no_trouble():
    assert "914662001" not in hidden('{"a":' * 5000 + '{"ssn": "914662001"}')


def test_null_and_empty_stay():
    assert hide_tax_ids(pl.Series([None, ""], dtype=pl.String), KEY).to_list() == [None, ""]


def test_a_published_name_or_description_holds_no_tax_id(desk, landed):
    cells = {
        "consignee_name": "Ann Example SSN 914-66-2001", "consignee_address": "1 Elm Street, EIN 12-3456789",
        "description": "mug, CPF 123.456.789-09", "seller_name": "Tai Ltd 91110000600037341L",
        "consignee_id": "914-66-2001", "consignee_phone": "914-66-2001",
    }  # fmt: skip
    (row,) = landed(desk.take(desk.rows("a.csv", cells)))
    assert (row["consignee_name"], row["consignee_id"]) == (f"Ann Example {TOKEN}", f"hashed:{HASH}")
    text = json.dumps(row, default=str)
    assert not [number for number in ("914-66", "3456789", "456.789", "0000600037341") if number in text]


def test_numbers_that_others_count_on_stay(desk, landed):
    cells = {
        "shipment_id": "914-66-2001", "order_id": "112-1234567-1234567", "house_bill": "12-3456789",
        "consignee_phone": "212-555-0123", "consignee_postal_code": "98101-1234", "product_id": "12-3456789",
        "consignee_id": "12-3456789", "entry_number": "123-4567890-1",
    }  # fmt: skip
    (row,) = landed(desk.take(desk.rows("a.csv", cells)))
    assert {column: row[column] for column in cells} == cells


def test_a_template_of_names_is_hidden_too(desk, landed):
    path = desk.rows("a.csv", {"consignee_name": None, "First": "Ann", "Last": "Example 914-66-2001"})
    mapping = '[[source]]\nmatch = "*"\ncolumns = { consignee_name = "{First} {Last}" }\n'
    assert landed(desk.take(path, mapping=mapping))[0]["consignee_name"] == f"Ann Example {TOKEN}"


def test_every_unused_cell_of_a_rejected_row(desk, rejected):
    cells = {
        "declared_value": "junk", "Remark": "ssn 914662001", "VAT": "GB123456789", "GST": "12.50",
        "Extra": '{"ssn": "914662001"}', "Ref": "914-66-2001", "Box": "25-12", "arrival_date": "914-66-2001",
    }  # fmt: skip
    (row,) = rejected(desk.take(desk.rows("a.csv", cells)))
    raw = json.loads(row["raw"])
    assert "91466" not in row["raw"].replace("-", "")
    assert raw["VAT"] == f"hashed:{KEY.hash('GB123456789')}"
    assert (raw["GST"], raw["Box"]) == ("12.50", "25-12")


def test_a_broken_json_line_with_a_key_of_tax_ids_hides_every_number(desk, rejected):
    sound = '{"shipment_id":"1","arrival_date":"2025-03-04","consignee_id":"c","declared_value":"1"}\n'
    broken = '{"shipment_id":"2","consignee_tax_id":"914662001"\n'
    (row,) = rejected(desk.take(desk.write("a.jsonl", sound + broken)))
    assert "914662001" not in row["raw"]


def test_a_damaged_line_of_any_file_hides_what_looks_like_one(desk, rejected):
    path = desk.rows("a.csv", {})
    path.write_text(path.read_text() + "S2,2025-03-04,Ann,1 Elm,1.00,914-66-2001\n")
    (row,) = rejected(desk.take(path))
    assert json.loads(row["raw"])["line"] == f"S2,2025-03-04,Ann,1 Elm,1.00,{TOKEN}"


def test_the_key_is_remembered_where_a_text_was_hidden(desk):
    assert desk.take(desk.rows("a.csv", {"description": "ssn 914662001"})).tax_key == KEY.fingerprint
