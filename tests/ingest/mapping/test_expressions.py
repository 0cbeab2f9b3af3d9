"""The mapping language: every form with an example, and what becomes of empty parts."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.errors import AmbiguousInput, MappingError
from analytics.ingest.headings.understanding import plan_columns
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.values.cells import column_text
from analytics.ingest.words.references import Reference, column_letter, find, matches, name_of

HEADINGS = ("Order", "First", "Last", "Alias", "Price", "Qty", "Address", "Address", "to_address")
NEEDED = {
    "shipment_id": "{row}",
    "arrival_date": "Order",
    "declared_value": "Price",
    "consignee_id": "Order",
    "consignee_address": "",
}


def cell(column, written, **cells):
    """What one row gives for a column that is mapped so."""
    settings = SourceSettings(columns={**NEEDED, column: written}, origin="map.toml")
    plan = plan_columns("a.csv", HEADINGS, settings)
    names = {f"c{at}": [cells.get(heading)] for at, heading in enumerate(HEADINGS)}
    frame = pl.DataFrame({"_line": [7], **names}, schema={"_line": pl.Int64, **dict.fromkeys(names, pl.String)})
    return frame.select(column_text(column, plan, settings, "a.csv")).item()


@pytest.mark.parametrize("empty", [None, "", "  "])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{First} {Last}", "Li"),
        ("{Last} {First}", "Li"),
        ("{Last}, {First}", "Li"),
        ("{First}, {Last}", "Li"),
        ("A {First} B {Last}", "A B Li"),
        ("A {First} B", None),
        ("{First|Last}", "Li"),
        ("{First|Alias}", None),
        ("{First}", None),
        ("{Last}/{First}", "Li/"),
        ("{Order} {First} {Last}", "O1 Li"),
        ("{file}:{row}", "a.csv:7"),
    ],
)
def test_an_empty_part_is_empty_whatever_the_format_says_for_it(written, expected, empty):
    assert cell("consignee_name", written, First=empty, Last="Li", Order="O1") == expected


def test_the_first_that_is_filled_counts():
    assert cell("consignee_name", "{First|Alias|Last}", Alias="Al", Last="Li") == "Al"


def test_parts_that_are_filled_keep_their_own_blanks():
    assert cell("consignee_name", "{First} {Last}", First="De  la", Last="Cruz") == "De  la Cruz"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Qty", [Reference(5)]),
        ("QTY.", [Reference(5)]),
        ("Address", [Reference(6), Reference(7)]),
        ("Address#1", [Reference(6)]),
        ("address#2", [Reference(7)]),
        ("Address#3", []),
        ("column:A", [Reference(0)]),
        ("column:i", [Reference(8)]),
        ("column:J", []),
        ("to_address.street1", [Reference(8, "street1")]),
        ("to_address.geo.city", [Reference(8, "geo.city")]),
        ("nowhere.street1", []),
        ("Weight", []),
    ],
)
def test_a_reference_names_columns(written, expected):
    assert matches(written, HEADINGS) == expected


def test_a_heading_that_holds_a_mark_of_the_language_is_named_as_it_is():
    assert find("Item #2", ["Item #2", "Item"]) == Reference(0)
    assert find("column:B", ["x", "y", "column:B"]) == Reference(2)


@pytest.mark.parametrize("headings", [("a", "a", "", "b#2", "b", "b", "{x}", "A b", "a-b")])
def test_every_column_has_a_name_that_leads_back_to_it(headings):
    names = [name_of(at, headings) for at in range(len(headings))]
    assert [find(name, headings) for name in names] == [Reference(at) for at in range(len(headings))]


@pytest.mark.parametrize(
    ("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_spreadsheets(at, letters):
    assert column_letter(at) == letters
    assert find(f"column:{letters}", [""] * (at + 1)) == Reference(at)


def test_a_heading_that_comes_twice_is_asked_by_its_number():
    with pytest.raises(AmbiguousInput, match=r'columns.consignee_address = "Address#1"\n +or columns.consignee_add'):
        cell("consignee_address", "Address")


def test_a_heading_that_is_not_there_is_answered_by_the_nearest():
    with pytest.raises(MappingError, match=r'columns.consignee_name = "\{First\} \{Last\}"'):
        cell("consignee_name", "{First} {Lost}")
