"""The figures of one span of days, and the same figures in the spans before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

import polars as pl

from analytics.reports.periods import Period
from analytics.reports.tables import Tables, of_each_flag

__all__ = [
    "MEMORY",
    "STRENGTHS",
    "Headline",
    "Kpi",
    "Value",
    "Window",
    "amounts_of",
    "at_issue_by_strength",
    "flag_groups",
    "measure_headline",
    "measure_window",
    "value_at_issue",
    "values_by",
]

STRENGTHS = ("objective", "inferred", "supporting")
"""What a flag can be, the strongest first."""
MEMORY = 8
"""Spans looked back on: for the median, and for who was flagged before."""
_HISTORY = 13  # spans a sparkline shows
_PER_THOUSAND = 1000
_FIGURES = ("floor_usd", "base_usd", "ceiling_usd")


@dataclass(frozen=True)
class Value:
    """Value at issue in US dollars, each shipment counted once.

    Attributes
    ----------
    floor, base, ceiling : Decimal
        The least, the headline and the most over the readings.
    """

    floor: Decimal
    base: Decimal
    ceiling: Decimal


@dataclass(frozen=True)
class Window:
    """What happened in one span of days.

    Attributes
    ----------
    period : Period
        The span.
    shipments, flagged_shipments : int
        Shipments that arrived, and those of them in a flag of this span.
    flags, compared_flags, hidden_flags, unknown_flags : int
        Flags whose last day lies in the span; those that rest on who the consignee is; those of them that exact name
        and address would not have shown; those whose exposure could not be computed in full.
    recipients, repeat_recipients : int
        Identities flagged, and those of them that were flagged in the eight spans before as well.
    value : Value
        Value at issue in those flags.
    by_strength : dict of str to tuple of int and Value
        Flags of each strength there is, the strongest first, and what they put at issue by themselves.
    """

    period: Period
    shipments: int
    flagged_shipments: int
    flags: int
    compared_flags: int
    hidden_flags: int
    unknown_flags: int
    recipients: int
    repeat_recipients: int
    value: Value
    by_strength: dict[str, tuple[int, Value]] = field(default_factory=dict)

    @property
    def flagged_per_thousand(self) -> float | None:
        """Shipments in flags for each thousand that arrived."""
        return _PER_THOUSAND * self.flagged_shipments / self.shipments if self.shipments else None

    @property
    def repeat_share(self) -> float | None:
        """Share of the flagged consignees that were flagged before."""
        return self.repeat_recipients / self.recipients if self.recipients else None


@dataclass(frozen=True)
class Kpi:
    """One figure of the strip, with what it is compared to.

    Attributes
    ----------
    key : str
        ``flags``, ``value`` …
    now, before, usual : float or None
        This span, the one before, and the median of the eight before; None where there were no data.
    history : list
        The last thirteen spans, oldest first.
    """

    key: str
    now: float | None
    before: float | None
    usual: float | None
    history: list[float | None]


@dataclass(frozen=True)
class Headline:
    """The span reported on, the one before, and the figures of the strip."""

    now: Window
    before: Window | None
    kpis: list[Kpi]


def measure_headline(tables: Tables, period: Period) -> Headline:
    """Take the figures of a period and of the spans before it.

    A span that begins before the week of the first shipment has no figures: an absent week is not a quiet one.
    """
    by_day = tables.shipments.group_by("arrival_date").agg(shipments=pl.len()).collect()
    first_days = by_day["arrival_date"].to_list()
    first_monday = Period(min(first_days), min(first_days)).mondays()[0] if first_days else period.start
    spans = [period.back(steps) for steps in range(_HISTORY - 1, 0, -1)]
    before = [measure_window(tables, span, by_day) if span.start >= first_monday else None for span in spans]
    now = measure_window(tables, period, by_day)
    windows = [*before, now]
    kpis = [
        _kpi(key, [None if window is None else figure(window) for window in windows]) for key, figure in _KPIS.items()
    ]
    return Headline(now=now, before=before[-1], kpis=kpis)


def measure_window(tables: Tables, period: Period, by_day: pl.DataFrame) -> Window:
    """Take the figures of one span; ``by_day`` holds the shipments of each day."""
    flags = tables.flags.filter(period.holds("window_end"))
    earlier = Period(period.back(MEMORY).start, period.back(1).end)
    flagged_before = tables.flags.filter(earlier.holds("window_end"))["identity_id"].drop_nulls().unique()
    recipients = flags["identity_id"].drop_nulls().unique()
    lots = tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi")
    arrived = lots.filter(period.holds("arrival_date"))
    return Window(
        period=period,
        shipments=int(by_day.filter(period.holds("arrival_date"))["shipments"].sum()),
        flagged_shipments=arrived["shipment_uid"].n_unique(),
        flags=flags.height,
        compared_flags=flags["is_plain_to_see"].drop_nulls().len(),
        hidden_flags=int((~flags["is_plain_to_see"]).sum()),
        unknown_flags=int(flags["is_unknown"].sum()),
        recipients=len(recipients),
        repeat_recipients=int(recipients.is_in(flagged_before.implode()).sum()),
        value=value_at_issue(flags, lots),
        by_strength=at_issue_by_strength(flags, lots),
    )


def at_issue_by_strength(flags: pl.DataFrame, lots: pl.DataFrame) -> dict[str, tuple[int, Value]]:
    """Count the flags of each strength, the strongest first, and add up what they put at issue by themselves.

    Flags of two strengths may share shipments, so that the parts can be more than the whole.
    """
    parts = {strength: flags.filter(pl.col("strength") == strength) for strength in STRENGTHS}
    return {name: (part.height, value_at_issue(part, lots)) for name, part in parts.items() if part.height}


def value_at_issue(flags: pl.DataFrame, lots: pl.DataFrame) -> Value:
    """Add up what flags put at issue, without counting a shipment twice.

    Flags that share a shipment are one group. Its floor and headline are those of its largest flag; its ceiling is the
    sum of its ceilings, but never more than its shipments are worth together.
    """
    totals = values_by(flags.with_columns(all_of=pl.lit("")), lots, "all_of")
    return Value(*(Decimal(totals[name].sum() or 0) for name in _FIGURES))


def values_by(flags: pl.DataFrame, lots: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add up what the flags of each case, or of whatever a column names, put at issue: `value_at_issue` of each.

    Parameters
    ----------
    flags : polars.DataFrame
        ``flag_id``, ``floor_usd``, ``base_usd``, ``ceiling_usd`` and the column; a flag may stand in several rows.
    lots : polars.DataFrame
        ``flag_id``, ``shipment_uid`` and ``value_usd``.
    key : str
        The column.

    Returns
    -------
    polars.DataFrame
        The column with the three figures, sorted by it.
    """
    of_key = pl.concat_str(pl.col(key), pl.lit(" "), "flag_id")
    held = lots.select("flag_id", "shipment_uid", "value_usd").join(flags.select(key, "flag_id"), on="flag_id")
    pairs = held.select(flag_id=of_key, shipment_uid=pl.concat_str(pl.col(key), pl.lit(" "), "shipment_uid"))
    group_of = flag_groups(flags.select(of_key).to_series().to_list(), pairs)
    groups = {"of_key": list(group_of), "group": list(group_of.values())}
    grouped = pl.DataFrame(groups, schema=dict.fromkeys(groups, pl.String))
    worth = (
        held.with_columns(of_key=of_key)
        .join(grouped, on="of_key")
        .unique(["group", "shipment_uid"])
        .group_by("group")
        .agg(pl.col("value_usd").sum())
    )
    of_groups = (
        flags.with_columns(of_key=of_key)
        .join(grouped, on="of_key")
        .group_by(key, "group")
        .agg(pl.col("floor_usd", "base_usd").max(), pl.col("ceiling_usd").sum())
        .join(worth, on="group", how="left")
        .with_columns(ceiling_usd=pl.min_horizontal("ceiling_usd", "value_usd"))
    )
    return of_groups.group_by(key).agg(pl.col(_FIGURES).sum()).sort(key)


