"""What is asked only once another answer is given is asked with it."""

from __future__ import annotations

import pytest

from analytics.errors import InputError
from tests.answers import offers

HEADINGS = "HAWB,Consignee Name,Address,Value,Ship Date"


@pytest.mark.parametrize(
    ("headings", "row", "asked"),
    [
        (HEADINGS, "S1,Ann,1 Elm St,5,2025-03-04", ["columns.arrival_date"]),
        (HEADINGS, "S1,Ann,1 Elm St,5,03/04/2025", ["columns.arrival_date", "date_format.arrival_date"]),
        (
            HEADINGS.replace("Value", "Worth"),
            'S1,Ann,1 Elm St,"1,234",03/04/2025',
            ["columns.arrival_date", "columns.declared_value", "date_format.arrival_date", "decimal"],
        ),
    ],
)
def test_an_order_of_days_is_asked_with_the_heading(desk, headings, row, asked):
    with pytest.raises(InputError) as error:
        desk.take(desk.write("a.csv", f"{headings}\n{row}\n"))
    assert [settings[0].partition(" = ")[0] for settings in offers(str(error.value))] == asked
