"""The charts of what may be owed: readings as bands, assumptions as a tornado, time limits as a strip.

Labels are words of this program; no text that came from outside goes into a chart.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.sections.owed.measures import Owed
from analytics.reports.sections.owed.words import (
    bands_rows,
    bands_text,
    clock_rows,
    clock_text,
    tornado_rows,
    tornado_text,
)
from analytics.reports.theme import ACCENT, ALERT, BAND, MUTED, QUIET
from analytics.reports.wording import dollars, money

__all__ = ["bands_chart", "charts_of", "clock_chart", "tornado_chart"]

_READINGS = {
    "all": "all lose it",
    "tipping": "the one that tips",
    "greedy": "those that do not fit",
    "latch": "from the first on",
}
_CLOCKS = {
    "penalty_negligence": ("Suit on negligence ends", ACCENT),
    "records_exempt": ("Records of exempt releases", "#dd9a36"),
    "records_entry": ("Records of entries", "#8fbcd4"),
}
_AGES_OUT = (
    "Quarter", "Flags that age out", "Duty and fees that age out", "Records of as much need no longer be kept",
)  # fmt: skip
_WRAP = 34
_ROW = 44


def charts_of(owed: Owed) -> list[Chart]:
    """Return the charts of the section, those that have something to draw."""
    found = [
        bands_chart(owed) if owed.flags else None,
        tornado_chart(owed.drivers) if owed.drivers.height else None,
        clock_chart(owed) if owed.clock.height else None,
    ]
    return [chart for chart in found if chart is not None]


def bands_chart(owed: Owed) -> Chart:
    """Draw for each reading a bar from floor to ceiling with the headline in it."""
    rows = list(owed.readings.iter_rows(named=True))[::-1]
    names = [_READINGS[row["reading"]] for row in rows]
    words = [
        f"{money(row['floor_usd'])} to {money(row['ceiling_usd'])}<br>base {money(row['base_usd'])}" for row in rows
    ]
    floors = [float(row["floor_usd"]) for row in rows]
    spans = [float(row["ceiling_usd"] - row["floor_usd"]) for row in rows]
    bases = [float(row["base_usd"]) for row in rows]
    return Chart(
        key="bands",
        label="Duty and fees under each interpretation",
        text=bands_text(owed),
        series=(
            Series("bars", names, spans, BAND, "Low to high, of what is known", base=floors, words=words),
            Series("points", names, bases, ACCENT, "Base", words=words),
        ),
        across=Axis("usd", has_zero=True, most_ticks=5),
        headings=("Interpretation", "Low", "Base", "High"),
        rows=bands_rows(owed),
        height=110 + _ROW * len(rows),
        gap=0.45,
        is_lying=True,
    )


def tornado_chart(drivers: pl.DataFrame) -> Chart:
    """Draw what each assumption is worth around the headline, the widest on top.

    Parameters
    ----------
    drivers : polars.DataFrame
        As `summed_drivers` gives them. A duty that is void is drawn hollow: no figure allows for it.
    """
    rows = list(drivers.iter_rows(named=True))[::-1]
    base = float(rows[0]["base_usd"]) if rows else 0.0
    return Chart(
        key="tornado",
        label="What each assumption is worth",
        text=tornado_text(drivers),
        series=[_side(rows, base, end) for end in ("low_usd", "high_usd")],
        across=Axis("usd", most_ticks=6),
        up=Axis(is_small=True),
        marks=(Mark(base, f"base {dollars(Decimal(str(base)))}", MUTED, width=1.5),),
        headings=("Assumption", "Low", "High", "Allowed for"),
        rows=tornado_rows(drivers),
        height=110 + _ROW * len(rows),
        bars="overlay",
        gap=0.4,
        is_lying=True,
        has_legend=False,
    )


def _side(rows: list[dict[str, Any]], base: float, end: str) -> Series:
    solid = QUIET if end == "low_usd" else ACCENT
    words = [
        f"{row['statement']}<br>{money(row['low_usd'])} to {money(row['high_usd'])}"
        + ("" if row["is_in_range"] else "<br>void, and in no figure")
        for row in rows
    ]
    return Series(
        "bars",
        [_wrapped(row["statement"]) for row in rows],
        [float(row[end]) - base for row in rows],
        [solid if row["is_in_range"] else "rgba(0,0,0,0)" for row in rows],
        base=[base] * len(rows),
        outline=[solid if row["is_in_range"] else ALERT for row in rows],
        words=words,
    )


def clock_chart(owed: Owed) -> Chart:
    """Draw by quarter how much duty and fees ages out, and for how much the records need no longer be kept."""
    by_clock = owed.clock.group_by("clock", maintain_order=True)
    today = () if owed.today is None else (Mark(str(owed.today), "last run", ALERT, "beside", is_dotted=True),)
    return Chart(
        key="clock",
        label="What ages out by quarter",
        text=clock_text(owed),
        series=[_quarters(str(clock), rows) for (clock,), rows in by_clock],
        across=Axis("quarter", most_ticks=10),
        up=Axis("usd", has_zero=True),
        marks=today,
        headings=_AGES_OUT,
        rows=clock_rows(owed),
        height=300,
        bars="group",
        gap=0.25,
    )


def _quarters(clock: str, rows: pl.DataFrame) -> Series:
    name, colour = _CLOCKS[clock]
    words = [
        f"{_quarter(day)}<br>{money(amount)}<br>{flags:,} flags"
        for day, flags, amount in rows.select("quarter", "flags", "at_stake_usd").iter_rows()
    ]
    days, amounts = [str(day) for day in rows["quarter"]], [float(amount) for amount in rows["at_stake_usd"]]
    return Series("bars", days, amounts, colour, name, words=words, covers="M3")


def _quarter(day: object) -> str:
    return f"{day:%Y} Q{(int(f'{day:%m}') + 2) // 3}"


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= _WRAP:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])
