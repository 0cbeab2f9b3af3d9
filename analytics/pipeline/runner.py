"""Runs steps one after the other and proves what each of them promised."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from analytics.contracts.published import PUBLISHED
from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError, SplitshipError, StepFailed, shown_cause
from analytics.pipeline.pace import PUBLISHING, Pace
from analytics.pipeline.pruning import Pruning
from analytics.pipeline.renewal import ALL, SOME, Renewal
from analytics.pipeline.steps import in_order

__all__ = ["CHECK_PREFIX", "StepRecord", "run_checks", "run_steps"]

CHECK_PREFIX = "check_"
_PUBLISHED = frozenset(table.source for table in PUBLISHED.values())
"""Tables that leave the house: proved even where they are only shown, for no table is made of all their rows."""


@dataclass(frozen=True)
class StepRecord:
    """What one step did.

    Attributes
    ----------
    step : str
        Its name.
    rows : int or None
        Rows of the table it made; None where that is only shown, and so was not run by itself.
    seconds : float
        Wall time.
    """

    step: str
    rows: int | None
    seconds: float


def run_steps(
    steps: Iterable[Step],
    engine: Engine,
    params: Mapping[str, ParameterValue],
    progress: Callable[[str, int, int], None] | None = None,
    kept: Container[str] | None = None,
    pace: Pace | None = None,
    renewal: Renewal | None = None,
    pruning: Pruning | None = None,
) -> list[StepRecord]:
    """Run every step in the order its reads demand.

    Parameters
    ----------
    steps : iterable of Step
        SQL models and Python steps alike.
    engine : Engine
        Holds the tables that are given, and will hold those that are made.
    params : mapping
        Every run parameter by name.
    progress : callable, optional
        Called before each step with its name (and what memory it needs that does not spill), how much is done and how
        much there is: steps, or expected time.
    kept : container of str, optional
        Tables that are read after the last step. Of the others each is let go after the last step that reads it, so
        that a run takes no more room than it must; all are kept where not given.
    pace : Pace, optional
        Expected time of each step, and of `analytics.pipeline.pace.PUBLISHING` after the last; each step counts alike
        where not given.
    renewal : Renewal, optional
        Makes of a step only what has changed where it can.
    pruning : Pruning, optional
        Knows the steps that can find nothing, whose tables are made without rows; each is run where not given.

    Returns
    -------
    list of StepRecord
        In the order they ran.

    Raises
    ------
    StepFailed
        A step failed.
    ContractError
        A step did not leave a table it promised, two rows share a grain, or a check found rows.
    """
    ordered = in_order(steps, engine.tables(), pruning.after if pruning else None)
    tables = _Tables(ordered, engine, kept)
    total = pace.of_all([*(step.name for step in ordered), PUBLISHING]) if pace else len(ordered)
    records: list[StepRecord] = []
    done = 0
    for step in ordered:
        if progress is not None:
            progress(_said(step, engine), done, total)
        done += pace.of(step.name) if pace else 1
        records.append(_run_one(step, engine, params, renewal, pruning))
        tables.let_go_after(step)
    if progress is not None and pace:
        progress(PUBLISHING, done, total)
    return records


def _said(step: Step, engine: Engine) -> str:
    """Name a step, with what memory it needs that does not spill."""
    return step.name if step.needs is None else f"{step.name.replace('_', ' ')}: {step.needs(engine)}"


class _Tables:
    """Knows who reads each table still to come, and lets it go after the last."""

    def __init__(self, steps: list[Step], engine: Engine, kept: Container[str] | None) -> None:
        self._readers = Counter(table for step in steps for table in step.reads)
        self._shown = {step.name: step.reads for step in steps if step.is_shown}
        self._engine, self._kept = engine, kept

    def let_go_after(self, step: Step) -> None:
        """Drop what this step was the last to read, and what it wrote for nobody; what is shown reads on."""
        if self._kept is None:
            return
        read = () if step.is_shown else step.reads
        self._readers.subtract(read)
        for table in (*read, *step.writes):
            self._let_go(table)

    def _let_go(self, table: str) -> None:
        if self._kept is None or self._readers[table] or table in self._kept:
            return
        self._engine.drop(table)
        shown = self._shown.get(table, ())
        self._readers.subtract(shown)
        for each in shown:
            self._let_go(each)


def _run_one(
    step: Step,
    engine: Engine,
    params: Mapping[str, ParameterValue],
    renewal: Renewal | None,
    pruning: Pruning | None,
) -> StepRecord:
    started = time.perf_counter()
    is_needless = pruning is not None and pruning.applies(step, engine)
    how_made = step.empty if is_needless and step.empty is not None else step.build
    build = partial(how_made, engine, {name: params[name] for name in step.params})
    how = ALL
    try:
        with engine.making_room() if step.needs is not None else nullcontext():
            if renewal is None:
                build()
            else:
                how = renewal.make(step, build)
    except (SplitshipError, KeyboardInterrupt):
        raise
    except Exception as error:
        kind = type(error).__name__
        raise StepFailed(
            f"step {step.name} failed with {kind}. Set SPLITSHIP_DEBUG=1 and run again to see where."
        ) from shown_cause(error)
    absent = sorted(set(step.writes) - engine.tables())
    if absent:
        raise ContractError(
            f"step {step.name} ended without writing {absent[0]}. Mend the step or what it says it writes."
        )
    is_run = not step.is_shown or step.name in _PUBLISHED
    if is_run and (how == ALL or (how == SOME and not {*step.by} <= {*step.grain})):
        engine.prove_grain(step.name, step.grain)
    rows = engine.count(step.name) if is_run else None
    return StepRecord(step.name, rows, round(time.perf_counter() - started, 3))


def run_checks(engine: DuckDBEngine) -> None:
    """Raise where a check model (rows that must not exist) holds rows.

    Raises
    ------
    ContractError
        Names the check, how many rows it found and the first of them.
    """
    for table in sorted(name for name in engine.tables() if name.startswith(CHECK_PREFIX)):
        found = engine.count(table)
        if found:
            raise ContractError(
                f"{table} found {found:,} rows that must not exist. The store is left as it was; "
                f"the first is {_first(engine, table)}. Report it with the input that brought it about."
            )


def _first(engine: DuckDBEngine, table: str) -> str:
    """Name the first offender by its first column, which is an id and never a name."""
    column = engine.connection.execute(f'describe "{table}"').fetchall()[0][0]
    value = engine.connection.execute(f'select min("{column}") from "{table}"').fetchall()[0][0]
    return f"{column} = {value}"
