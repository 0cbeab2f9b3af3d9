"""Consignees new, growing and returning."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.reports.periods import Period
from analytics.reports.sections.recipients import recipients
from analytics.reports.tables import read_tables
from tests.reports.fake_store import store_of

MONDAY = date(2025, 3, 10)
WEEK = Period.of_week(MONDAY)


def flagged(**weeks_of):
    """Flags of people by how many weeks ago."""
    days = [(person, MONDAY - timedelta(weeks=ago)) for person, weeks in weeks_of.items() for ago in weeks]
    flags = [
        {"flag_id": f"f{number}", "identity_id": person, "window_start": day, "window_end": day}
        for number, (person, day) in enumerate(days)
    ]
    return read_tables(store_of(flags=flags, identities=[{"identity_id": "i1"}]))


def test_tells_new_from_growing_from_returning():
    found, count = recipients(flagged(i1=[0], i2=[0, 0, 1], i3=[0, 1, 1], i4=[1]), WEEK)
    status = {
        row["identity_id"]: (row["status"], row["flags"], row["flags_before"]) for row in found.iter_rows(named=True)
    }
    assert status == {"i1": ("new", 1, 0), "i2": ("growing", 2, 1), "i3": ("returning", 1, 2)}
    assert count == 3


def test_recipients_come_with_name_and_the_dearest_first():
    found, _ = recipients(flagged(i1=[0], i2=[0, 0]), WEEK)
    assert found["identity_id"].to_list() == ["i2", "i1"]
    assert found["display_name"].to_list() == [None, "Maria Lopez"]


def test_a_long_list_is_cut_and_its_length_told():
    found, count = recipients(flagged(**{f"i{number}": [0] for number in range(40)}), WEEK)
    assert (found.height, count) == (25, 40)
