"""The waterfall from the figure of the week before to that of this week."""

from __future__ import annotations

from decimal import Decimal

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.sections.page_one.measures import PageOne
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import dollars
from analytics.wording.moves import Step, moved_sentences, step_title

__all__ = ["HEADINGS", "charts_of", "step_rows"]

HEADINGS = ("Step", "Flags", "Value at issue")
_LEAST_STEPS = 3
_ROW = 34


def charts_of(page: PageOne) -> list[Chart]:
    """Return the waterfall; none where fewer than three steps would be drawn."""
    steps = page.moved.steps
    if len(steps) < _LEAST_STEPS:
        return []
    ends = _ends(steps)
    names = [step_title(step, page.moved) for step in steps]
    words = [f"{name}<br>{usd}<br>flags {flags}" for name, flags, usd in step_rows(page)]
    return [
        Chart(
            key="moved",
            label="From the value at issue before to that of this period",
            text=" ".join(moved_sentences(page.moved)),
            series=(
                Series(
                    "bars",
                    names[::-1],
                    [float(upper - lower) for lower, upper in ends][::-1],
                    [_color(step) for step in steps][::-1],
                    base=[float(lower) for lower, _ in ends][::-1],
                    words=words[::-1],
                ),
            ),
            across=Axis("usd", has_zero=True, most_ticks=5),
            up=Axis(is_small=True),
            headings=HEADINGS,
            rows=step_rows(page),
            height=80 + _ROW * len(steps),
            gap=0.35,
            is_lying=True,
            has_legend=False,
        )
    ]


def step_rows(page: PageOne) -> list[list[str]]:
    """Return the steps as rows of text: a total as it is, a step with its sign."""
    return [
        [step_title(step, page.moved), _signed(step, f"{abs(step.flags):,}", step.flags),
         _signed(step, dollars(abs(step.usd)), step.usd)]
        for step in page.moved.steps
    ]  # fmt: skip


def _signed(step: Step, text: str, value: Decimal | int) -> str:
    if step.is_total or not value:
        return text
    return f"+{text}" if value > 0 else f"\u2212{text}"


def _ends(steps: tuple[Step, ...]) -> list[tuple[Decimal, Decimal]]:
    """Return where each bar begins and ends: a total at nought, a step where the one before it ended."""
    found, level = [], Decimal(0)
    for step in steps:
        reached = step.usd if step.is_total else level + step.usd
        start = Decimal(0) if step.is_total else level
        found.append((min(start, reached), max(start, reached)))
        level = reached
    return found


def _color(step: Step) -> str:
    if step.is_total:
        return ACCENT
    return ALERT if step.usd > 0 else QUIET
