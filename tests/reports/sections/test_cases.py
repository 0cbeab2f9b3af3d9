"""Cases by week, age, outcome and due day, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.reports import report
from analytics.reports.section import Contents
from analytics.reports.sections.cases import SECTION
from tests.reports.book import book_of, case
from tests.reports.fake_store import store_of
from tests.reports.sections.page_one.made import WEEK

RUN = {"runs": [{"finished_at": "2025-06-02T12:00:00Z"}]}  # a Monday
BOOK = book_of(
    case("C000001", ("2025-05-12", "new"), ("2025-05-14", "closed"), outcome="dismissed"),
    case("C000002", ("2025-05-13", "new"), ("2025-05-20", "closed"), ("2025-05-27", "triage"), assignee="ana"),
    case("C000003", ("2025-05-26", "new")),
    case("C000004", ("2025-05-26", "new"), ("2025-05-30", "closed"), outcome="disclosure_filed"),
    case("C000005", ("2025-05-19", "new"), ("2025-05-26", "closed"), outcome="joined"),
)


def measured(book=BOOK, **tables):
    return Contents(store_of(**{**RUN, **tables}), WEEK, book).of(SECTION)


def test_weeks_count_what_came_what_went_and_what_is_left():
    assert measured().weeks.rows() == [
        (date(2025, 5, 12), 2, 1, 0, 1),
        (date(2025, 5, 19), 0, 1, 0, 0),
        (date(2025, 5, 26), 2, 1, 1, 2),
        (date(2025, 6, 2), 0, 0, 0, 2),
    ]


def test_a_case_that_another_took_over_counts_nowhere():
    found = measured()
    assert found.outcomes == {"disclosure_filed": 1, "dismissed": 1}
    assert sum(found.weeks["opened"]) == 4


def test_the_median_is_from_opening_to_the_decision_that_stands():
    assert measured().median_days_to_close == 3  # two days and four
    assert measured().reopened == 1


@pytest.mark.parametrize(
    ("opened", "age"),
    [
        ("2025-05-26", "0 to 7 days"),
        ("2025-05-25", "8 to 30 days"),
        ("2025-05-03", "8 to 30 days"),
        ("2025-05-02", "31 to 60 days"),
        ("2025-04-03", "31 to 60 days"),
        ("2025-04-02", "over 60 days"),
    ],
)
def test_ages_on_both_sides_of_each_boundary(opened, age):
    ages = measured(book_of(case("C000001", (opened, "new")))).ages
    assert {name for name, number in ages.items() if number} == {age}


@pytest.mark.parametrize(("due", "late"), [("2025-06-01", [1]), ("2025-06-02", []), ("2025-05-23", [10])])
def test_a_case_is_past_due_from_the_day_after(due, late):
    open_one = case("C000001", ("2025-05-12", "new"), due_on=date.fromisoformat(due), flag_ids=["f1", "f2"])
    closed = case("C000002", ("2025-05-12", "new"), ("2025-05-13", "closed"), due_on=date(2025, 5, 20))
    found = measured(book_of(open_one, closed)).past_due
    assert found["days_late"].to_list() == late
    assert set(found["flags"]) <= {2}


def test_the_day_is_that_of_the_last_run_or_the_last_event():
    assert measured().as_of == date(2025, 6, 2)
    assert measured(runs=[{"finished_at": "2025-05-30T03:59:00Z"}]).as_of == date(2025, 5, 30)  # the event's day
    assert measured(runs=[{"finished_at": "2025-06-10T03:59:00Z"}]).as_of == date(2025, 6, 9)  # still the 9th there


def test_thirteen_weeks_are_shown_and_older_cases_are_in_the_backlog():
    weeks = measured(book_of(case("C000001", ("2024-11-04", "new")))).weeks
    assert (weeks.height, weeks["opened"].sum(), weeks["backlog"].to_list()) == (13, 0, [1] * 13)


def test_words_say_the_figures():
    flow, ages, outcomes = (chart.text for chart in SECTION.charts(measured()))
    assert flow == (
        "2 cases were open on June 2, 2025. In the last full week, May 26\u2013June 1, 2025, 2 were opened, 1 reopened "
        "and 1 closed."
    ).replace("\u2013June", " \u2013 June")
    assert ages == "Of 2 open cases, 1 is 0 to 7 days old and 1 is 8 to 30 days old; nobody has 1 of them."
    assert outcomes == (
        "2 cases closed: 1 (50%) disclosure filed and 1 (50%) dismissed. Half took 3.0 days or less from opening to "
        "decision. Cases were reopened 1 time."
    )


def test_without_cases_the_section_says_how_to_open_one(tmp_path):
    assert measured(book_of()) is None
    page = report(store_of(**RUN, shipments=[{}]), out=tmp_path / "r.html").read_text()
    assert "This store has no case. Open one on a flag: splitship cases open FLAG" in page


def test_past_due_cases_are_listed_in_page_and_workbook():
    open_one = case("C000001", ("2025-05-12", "awaiting_information"), due_on=date(2025, 5, 30), assignee="<b>ana")
    contents = Contents(store_of(**RUN), WEEK, book_of(open_one))
    (table,) = SECTION.tables(contents.of(SECTION))
    assert table.title == "Past due on June 2, 2025: 1 case"
    assert table.rows == [["C000001", "Awaiting information", "<b>ana", "2025-05-30", "3", "0"]]
    assert set(SECTION.sheets(contents.of(SECTION), contents)) == {"cases_by_week", "cases_past_due"}
