"""Choices are offered only where the cells could be meant."""

from __future__ import annotations

import pytest

from analytics.errors import InputError

BARE = (
    "HAWB,Who,Where,Port,Landed,Phone,Worth\n"
    "S1,Ann Example,1 Elm St,LAX,2025-03-04,7015550101,40.10\n"
    "S2,Bo Example,2 Elm St,JFK,2025-03-05,7015550102,12\n"
)


@pytest.fixture
def asked(desk):
    """The questions of a text, by what they are about."""

    def ask(text):
        with pytest.raises(InputError) as error:
            desk.take(desk.write("a.csv", text))
        return {question.about: question.choices for question in error.value.questions}

    return ask


@pytest.mark.parametrize(
    ("column", "choices"),
    [
        ("arrival_date", ('constants.arrival_date = "2025-03-31"', 'columns.arrival_date = "Landed"')),
        ("declared_value", ('columns.declared_value = "Worth"',)),
        ("consignee_name", ('columns.consignee_id = "Phone"', 'columns.consignee_name = "Who"')),
        ("consignee_address", ('columns.consignee_id = "Phone"', 'columns.consignee_address = "Where"')),
    ],
)
def test_only_what_the_cells_allow_is_offered(asked, column, choices):
    assert set(asked(BARE)[column]) >= {choices[-1]}
    assert "Port" not in str(asked(BARE.replace("S1", "S3"))[column])


def test_where_no_cell_fits_all_headings_are_offered(asked):
    choices = asked("HAWB,Arrival Date,Consignee Name,Address,X\nS1,2025-03-04,Ann,1 Elm St,none\n")["declared_value"]
    assert choices == ('columns.declared_value = "X"',)


def test_a_number_behind_letters_is_an_amount_only_where_they_are_a_currency(desk):
    odd = {"declared_value": None, "Code": "TRK510000", "Worth": "USD 51.00"}
    with pytest.raises(InputError) as error:
        desk.take(desk.rows("a.csv", odd))
    assert error.value.questions[0].choices == ('columns.declared_value = "Worth"',)
