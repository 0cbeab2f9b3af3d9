"""Tables of a store made and shown, with nothing written to the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from analytics.contracts.steps import ParameterValue, Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.engine_choice import engine_of
from analytics.pipeline.given import Given
from analytics.pipeline.lineage import Lineage
from analytics.pipeline.options import Options
from analytics.pipeline.runner import run_steps
from analytics.printing import table
from analytics.rulebook import load_references
from analytics.store import begin, in_force, refit_table

__all__ = ["Preview", "preview", "rehearsed"]


@dataclass(frozen=True, repr=False)
class Preview:
    """First rows of a table.

    Attributes
    ----------
    rows : pl.DataFrame
        The first rows by the grain of the table.
    count : int
        Rows of the whole table.
    steps : int
        Steps that were run to make it.
    """

    rows: pl.DataFrame
    count: int
    steps: int

    def __repr__(self) -> str:
        return f"<Preview: {self.rows.height:,} of {self.count:,} rows, made by {self.steps:,} steps>\n{self.rows}"

    def _repr_html_(self) -> str:
        return table(self.rows.columns, self.rows.rows()) + f"<div>{self.rows.height:,} of {self.count:,} rows</div>"


def preview(options: Options, steps: Sequence[Step], name: str, rows: int, model_version: str) -> Preview:
    """Make one table out of what is in a store, with only the steps that it rests on.

    Parameters
    ----------
    options : Options
        Of the last run of the store (`Options.of_last_run`).
    steps : sequence of Step
        All steps of a screening.
    name : str
        A table that one of them writes.
    rows : int
        Most rows to return.
    model_version : str
        Version of the identity model among the steps.

    Returns
    -------
    Preview

    Raises
    ------
    UsageError
        No step writes the table.
    SplitshipError
        Any other of its kinds; the store stays as it is in any case.
    """
    lineage = Lineage.of(steps)
    step, needed = lineage.step(name), lineage.upstream(name)
    with rehearsed(options, model_version) as (engine, params):
        run_steps(needed, engine, params, options.progress, kept={name})
        frame = engine.frame(name)
    order = [column for column in step.grain if column in frame.columns] or frame.columns
    return Preview(frame.sort(order, nulls_last=True).head(rows), frame.height, len(needed))


@contextmanager
def rehearsed(
    options: Options, model_version: str
) -> Iterator[tuple[DuckDBEngine | SparkEngine, dict[str, ParameterValue]]]:
    """Yield an engine that holds what is in a store before the first step, and the parameters of its last run.

    Parameters
    ----------
    options : Options
        Of the last run of the store.
    model_version : str
        Version of the identity model among the steps.

    Yields
    ------
    tuple
        The engine and the parameters. What is made there is gone afterwards: nothing is written to the store.
    """
    with begin(options.store) as transaction:
        transaction.verify()
        references = load_references(options.rules).for_regime(str(options.parameters["regime"]))
        last = transaction.state.runs[-1]
        refit = refit_table(in_force(options.store, transaction.state, model_version))
        versions = (last.model_version, last.program_version)
        given = Given(options, transaction, references, last.run_id, refit, versions)
        with engine_of(options, transaction.work, given.lines) as engine:
            given.hand_in(engine)
            yield engine, {**options.parameters, "run_id": last.run_id}
