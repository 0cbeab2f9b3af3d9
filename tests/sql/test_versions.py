"""Which version of a line is in force: stg_shipment_lines, int_lines__numbered_by_version,
int_lines__valued_in_usd, mart_shipment_versions."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from tests.sql.chain import MONDAY, lines

SAME = {"shipment_id": "s1"}
NOON, LATER = datetime(2025, 1, 12, 12, tzinfo=UTC), datetime(2025, 1, 12, 15, tzinfo=UTC)


def current(chain, *changes):
    chain.run(lines(*changes))
    return chain.table("mart_shipments")["value_usd"].cast(pl.String).to_list()


def test_staging_keeps_every_version(chain):
    chain.run(lines(SAME, {**SAME, "declared_value": "5.00", "input_no": 1}))
    assert chain.table("stg_shipment_lines").height == 2


@pytest.mark.parametrize(
    ("first", "second", "in_force"),
    [
        ({}, {"input_no": 1}, "2.00"),
        ({"declared_at": LATER}, {"declared_at": NOON, "input_no": 1}, "1.00"),
        ({"declared_at": NOON}, {"declared_at": LATER, "input_no": 1}, "2.00"),
        ({"declared_at": LATER}, {"input_no": 1}, "2.00"),
        ({"input_no": 1}, {"declared_at": LATER}, "1.00"),
    ],
)
def test_the_later_declaration_wins_else_the_later_file(chain, first, second, in_force):
    values = current(chain, {**SAME, "declared_value": "1.00", **first}, {**SAME, "declared_value": "2.00", **second})
    assert values == [in_force]


def test_what_was_replaced_says_by_what(chain):
    chain.run(lines(SAME, {**SAME, "input_no": 1, "source_file": "next.csv", "record_action": "replace"}))
    (version,) = chain.table("mart_shipment_versions").rows(named=True)
    assert (version["source_line"], version["replaced_by_file"], version["replaced_by_line"]) == (2, "next.csv", 3)
    assert (version["replaced_by_action"], version["replaced_in_run"]) == ("replace", "r1")


def test_a_cancelled_shipment_is_gone_and_remembered(chain):
    cancel = {**SAME, "input_no": 1, "record_action": "cancel", "arrival_date": None, "declared_value": None}
    assert current(chain, SAME, cancel, {}) == ["400.00"]
    assert chain.table("mart_shipment_versions")["replaced_by_action"].to_list() == ["cancel"]


def test_a_cancellation_without_its_shipment_is_nothing(chain):
    assert current(chain, {"record_action": "cancel"}, {}) == ["400.00"]


@pytest.mark.parametrize(("line_no", "left"), [(None, []), (2, ["10.00"])])
def test_a_cancellation_is_about_its_line_or_the_whole_shipment(chain, line_no, left):
    cancel = {**SAME, "input_no": 1, "record_action": "cancel", "line_no": line_no, "arrival_date": None}
    written = [{**SAME, "line_no": line, "declared_value": f"{line}0.00"} for line in (1, 2)]
    assert current(chain, *written, cancel, {"declared_value": "5.00"}) == [*left, "5.00"]
    assert chain.table("mart_shipment_versions")["replaced_by_line"].n_unique() == 1


@pytest.mark.parametrize(("again", "left"), [({"input_no": 2}, ["7.00"]), ({"declared_at": NOON}, [])])
def test_a_line_handed_in_after_the_whole_was_cancelled_is_in_force_alone(chain, again, left):
    clock = "declared_at" in again
    earlier, later = ({"declared_at": NOON}, {"declared_at": LATER}) if clock else ({}, {})
    written = [{**SAME, "line_no": line, "declared_value": f"{line}0.00", **earlier} for line in (1, 2)]
    cancel = {**SAME, "input_no": 1, "record_action": "cancel", "line_no": None, "arrival_date": None, **later}
    amended = {**SAME, "line_no": 2, "declared_value": "7.00", "input_no": 2, **again}
    assert current(chain, *written, cancel, amended, {"declared_value": "5.00"}) == [*left, "5.00"]


@pytest.mark.parametrize(
    ("second_day", "shipments"), [(date(2026, 1, 13), ["s1"]), (date(2026, 1, 14), ["s1", "s1~2026-01-14"])]
)
def test_a_number_used_again_after_a_year_is_a_new_shipment(chain, second_day, shipments):
    chain.run(lines(SAME, {**SAME, "arrival_date": second_day, "input_no": 1}))
    assert chain.table("mart_shipments")["shipment_uid"].to_list() == shipments


def test_a_cancellation_without_a_day_is_about_what_was_handed_in_last_before_it(chain):
    chain.run(
        lines(
            SAME,
            {**SAME, "arrival_date": date(2026, 6, 1), "input_no": 1},
            {**SAME, "arrival_date": None, "input_no": 2, "record_action": "cancel"},
        )
    )
    assert chain.table("mart_shipments")["arrival_date"].to_list() == [MONDAY]


def test_lines_of_one_shipment_are_versions_of_their_own(chain):
    chain.run(
        lines(
            {**SAME, "line_no": 1, "declared_value": "10.00"},
            {**SAME, "line_no": 2, "declared_value": "20.00"},
            {**SAME, "line_no": 2, "declared_value": "25.00", "input_no": 1},
        )
    )
    numbered = chain.table("int_lines__numbered_by_version", "landed_id")
    assert numbered["is_current"].to_list() == [True, False, True]
    assert chain.table("int_lines__valued_in_usd", "line_rank")["declared_value"].to_list() == [
        Decimal(10),
        Decimal(25),
    ]


WHOLE = {**SAME, "line_no": None}


@pytest.mark.parametrize(
    ("later", "in_force"),
    [
        ([], "30.00"),
        ([{**WHOLE, "declared_value": "7.00"}], "7.00"),
        ([{**WHOLE, "declared_value": value} for value in ("7.00", "8.00", "9.00")], "24.00"),
        ([{**SAME, "line_no": 2, "declared_value": "5.00"}], "15.00"),
        ([{**WHOLE, "record_action": "cancel"}, {"shipment_id": "s9", "declared_value": "1.00"}], "1.00"),
    ],
)
def test_rows_without_a_line_number_stand_and_are_replaced_as_a_whole(chain, later, in_force):
    first = [{**WHOLE, "declared_value": value} for value in ("10.00", "20.00")]
    assert current(chain, *first, *({**row, "input_no": 1} for row in later)) == [in_force]


def test_one_row_replaces_all_lines_and_is_named_by_each(chain):
    numbered = [{**SAME, "line_no": line, "declared_value": "10.00"} for line in (1, 2)]
    chain.run(lines(*numbered, {**WHOLE, "input_no": 1, "source_file": "next.csv"}))
    versions = chain.table("mart_shipment_versions").select("line_no", "replaced_by_file", "replaced_by_line")
    assert versions.rows() == [(1, "next.csv", 4), (2, "next.csv", 4)]


def test_the_later_declaration_of_a_whole_wins_in_one_file(chain):
    old = [{**WHOLE, "declared_at": NOON, "declared_value": value} for value in ("10.00", "20.00")]
    assert current(chain, {**WHOLE, "declared_at": LATER, "declared_value": "7.00"}, *old) == ["7.00"]


def test_a_row_without_a_number_beside_numbered_ones_is_the_first_line(chain):
    assert current(chain, {**WHOLE, "declared_value": "1.00"}, {**SAME, "line_no": 2, "declared_value": "2.00"}) == [
        "3.00"
    ]
