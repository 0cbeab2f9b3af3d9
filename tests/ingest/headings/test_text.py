"""A file without headings: its first row names somebody, so no message shows it."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput, InputError
from analytics.ingest.headings.text import HIDDEN, is_shown, shown_heading, shown_names
from analytics.ingest.headings.understanding import plan_columns
from analytics.ingest.mapping.settings import SourceSettings

ROWS_OF_DATA = [
    ["S1", "2025-03-04", "Ann Example", "1 Test Street", "914-66-3002", "410.00", "Phone"],
    ["S1", "3/4/25", "Ann Example", "Elm Street", "Phone", "Email", "Weight"],
    ["Ann Example", "ann@example.org", "Description", "Currency"],
    ["Ann Example", "Elm Street", "9.5", "Name"],
    ["Phone", "Ann Example", "Boston MA 02134"],
]


@pytest.mark.parametrize("row", ROWS_OF_DATA)
def test_a_row_of_data_is_not_shown_even_with_a_known_word_in_it(row):
    with pytest.raises(InputError) as raised:
        plan_columns("a.csv", row, SourceSettings())
    assert "looks like data" in str(raised.value)
    assert not any(cell in str(raised.value) for cell in row if cell[0].isupper() and " " in cell)


@pytest.mark.parametrize("row", ROWS_OF_DATA)
def test_nor_where_the_mapping_names_a_heading_that_is_not_there(row):
    with pytest.raises(InputError) as raised:
        plan_columns("a.csv", row, SourceSettings(columns={"consignee_name": "Recipient"}, origin="map.toml block 1"))
    assert "Ann Example" not in str(raised.value)


@pytest.mark.parametrize(
    "headings",
    [
        ["Waybill", "Vorname", "Strasse", "Nachname"],
        ["Tracking Number", "Recipient Name", "Recipient Address", "HTS 2022", "Stand"],
    ],
)
def test_headings_are_shown(headings):
    with pytest.raises(InputError, match=headings[-1]):
        plan_columns("a.csv", headings, SourceSettings())


def test_a_column_whose_heading_is_not_shown_goes_by_its_letter():
    headings = ["Waybill", "ann@example.org", "Na\x1b[31mme", "x" * 150_000, "Town"]
    assert shown_names(headings, [True, False, True, False, True]) == [
        "Waybill",
        "column:B",
        "column:C",
        "column:D",
        "Town",
    ]


@pytest.mark.parametrize("heading", ["ann@example.org", "Ref 914-66-3002", "SSN 914663002", "https://a.b/c"])
def test_a_heading_that_holds_a_value_is_hidden(heading):
    assert shown_heading(heading) == HIDDEN


@pytest.mark.parametrize("heading", ["Address 2", "HTS10", "Value 2025", "12345"])
def test_a_heading_with_few_digits_is_shown(heading):
    assert shown_heading(heading) == heading


@pytest.mark.parametrize("heading", ["Na\x1b[31mme", "Na\nme", "x" * 81, "914663002"])
def test_only_short_printable_headings_without_values_stand_in_messages(heading):
    assert not is_shown(heading)
    assert is_shown("Name")


def test_headings_that_hold_values_are_hidden_in_the_run_record():
    needed = ["shipment_id", "arrival_date", "consignee_id", "declared_value"]
    plan = plan_columns("a.csv", [*needed, "Ann 914-66-3002"], SourceSettings())
    assert plan.unused == [HIDDEN]


def test_two_headings_for_one_column_are_printable():
    needed = ["arrival_date", "consignee_id", "declared_value"]
    with pytest.raises(AmbiguousInput) as raised:
        plan_columns("a.csv", [*needed, "Way\x1bbill", "Waybill"], SourceSettings())
    assert "\x1b" not in str(raised.value)
