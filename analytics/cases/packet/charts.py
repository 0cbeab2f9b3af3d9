"""The figure of a packet, as SVG: what each day adds up to against the limit of that day, and the lots of one order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any
from xml.sax.saxutils import escape

import polars as pl

from analytics.cases.words import us_day
from analytics.reports.wording import counted, dollars, short

__all__ = ["timeline", "timeline_text"]

_WIDTH, _LEFT, _RIGHT = 680, 170, 16
_DAYS_TOP, _DAYS_HEIGHT, _LANE, _AXIS = 26, 84, 25, 34
_MOST_LANES, _MOST_NAME = 8, 27
_INK, _QUIET, _LINE, _OVER, _UNDER, _DOT = "#1c2733", "#52606d", "#c3ccd5", "#b3541e", "#9db4c8", "#1f4e79"
_OTHERS = "other sellers"


def timeline(shipments: pl.DataFrame, days: pl.DataFrame) -> str:
    """Draw the shipments of a case by day and seller, the day totals above them.

    Parameters
    ----------
    shipments : polars.DataFrame
        Of a dossier; at least one.
    days : polars.DataFrame
        Its day totals.

    Returns
    -------
    str
        An SVG document; the same for the same rows.
    """
    lanes = _lanes(shipments)
    scale = _Scale.of(shipments, days)
    height = scale.base + _AXIS + _LANE * len(lanes) + 26
    panel = _day_panel(days, scale) if days.height else ()
    parts = [*panel, *_axis(scale), *_lane_panel(shipments, lanes, scale)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="Noto Sans" font-size="10">{"".join(parts)}</svg>'
    )


def timeline_text(days: pl.DataFrame) -> str:
    """Say in words what the figure shows, for whoever does not see it."""
    over = days.filter("is_over_limit").sort("total_usd", "day", descending=[True, False])
    if over.is_empty():
        return (
            f"Shipments by day and seller. {counted(days.height, 'day total').capitalize()} shown; none over a limit."
        )
    top = over.row(0, named=True)
    return (
        f"Shipments by day and seller. {counted(days.height, 'day total').capitalize()} shown, {over.height} over the "
        f"limit; the largest is {dollars(top['total_usd'])} on {us_day(top['day'])}."
    )


@dataclass(frozen=True)
class _Scale:
    """Where a day and an amount lie."""

    first: date
    last: date
    most: Decimal
    base: int

    @classmethod
    def of(cls, shipments: pl.DataFrame, days: pl.DataFrame) -> _Scale:
        dates = [*shipments["arrival_date"].to_list(), *days["day"].to_list()]
        amounts = [*days["total"].to_list(), *days["limit"].drop_nulls().to_list(), *shipments["value_usd"].to_list()]
        return cls(
            min(dates) - timedelta(days=1),
            max(dates) + timedelta(days=1),
            max(amounts, default=Decimal(1)),
            _DAYS_TOP + _DAYS_HEIGHT if days.height else 4,
        )

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, amount: Decimal) -> float:
        share = float(amount / self.most) if self.most else 0.0
        return round(self.base - _DAYS_HEIGHT * share, 1)

    @property
    def bar(self) -> float:
        """Width of the bar of a day."""
        return max(2.5, min(26.0, 0.7 * (_WIDTH - _LEFT - _RIGHT) / max((self.last - self.first).days, 1)))


def _day_panel(days: pl.DataFrame, scale: _Scale) -> Iterator[str]:
    yield _text(4, 14, "Total of each day (USD)", bold=True)
    base = scale.base
    yield _line(_LEFT, base, _WIDTH - _RIGHT, base, _LINE)
    for row in _by_day(days).iter_rows(named=True):
        left, top = scale.x(row["day"]) - scale.bar / 2, scale.y(row["total"])
        color = _OVER if row["is_over_limit"] else _UNDER
        yield f'<rect x="{left:.1f}" y="{top}" width="{scale.bar:.1f}" height="{base - top:.1f}" fill="{color}"/>'
        if row["limit"] is not None:
            level = scale.y(row["limit"])
            yield _line(left - 4, level, left + scale.bar + 4, level, _INK, width=1.5)
        else:
            yield _text(scale.x(row["day"]), top - 4, "no exemption", anchor="middle", color=_OVER, size=8)
    yield from _limit_labels(days, scale)
    yield from _top_label(days, scale)


def _by_day(days: pl.DataFrame) -> pl.DataFrame:
    """Return one bar a day: of several consignees and pools the largest total."""
    ordered = days.sort("day", "is_over_limit", "total", descending=[False, True, True])
    return ordered.unique("day", keep="first", maintain_order=True)


def _limit_labels(days: pl.DataFrame, scale: _Scale) -> Iterator[str]:
    for amount, currency in days.drop_nulls("limit").select("limit", "currency").unique().sort("limit").iter_rows():
        yield _text(_LEFT - 8, scale.y(amount) + 3, f"limit {amount:,.0f} {currency}", anchor="end", color=_QUIET)


def _top_label(days: pl.DataFrame, scale: _Scale) -> Iterator[str]:
    for row in _by_day(days).filter("is_over_limit").sort("total", "day").tail(6).iter_rows(named=True):
        label = f"{row['total']:,.2f}"
        yield _text(scale.x(row["day"]), scale.y(row["total"]) - 4, label, anchor="middle", color=_OVER, bold=True)


def _axis(scale: _Scale) -> Iterator[str]:
    level = scale.base + 14
    span = (scale.last - scale.first).days
    step = max(1, -(-span // 7))
    for number in range(0, span + 1, step):
        day = scale.first + timedelta(days=number)
        yield _line(scale.x(day), level - 14, scale.x(day), level - 10, _LINE)
        yield _text(scale.x(day), level, f"{day:%b} {day.day}", anchor="middle", color=_QUIET)
    yield _text(
        4,
        level + 18,
        f"Shipments by seller, {scale.first.year if scale.first.year == scale.last.year else ''}".rstrip(", "),
        bold=True,
    )


def _lanes(shipments: pl.DataFrame) -> list[str]:
    """Return the sellers that get a lane of their own, those of most flagged value first."""
    named = shipments.with_columns(pl.col("seller").fill_null("unknown seller"))
    ranked = (
        named.group_by("seller")
        .agg(
            flagged=pl.col("value_usd").filter(pl.col("in_flags") != "").sum(),
            every=pl.col("value_usd").sum(),
        )
        .sort("flagged", "every", "seller", descending=[True, True, False])["seller"]
        .to_list()
    )
    return ranked if len(ranked) <= _MOST_LANES else [*ranked[: _MOST_LANES - 1], _OTHERS]


def _lane_panel(shipments: pl.DataFrame, lanes: list[str], scale: _Scale) -> Iterator[str]:
    top = scale.base + _AXIS + 14
    levels = {seller: top + _LANE * number + _LANE // 2 for number, seller in enumerate(lanes)}
    for seller, level in levels.items():
        yield _line(_LEFT, level, _WIDTH - _RIGHT, level, _LINE, width=0.5)
        yield _text(_LEFT - 8, level + 3, short(seller, _MOST_NAME) or "", anchor="end")
    rows = [
        {**row, "level": levels.get(row["seller"] or "unknown seller", levels.get(_OTHERS, top))}
        for row in shipments.iter_rows(named=True)
    ]
    yield from _brackets(rows, scale)
    for row in rows:
        radius = 2 + 8 * sqrt(float(row["value_usd"] / scale.most)) if scale.most else 2
        fill = _DOT if row["in_flags"] and row["is_included"] else "none"
        yield (
            f'<circle cx="{scale.x(row["arrival_date"])}" cy="{row["level"]}" r="{radius:.1f}" fill="{fill}" '
            f'fill-opacity="0.75" stroke="{_DOT}"/>'
        )


def _brackets(rows: list[dict[str, Any]], scale: _Scale) -> Iterator[str]:
    """Draw a bracket under the flagged lots of one order of one seller that came on several days."""
    lots: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["order_id"] and row["in_flags"]:
            lots.setdefault((row["order_id"], row["seller"] or ""), []).append(row)
    for (order, _), of_order in sorted(lots.items()):
        places = [scale.x(row["arrival_date"]) for row in of_order]
        if len(of_order) > 1 and min(places) < max(places):
            level, left, right = of_order[0]["level"] + 13, min(places), max(places)
            yield f'<path d="M{left} {level - 3}V{level}H{right}V{level - 3}" fill="none" stroke="{_OVER}"/>'
            yield _text((left + right) / 2, level + 9, f"order {short(order, _MOST_NAME)}", anchor="middle", size=8)


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", color: str = _INK, size: int = 10, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}" font-size="{size}"{weight}>'
        f"{escape(text)}</text>"
    )


def _line(left: float, top: float, right: float, bottom: float, color: str, width: float = 1.0) -> str:
    ends = f'x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}"'
    return f'<line {ends} stroke="{color}" stroke-width="{width}"/>'
