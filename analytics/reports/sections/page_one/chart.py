"""The waterfall from the figure of the week before to that of this week."""

from __future__ import annotations

from analytics.reports.charts import Chart
from analytics.reports.sections.page_one.measures import PageOne
from analytics.reports.waterfall import HEADINGS, waterfall
from analytics.reports.waterfall import step_rows as rows_of
from analytics.wording.moves import moved_sentences, step_title

__all__ = ["HEADINGS", "charts_of", "step_rows"]

_LEAST_STEPS = 3


def charts_of(page: PageOne) -> list[Chart]:
    """Return the waterfall; none where fewer than three steps would be drawn."""
    if len(page.moved.steps) < _LEAST_STEPS:
        return []
    label = "From the value at issue before to that of this period"
    text = " ".join(moved_sentences(page.moved))
    return [waterfall(_titles(page), page.moved.steps, key="moved", label=label, text=text)]


def step_rows(page: PageOne) -> list[list[str]]:
    """Return the steps as rows of text: a total as it is, a step with its sign."""
    return rows_of(_titles(page), page.moved.steps)


def _titles(page: PageOne) -> list[str]:
    return [step_title(step, page.moved) for step in page.moved.steps]
