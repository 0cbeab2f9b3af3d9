"""Days that a spreadsheet counted: read where a column holds nothing else, asked where it may be something else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics.errors import AmbiguousInput


def mapped(reading):
    return f'[[source]]\nmatch = "a.csv"\ndate_format = "{reading}"\n'


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("45719", date(2025, 3, 3)),
        ("45719.0", date(2025, 3, 3)),
        ("45842", date(2025, 7, 4)),
        ("36526", date(2000, 1, 1)),
        ("54788", date(2049, 12, 31)),
    ],
)
def test_serial_days_are_read_and_said(desk, landed, written, day):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": written}))
    (row,) = landed(intake)
    assert (row["arrival_date"], row["arrival_at"]) == (day, None)
    assert intake.inputs[0].date_orders == {"arrival_date": "excel"}
    (note,) = intake.inputs[0].notes
    assert "arrival_date: read as Excel serial days" in note


def test_a_fraction_is_a_time_of_day(desk, landed):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "45842.9999"}))
    assert landed(intake)[0]["arrival_at"] == datetime(2025, 7, 5, 3, 59, 51, tzinfo=UTC)
    assert landed(intake)[0]["arrival_date"] == date(2025, 7, 4)
    assert any("times without an offset (arrival_date)" in note for note in intake.inputs[0].notes)


@pytest.mark.parametrize("written", ["36525", "54789", "12345", "4571", "457190"])
def test_numbers_outside_the_years_2000_to_2049_are_no_days(desk, rejected, written):
    assert len(rejected(desk.take(desk.rows("a.csv", {"arrival_date": written})))) == 1


def test_a_column_that_holds_other_days_too_is_not_read_so(desk, rejected):
    rows = [{"arrival_date": "45719"}, {"arrival_date": "2025-03-04", "shipment_id": "S2"}]
    assert [row["shipment_id"] for row in rejected(desk.take(desk.rows("a.csv", *rows)))] == ["S1"]


def test_numbers_that_may_be_month_day_and_year_are_asked(desk):
    with pytest.raises(AmbiguousInput, match=r"'41525'.*Excel serial day.*MDY"):
        desk.take(desk.rows("a.csv", {"arrival_date": "41525"}))


@pytest.mark.parametrize(
    ("reading", "day"),
    [("excel", date(2013, 9, 8)), ("MDY", date(2025, 4, 15)), ("excel1904", date(2017, 9, 9))],
)
def test_every_reading_that_is_asked_works_when_given(desk, landed, reading, day):
    intake = desk.take(desk.rows("a.csv", {"arrival_date": "41525"}), mapping=mapped(reading))
    assert landed(intake)[0]["arrival_date"] == day


@pytest.mark.parametrize("written", ["Mar 4, 2025", "14 March 2025", "Tue, 04 Mar 2025", "3/14/2025", "20250304"])
def test_no_times_are_spoken_of_where_none_is_written(desk, written):
    assert desk.take(desk.rows("a.csv", {"arrival_date": written})).inputs[0].notes == []


@pytest.mark.parametrize("offset", ["Z", "-04:00", "+05:30", " -04:00", "-0400"])
def test_times_with_an_offset_are_not_said_to_lack_one(desk, offset):
    assert desk.take(desk.rows("a.csv", {"arrival_date": f"2025-03-05T13:30:00{offset}"})).inputs[0].notes == []


SWAPPED = ["2025-12-03", "2025-11-03", "13/03/2025", "14/03/2025"]


def days(desk, *written):
    return desk.rows("a.csv", *({"shipment_id": f"S{at}", "arrival_date": day} for at, day in enumerate(written)))


def test_days_that_a_spreadsheet_may_have_swapped_are_asked_about(desk, landed):
    path = days(desk, *SWAPPED)
    with pytest.raises(AmbiguousInput, match="the wrong way round") as caught:
        desk.take(path)
    (question,) = caught.value.questions
    assert question.choices == ('date_format.arrival_date = "DMY"',)
    rows = landed(desk.take(path, mapping=f'[[source]]\nmatch = "a.csv"\n{question.choices[0]}\n'))
    assert [str(row["arrival_date"]) for row in rows] == ["2025-12-03", "2025-11-03", "2025-03-13", "2025-03-14"]


@pytest.mark.parametrize(
    "written",
    [
        ["2025-03-03", "2025-03-13", "14/03/2025"],
        ["2025-03-03", "04/03/2025", "14/03/2025"],
        ["03/03/2025", "14/03/2025"],
        ["2025-03-03", "14/03/2025", "15/03/2025"],
        ["2025-03-03", "Mar 14, 2025"],
    ],
)
def test_days_that_show_their_order_are_not(desk, landed, written):
    assert {row["arrival_date"].month for row in landed(desk.take(days(desk, *written)))} == {3}
