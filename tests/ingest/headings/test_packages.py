"""Packages that have tracking numbers of their own under one shipment number: asked, as a split depends on it."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput

WHO = "2025-03-04,Ann Example,1 Test Street"
HEADINGS = "Arrival Date,Recipient Name,Address,Value"
CHOICES = ('columns.shipment_id = "Tracking Number"', 'columns.shipment_id = "Shipment ID"')


def text(*rows, headings="Shipment ID,Tracking Number"):
    return "\n".join([f"{headings},{HEADINGS}", *(f"{numbers},{WHO},{value}" for numbers, value in rows)])


def test_several_packages_under_one_number_are_asked_about(desk, landed):
    path = desk.write("a.csv", text(("S0,T1", "415.00"), ("S0,T2", "395.50"), ("S1,T3", "20.00")))
    with pytest.raises(AmbiguousInput) as caught:
        desk.take(path)
    (question,) = caught.value.questions
    assert question.choices == CHOICES
    for choice, keys in zip(CHOICES, (["T1", "T2", "T3"], ["S0", "S0", "S1"]), strict=True):
        intake = desk.take(path, mapping=f'[[source]]\nmatch = "a.csv"\n{choice}\n', remember=False)
        assert [row["shipment_id"] for row in landed(intake)] == keys


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (text(("S0,T1", "415.00"), ("S1,T2", "395.50")), ["S0", "S1"]),
        (text(("S0,T1", "415.00"), ("S0,T1", "395.50")), ["S0", "S0"]),
        (
            text(("S0,1,T1", "415.00"), ("S0,2,T2", "395.50"), headings="Shipment ID,line_no,Tracking Number"),
            ["S0"] * 2,
        ),
        (text(("H0,T1", "415.00"), ("H0,T2", "395.50"), headings="HAWB,Tracking Number"), ["T1", "T2"]),
        (text(("S0,B1", "415.00"), ("S0,B2", "395.50"), headings="Shipment ID,Item ID"), ["S0", "S0"]),
    ],
)
def test_what_leaves_no_doubt_is_not_asked(desk, landed, content, keys):
    assert [row["shipment_id"] for row in landed(desk.take(desk.write("a.csv", content)))] == keys
