"""A known number that names another consignee on another day amends nothing unless it says so."""

from __future__ import annotations

import json

import pytest

ELSE = {"consignee_name": "Bohdan Else", "consignee_address": "9 Oak Lane"}
LATER = {"arrival_date": "2025-03-11"}
FILED = {"declared_at": "2025-03-01 08:00"}
SOUND = {"shipment_id": "S7"}


def outcome(desk, before, after):
    desk.take(desk.rows("week1.csv", before, {"shipment_id": "S6"}))
    (item,) = desk.take(desk.rows("week2.csv", after, SOUND)).inputs
    return item.reasons, item.replaced


@pytest.mark.parametrize("after", [{**ELSE, **LATER}, {**ELSE, **LATER, "record_action": "add"}])
def test_another_consignee_and_day_is_a_conflict(desk, after):
    assert outcome(desk, {}, after) == ({"key_conflict": 1}, 0)


@pytest.mark.parametrize(
    "after",
    [
        ELSE,
        LATER,
        {"declared_value": "11"},
        {**LATER, "consignee_name": "EXAMPLE, ANN", "consignee_address": "1 Test St"},
        {**LATER, "consignee_name": "Ann Exampel"},
        {**ELSE, **LATER, "record_action": "replace"},
    ],
)
def test_one_thing_changed_or_a_row_that_says_so_is_an_amendment(desk, after):
    assert outcome(desk, {}, after) == ({}, 1)


@pytest.mark.parametrize(
    ("at", "conflicts"), [("2025-03-02 08:00", {}), ("2025-02-28", {"key_conflict": 1}), ("", {"key_conflict": 1})]
)
def test_a_later_declaration_amends(desk, at, conflicts):
    assert outcome(desk, FILED, {**ELSE, **LATER, "declared_at": at})[0] == conflicts


@pytest.mark.parametrize(("number", "conflicts"), [("C1", {}), ("C2", {"key_conflict": 1})])
def test_an_account_number_tells_consignees_apart_where_they_have_no_name(desk, number, conflicts):
    unnamed = {"consignee_name": "", "consignee_address": "", "marketplace": "M"}
    after = {**unnamed, **LATER, "consignee_id": number}
    assert outcome(desk, {**unnamed, "consignee_id": "C1"}, after)[0] == conflicts


@pytest.mark.parametrize(("day", "conflicts"), [("2026-03-04", {"key_conflict": 1}), ("2026-03-05", {})])
def test_a_number_used_again_after_a_year_is_no_conflict(desk, day, conflicts):
    assert outcome(desk, {}, {**ELSE, "arrival_date": day})[0] == conflicts


def test_both_rows_are_named(desk, rejected):
    desk.take(desk.rows("week1.csv", SOUND, {}))
    (row,) = rejected(desk.take(desk.rows("week2.csv", SOUND, {"shipment_id": "S8"}, {**ELSE, **LATER})))
    message = json.loads(row["reasons"])[0]["message"]
    assert message.startswith("Line 4 brings this number again with another consignee and another day than line 3 of ")
    assert "week1.csv" in message
    assert "Else" not in message


def test_a_cancelled_shipment_leaves_its_number_free(desk):
    desk.take(desk.rows("week1.csv", {}))
    desk.take(desk.write("cancel.csv", "shipment_id,record_action\nS1,cancel\n"))
    assert desk.take(desk.rows("week2.csv", {**ELSE, **LATER})).inputs[0].reasons == {}


def test_the_files_of_one_call_are_held_against_each_other(desk):
    first, second = desk.rows("week1.csv", {}), desk.rows("week2.csv", {**ELSE, **LATER}, SOUND)
    assert [item.reasons for item in desk.take(first, second).inputs] == [{}, {"key_conflict": 1}]


def test_a_row_in_conflict_may_land_once_it_says_that_it_replaces(desk):
    desk.take(desk.rows("week1.csv", {}))
    desk.take(desk.rows("week2.csv", {**ELSE, **LATER}))
    mended = desk.take(desk.rows("week3.csv", {**ELSE, **LATER, "record_action": "replace"})).inputs[0]
    assert (mended.accepted, mended.replaced) == (1, 1)


def test_numbers_made_of_file_and_row_conflict_with_nothing(desk):
    mapping = '[[source]]\nmatch = "*.csv"\ncolumns = { shipment_id = "{file}:{row}" }\n'
    desk.take(desk.rows("a.csv", {"shipment_id": None}), mapping=mapping)
    again = desk.take(desk.rows("b.csv", {"shipment_id": None, **ELSE, **LATER}), mapping=mapping)
    assert again.inputs[0].accepted == 1
