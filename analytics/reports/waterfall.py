"""A waterfall from one total to another, step by step, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import dollars
from analytics.wording.moves import Step

__all__ = ["HEADINGS", "step_rows", "waterfall"]

HEADINGS = ("Step", "Flags", "Value at issue")
_ROW = 34


def waterfall(titles: Sequence[str], steps: Sequence[Step], *, key: str, label: str, text: str) -> Chart:
    """Draw totals as bars from nought, and what leads from one to the next as bars between them.

    Parameters
    ----------
    titles : sequence of str
        What each step is called.
    steps : sequence of Step
        In order.
    key, label, text : str
        As `Chart` has them.
    """
    rows = step_rows(titles, steps)
    ends = _ends(steps)
    bars = Series(
        "bars",
        [title for title, *_ in rows][::-1],
        [float(upper - lower) for lower, upper in ends][::-1],
        [_color(step) for step in steps][::-1],
        base=[float(lower) for lower, _ in ends][::-1],
        words=[f"{title}<br>{usd}<br>flags {flags}" for title, flags, usd in rows][::-1],
    )
    return Chart(
        key=key,
        label=label,
        text=text,
        series=(bars,),
        across=Axis("usd", has_zero=True, most_ticks=5),
        up=Axis(is_small=True),
        headings=HEADINGS,
        rows=rows,
        height=80 + _ROW * len(steps),
        gap=0.35,
        is_lying=True,
        has_legend=False,
    )


def step_rows(titles: Sequence[str], steps: Sequence[Step]) -> list[list[str]]:
    """Return the steps as rows of text: a total as it is, a step with its sign."""
    return [
        [title, _signed(step, f"{abs(step.flags):,}", step.flags), _signed(step, dollars(abs(step.usd)), step.usd)]
        for title, step in zip(titles, steps, strict=True)
    ]


def _signed(step: Step, text: str, value: Decimal | int) -> str:
    if step.is_total or not value:
        return text
    return f"+{text}" if value > 0 else f"\u2212{text}"


def _ends(steps: Sequence[Step]) -> list[tuple[Decimal, Decimal]]:
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
