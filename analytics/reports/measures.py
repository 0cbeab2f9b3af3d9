"""Everything one report says, as plain data: frames, dates and numbers; nothing drawn, nothing worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from analytics.errors import UnknownTable
from analytics.reports.evidence import Evidence, measure_evidence
from analytics.reports.headline import Headline, measure_headline, weekly_trend
from analytics.reports.law import rule_changes, rules_in_force
from analytics.reports.leads import Leads, measure_leads
from analytics.reports.owed import Owed, measure_owed
from analytics.reports.patterns import (
    Bunching,
    Concentration,
    measure_bunching,
    measure_concentration,
    typologies_by_week,
)
from analytics.reports.people import parties_to_speak_to, recipients
from analytics.reports.periods import Period
from analytics.reports.quality import Quality, measure_quality
from analytics.reports.spans import at_thresholds, with_ends
from analytics.reports.tables import Store, Tables, data_days, read_tables
from analytics.rulebook import past_the_tables

__all__ = ["Measures", "measure"]


@dataclass(frozen=True)
class Measures:
    """The measures of one period; see the modules they come from.

    Attributes
    ----------
    period : Period
        The days reported on.
    data_days : tuple of date, or None
        First and last day with a shipment.
    tables : Tables
        What they were taken from, for the workbook.
    trend, first_rules, rule_changes :
        The weeks, the daily limits in force on their first day, and those that begin later.
    thresholds :
        What stricter and looser thresholds on who is who leave of the period.
    past_the_tables :
        Which parts of the law tables the period goes past, in sentences.
    cases :
        Of flags that investigators hold, the case with its state.
    """

    period: Period
    data_days: tuple[date, date] | None
    tables: Tables
    headline: Headline
    trend: pl.DataFrame
    thresholds: pl.DataFrame
    first_rules: pl.DataFrame
    rule_changes: pl.DataFrame
    bunching: Bunching | None
    typologies: pl.DataFrame
    concentration: Concentration | None
    parties: pl.DataFrame
    recipients: pl.DataFrame
    recipient_count: int
    evidence: Evidence
    leads: Leads
    owed: Owed
    quality: Quality
    rules: pl.DataFrame
    past_the_tables: list[str]
    cases: Mapping[str, str] = field(default_factory=dict)

    @property
    def daily_rules(self) -> pl.DataFrame:
        """The rules in force that add up one person's day, gifts and baggage left out."""
        return _daily(self.rules)

    @property
    def regimes(self) -> list[str]:
        """Whose law was applied."""
        return sorted(self.rules["regime"].unique())


def measure(store: Store, period: Period, cases: Mapping[str, str] | None = None) -> Measures:
    """Take every measure of a period.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``.
    period : Period
        The days to report on.
    cases : mapping, optional
        Of flags that investigators hold, the case with its state.

    Returns
    -------
    Measures
        What the page and the workbook show.
    """
    tables = read_tables(store)
    trend = with_ends(tables, weekly_trend(tables, period))
    shown, recipient_count = recipients(tables, period)
    span = Period(trend["monday"].min(), period.end) if trend.height else period  # type: ignore[arg-type]
    return Measures(
        period=period,
        data_days=data_days(store),
        tables=tables,
        headline=measure_headline(tables, period),
        trend=trend,
        thresholds=at_thresholds(tables, period),
        first_rules=_daily(rules_in_force(tables, Period(span.start, span.start))),
        rule_changes=_daily(rule_changes(tables, span)),
        bunching=measure_bunching(tables, period),
        typologies=typologies_by_week(tables, period),
        concentration=measure_concentration(tables, period),
        parties=parties_to_speak_to(tables, period),
        recipients=shown,
        recipient_count=recipient_count,
        evidence=measure_evidence(tables, period),
        leads=measure_leads(tables, period),
        owed=measure_owed(store, tables, period),
        quality=measure_quality(tables, period),
        rules=rules_in_force(tables, period),
        past_the_tables=_past_the_tables(store, period),
        cases=cases or {},
    )


def _past_the_tables(store: Store, period: Period) -> list[str]:
    """Say what the period goes past; nothing of a store that was made before the tables told their age."""
    try:
        reviews = store.table("ref_reviews").collect()
    except UnknownTable:
        return []
    return past_the_tables(reviews, period.end)


def _daily(rules: pl.DataFrame) -> pl.DataFrame:
    return rules.filter(pl.col("grouping_key") == "person_day", pl.col("pool") == "standard")
