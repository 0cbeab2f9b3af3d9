"""The calendar: what the law tables, disclosures, time limits and cases say of the days around the report."""

from __future__ import annotations

from analytics.reports.section import Section
from analytics.reports.sections.calendar.laid import brief_of, charts_of, sheets_of, tables_of
from analytics.reports.sections.calendar.measures import measure_calendar

__all__ = ["SECTION"]

SECTION = Section(
    key="calendar",
    place=115,
    title="Calendar",
    lead=(
        "Days within 90 days of the last run or case event: changes of law, clocks of a disclosure, cases due. For "
        "each time limit the next week to age out is listed, however far it is. Counsel confirms each deadline."
    ),
    measure=measure_calendar,
    charts=charts_of,
    draws={"calendar": "days of law, disclosure, time limits and cases ahead"},
    tables=tables_of,
    brief=brief_of,
    sheets=lambda it, _: sheets_of(it),
    empty=lambda _: "No day of law, disclosure, time limit or case lies within 90 days.",
    meanings={
        "on": "The day",
        "kind": "Law, disclosure, time limit or case",
        "what": "What falls on it",
        "source": "Where the day is from",
    },
)
