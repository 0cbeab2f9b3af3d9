"""Views that have to be tables where tables are kept for the next run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.duckdb_text import quoted

__all__ = ["kept_apart"]

_COPIED = "copied__"


def kept_apart(steps: Iterable[Step]) -> list[Step]:
    """Make tables of those views whose rows hang together otherwise than the rows of a reader.

    A reader is recomputed for what has changed of what it reads. Of a view that goes by the same columns this is told
    by what the view reads; of another only by its own rows before and now, so that these are kept.
    """
    steps = list(steps)
    readers: dict[str, set[tuple[str, ...]]] = {}
    for step in steps:
        for table in step.reads:
            readers.setdefault(table, set()).add(step.by)
    return [
        replace(step, is_shown=False, build=partial(_build, step))
        if step.is_shown and readers.get(step.name, set()) - {step.by, ()}
        else step
        for step in steps
    ]


def _build(step: Step, engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    """Make the view of a step, and a table of that."""
    step.build(engine, params)
    if isinstance(engine, DuckDBEngine):
        engine.make(_COPIED + step.name, f"select * from {quoted(step.name)}")
        engine.drop(step.name)
        engine.rename(_COPIED + step.name, step.name)