def amounts_of(tables: Tables, component: str, flags: pl.DataFrame) -> pl.DataFrame:
    """Return what each of some flags puts at issue of a component, under the interpretation that the base takes.

    Parameters
    ----------
    tables : Tables
        What was read of the store.
    component : str
        ``value``, ``duty``, ``fees`` …
    flags : polars.DataFrame
        Rows of ``tables.flags``.

    Returns
    -------
    polars.DataFrame
        ``flag_id``, ``floor_usd``, ``base_usd``, ``ceiling_usd``, ``is_unknown``; flags without it are left out.
    """
    if component == "value":
        return flags.select("flag_id", *_FIGURES, "is_unknown")
    every = of_each_flag(tables.exposure, component, tables.reading)
    return every.join(flags.select("flag_id"), on="flag_id", how="semi").sort("flag_id")


def flag_groups(flag_ids: list[str], lots: pl.DataFrame) -> dict[str, str]:
    """Return for each flag the first flag of those it is tied to by shared shipments."""
    parent = {flag_id: flag_id for flag_id in sorted(flag_ids)}

    def root(flag_id: str) -> str:
        while parent[flag_id] != flag_id:
            parent[flag_id] = parent[parent[flag_id]]
            flag_id = parent[flag_id]
        return flag_id

    first_of: dict[str, str] = {}
    for flag_id, shipment in lots.select("flag_id", "shipment_uid").iter_rows():
        one, other = sorted((root(flag_id), root(first_of.setdefault(shipment, flag_id))))
        parent[other] = one
    return {flag_id: root(flag_id) for flag_id in parent}


def _kpi(key: str, history: Sequence[float | None]) -> Kpi:
    known = [value for value in history[-MEMORY - 1 : -1] if value is not None]
    usual = float(median(known)) if known else None
    return Kpi(key=key, now=history[-1], before=history[-2], usual=usual, history=list(history))


_KPIS: dict[str, Callable[[Window], float | None]] = {
    "flags": lambda window: window.flags,
    "value": lambda window: float(window.value.base),
    "recipients": lambda window: window.recipients,
    "rate": lambda window: window.flagged_per_thousand,
    "repeat": lambda window: window.repeat_share,
    "hidden": lambda window: window.hidden_flags,
}
