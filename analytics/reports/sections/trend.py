"""Value at issue by week, under the law of each day, between the ends that law and matching allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.headline import value_at_issue
from analytics.reports.law import HEADLINES, daily_rules, limits_in_force, rule_changes, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section
from analytics.reports.spans import mondays_with_data, with_ends
from analytics.reports.tables import Tables
from analytics.reports.theme import ACCENT, ALERT, BAND, DOUBT
from analytics.reports.wording import counted, day, dollars, money

__all__ = ["SECTION", "Trend", "changes", "trend_chart", "trend_rows", "trend_text", "weekly_trend"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TREND_WEEKS = 26
_AMOUNT = pl.Decimal(18, 2)
_TREND: dict[str, pl.DataType] = {
    "monday": pl.Date(),
    "flags": pl.Int64(),
    "floor_usd": _AMOUNT,
    "base_usd": _AMOUNT,
    "ceiling_usd": _AMOUNT,
}


@dataclass(frozen=True)
class Trend:
    """The weeks, and the law on them.

    Attributes
    ----------
    weeks : polars.DataFrame
        ``monday``, ``flags``, ``floor_usd``, ``base_usd``, ``ceiling_usd``, ``low_usd``, ``high_usd``; oldest first.
    first_rules, rule_changes : polars.DataFrame
        The daily limits in force on their first day, and those that begin later.
    reading : str
        The reading of an excess that the line takes.
    """

    weeks: pl.DataFrame
    first_rules: pl.DataFrame
    rule_changes: pl.DataFrame
    reading: str


def _measure(contents: Contents) -> Trend:
    tables, period = contents.tables, contents.period
    weeks = with_ends(tables, weekly_trend(tables, period))
    span = Period(weeks["monday"].min(), period.end) if weeks.height else period  # type: ignore[arg-type]
    return Trend(
        weeks=weeks,
        first_rules=daily_rules(rules_in_force(tables, Period(span.start, span.start))),
        rule_changes=daily_rules(rule_changes(tables, span)),
        reading=tables.reading,
    )


def weekly_trend(tables: Tables, period: Period) -> pl.DataFrame:
    """Return one row per ISO week, oldest first: ``monday``, ``flags``, ``floor_usd``, ``base_usd``, ``ceiling_usd``.

    It ends with the period and begins half a year before, or with the first week that has a shipment.
    """
    rows = []
    for monday in mondays_with_data(tables, period.widened(_TREND_WEEKS)):
        flags = tables.flags.filter(Period.of_week(monday).holds("window_end"))
        value = value_at_issue(flags, tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi"))
        rows.append((monday, flags.height, value.floor, value.base, value.ceiling))
    return pl.DataFrame(rows, schema=_TREND, orient="row")


def changes(rule_changes: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the days inside the trend on which a daily limit changed, each with a letter and what changed."""
    by_day = rule_changes.group_by("valid_from", maintain_order=True)
    return [
        {"letter": letter, "day": str(first), "text": day(first), "limits": limits_in_force(of_day)}
        for letter, ((first,), of_day) in zip(LETTERS, by_day, strict=False)
    ]


def trend_text(trend: pl.DataFrame) -> str:
    """Say in a sentence what the trend shows."""
    if not trend["flags"].sum():
        return "No week shown has a flag."
    top = trend.sort("base_usd", "monday", descending=[True, False]).row(0, named=True)
    last = trend.row(-1, named=True)
    return (
        f"Of {counted(trend.height, 'week')} shown, the week of {day(top['monday'])} has the most at issue, "
        f"{dollars(top['base_usd'])}; the last has {dollars(last['base_usd'])}, "
        f"between {dollars(last['floor_usd'])} and {dollars(last['ceiling_usd'])}."
    )


def trend_rows(trend: pl.DataFrame) -> list[list[str]]:
    """Return the trend as rows of text."""
    return [
        [
            day(row["monday"]),
            f"{row['flags']:,}",
            *(dollars(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")),
        ]
        for row in trend.iter_rows(named=True)
    ]


def trend_chart(trend: pl.DataFrame, change_days: Sequence[str], reading: str = "all") -> Chart:
    """Draw value at issue by week as a line between two bands, with a letter on each day the rule changed.

    Parameters
    ----------
    trend : polars.DataFrame
        The weeks, as `Trend` has them.
    change_days : sequence of str
        Days on which a daily limit changed.
    reading : str, default="all"
        The reading that the line takes.
    """
    weeks = [str(monday) for monday in trend["monday"]]
    floor, base, ceiling, low, high = (
        [float(value) for value in trend[name]]
        for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")
    )
    words = [
        f"Week of {week}<br>{money(now)}<br>{money(least)} to {money(most)} over the interpretations"
        f"<br>{money(strict)} to {money(loose)} over identity thresholds<br>{flags:,} flags"
        for week, flags, least, now, most, strict, loose in trend.iter_rows()
    ]
    return Chart(
        key="trend",
        label="Value at issue by week",
        text=trend_text(trend),
        series=(
            Series("band", weeks, ceiling, BAND, "Least to most over the interpretations", base=floor),
            Series("band", weeks, high, DOUBT, "Low to high over identity thresholds", base=low),
            Series("line", weeks, base, ACCENT, f"Base: {HEADLINES[reading]}", words=words, has_last=True),
        ),
        across=Axis("week", ticks=weeks),
        up=Axis("usd", has_zero=True),
        marks=[Mark(at, letter, ALERT, "badge") for letter, at in zip(LETTERS, change_days, strict=False)],
        headings=("Week of", "Flags", "Low", "Base", "High", "Strict matching", "Loose matching"),
        rows=trend_rows(trend),
    )


def _limits_said(trend: Trend) -> list[str]:
    """Name the limits at the left edge, then those of each letter."""
    first = [f"At the left edge: {'; '.join(limits_in_force(trend.first_rules))}."] if trend.first_rules.height else []
    later = [f"{each['letter']}, {each['text']}: {'; '.join(each['limits'])}." for each in changes(trend.rule_changes)]
    return [*first, *later]


SECTION = Section(
    key="trend",
    place=10,
    title="Value at issue by week",
    lead=(
        "What would lose the exemption or informal entry, week by week, under the law of each day. The line takes the "
        "interpretation named under it; the wide band runs from the least to the most that the interpretations allow, "
        "the narrow one from the strictest to the loosest identity threshold."
    ),
    measure=_measure,
    is_summary=True,
    says=_limits_said,
    charts=lambda it: (trend_chart(it.weeks, [each["day"] for each in changes(it.rule_changes)], it.reading),),
    words={"changes": changes, "limits_in_force": limits_in_force},
)
