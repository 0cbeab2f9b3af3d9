"""How identities hang together: sizes, scores, changes, flags that depend on one match, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from analytics.days import day_of_event
from analytics.errors import UnknownTable
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.tables import Store, Tables

__all__ = ["Hanging", "Health", "measure_health"]

_LARGEST, _RUNS = 10, 8
_BINS = 20
_PAIR = ("alias_id_l", "alias_id_r")
_EVENTS = ("created", "merged", "split", "renamed")
_DECIDED = ("kept", "waiting")


@dataclass(frozen=True)
class Hanging:
    """Flags that would not stand without one match.

    Attributes
    ----------
    flags : int
        Flags that rest on who the consignee is.
    hanging, unjudged : int
        Those that depend on one match, and those of them whose match nobody has judged.
    """

    flags: int
    hanging: int
    unjudged: int


@dataclass(frozen=True)
class Health:
    """How identities hang together.

    Attributes
    ----------
    sizes : polars.DataFrame
        ``aliases`` and how many ``identities`` have exactly so many, and ``or_more``.
    bridged : int
        Identities of two aliases or more that fall in two without one link.
    largest : polars.DataFrame
        The ten with most aliases: ``identity_id``, ``display_name``, ``aliases``, ``shipments``, ``cohesion``,
        ``weakest_link``, ``bridges``.
    scores : polars.DataFrame
        Match scores in twenty bins: ``low``, ``joined`` pairs and ``apart`` ones.
    thresholds : polars.DataFrame
        The identity thresholds that were tried: ``threshold``, ``standing``.
    doubtful, undecided : int
        Pairs between the loosest and the strictest of them, and those of them that nobody has judged.
    changes : polars.DataFrame
        By run, the last eight: ``run_id``, ``run_day``, ``event``, ``cause``, ``identities``.
    runs : list of tuple of date and dict
        The same runs: day, and how many identities met each event.
    of_period, of_quarter : Hanging
        Flags that depend on one match.
    noun : str
        What the period is called.
    """

    sizes: pl.DataFrame
    bridged: int
    largest: pl.DataFrame
    scores: pl.DataFrame
    thresholds: pl.DataFrame
    doubtful: int
    undecided: int
    changes: pl.DataFrame
    runs: list[tuple[date, dict[str, int]]]
    of_period: Hanging
    of_quarter: Hanging
    noun: str


def measure_health(contents: Contents) -> Health:
    """Measure the identities of the store, and the flags of period and quarter that rest on them.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables, store, period = contents.tables, contents.store, contents.period
    judged = _judged(store)
    doubtful, undecided = _in_doubt(tables, judged)
    changes = _changes(store, tables.runs)
    return Health(
        sizes=_sizes(tables),
        bridged=tables.identities.filter(pl.col("bridges") > 0).select(pl.len()).collect().item(),
        largest=_largest(tables),
        scores=_scores(tables),
        thresholds=tables.identity_thresholds.select("threshold", "standing"),
        doubtful=doubtful,
        undecided=undecided,
        changes=changes,
        runs=_by_run(changes),
        of_period=_hanging(store, tables, period, judged),
        of_quarter=_hanging(store, tables, period.quarter, judged),
        noun=period.noun,
    )


def _sizes(tables: Tables) -> pl.DataFrame:
    counted = tables.identities.group_by("aliases").agg(identities=pl.len().cast(pl.Int64)).collect().sort("aliases")
    return counted.with_columns(or_more=pl.col("identities").cum_sum(reverse=True))


def _largest(tables: Tables) -> pl.DataFrame:
    columns = ("identity_id", "display_name", "aliases", "shipments", "cohesion", "weakest_link", "bridges")
    ranked = tables.identities.filter(pl.col("aliases") > 1).select(columns)
    return ranked.sort("aliases", "shipments", "identity_id", descending=[True, True, False]).head(_LARGEST).collect()


def _scores(tables: Tables) -> pl.DataFrame:
    """Count match scores in bins that exclude their upper edge; 1 is in the last."""
    place = (pl.col("probability") * _BINS).floor().clip(0, _BINS - 1).cast(pl.Int64)
    counts = tables.links.group_by(place=place).agg(
        joined=pl.col("is_joined").sum().cast(pl.Int64), apart=(~pl.col("is_joined")).sum().cast(pl.Int64)
    )
    bins = pl.DataFrame({"place": range(_BINS)}, schema={"place": pl.Int64})
    both = bins.join(counts.collect(), on="place", how="left", maintain_order="left")
    return both.select((pl.col("place") / _BINS).round(2).alias("low"), pl.col("joined", "apart").fill_null(0))


def _judged(store: Store) -> pl.DataFrame:
    """Return the pairs of which a person has said whether they are one consignee."""
    try:
        said = store.table("judgements").filter(pl.col("outcome").is_in(_DECIDED)).select(_PAIR)
    except UnknownTable:
        return pl.DataFrame(schema=dict.fromkeys(_PAIR, pl.String))
    return said.unique().collect()


def _in_doubt(tables: Tables, judged: pl.DataFrame) -> tuple[int, int]:
    """Count the pairs between the loosest and the strictest threshold, and those of them that nobody has judged."""
    tried = dict(tables.identity_thresholds.select("standing", "threshold").iter_rows())
    if "high" not in tried or "low" not in tried:
        return (0, 0)
    doubtful = tables.links.filter(pl.col("probability").is_between(tried["high"], tried["low"], closed="left"))
    pairs = doubtful.select(_PAIR)
    every = pairs.select(pl.len()).collect().item()
    return (every, pairs.join(judged.lazy(), on=_PAIR, how="anti").select(pl.len()).collect().item())


def _changes(store: Store, runs: pl.DataFrame) -> pl.DataFrame:
    days = [(run, day_of_event(str(at))) for run, at in
            runs.sort("finished_at", "run_id").select("run_id", "finished_at").tail(_RUNS).iter_rows()]  # fmt: skip
    last = pl.DataFrame(days, schema={"run_id": pl.String, "run_day": pl.Date}, orient="row").with_row_index("number")
    found = store.table("identity_changes").group_by("run_id", "event", "cause").agg(identities=pl.len().cast(pl.Int64))
    joined = last.join(found.collect(), on="run_id", how="left")
    return joined.sort("number", "event", "cause").drop("number")


def _by_run(changes: pl.DataFrame) -> list[tuple[date, dict[str, int]]]:
    found = []
    for (_, run_day), rows in changes.group_by("run_id", "run_day", maintain_order=True):
        counted = {event: int(rows.filter(pl.col("event") == event)["identities"].sum()) for event in _EVENTS}
        found.append((run_day, counted))
    return found


def _hanging(store: Store, tables: Tables, period: Period, judged: pl.DataFrame) -> Hanging:
    flags = tables.flags.filter(period.holds("window_end"), pl.col("is_plain_to_see").is_not_null()).select("flag_id")
    try:
        cuts = store.table("flag_cuts").filter(pl.col("cut") == "link").select("flag_id", *_PAIR)
    except UnknownTable:
        return Hanging(flags.height, 0, 0)
    hanging = cuts.join(flags.lazy(), on="flag_id", how="semi").collect()
    return Hanging(flags.height, hanging.height, hanging.join(judged, on=_PAIR, how="anti").height)
