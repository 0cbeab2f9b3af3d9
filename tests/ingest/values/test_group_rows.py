"""Columns that are filled on the first row of each group only."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput

DAYS = ["2025-03-03", "", "", "2025-03-04", ""]
NOBODY = {"consignee_name": "", "consignee_address": ""}


def days(*written):
    return [{"shipment_id": f"S{at}", "arrival_date": day} for at, day in enumerate(written)]


def mapping(setting):
    return f'[[source]]\nmatch = "*.csv"\n{setting}\n'


def test_a_day_on_the_first_row_of_each_group_is_asked_about(desk, landed):
    file = desk.rows("a.csv", *days(*DAYS))
    with pytest.raises(AmbiguousInput, match="'arrival_date' is empty on 3 of 5 rows") as error:
        desk.take(file)
    assert error.value.questions[0].choices == ('fill_down = ["arrival_date"]', "fill_down = []")
    intake = desk.take(file, mapping=mapping(error.value.questions[0].choices[0]))
    assert [row["arrival_date"].day for row in landed(intake)] == [3, 3, 3, 4, 4]


def test_rows_without_a_day_are_rejected_where_the_mapping_fills_nothing(desk):
    (item,) = desk.take(desk.rows("a.csv", *days(*DAYS)), mapping=mapping("fill_down = []")).inputs
    assert (item.accepted, item.reasons) == (2, {"date_missing": 3})


def test_all_that_is_empty_on_the_same_rows_is_offered_and_nothing_else(desk):
    rows = [{"shipment_id": "S1", "consignee_city": "Rome", "consignee_email": "a@example.com"}]
    rows += [{"shipment_id": f"S{at}", "consignee_city": "", **NOBODY} for at in (2, 3)]
    rows += [{"shipment_id": "S4", "consignee_name": "Bo Else", "consignee_city": "Oslo"}]
    with pytest.raises(AmbiguousInput) as error:
        desk.take(desk.rows("a.csv", *rows))
    (question,) = error.value.questions
    assert question.choices[0] == 'fill_down = ["consignee_name", "consignee_address", "consignee_city"]'


def test_one_heading_may_be_two_columns(desk):
    mapped = mapping('columns = { consignee_name = "consignee_address", consignee_address = "consignee_address" }')
    assert desk.take(desk.rows("a.csv", {"consignee_name": None}), mapping=mapped).inputs[0].accepted == 1


@pytest.mark.parametrize(
    "written",
    [
        ["", "2025-03-03", "", ""],
        ["2025-03-03", "2025-03-03", "", "", "2025-03-04"],
        ["2025-03-03", "", *(f"2025-03-{day:02}" for day in range(4, 8))],
    ],
    ids=["the first is empty", "days repeat", "a single one"],
)
def test_days_that_are_not_known_yet_are_no_groups(desk, written):
    (item,) = desk.take(desk.rows("a.csv", *days(*written))).inputs
    assert item.reasons == {"date_missing": written.count("")}
