"""Days around the report: law, disclosure, time limits and cases, in date order."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analytics.reports.section import Contents
from analytics.reports.sections.calendar import SECTION
from analytics.wording.calendar import entry_words
from tests.reports.book import book_of, case
from tests.reports.fake_store import store_of
from tests.reports.sections.page_one.made import WEEK

RUN = {"runs": [{"finished_at": "2025-06-02T12:00:00Z"}]}
FLAG = {
    "flags": [{"flag_id": "f1"}, {"flag_id": "f2"}, {"flag_id": "f3", "is_suppressed": True}],
    "flag_shipments": [{"flag_id": "f1", "shipment_uid": "S1"}, {"flag_id": "f2", "shipment_uid": "S2"}],
    "shipments": [{"shipment_uid": "S1"}, {"shipment_uid": "S2"}],
    "exposure": [{"flag_id": flag, "component": "total"} for flag in ("f1", "f2", "f3")],
}


def measured(book=None, *, law=False, **tables):
    store = store_of(**{**RUN, **tables})
    for name in () if law else ("ref_law_events", "ref_duty_layers", "ref_reviews"):
        store.tables[name] = store.tables[name].clear()
    return Contents(store, WEEK, book).of(SECTION)


def said(found):
    return [(entry.on, entry_words(entry)) for entry in found.entries]


@pytest.mark.parametrize(
    ("begins", "is_listed"), [("2025-03-04", False), ("2025-03-05", True), ("2025-08-31", True), ("2025-09-01", False)]
)
def test_a_change_of_a_limit_is_listed_within_ninety_days(begins, is_listed):
    day = date.fromisoformat(begins)
    rules = [{"valid_to": day}, {"rule_id": "US-C-99", "limit_amount": "200.00", "valid_from": day}]
    found = measured(ref_limits=rules, daily_totals=[{}])
    words = "Rule US-C-99 begins: $200.00 (eligible) for all origins by any mode."
    assert said(found) == ([(day, words)] if is_listed else [])


def test_events_rates_and_the_age_of_the_tables_are_those_of_the_regime():
    found = measured(law=True, daily_totals=[{}])
    words = dict(said(found))
    assert words[date(2025, 6, 1)].startswith("A flat duty of USD 200 an item on mail from China and Hong Kong was ")
    assert words[date(2025, 6, 1)].endswith(". Overtaken on 2025-05-14.")
    assert (date(2025, 6, 4), "Duty S232_METALS changes to 25%, 50%.") in said(found)
    assert all(entry.source for entry in found.entries)
    assert [entry.on for entry in found.entries] == sorted(entry.on for entry in found.entries)


def test_a_rate_ends_only_where_none_follows():
    row = {"layer": "X", "rate": "0.10", "valid_from": date(2025, 1, 1), "valid_to": date(2025, 5, 1)}
    store = store_of(**RUN, daily_totals=[{}])
    shipped = store.tables["ref_duty_layers"]
    rows = [row, {**row, "rate": "0.25", "valid_from": date(2025, 5, 1), "valid_to": date(2025, 6, 10)}]
    made = [{**shipped.row(0, named=True), **each} for each in rows]
    store.tables["ref_duty_layers"] = pl.DataFrame(made, schema={**shipped.schema, "rate": pl.String}).cast(
        dict(shipped.schema)
    )
    for name in ("ref_law_events", "ref_reviews"):
        store.tables[name] = store.tables[name].clear()
    assert said(Contents(store, WEEK).of(SECTION)) == [
        (date(2025, 5, 1), "Duty X changes to 25%."),
        (date(2025, 6, 10), "Duty X ends."),
    ]


def test_a_disclosure_has_ten_days_for_the_writing_and_thirty_for_the_data():
    filed = case("C000001", ("2025-05-12", "new"), ("2025-05-30", "closed"), outcome="disclosure_filed")
    referred = case("C000002", ("2025-05-12", "new"), ("2025-05-30", "closed"), outcome="referred_to_counsel")
    assert said(measured(book_of(filed, referred))) == [
        (date(2025, 6, 9), "Case C000001, disclosure filed May 30, 2025: if it was made orally, the confirmation in "
                           "writing is due (10 days)."),
        (date(2025, 6, 29), "Case C000001, disclosure filed May 30, 2025: what was not known then is due (30 days)."),
    ]  # fmt: skip


def clock(flag, first, **more):
    return {"flag_id": flag, "first_end": date.fromisoformat(first), "last_end": date(2031, 1, 1), **more}


def test_weeks_within_reach_age_out_and_of_each_limit_the_next_one():
    clocks = [clock("f1", "2025-06-01"), clock("f2", "2025-08-31")]
    assert [entry.on for entry in measured(**FLAG, statute_clock=clocks).entries] == [date(2025, 8, 31)]
    far = [clock("f1", "2030-03-11"), clock("f2", "2030-03-20"), clock("f3", "2030-03-10")]
    ((on, words),) = said(measured(**FLAG, statute_clock=far))
    assert on == date(2030, 3, 11)
    assert words.endswith(": 1 flag begins to age out in this week ($150 of duty and fees, base).")


def test_open_cases_are_due_or_wake_and_closed_ones_are_not():
    book = book_of(
        case("C000001", ("2025-05-12", "awaiting_information"), due_on=date(2025, 6, 5), assignee="ana"),
        case("C000002", ("2025-05-12", "snoozed"), snoozed_until=date(2025, 7, 1)),
        case("C000003", ("2025-05-12", "new"), ("2025-05-13", "closed"), due_on=date(2025, 6, 5), outcome="dismissed"),
    )
    found = measured(book)
    assert said(found) == [
        (date(2025, 6, 5), "Case C000001 is due (awaiting information, ana)."),
        (date(2025, 7, 1), "Case C000002 wakes from its snooze (nobody yet)."),
    ]
    (table,) = SECTION.tables(found)
    assert [row[:3] for row in table.rows] == [
        ["2025-06-05", "in 3 days", "Case"],
        ["2025-07-01", "in 29 days", "Case"],
    ]
    (chart,) = SECTION.charts(found)
    assert chart.series[0].values == [3, 29]
    assert chart.text.startswith("2 days within 90 days before and after June 2, 2025: 2 are to come, today included.")


def test_an_empty_calendar_says_so():
    found = measured()
    assert (found.entries, list(SECTION.charts(found)), list(SECTION.tables(found))) == ([], [], [])
    assert SECTION.empty(found) == "No day of law, disclosure, time limit or case lies within 90 days."
