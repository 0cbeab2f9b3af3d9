"""What changed between two runs of a store, or between two stores: flags, identities and the value at issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.errors import UsageError, did_you_mean
from analytics.notebook.identity_moves import identity_moves
from analytics.printing import table
from analytics.reports.headline import value_at_issue
from analytics.reports.sections.page_one.moved import counted_changes, revised_by_cause
from analytics.reports.tables import Tables, read_tables
from analytics.reports.waterfall import HEADINGS, step_rows, waterfall
from analytics.store import Store
from analytics.store.settings import differences
from analytics.wording.moves import Step, cause_title

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Comparison", "compare"]

_FLAG = ("flag_id", "typology", "change", "cause", "usd_change", "window_end")
_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(_FLAG[:4], pl.String), "usd_change": pl.Decimal(18, 2), "window_end": pl.Date,
}  # fmt: skip
_NAMES = {"appeared": "new", "gone": "gone", "changed": "changed"}
_NONE = Decimal(0)


@dataclass(frozen=True)
class Comparison:
    """What changed, from the earlier run or store to the later one.

    Attributes
    ----------
    flags : polars.DataFrame
        The flags that totals count and that are not as they were: ``flag_id``, ``typology``, ``change`` (new, gone,
        changed, or moved: it rests on shipments of a flag that is gone), ``cause`` (of two runs of one store),
        ``usd_change``, ``window_end``.
    identities : polars.DataFrame
        Identities that merged or split: ``event``, ``identity_id``, ``others``, ``cause``.
    settings : polars.DataFrame
        What differs between the runs behind: ``setting``, ``before``, ``now``.
    totals : polars.DataFrame
        The waterfall: ``step``, ``flags``, ``value_usd``, ``is_total``.
    steps : tuple
        The same, to draw.
    titles : tuple of str
        Names of the steps.
    """

    flags: pl.DataFrame
    identities: pl.DataFrame
    settings: pl.DataFrame
    steps: tuple[Step, ...]
    titles: tuple[str, ...]

    @property
    def totals(self) -> pl.DataFrame:
        """The waterfall as a frame: ``step``, ``flags``, ``value_usd``, ``is_total``."""
        rows = [(name, step.flags, step.usd, step.is_total) for name, step in zip(self.titles, self.steps, strict=True)]
        schema: dict[str, Any] = {
            "step": pl.String,
            "flags": pl.Int64,
            "value_usd": pl.Decimal(18, 2),
            "is_total": pl.Boolean,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")

    @property
    def figure(self) -> go.Figure:
        """Waterfall of the value at issue, from before to now."""
        from analytics.reports.drawn import plotly_figure

        label = "Value at issue, before and now"
        return plotly_figure(waterfall(self.titles, self.steps, key="compared", label=label, text=str(self)))

    def _counts(self) -> dict[str, int]:
        return {
            name: self.flags.filter(pl.col("change") == name).height for name in ("new", "gone", "changed", "moved")
        }

    def __str__(self) -> str:
        rows = step_rows(self.titles, self.steps)
        width = max(len(row[0]) for row in rows)
        lines = [f"{name:<{width}}  {flags:>8} flags  {usd:>14}" for name, flags, usd in rows]
        events = self.identities["event"].to_list()
        merged, split = events.count("merged"), events.count("split")
        differ = [f"{row['setting']}: {row['before']} -> {row['now']}" for row in self.settings.iter_rows(named=True)]
        return "\n".join([*lines, f"identities: {merged:,} merged, {split:,} split", *differ])

    def __repr__(self) -> str:
        said = ", ".join(f"{count:,} {name}" for name, count in self._counts().items())
        return f"<Comparison: flags {said}; identities {self.identities.height:,} merged or split>"

    def _repr_html_(self) -> str:
        return table(HEADINGS, step_rows(self.titles, self.steps)) + table(
            ("Flags", "Count"), list(self._counts().items())
        )


def compare(store: Store, other: Store | str | Path) -> Comparison:
    """Hold a store against what it was after an earlier run, or against another store.

    Parameters
    ----------
    store : Store
        The later one.
    other : Store, str or Path
        What it is compared with: an opened store or its folder; or a run_id of this store.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        It is no run of this store, and no folder.
    StoreMissing
        Nothing has been screened into that folder.
    """
    if isinstance(other, Store):
        return _of_stores(other, store)
    runs = [run.run_id for run in store.state.runs]
    if str(other) in runs:
        return _of_runs(store, runs.index(str(other)))
    if not Path(other).exists():
        hint = did_you_mean(str(other), runs) or "List the runs: splitship export runs"
        raise UsageError(f"{str(other)!r} is no run of {store.root} and no folder. {hint}")
    return _of_stores(Store(other), store)


def _of_runs(store: Store, place: int) -> Comparison:
    """Add up what later runs changed, by cause."""
    tables = read_tables(store)
    later = [run.run_id for run in store.state.runs[place + 1 :]]
    changes = counted_changes(store, tables).filter(pl.col("run_id").is_in(later))
    now = _total("now", tables, tables.flags)
    revised = list(revised_by_cause(tables, changes))
    flags, usd = sum(step.flags for step in revised), sum((step.usd for step in revised), _NONE)
    before = Step("before", "", "", now.flags - flags, now.usd - usd)
    titles = ("Before", *(cause_title(step.cause) for step in revised), "Now")
    named = changes.with_columns(change=pl.col("change").replace(_NAMES)).select(_FLAG).sort("typology", "flag_id")
    moves = store.table("identity_changes").filter(
        pl.col("run_id").is_in(later), pl.col("event").is_in(["merged", "split"])
    )
    merged = moves.select("event", "identity_id", pl.col("from_ids").alias("others"), "cause").collect()
    first, last = store.state.runs[place], store.state.runs[-1]
    return Comparison(named, merged, differences(first, last), (before, *revised, now), titles)


def _of_stores(before: Store, now: Store) -> Comparison:
    old, new = read_tables(before), read_tables(now)
    flags = _changes_of_flags(old, new)
    steps = tuple(_steps(old, new, flags))
    titles = ("Before", "Gone", "Changed or moved", "New", "Now")
    moves = identity_moves(before, now)
    return Comparison(flags, moves, differences(before.last_run, now.last_run), steps, titles)


def _changes_of_flags(old: Tables, new: Tables) -> pl.DataFrame:
    """Return the flags that are not as they were, each with what it is worth more or less."""
    columns = ["flag_id", "typology", "total_usd", "shipments", "strength", "base_usd", "window_end"]
    was, is_now = old.flags.select(columns), new.flags.select(columns)
    both = was.join(is_now, on="flag_id", suffix="_now")
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in ("total_usd", "shipments", "strength", "base_usd")
    )
    value = pl.col("base_usd_now") - pl.col("base_usd")
    changed = both.filter(differs).select(
        "flag_id", "typology", change=pl.lit("changed"), usd_change=value, window_end="window_end_now"
    )
    gone, fresh = was.join(is_now, on="flag_id", how="anti"), is_now.join(was, on="flag_id", how="anti")
    moved = _moved(gone, fresh, old.flagged, new.flagged)
    parts = [
        changed,
        _alone(gone.join(moved, left_on="flag_id", right_on="was", how="anti"), "gone", -pl.col("base_usd")),
        _alone(fresh.join(moved, on="flag_id", how="anti"), "new", pl.col("base_usd")),
        fresh.join(moved, on="flag_id").join(gone.select(was="flag_id", then="base_usd"), on="was").select(
            "flag_id", "typology", change=pl.lit("moved"), usd_change=pl.col("base_usd") - pl.col("then"),
            window_end="window_end",
        ),
    ]  # fmt: skip
    whole = pl.concat([part.cast({"usd_change": pl.Decimal(18, 2)}) for part in parts])
    return whole.with_columns(cause=pl.lit(None, pl.String)).select(_FLAG).sort("change", "typology", "flag_id")


def _alone(flags: pl.DataFrame, change: str, value: pl.Expr) -> pl.DataFrame:
    return flags.select("flag_id", "typology", change=pl.lit(change), usd_change=value, window_end="window_end")


def _moved(gone: pl.DataFrame, fresh: pl.DataFrame, then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Pair a new flag with a flag of its typology that is gone and shares shipments with it, each once."""
    lots = [
        flags.select("flag_id", "typology").join(lots.select("flag_id", "shipment_uid"), on="flag_id")
        for flags, lots in ((fresh, now), (gone, then))
    ]
    shared = lots[0].join(lots[1].rename({"flag_id": "was"}), on=["typology", "shipment_uid"])
    ranked = shared.group_by("flag_id", "was").agg(size=pl.len())
    ranked = ranked.sort("size", "flag_id", "was", descending=[True, False, False])
    return (
        ranked.unique("flag_id", keep="first", maintain_order=True).unique("was", keep="first").select("flag_id", "was")
    )


def _steps(old: Tables, new: Tables, flags: pl.DataFrame) -> Iterator[Step]:
    """Yield the steps from the total before to the one now; each is what it adds to those before it."""
    named = {name: flags.filter(pl.col("change") == name) for name in ("gone", "new")}
    stayed = old.flags.join(named["gone"], on="flag_id", how="anti")
    known = new.flags.join(named["new"], on="flag_id", how="anti")
    before, now = _total("before", old, old.flags), _total("now", new, new.flags)
    kept, held = _total("before", old, stayed), _total("now", new, known)
    yield before
    yield from (_step("gone", before, kept), _step("others", kept, held), _step("new", held, now))
    yield now


def _step(key: str, one: Step, other: Step) -> Step:
    return Step(key, "", "", other.flags - one.flags, other.usd - one.usd)


def _total(key: str, tables: Tables, flags: pl.DataFrame) -> Step:
    return Step(key, "", "", flags.height, value_at_issue(flags, tables.flagged).base)
