"""The charts of what may be owed: readings as bands, assumptions as a tornado, time limits as a strip.

Labels are words of this program; no text that came from outside goes into a chart.
"""

from __future__ import annotations

from decimal import Decimal

import plotly.graph_objects as go
import polars as pl

from analytics.reports.owed import Owed
from analytics.reports.theme import ACCENT, ALERT, BAND, MUTED, QUIET, drawing
from analytics.reports.wording import dollars, money

__all__ = ["bands_figure", "clock_figure", "figures_of", "tornado_figure"]

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
_WRAP = 34
_ROW = 44


def figures_of(owed: Owed) -> dict[str, go.Figure | None]:
    """Return the charts of the section by the place they stand in; None where there is nothing to draw."""
    return {
        "chart-bands": bands_figure(owed.readings) if owed.flags else None,
        "chart-tornado": tornado_figure(owed.drivers) if owed.drivers.height else None,
        "chart-clock": clock_figure(owed) if owed.clock.height else None,
    }


def bands_figure(readings: pl.DataFrame) -> go.Figure:
    """Draw for each reading a bar from floor to ceiling with the headline in it."""
    names = [_READINGS[reading] for reading in readings["reading"]][::-1]
    rows = list(readings.iter_rows(named=True))[::-1]
    words = [
        f"{money(row['floor_usd'])} to {money(row['ceiling_usd'])}<br>base {money(row['base_usd'])}" for row in rows
    ]
    floors = [float(row["floor_usd"]) for row in rows]
    spans = [float(row["ceiling_usd"] - row["floor_usd"]) for row in rows]
    return drawing(
        go.Bar(
            y=names, x=spans, base=floors, orientation="h", marker={"color": BAND}, text=words, textposition="none",
            name="Low to high, of what is known", hovertemplate="%{text}<extra></extra>",
        ),
        go.Scatter(
            y=names, x=[float(row["base_usd"]) for row in rows], mode="markers", name="Base",
            marker={"color": ACCENT, "size": 11, "symbol": "line-ns", "line": {"width": 3, "color": ACCENT}},
            text=words, hovertemplate="%{text}<extra></extra>",
        ),
        height=110 + _ROW * len(rows), bargap=0.45, xaxis_tickprefix="$", xaxis_tickformat=",.3~s",
        xaxis_rangemode="tozero", xaxis_nticks=5,
    )  # fmt: skip


def tornado_figure(drivers: pl.DataFrame) -> go.Figure:
    """Draw what each assumption is worth around the headline, the widest on top.

    Parameters
    ----------
    drivers : polars.DataFrame
        As `summed_drivers` gives them. A duty that is void is drawn hollow: no figure allows for it.
    """
    rows = list(drivers.iter_rows(named=True))[::-1]
    base = float(rows[0]["base_usd"]) if rows else 0.0
    names = [_wrapped(row["statement"]) for row in rows]
    figure = drawing(
        *(_side(rows, names, base, end) for end in ("low_usd", "high_usd")),
        height=110 + _ROW * len(rows), barmode="overlay", bargap=0.4, xaxis_tickprefix="$",
        xaxis_tickformat=",.3~s", xaxis_nticks=6, yaxis_tickfont={"size": 12},
    )  # fmt: skip
    figure.add_vline(x=base, line={"color": MUTED, "width": 1.5})
    figure.add_annotation(
        x=base, y=1, yref="paper", yanchor="bottom", text=f"base {dollars(Decimal(str(base)))}", showarrow=False,
        font={"color": MUTED, "size": 12},
    )  # fmt: skip
    return figure.update_layout(showlegend=False)


def _side(rows: list[dict[str, object]], names: list[str], base: float, end: str) -> go.Bar:
    is_low = end == "low_usd"
    solid = QUIET if is_low else ACCENT
    values = [float(row[end]) for row in rows]  # type: ignore[arg-type]
    words = [
        f"{row['statement']}<br>{money(row['low_usd'])} to {money(row['high_usd'])}"  # type: ignore[arg-type]
        + ("" if row["is_in_range"] else "<br>void, and in no figure")
        for row in rows
    ]
    return go.Bar(
        y=names, x=[value - base for value in values], base=[base] * len(rows), orientation="h",
        marker={
            "color": [solid if row["is_in_range"] else "rgba(0,0,0,0)" for row in rows],
            "line": {"color": [solid if row["is_in_range"] else ALERT for row in rows], "width": 1.5},
        },
        text=words, textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def clock_figure(owed: Owed) -> go.Figure:
    """Draw by quarter how much duty and fees ages out, and for how much the records need no longer be kept."""
    bars = []
    for (clock,), rows in owed.clock.group_by("clock", maintain_order=True):
        name, colour = _CLOCKS[str(clock)]
        words = [
            f"{_quarter(day)}<br>{money(amount)}<br>{flags:,} flags"
            for day, flags, amount in rows.select("quarter", "flags", "at_stake_usd").iter_rows()
        ]
        bars.append(
            go.Bar(
                x=[str(day) for day in rows["quarter"]], y=[float(amount) for amount in rows["at_stake_usd"]],
                name=name, marker={"color": colour}, text=words, textposition="none",
                hovertemplate="%{text}<extra></extra>", xperiod="M3", xperiodalignment="middle",
            )
        )  # fmt: skip
    figure = drawing(
        *bars, height=300, barmode="group", bargap=0.25, yaxis_tickprefix="$", yaxis_tickformat=",.3~s",
        xaxis_type="date", xaxis_tickformat="%b<br>%Y", xaxis_nticks=10, yaxis_rangemode="tozero",
    )  # fmt: skip
    if owed.today is not None:
        figure.add_vline(x=str(owed.today), line={"color": ALERT, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=str(owed.today), y=1, yref="paper", yanchor="top", xanchor="left", text=" last run", showarrow=False,
            font={"color": ALERT, "size": 12},
        )  # fmt: skip
    return figure


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
