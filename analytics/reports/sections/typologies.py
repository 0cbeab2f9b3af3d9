"""Which kinds of flag there are, week by week, and which were not tested."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section
from analytics.reports.spans import mondays_with_data
from analytics.reports.tables import Tables
from analytics.reports.theme import colour_of
from analytics.reports.wording import day, name_of

__all__ = [
    "SECTION",
    "Kinds",
    "measure_kinds",
    "typologies_by_week",
    "typologies_chart",
    "typologies_text",
    "typology_names",
    "typology_rows",
    "untested_typologies",
]

OTHER_KINDS = "other_kinds"
_DRAWN_KINDS = 5


@dataclass(frozen=True)
class Kinds:
    """The kinds of flag of the quarter that put a value at issue.

    Attributes
    ----------
    weeks : polars.DataFrame
        ``monday``, ``typology``, ``flags``.
    untested : polars.DataFrame
        Rows of ``typology_status`` of those that were not tested.
    """

    weeks: pl.DataFrame
    untested: pl.DataFrame


def measure_kinds(contents: Contents) -> Kinds:
    """Count the flags of the quarter by week and kind.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables = contents.tables
    return Kinds(weeks=typologies_by_week(tables, contents.period), untested=untested_typologies(tables))


def typologies_by_week(tables: Tables, period: Period) -> pl.DataFrame:
    """Count ``flags`` for each ``monday`` of the quarter and each ``typology`` tested that puts a value at issue."""
    quarter = period.quarter
    tested = tables.status_at_issue.filter(pl.col("tested") == "yes").select("typology")
    counts = (
        tables.flags.filter(quarter.holds("window_end"))
        .group_by(monday=pl.col("window_end").dt.truncate("1w"), typology="typology")
        .agg(flags=pl.len().cast(pl.Int64))
    )
    names = pl.concat([tested, counts.select("typology")]).unique()
    grid = pl.DataFrame({"monday": mondays_with_data(tables, quarter)}, schema={"monday": pl.Date}).join(
        names, how="cross"
    )
    return (
        grid.join(counts, on=["monday", "typology"], how="left")
        .with_columns(pl.col("flags").fill_null(0))
        .sort("typology", "monday")
    )


def untested_typologies(tables: Tables) -> pl.DataFrame:
    """Return the rows of ``typology_status`` of kinds that put a value at issue and were not tested."""
    return tables.status_at_issue.filter(pl.col("tested") != "yes")


def typologies_text(kinds: Kinds) -> str:
    """Say what was flagged how often in the quarter, and what was not tested."""
    totals = (
        kinds.weeks.group_by("typology").agg(pl.col("flags").sum()).sort("flags", "typology", descending=[True, False])
    )
    parts = [f"{name_of(name)} {count:,}" for name, count in totals.iter_rows()]
    said = [f"{name_of(row['typology'])}: {row['tested']}" for row in kinds.untested.iter_rows(named=True)]
    text = f"Flags of the last quarter: {', '.join(parts)}." if parts else "No flag in the last quarter."
    return f"{text} {'; '.join(said)}." if said else f"{text} Every kind that puts a value at issue was tested."


def typology_names(kinds: Kinds) -> list[str]:
    """Return the kinds of flag that the chart shows, in its order."""
    return [name_of(name) for name in kinds.weeks["typology"].unique(maintain_order=True)]


def typology_rows(kinds: Kinds) -> list[list[str]]:
    """Return one row a week, one column a kind of flag."""
    weeks = kinds.weeks.group_by("monday", maintain_order=True).agg("flags")
    return [[day(monday), *(f"{count:,}" for count in counts)] for monday, counts in weeks.iter_rows()]


def typologies_chart(kinds: Kinds) -> Chart:
    """Draw flags by week, stacked by typology; of many kinds the less frequent ones are one."""
    weeks = [str(monday) for monday in kinds.weeks["monday"].unique().sort()]
    by_kind = _drawn(kinds.weeks).group_by("typology", maintain_order=True)
    return Chart(
        key="typologies",
        label="Flags by week and kind",
        text=typologies_text(kinds),
        series=[_bars(str(typology), rows, place) for place, ((typology,), rows) in enumerate(by_kind)],
        across=Axis("week", ticks=weeks),
        up=Axis("whole"),
        headings=["Week of", *typology_names(kinds)],
        rows=typology_rows(kinds),
        bars="stack",
        gap=0.3,
    )


def _bars(typology: str, rows: pl.DataFrame, place: int) -> Series:
    name = name_of(typology)
    return Series(
        "bars",
        [str(monday) for monday in rows["monday"]],
        rows["flags"].to_list(),
        colour_of(typology, place),
        name,
        hover="%{y:,} flags, week of %{x|%-d %b %Y}<extra>" + name + "</extra>",
        outline="#ffffff",
    )


def _drawn(typologies: pl.DataFrame) -> pl.DataFrame:
    """Leave out kinds without a flag, and put together those beyond the most frequent."""
    totals = typologies.group_by("typology").agg(pl.col("flags").sum()).filter(pl.col("flags") > 0)
    kept = totals.sort("flags", "typology", descending=[True, False])["typology"]
    few = kept[: _DRAWN_KINDS if len(kept) <= _DRAWN_KINDS else _DRAWN_KINDS - 1]
    named = pl.when(pl.col("typology").is_in(few.implode())).then("typology").otherwise(pl.lit(OTHER_KINDS))
    shown = typologies.filter(pl.col("typology").is_in(kept.implode())).with_columns(typology=named)
    is_other = pl.col("typology") == OTHER_KINDS
    return shown.group_by("typology", "monday").agg(pl.col("flags").sum()).sort(is_other, "typology", "monday")


SECTION = Section(
    key="typologies",
    place=30,
    title="Indicators by kind",
    lead="Flags of the last thirteen weeks by the week of their last day.",
    measure=measure_kinds,
    charts=lambda it: (typologies_chart(it),) if it.weeks.height else (),
    draws={"typologies": "flags by week and typology"},
    empty=typologies_text,
    is_half=True,
)
