"""What is up for decision: nothing that a case has under way."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analytics.reports.casebook import NO_CASES, CaseBook
from analytics.reports.section import Contents
from analytics.reports.sections.page_one.deciding import decisions_of
from analytics.wording.decisions import by_words, decision_words

from .made import WEEK, Weeks

CASE = {"flag_id": "f0", "case_id": "C000007", "state": "investigating", "outcome": None, "assignee": "Ana",
        "due_on": None, "subject_kind": "identity", "subject_id": "i1"}  # fmt: skip


def decided(made, *cases):
    rows = pl.DataFrame([CASE | case for case in cases], schema=NO_CASES.schema)
    found = decisions_of(Contents(made.store(), WEEK, CaseBook(rows)))
    return [(each.kind, each.who, each.flags) for each in found], found


def two_flags(**more):
    made = Weeks()
    made.flag("daily_limit", "900.00", **more)
    made.flag("daily_limit", "1200.00", strength="inferred", **more)
    made.ship(300)
    return made


def test_without_a_case_counsel_and_the_team_lead_are_asked():
    kinds, found = decided(two_flags())
    assert kinds == [("counsel", "Head of compliance", 1), ("assign", "Team lead", 2)]
    assert decision_words(found[1]) == (
        "Assign 2 flags that no case holds ($2,100 at issue). Begin with daily limit f1 (2 shipments, $1,200)."
    )


@pytest.mark.parametrize(("due", "is_listed"), [("2025-05-19", True), ("2025-05-20", False), (None, False)])
def test_a_case_is_listed_if_it_is_due_up_to_the_next_report(due, is_listed):
    _, found = decided(two_flags(), {"due_on": due and date.fromisoformat(due)})
    cases = [each for each in found if each.kind == "case"]
    assert bool(cases) == is_listed
    if cases:
        words = "Decide case C000007 (investigating): 1 flag of this week, $900 at issue."
        assert (decision_words(cases[0]), cases[0].who, by_words(cases[0])) == (
            words, "Ana", "by May 19, 2025 (due day of the case)",
        )  # fmt: skip


def test_a_closed_case_is_due_no_more_and_a_case_nobody_has_says_so():
    due = {"due_on": date(2025, 5, 14)}
    assert not [each for each in decided(two_flags(), {**due, "state": "closed"})[1] if each.kind == "case"]
    assert decided(two_flags(), {**due, "assignee": None})[0][0] == ("case", "Nobody yet", 1)


@pytest.mark.parametrize(
    ("outcome", "is_asked"), [("referred_to_counsel", False), ("disclosure_filed", False), ("dismissed", True)]
)
def test_counsel_is_not_asked_about_what_counsel_has(outcome, is_asked):
    kinds, _ = decided(two_flags(), {"state": "closed", "outcome": outcome})
    assert ("counsel" in [kind for kind, _, _ in kinds]) == is_asked


def test_a_flag_in_a_case_is_not_to_be_assigned():
    kinds, _ = decided(two_flags(), {}, {"flag_id": "f1"})
    assert "assign" not in [kind for kind, _, _ in kinds]


def test_a_flag_that_needs_an_unproven_match_is_to_be_reviewed():
    kinds, found = decided(two_flags(survives_to_threshold=0.95))
    assert kinds[-1] == ("match", "Investigator", 2)
    assert by_words(found[-1]) == "by May 19, 2025 (next report)"


OWN = {"seller_id": "S9", "seller_name": "Vega", "carrier_code": None, "filer_code": None}


def flags_of_one_seller():
    made = Weeks()
    for _ in range(3):
        made.flag("daily_limit", "900.00", **OWN)
    return made


@pytest.mark.parametrize(
    ("cases", "is_listed"),
    [
        ([], True),
        ([{"flag_id": f"f{place}", "state": "awaiting_information"} for place in range(2)], True),
        ([{"flag_id": f"f{place}", "state": "awaiting_information"} for place in range(3)], False),
        ([{"flag_id": f"f{place}", "state": "investigating"} for place in range(3)], True),
        ([{"flag_id": "older", "subject_kind": "seller", "subject_id": "S9", "state": "triage"}], True),
        ([{"flag_id": "older", "subject_kind": "seller", "subject_id": "S9"}], False),
        ([{"flag_id": "older", "subject_kind": "order", "subject_id": "S9"}], True),
    ],
)
def test_a_party_whose_flags_wait_or_whose_own_case_began_is_not_listed_again(cases, is_listed):
    kinds, _ = decided(flags_of_one_seller(), *cases)
    assert ("party" in [kind for kind, _, _ in kinds]) == is_listed


def test_a_week_without_flags_asks_nothing():
    assert decided(Weeks())[1] == []
