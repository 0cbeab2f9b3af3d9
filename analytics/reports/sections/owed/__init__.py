"""What may be owed: `measures`, `charts`, `words`, `tables`, `sheets`, and line by line for one flag (`lines`)."""

from __future__ import annotations

from analytics.reports.section import Section
from analytics.reports.sections.owed import words
from analytics.reports.sections.owed.charts import charts_of
from analytics.reports.sections.owed.measures import measure_owed
from analytics.reports.sections.owed.sheets import MEANINGS, sheets_of
from analytics.reports.sections.owed.tables import owed_brief, owed_tables

__all__ = ["SECTION"]

SECTION = Section(
    key="owed",
    place=90,
    title="What may be owed",
    lead=(
        "Duty, fees and penalty on the flags of the period, if they hold. The low estimate leaves out what is "
        "contested or unsure; the high one takes it in. Void duties are in neither. An indicator is not a debt."
    ),
    measure=lambda contents: measure_owed(contents.store, contents.tables, contents.period),
    charts=charts_of,
    draws={
        "bands": "duty, fees and penalty as low, base and high",
        "tornado": "which assumption makes the difference to what may be owed",
        "clock": "time limits that end, by quarter",
    },
    words={"clock_text": words.clock_text, "component_rows": words.component_rows, "layer_rows": words.layer_rows},
    sheets=lambda it, _: sheets_of(it),
    meanings=MEANINGS,
    tables=owed_tables,
    brief=owed_brief,
    empty=lambda _: "No flag of the period puts duty or fees at issue.",
)
