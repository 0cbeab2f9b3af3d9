"""What changed since the last report, from the runs of the store: the same whenever it is asked of the same store."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import polars as pl

from analytics.errors import UnknownTable
from analytics.reports.captions import file_name
from analytics.reports.mailing import read_manifest
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.reports.tables import is_lead
from analytics.showing import one_line
from analytics.store import RunRecord, Store
from analytics.wording.moves import moved_sentences
from analytics.wording.news import News
from analytics.wording.weekly import Changes, Earlier, Figures, ReadFile

__all__ = ["last_printed", "measure_changes"]

_COUNTED = ("window_end", "change", "flag_id", "usd_change", "cause")


def last_printed(out: Path, store: Store) -> str:
    """Return the run of the report that was written last into a folder of weeks; empty where there is none.

    Parameters
    ----------
    out : Path
        Where the folders of weeks are.
    store : Store
        Whose runs count.
    """
    places = {run.run_id: place for place, run in enumerate(store.state.runs)}
    manifests = (read_manifest(folder) for folder in sorted(out.glob("*-W*")))
    runs = (str(told.get("run_id")) for told in manifests if told is not None)
    return max((run for run in runs if run in places), key=places.__getitem__, default="")


def _figures(contents: Contents) -> Figures:
    page = contents.of(PAGE_ONE)
    owing = page.owing
    return Figures(
        flags=page.week.flags,
        flags_before=page.week.flags_before,
        value_usd=page.value.base,
        low_usd=owing.low,
        base_usd=owing.base,
        high_usd=owing.high,
        is_open=owing.unknown_flags > 0,
        has_data=bool(page.week.shipments or page.week.flags),
    )


def measure_changes(contents: Contents, store: Store, since: str) -> Changes:
    """Take what changed since a run.

    Parameters
    ----------
    contents : Contents
        The report of the week.
    store : Store
        The store it is made from.
    since : str
        The run of the last report; all runs where it is empty.
    """
    page, period = contents.of(PAGE_ONE), contents.period
    runs = _runs_after(store, since)
    flags = contents.tables.flags.filter(period.holds("window_end"))
    return Changes(
        week=period.label,
        start=period.start,
        end=period.end,
        run_id=store.last_run.run_id,
        since=since,
        figures=_figures(contents),
        moved=moved_sentences(page.moved),
        kinds=[(_titled(kind), kind.flags, kind.usd) for kind in page.kinds],
        earlier=list(_earlier(contents, store, [run.run_id for run in runs])),
        read=list(_read(runs)),
        in_cases=sum(flag in contents.cases for flag in flags["flag_id"]),
    )


def _titled(kind: News) -> str:
    name = kind.noun[0] if kind.flags == 1 else kind.noun[1]
    return name[:1].upper() + name[1:]


def _runs_after(store: Store, since: str) -> list[RunRecord]:
    runs = store.state.runs
    places = [place for place, run in enumerate(runs) if run.run_id == since]
    return runs[places[0] + 1 :] if places else list(runs)


def _read(runs: list[RunRecord]) -> Iterator[ReadFile]:
    for run in runs:
        for item in run.inputs:
            if item.skipped is None:
                name = one_line(file_name(item.path))
                yield ReadFile(name, item.read, item.accepted, item.rejected, item.repeated)


def _earlier(contents: Contents, store: Store, runs: list[str]) -> Iterator[Earlier]:
    """Yield by week what runs changed of the flags that totals count before the week of the report."""
    try:
        changes = store.table("run_changes").collect()
    except UnknownTable:
        return
    if "window_end" not in changes.columns:
        return  # a store of an earlier version
    before = changes.filter(
        pl.col("run_id").is_in(runs),
        pl.col("window_end") < contents.period.start,
        ~is_lead(contents.tables.typologies),
    ).select(_COUNTED)
    by_week = before.sort("window_end", "flag_id").group_by(pl.col("window_end").dt.truncate("1w"), maintain_order=True)
    for (monday,), rows in by_week:
        count = {name: rows.filter(pl.col("change") == name)["flag_id"].n_unique() for name in rows["change"].unique()}
        yield Earlier(
            week=Period.of_week(monday).label,
            appeared=count.get("appeared", 0),
            gone=count.get("gone", 0),
            changed=count.get("changed", 0),
            usd=Decimal(rows["usd_change"].sum() or 0),
            causes=tuple(sorted(set(rows["cause"]))),
        )
