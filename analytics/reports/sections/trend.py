"""Value at issue by week, under the law of each day, between the ends that law and matching allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from analytics.reports.arrivals import Lateness, measure_lateness
from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.headline import value_at_issue
from analytics.reports.law import HEADLINES, daily_rules, limits_in_force, rule_changes, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section
from analytics.reports.spans import mondays_with_data, with_ends
from analytics.reports.tables import Tables
from analytics.reports.theme import ACCENT, ALERT, BAND, DOUBT, QUIET
from analytics.reports.wording import counted, day, dollars, money
from analytics.wording.arrivals import PROVISIONAL, provisional_text

__all__ = ["SECTION", "Trend", "changes", "trend_chart", "trend_rows", "trend_text", "weekly_trend"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TREND_WEEKS = 52
_HALF_WEEK = timedelta(days=3)
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
        Amounts are null in a week of which the store has no shipment.
    first_rules, rule_changes : polars.DataFrame
        The daily limits in force on their first day, and those that begin later.
    reading : str
        The reading of an excess that the line takes.
    provisional : list of tuple of date and float or None
        Monday of each week of which more shipments must be expected, with the share still to come where it is known.
    runs : int
        Runs by which lateness was measured.
    """

    weeks: pl.DataFrame
    first_rules: pl.DataFrame
    rule_changes: pl.DataFrame
    reading: str
    provisional: list[tuple[date, float | None]]
    runs: int


def _measure(contents: Contents) -> Trend:
    tables, period = contents.tables, contents.period
    weeks = _only_with_data(tables, with_ends(tables, weekly_trend(tables, period)))
    span = Period(weeks["monday"].min(), period.end) if weeks.height else period  # type: ignore[arg-type]
    lateness = measure_lateness(contents.store, tables)
    return Trend(
        weeks=weeks,
        first_rules=daily_rules(rules_in_force(tables, Period(span.start, span.start))),
        rule_changes=daily_rules(rule_changes(tables, span)),
        reading=tables.reading,
        provisional=_provisional(weeks, period, lateness),
        runs=lateness.runs,
    )


def weekly_trend(tables: Tables, period: Period) -> pl.DataFrame:
    """Return one row per ISO week, oldest first: ``monday``, ``flags``, ``floor_usd``, ``base_usd``, ``ceiling_usd``.

    It ends with the period and begins a year before, or with the first week that has a shipment.
    """
    rows = []
    for monday in mondays_with_data(tables, period.widened(_TREND_WEEKS)):
        flags = tables.flags.filter(Period.of_week(monday).holds("window_end"))
        value = value_at_issue(flags, tables.flagged.join(flags.select("flag_id"), on="flag_id", how="semi"))
        rows.append((monday, flags.height, value.floor, value.base, value.ceiling))
    return pl.DataFrame(rows, schema=_TREND, orient="row")


def _only_with_data(tables: Tables, weeks: pl.DataFrame) -> pl.DataFrame:
    """Leave the amounts of weeks empty of which the store has no shipment and no flag: nothing is claimed of them."""
    days = tables.shipments.select(monday=pl.col("arrival_date").dt.truncate("1w")).unique().collect()["monday"]
    is_known = pl.col("monday").is_in(days.implode()) | (pl.col("flags") > 0)
    return weeks.with_columns(pl.when(is_known).then(pl.col(name)) for name in weeks.columns if name.endswith("_usd"))


def _provisional(weeks: pl.DataFrame, period: Period, lateness: Lateness) -> list[tuple[date, float | None]]:
    """Return the weeks that were not over at the last run or in the period, and those of which rows still come."""
    found: list[tuple[date, float | None]] = []
    for monday in weeks.drop_nulls("base_usd")["monday"]:
        week = Period.of_week(monday)
        missing = lateness.missing(week)
        if lateness.is_provisional(week) or week.end > period.end:
            found.append((monday, None if missing is None else round(missing, 6)))
    return found


