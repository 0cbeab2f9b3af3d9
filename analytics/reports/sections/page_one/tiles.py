"""Page one in words: the bottom line, what is to be decided, the strip of figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.reports.headline import Kpi, Window
from analytics.reports.law import HEADLINES
from analytics.reports.section import Contents
from analytics.reports.sections import number_of
from analytics.reports.sections.identities import SECTION as IDENTITIES
from analytics.reports.sections.leads import SECTION as LEADS
from analytics.reports.sections.parties import SECTION as PARTIES
from analytics.reports.sections.typologies import SECTION as TYPOLOGIES
from analytics.reports.spans import ends
from analytics.reports.wording import DASH, counted, days, dollars, listed, name_of, percent

__all__ = [
    "Tile",
    "bottom_line",
    "decisions",
    "span_note",
    "tiles",
]

_TILES = {
    "flags": ("Flags", "whose last day is in the period"),
    "value": ("Value at issue", "each shipment counted once"),
    "recipients": ("Consignees flagged", "distinct identities"),
    "rate": ("Per 1,000 shipments", "shipments in a flag"),
    "repeat": ("Flagged before", "consignees also flagged in the eight before"),
    "hidden": ("Not seen by exact match", "name and address as written would not show it"),
}

_SPANNED = {"flags": "flags", "value": "base_usd"}


@dataclass(frozen=True)
class Tile:
    """One figure of the strip, in words."""

    label: str
    figure: str
    note: str
    before: str
    usual: str
    between: str
    spark: str
    spark_end: tuple[float, float] | None


def bottom_line(contents: Contents) -> list[str]:
    """Return three to five sentences with the numbers that matter."""
    now = contents.headline.now
    span = days(contents.period.start, contents.period.end)
    if not now.shipments and not now.flags:
        return [f"No shipment arrived in {span}, as far as the data of this store go.", _coverage(contents)]
    lines = [_what_was_found(now, span)]
    if now.flags:
        lines.append(_what_is_at_issue(now, contents.headline.before, contents.tables.reading))
        lines.append(_how_strong(now))
        lines.append(_how_sure(contents))
        lines.append(_who(now))
        if now.hidden_flags:
            lines.append(
                f"Not seen by comparing names and addresses as they are written: {now.hidden_flags:,} of "
                f"{counted(now.compared_flags, 'flag')} about one consignee; "
                f"{_section('identities')} shows how they differ."
            )
    lines += [_what_stands_beside(contents), _what_is_missing(contents)]
    return [line for line in lines if line]


def _section(key: str) -> str:
    return f"section {number_of(key)}"


def _what_was_found(now: Window, span: str) -> str:
    found = counted(now.flags, "flag")
    arrived = counted(now.shipments, "shipment")
    if not now.flags:
        return f"{span}: {found}, on {arrived}."
    return f"{span}: {found}, on {counted(now.flagged_shipments, 'shipment')} of {now.shipments:,} that arrived."


def _what_is_at_issue(now: Window, before: Window | None, reading: str) -> str:
    value = now.value
    text = f"At issue: {dollars(value.base)} if {HEADLINES[reading]}"
    if value.floor != value.ceiling:
        text += f", between {dollars(value.floor)} and {dollars(value.ceiling)} over the interpretations of the law"
    if before is None:
        return f"{text}."
    return f"{text}; the {now.period.noun} before it was {dollars(before.value.base)}."


def _how_strong(now: Window) -> str:
    """Keep what figures and rule decide apart from what rests on more; nothing where all flags are of one strength."""
    if len(now.by_strength) <= 1:
        return ""
    parts = [
        f"{counted(count, f'{strength} flag')} with {dollars(value.base)}"
        for strength, (count, value) in now.by_strength.items()
    ]
    return f"Of it: {listed(parts)}; an inferred flag needs a match or a reading that the figures do not prove."


def _how_sure(contents: Contents) -> str:
    """Say how far the figures depend on who is taken for whom; nothing where they do not."""
    flags, value = (ends(contents.of(IDENTITIES).thresholds, column) for column in ("flags", "base_usd"))
    if flags is None or value is None or (flags[0] == flags[1] and value[0] == value[1]):
        return ""
    low, high = (dollars(Decimal(end)) for end in value)
    return (
        f"Were links between aliases held to a stricter or a looser line: {flags[0]:,} to {flags[1]:,} flags, "
        f"{low} to {high} at issue."
    )


def _who(now: Window) -> str:
    if not now.recipients:
        return ""
    text = f"Behind them: {counted(now.recipients, 'consignee')}"
    again = f"{now.repeat_recipients:,}" if now.repeat_recipients else "none"
    return f"{text}, {again} of them also flagged in the eight {now.period.noun}s before."


def _what_stands_beside(contents: Contents) -> str:
    """Say how many flags are counted nowhere above."""
    leads, explained = contents.of(LEADS).flags, len(contents.of(LEADS).explained)
    parts = []
    if leads:
        parts.append(f"{counted(leads, 'reason')} to look that put no value at issue by themselves")
    if explained:
        parts.append(f"{counted(explained, 'flag')} explained by what the shipments show")
    return f"Beside them, and in no figure above: {listed(parts)} ({_section('leads')})." if parts else ""


def _what_is_missing(contents: Contents) -> str:
    untested = contents.of(TYPOLOGIES).untested
    parts = [f"{name_of(row['typology'])} ({row['tested']})" for row in untested.iter_rows(named=True)]
    unknown = contents.headline.now.unknown_flags
    if unknown:
        parts.append(f"part of the exposure of {counted(unknown, 'flag')}")
    return f"Not known: {listed(parts)}." if parts else ""


def _coverage(contents: Contents) -> str:
    if contents.data_days is None:
        return "It holds no shipment at all."
    return f"It covers {days(*contents.data_days)}."


def decisions(contents: Contents) -> list[str]:
    """Return what a reader is asked to decide, at most three points."""
    now = contents.headline.now
    points = []
    parties = contents.of(PARTIES)
    if parties.height:
        first = parties.row(0, named=True)
        points.append(
            f"Whether to speak to {first['role']} {first['name'] or first['party']}: {first['flagged']:,} of its "
            f"{first['shipments']:,} shipments of the last eight weeks stand in flags ({_section('parties')})."
        )
    if now.hidden_flags:
        points.append(
            f"Whether the identities of {_section('identities')} hold: look at them before anybody is written to."
        )
    if now.repeat_recipients:
        points.append(
            f"What is to happen with {counted(now.repeat_recipients, 'consignee')} flagged again "
            f"({_section('recipients')})."
        )
    return points


def tiles(contents: Contents) -> list[Tile]:
    """Return the strip of figures, each beside the span before, the median of eight, and its low and high."""
    return [_tile(kpi, contents.of(IDENTITIES).thresholds) for kpi in contents.headline.kpis]


def span_note(contents: Contents) -> str:
    """Say at which thresholds the low and the high figures were taken; empty where none was tried."""
    at = dict(contents.of(IDENTITIES).thresholds.select("standing", "threshold").iter_rows())
    if not {"low", "high"} & set(at):
        return ""
    low, high = (at.get(end, at["central"]) for end in ("low", "high"))
    return (
        f"Low and high: the same at an identity threshold of {low:g} and of {high:g}; identities are made at "
        f"{at['central']:g}."
    )


def _tile(kpi: Kpi, thresholds: pl.DataFrame) -> Tile:
    label, note = _TILES[kpi.key]
    points = _spark_points(kpi.history)
    return Tile(
        label=label,
        figure=_figure(kpi.key, kpi.now),
        note=note,
        before=_figure(kpi.key, kpi.before),
        usual=_figure(kpi.key, kpi.usual),
        between=_between(kpi.key, thresholds),
        spark=" ".join(f"{x:g},{y:g}" for x, y in points),
        spark_end=points[-1] if points else None,
    )


def _between(key: str, thresholds: pl.DataFrame) -> str:
    """Return ``low 38, high 42``; that both are alike where they are."""
    found = ends(thresholds, _SPANNED[key]) if key in _SPANNED else None
    if found is None:
        return ""
    low, high = (_figure(key, float(end)) for end in found)
    return "low and high alike" if low == high else f"low {low}, high {high}"


def _figure(key: str, value: float | None) -> str:
    if value is None:
        return DASH
    if key == "value":
        return f"${value:,.0f}"
    if key == "repeat":
        return percent(value)
    return f"{value:,.1f}" if key == "rate" or value % 1 else f"{value:,.0f}"


def _spark_points(history: list[float | None], width: int = 120, height: int = 26) -> list[tuple[float, float]]:
    known = [value for value in history if value is not None]
    top = max(known, default=0) or 1
    step = width / max(len(history) - 1, 1)
    return [
        (round(step * place, 1), round(height - (height - 2) * value / top, 1))
        for place, value in enumerate(history)
        if value is not None
    ]
