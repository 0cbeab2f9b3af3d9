"""How identities hang together: their sizes, match scores and changes, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.reports.charts import Axis, Chart, Mark, Series
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections.identities import likelihood
from analytics.reports.sections.identity_health.measures import Health, measure_health
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import day
from analytics.wording.identity_health import (
    APART,
    CHANGES,
    JOINED,
    LARGEST,
    LEAD,
    MEANINGS,
    NOTHING,
    THRESHOLDS,
    WAITING,
    changes_text,
    hanging_text,
    scores_text,
    sizes_text,
)

__all__ = ["SECTION", "scores_chart", "sizes_chart"]

_WIDTH = 0.05


def sizes_chart(it: Health) -> Chart:
    """Draw how many identities have so many aliases or more, on two logarithmic scales."""
    sizes, more = it.sizes["aliases"].to_list(), it.sizes["or_more"].to_list()
    alone = int(it.sizes.filter(pl.col("aliases") == 1)["identities"].sum())
    return Chart(
        key="identity_sizes",
        label="Identities by number of aliases",
        text=sizes_text(int(it.sizes["identities"].sum()), alone, it.bridged, sizes[-1]),
        series=(
            Series(
                "line",
                sizes,
                more,
                ACCENT,
                words=[
                    f"{count:,} identities<br>of {size:,} aliases or more"
                    for size, count in zip(sizes, more, strict=True)
                ],
                has_last=True,
            ),
        ),
        across=Axis("whole", title="Aliases of an identity", is_log=True),
        up=Axis("whole", title="Identities with so many or more", is_log=True),
        headings=("Aliases", "Identities", "With so many or more"),
        rows=[[f"{cell:,}" for cell in row] for row in it.sizes.iter_rows()],
        height=280,
        has_legend=False,
    )


def scores_chart(it: Health) -> Chart:
    """Draw the match scores of compared pairs, joined and apart, with the thresholds that were tried."""
    lows = it.scores["low"].to_list()
    tried = dict(it.thresholds.select("standing", "threshold").iter_rows())
    marked = [(name, tried[standing]) for standing, name in THRESHOLDS.items() if standing in tried]
    return Chart(
        key="match_scores",
        label="Match scores of compared pairs",
        text=scores_text(_pairs(it), it.doubtful, marked),
        series=[_score_bars(it, *each) for each in (("apart", APART, QUIET), ("joined", JOINED, ACCENT))],
        across=Axis(title="Match score", ends=(0, 1)),
        up=Axis("whole", title="Pairs of aliases", has_zero=True),
        marks=[Mark(threshold, f"{place}", ALERT, "badge") for place, (_, threshold) in enumerate(marked, start=1)],
        headings=("From", "To", APART, JOINED),
        rows=[
            [f"{low:.2f}", f"{low + _WIDTH:.2f}", f"{apart:,}", f"{joined:,}"]
            for low, apart, joined in zip(lows, it.scores["apart"], it.scores["joined"], strict=True)
        ],
        height=280,
        bars="stack",
    )


def _score_bars(it: Health, column: str, name: str, color: str) -> Series:
    lows, counts = it.scores["low"].to_list(), it.scores[column].to_list()
    return Series(
        "bars",
        [low + _WIDTH / 2 for low in lows],
        counts,
        color,
        name,
        widths=[_WIDTH * 0.92] * len(lows),
        words=[
            f"{low:.2f} to {low + _WIDTH:.2f}<br>{count:,} pairs: {name.lower()}"
            for low, count in zip(lows, counts, strict=True)
        ],
    )


def _pairs(it: Health) -> int:
    return int(it.scores["joined"].sum()) + int(it.scores["apart"].sum())


def _charts(it: Health) -> list[Chart]:
    if it.sizes.is_empty():
        return []
    return [sizes_chart(it), *([scores_chart(it)] if _pairs(it) else [])]


def _tables(it: Health) -> list[Table]:
    if it.sizes.is_empty():
        return []
    largest = [
        [name or identity, f"{aliases:,}", f"{shipments:,}", likelihood(cohesion), likelihood(weakest), f"{bridges:,}"]
        for identity, name, aliases, shipments, cohesion, weakest, bridges in it.largest.iter_rows()
    ]
    runs = [[day(run_day), *(f"{count:,}" for count in counted.values())] for run_day, counted in reversed(it.runs)]
    waiting = [
        ["Pairs in doubt", f"{it.doubtful:,}", f"{it.undecided:,}"],
        [
            f"Flags of this {it.noun} that depend on one match",
            f"{it.of_period.hanging:,}",
            f"{it.of_period.unjudged:,}",
        ],
        ["The same, of the quarter", f"{it.of_quarter.hanging:,}", f"{it.of_quarter.unjudged:,}"],
    ]
    found = [Table(("What", "All", "Nobody has judged"), waiting, WAITING, frozenset({1, 2}), _hanging(it))]
    if runs:
        events = ("Run of", "Created", "Merged", "Split", "Renamed")
        found.append(Table(events, runs, CHANGES, frozenset({1, 2, 3, 4}), _changed(it)))
    if largest:
        columns = ("Consignee", "Aliases", "Shipments", "Cohesion", "Weakest link", "Bridges")
        found.append(Table(columns, largest, LARGEST, frozenset({1, 2, 3, 4, 5})))
    return found


def _hanging(it: Health) -> str:
    both = ((it.noun, it.of_period), ("quarter", it.of_quarter))
    return " ".join(hanging_text(noun, of.flags, of.hanging, of.unjudged) for noun, of in both)


def _changed(it: Health) -> str:
    run_day, events = it.runs[-1]
    return changes_text(run_day, events["created"], events["merged"], events["split"])


def _sheets(it: Health, _: Contents) -> Mapping[str, pl.DataFrame]:
    return {"identity_changes": it.changes.drop_nulls("event")}


SECTION: Section[Health] = Section(
    key="identity_health",
    place=55,
    title="How well identities hold together",
    lead=LEAD,
    measure=measure_health,
    charts=_charts,
    draws={
        "identity_sizes": "identities by number of aliases",
        "match_scores": "match scores of compared pairs, with the thresholds",
    },
    tables=_tables,
    sheets=_sheets,
    meanings=MEANINGS,
    empty=lambda _: NOTHING,
)