def changes(rule_changes: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the days inside the trend on which a daily limit changed, each with a letter and what changed."""
    by_day = rule_changes.group_by("valid_from", maintain_order=True)
    return [
        {"letter": letter, "day": str(first), "text": day(first), "limits": limits_in_force(of_day)}
        for letter, ((first,), of_day) in zip(LETTERS, by_day, strict=False)
    ]


def trend_text(trend: Trend) -> str:
    """Say what the trend shows, and which of its weeks are provisional."""
    known = trend.weeks.drop_nulls("base_usd")
    if not known["flags"].sum():
        return "No week shown has a flag."
    top = known.sort("base_usd", "monday", descending=[True, False]).row(0, named=True)
    last = known.row(-1, named=True)
    absent = trend.weeks.height - known.height
    gaps = (
        f" The store has no shipment of {counted(absent, 'other week')}; nothing is shown for them." if absent else ""
    )
    return (
        f"Of {counted(known.height, 'week')} shown, the week of {day(top['monday'])} has the most at issue, "
        f"{dollars(top['base_usd'])}; the last has {dollars(last['base_usd'])}, "
        f"between {dollars(last['floor_usd'])} and {dollars(last['ceiling_usd'])}.{gaps} "
        f"Base: {HEADLINES[trend.reading]}. {provisional_text(trend.provisional, trend.runs)}"
    )


def trend_rows(trend: Trend) -> list[list[str]]:
    """Return the trend as rows of text; a week without data has dashes."""
    return [
        [
            day(row["monday"]),
            f"{row['flags']:,}",
            *(dollars(row[name]) for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")),
        ]
        for row in trend.weeks.iter_rows(named=True)
    ]


def trend_chart(trend: Trend) -> Chart:
    """Draw value at issue by week as a line between two bands, with a letter on each day the rule changed.

    Weeks of which more shipments must be expected are hatched; the line has a gap where there is no data.
    """
    weeks = [str(monday) for monday in trend.weeks["monday"]]
    days = [each["day"] for each in changes(trend.rule_changes)]
    drawn = [series for place, stretch in enumerate(_stretches(trend)) for series in _stretch(stretch, place)]
    return Chart(
        key="trend",
        label="Value at issue by week",
        text=trend_text(trend),
        series=(*_hatched(trend), *drawn),
        across=Axis("week", ticks=weeks),
        up=Axis("usd", has_zero=True),
        marks=[Mark(at, letter, ALERT, "badge") for letter, at in zip(LETTERS, days, strict=False)],
        headings=("Week of", "Flags", "Low", "Base", "High", "Strict matching", "Loose matching"),
        rows=trend_rows(trend),
    )


def _limits_said(trend: Trend) -> list[str]:
    """Name the limits at the left edge, then those of each letter."""
    first = [f"At the left edge: {'; '.join(limits_in_force(trend.first_rules))}."] if trend.first_rules.height else []
    later = [f"{each['letter']}, {each['text']}: {'; '.join(each['limits'])}." for each in changes(trend.rule_changes)]
    return [*first, *later]


def _stretches(trend: Trend) -> list[pl.DataFrame]:
    """Part the weeks where some have no data."""
    number = pl.col("base_usd").is_null().cum_sum()
    return trend.weeks.with_columns(stretch=number).drop_nulls("base_usd").partition_by("stretch", maintain_order=True)


def _stretch(weeks: pl.DataFrame, place: int) -> list[Series]:
    """Draw weeks without a gap; only the first stretch is named in the legend."""
    at = [str(monday) for monday in weeks["monday"]]
    floor, base, ceiling, low, high = (
        [float(value) for value in weeks[name]]
        for name in ("floor_usd", "base_usd", "ceiling_usd", "low_usd", "high_usd")
    )
    names = (
        "Least to most over the interpretations",
        "Low to high over identity thresholds",
        "Base",
    )
    of_bands, of_matches, of_line = names if not place else ("", "", "")
    return [
        Series("band", at, ceiling, BAND, of_bands, base=floor),
        Series("band", at, high, DOUBT, of_matches, base=low),
        Series("line", at, base, ACCENT, of_line, words=_said(weeks), has_last=True),
    ]


def _said(weeks: pl.DataFrame) -> list[str]:
    return [
        f"Week of {week}<br>{money(now)}<br>{money(least)} to {money(most)} over the interpretations"
        f"<br>{money(strict)} to {money(loose)} over identity thresholds<br>{flags:,} flags"
        for week, flags, least, now, most, strict, loose, _ in weeks.iter_rows()
    ]


def _hatched(trend: Trend) -> list[Series]:
    """Hatch the provisional weeks from nought to the greatest amount shown."""
    top = max((float(value) for value in trend.weeks["ceiling_usd"].drop_nulls()), default=0.0) or 1.0
    return [
        Series(
            "band",
            [str(monday - _HALF_WEEK), str(monday + _HALF_WEEK)],
            [top, top],
            QUIET,
            PROVISIONAL if not place else "",
            base=[0.0, 0.0],
            is_hatched=True,
        )
        for place, (monday, _) in enumerate(trend.provisional)
    ]


SECTION = Section(
    key="trend",
    place=10,
    title="Value at issue by week",
    lead=(
        "What would lose the exemption or informal entry, week by week, under the law of each day. The line takes the "
        "interpretation named under it; the wide band runs from the least to the most that the interpretations allow, "
        "the narrow one from the strictest to the loosest identity threshold. Hatched weeks are provisional."
    ),
    measure=_measure,
    is_summary=True,
    says=_limits_said,
    charts=lambda it: (trend_chart(it),),
    draws={"trend": "value at issue by week over a year, with the days on which a limit changed"},
    words={"changes": changes, "limits_in_force": limits_in_force},
)
