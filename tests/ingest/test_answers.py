"""Whatever a message asks, its settings answer it: taken out of the text, put into a mapping, they run."""

from __future__ import annotations

import re

import pytest

from analytics.errors import InputError

ROW = "S1,2025-03-04,Ann Example,1 Elm St,5.00"
HEADINGS = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value"
_CHOICE = re.compile(r"^    (?:or )?(\w+(?:\.\S+)? = .+)$", re.MULTILINE)
_MATCH = re.compile(r"^    (match = .+)$", re.MULTILINE)

ASKED = {
    "two headings for the value": ("HAWB,Arrival Date,Consignee Name,Address,Total Value,Amount", ROW + ",6"),
    "two headings of one name": (HEADINGS + ",Order Number,Order Number", ROW + ",O1,O2"),
    "no key": ("Arrival Date,Consignee Name,Address,Value", ROW.partition(",")[2]),
    "no day": ("HAWB,Consignee Name,Address,Value", "S1,Ann Example,1 Elm St,5"),
    "no day, but dates": ("HAWB,Consignee Name,Address,Value,Landed", "S1,Ann Example,1 Elm St,5,2025-03-04"),
    "no value": ("HAWB,Arrival Date,Consignee Name,Address,Worth", ROW),
    "no consignee": ("HAWB,Arrival Date,Value,Who,Where", "S1,2025-03-04,5,Ann Example,1 Elm St"),
    "first and last name": (
        "HAWB,Arrival Date,First Name,Last Name,Address,Value",
        "S1,2025-03-04,Ann,Example,1 Elm St,5",
    ),
    "only a phone of the consignee": ("HAWB,Arrival Date,Value,Consignee Name,Tel", "S1,2025-03-04,5,Ann,7015550101"),
    "day or month": (HEADINGS, ROW.replace("2025-03-04", "03/04/2025")),
    "point or comma": (HEADINGS, ROW.replace("5.00", '"1,234"')),
    "day or month, point or comma, two values": (
        "HAWB,Arrival Date,Consignee Name,Address,Total Value,Amount",
        'S1,03/04/2025,Ann Example,1 Elm St,"1,234","2,345"',
    ),
    "no headings at all": (ROW, ROW.replace("S1", "S2")),
    "strange names": ('HAWB,Arrival Date,Consignee Name,Address,"Worth ""net"" \\ [USD]"', ROW),
}


def answered(error, pick):
    """A mapping of one choice for each question of a message, as a user would copy them."""
    questions = re.split(r"^- ", str(error), flags=re.MULTILINE)[1:]
    lines = [_CHOICE.findall(question.partition("\nPut ")[0]) for question in questions]
    assert all(lines), f"a question without an answer: {error}"
    chosen = dict.fromkeys(choices[pick % len(choices)] for choices in lines)
    return "\n".join(["[[source]]", _MATCH.search(str(error))[1], *chosen]) + "\n"


@pytest.mark.parametrize("pick", [0, 1])
@pytest.mark.parametrize("case", ASKED)
def test_a_user_is_running_within_two_tries(desk, case, pick):
    headings, row = ASKED[case]
    path = desk.write("a file [1].csv", f"{headings}\n{row}\n")
    with pytest.raises(InputError) as error:
        desk.take(path)
    mapping = answered(error.value, pick)
    try:
        intake = desk.take(path, mapping=mapping)
    except InputError as again:
        intake = desk.take(path, mapping=mapping + "\n".join(answered(again, 0).splitlines()[2:]))
    assert intake.inputs[0].accepted
    assert not intake.inputs[0].rejected


@pytest.mark.parametrize(
    ("headings", "offered"),
    [
        ("First Name,Last Name", "{First Name} {Last Name}"),
        ("Surname,Forename", "{Forename} {Surname}"),
        ("Recipient First Name,Recipient Last Name,Agent First Name", "{Recipient First Name} {Recipient Last Name}"),
        ("First Name,Agent Last Name", ""),
    ],
)
def test_a_first_and_a_last_name_are_offered_together(desk, headings, offered):
    count = headings.count(",") + 1
    path = desk.write("a.csv", f"HAWB,Arrival Date,Address,Value,{headings}\nS1,2025-03-04,1 Elm St,5" + ",Ann" * count)
    with pytest.raises(InputError) as caught:
        desk.take(path)
    first = caught.value.questions[0].choices[0]
    assert first == f'columns.consignee_name = "{offered}"' if offered else "{" not in first
