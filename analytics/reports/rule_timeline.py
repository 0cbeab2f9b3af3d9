"""The rules one after the other, drawn: a lane for each provision and scope, a bar for each stretch of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics.contracts.reference import GROUPING_KEYS
from analytics.reports.blocks import Block, plain_page
from analytics.reports.theme import ACCENT, ALERT, INK, QUIET, drawing
from analytics.reports.wording import DASH, clean, counted, day, money

__all__ = ["Lane", "lanes", "timeline_page"]

_COLOURS = {
    "eligible": ACCENT,
    "suspended": "#dd9a36",
    "suspended_by_reg": "#c2702c",
    "repealed": QUIET,
    "in_force": "#4c8c6b",
    "ordered": "#8a8f98",
}
_OPEN = timedelta(days=366)
_CLOSE_YEARS = timedelta(days=5 * 366)
_MARGIN = timedelta(days=120)
_LANE_HEIGHT, _FRAME = 44, 110
_MILLISECONDS = 86_400_000


@dataclass(frozen=True)
class Lane:
    """The stretches of one provision and scope, in their order.

    Attributes
    ----------
    title, grouping : str
        What it is, and what it adds up.
    stretches : list of dict
        Rows of the limits.
    """

    title: str
    grouping: str
    stretches: list[dict[str, Any]]


def _label(text: str) -> str:
    """Return text that a chart shows and does not read as markup."""
    return clean(text).replace("<", "\u2039").replace(">", "\u203a")


def lanes(limits: pl.DataFrame, *, by_origin: bool = True, by_mode: bool = True) -> Iterator[Lane]:
    """Yield the lanes of a timeline, exemptions first.

    Parameters
    ----------
    limits : polars.DataFrame
        As `analytics.rulebook.timeline` returns them.
    by_origin, by_mode : bool
        Whether scopes of origin and of mode have lanes of their own; needless where the question names one.
    """
    scopes = {"origin_scope": "from", "mode_scope": "by"}
    kept = [name for name, wanted in zip(scopes, (by_origin, by_mode), strict=True) if wanted]
    key = ("order", "provision", "pool", "grouping_key", *kept)
    first = limits.with_columns(order=pl.col("kind").replace_strict({"exemption": 0, "lots_bar": 1}, default=2))
    for _, rows in first.sort(*key, "valid_from", nulls_last=True).group_by(key, maintain_order=True):
        row = rows.row(0, named=True)
        told = [f"{scopes[name]} {row[name]}" for name in kept if row[name] != "ALL"]
        unit = [] if row["grouping_key"] == "person_day" else [f"by {row['grouping_key'].replace('_', ' ')}"]
        title = ", ".join([row["provision"], *([row["pool"]] if row["pool"] else []), *unit, *told])
        yield Lane(_label(title), GROUPING_KEYS.get(row["grouping_key"], row["grouping_key"]), rows.rows(named=True))


def timeline_page(found: Sequence[Lane], events: pl.DataFrame, asked: str, foot: str) -> str:
    """Draw the rules that held one after the other as one sealed page.

    Parameters
    ----------
    found : sequence of Lane
        What held, in lanes.
    events : polars.DataFrame
        As `analytics.rulebook.timeline` returns them.
    asked : str
        What was asked, in words.
    foot : str
        A line under the page.

    Returns
    -------
    str
        HTML.
    """
    blocks = [*_charts(found, events), _stretches(found)]
    if events.height:
        blocks.append(_events(events))
    return plain_page(
        "What held when",
        kicker="Rules",
        span=asked,
        caution="Not legal advice: confirm every row that is not official before a filing rests on it.",
        blocks=blocks,
        foot=[foot],
    )


def _charts(found: Sequence[Lane], events: pl.DataFrame) -> list[Block]:
    rows = [row for lane in found for row in lane.stretches]
    days = sorted({row[end] for row in rows for end in ("valid_from", "valid_to") if row[end]})
    if not days:
        return []
    near = next(day for day in days if day >= days[-1] - _CLOSE_YEARS)
    views = [("near", "The last five years of changes", near), ("whole", "From the beginning", days[0])]
    changes = f"{counted(len(found), 'provision')}, {counted(len(days), 'day')} on which one changed"
    return [
        Block(
            id=name,
            title=title,
            lead="A bar is a stretch of days under one rule; its colour is the status, its text the limit.",
            figure=_figure(found, events, start, days[-1]),
            caption=f"{changes}; the table below has each.",
        )
        for name, title, start in views[int(near == days[0]) :]
    ]


def _figure(found: Sequence[Lane], events: pl.DataFrame, start: date, last: date) -> go.Figure:
    begin, end = start - _MARGIN, last + _OPEN
    bars = [_bar(found, status, begin, end) for status in _COLOURS]
    still = {"automargin": True, "fixedrange": True}
    figure = drawing(
        *(bar for bar in bars if bar is not None),
        height=_FRAME + _LANE_HEIGHT * len(found),
        barmode="overlay",
        bargap=0.35,
        xaxis={"type": "date", "range": [str(begin), str(end)], "showgrid": True, **still},
        yaxis={"categoryorder": "array", "categoryarray": [lane.title for lane in found][::-1], "ticks": "", **still},
    )
    for happened in events["valid_from"].unique().sort():
        if begin <= happened <= end:
            figure.add_vline(x=str(happened), line={"color": ALERT, "width": 1, "dash": "dot"}, opacity=0.5)
    return figure


def _bar(found: Sequence[Lane], status: str, begin: date, end: date) -> go.Bar | None:
    rows = [(lane, row) for lane in found for row in lane.stretches if row["status"] == status]
    shown = [(lane, row, max(row["valid_from"], begin), min(row["valid_to"] or end, end)) for lane, row in rows]
    shown = [item for item in shown if item[2] < item[3]]
    if not shown:
        return None
    return go.Bar(
        orientation="h", y=[lane.title for lane, *_ in shown], base=[str(first) for _, _, first, _ in shown],
        x=[(last - first).days * _MILLISECONDS for _, _, first, last in shown], name=status.replace("_", " "),
        text=[_amount(row) for _, row, *_ in shown],
        textposition="inside", insidetextanchor="middle", constraintext="inside",
        marker={"color": _COLOURS[status], "line": {"color": "#ffffff", "width": 1}},
        insidetextfont={"color": INK if status in {"repealed", "suspended"} else "#ffffff"},
        customdata=[_told(row) for _, row, *_ in shown], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _amount(row: dict[str, Any]) -> str:
    return "" if row["limit_amount"] is None else money(row["limit_amount"], row["limit_currency"])


def _told(row: dict[str, Any]) -> str:
    rule, sure = _label(row["rule_id"]), _label(row["confidence"])
    return f"{rule}<br>{row['valid_from']} to {row['valid_to'] or 'further notice'}<br>{sure}"


def _stretches(found: Sequence[Lane]) -> Block:
    rows = [
        [
            f"{row['rule_id']}, {lane.title}",
            f"{row['valid_from']} to {row['valid_to'] or 'further notice'}",
            row["status"].replace("_", " "),
            _amount(row) or DASH,
            lane.grouping,
            f"{row['source']} ({row['confidence']})",
            row["note"],
        ]
        for lane in found
        for row in lane.stretches
    ]
    return Block(
        id="rows",
        title="Each stretch",
        lead="As the reference tables have it; the second day is the first on which the rule no longer holds.",
        headings=("Rule", "Held", "Status", "Limit", "Adds up", "Source", "Why"),
        rows=rows,
        numbers=frozenset({3}),
        style="rules stretches",
    )


def _events(events: pl.DataFrame) -> Block:
    rows = [
        [day(row["valid_from"]), row["event"], row["effect"], row["source"], row["confidence"]]
        for row in events.iter_rows(named=True)
    ]
    return Block("events", "What else happened", "Rulings, proposals and notices; dotted lines in the charts.",
                 headings=("Day", "Event", "What it did to the rules", "Source", "Confidence"), rows=rows)  # fmt: skip
