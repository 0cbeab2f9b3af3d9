"""Page one: measured (`measures`), ranked (`news`), worded (`words`), drawn (`chart`), filed (`sheets`)."""

from __future__ import annotations

from analytics.reports.section import Section
from analytics.reports.sections.page_one import words
from analytics.reports.sections.page_one.chart import HEADINGS, charts_of, step_rows
from analytics.reports.sections.page_one.measures import measure_page_one
from analytics.reports.sections.page_one.sheets import MEANINGS, sheets_of
from analytics.reports.wording import name_of, percent
from analytics.wording.decisions import by_words, decision_words

__all__ = ["SECTION"]

SECTION = Section(
    key="page_one",
    place=0,
    title="Bottom line",
    lead="What happened, what may be owed, why it moved, and what to decide by when.",
    measure=measure_page_one,
    charts=charts_of,
    draws={"moved": "why the value at issue moved since the week before, step by step"},
    words={
        "bottom_line": words.bottom_line,
        "by_words": by_words,
        "certainty": words.certainty,
        "coverage_sentence": words.coverage_sentence,
        "decision_words": decision_words,
        "moved_lines": words.moved_lines,
        "name_of": name_of,
        "percent": percent,
        "step_headings": HEADINGS,
        "step_rows": step_rows,
    },
    sheets=lambda it, _: sheets_of(it),
    meanings=MEANINGS,
    says=words.said,
)
