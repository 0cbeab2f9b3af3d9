"""The lines on which a report is signed."""

from __future__ import annotations

from analytics.reports.section import Section, Table
from analytics.wording.signoff import HEADINGS, ROLES

__all__ = ["SECTION"]

SECTION = Section(
    key="signoff",
    place=900,
    title="Sign-off",
    lead="Signed once the decisions on page one are made. The figures are indicators, not findings.",
    measure=lambda contents: contents.period.label,
    tables=lambda _: (Table(HEADINGS, [[role, "", "", ""] for role in ROLES], is_signed=True),),
)
