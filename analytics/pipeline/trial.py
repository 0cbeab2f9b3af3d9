"""The tables of a store made again under other answers, step by step and only where an answer reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.pipeline.lineage import Lineage
from analytics.pipeline.options import Progress
from analytics.pipeline.runner import run_steps

__all__ = ["Trial"]


class Trial:
    """Tables in an engine that are made again where a parameter or a table changes.

    Parameters
    ----------
    engine : Engine
        Holds what is there before the first step (`analytics.pipeline.preview.rehearsed`).
    steps : sequence of Step
        All steps of a screening.
    tables : sequence of str
        What is to be made; only steps that these rest on are run.
    parameters : mapping
        Of the run.
    progress : callable, optional
        Told of each step.
    """

    def __init__(
        self,
        engine: Engine,
        steps: Sequence[Step],
        tables: Sequence[str],
        parameters: Mapping[str, ParameterValue],
        progress: Progress | None = None,
    ) -> None:
        whole = Lineage.of(steps)
        needed = {step.name: step for table in tables for step in whole.upstream(table)}
        self._lineage = Lineage.of(needed.values())
        self._needed = needed
        self._waiting = set(needed)
        self._engine, self._params, self._progress = engine, dict(parameters), progress

    def take(self, parameters: Mapping[str, ParameterValue]) -> None:
        """Take other parameters; the steps that read one that changed, and all after them, wait to be made again."""
        changed = {name for name, value in parameters.items() if self._params[name] != value}
        self._params |= parameters
        self._wait(step.name for step in self._needed.values() if changed & {*step.params})

    def put(self, table: str, frame: pl.DataFrame) -> None:
        """Put a table in place of one that is there; what reads it waits to be made again."""
        self._engine.write(table, frame)
        self._wait(self._lineage.readers.get(table, ()))

    def make(self, table: str) -> pl.DataFrame:
        """Make what waits of a table and of all that it rests on, and return its rows."""
        self._run({step.name for step in self._lineage.upstream(table)})
        return self._engine.frame(table)

    def make_inputs(self, table: str) -> bool:
        """Make what the step of a table reads; returns whether it has to be made again.

        A step whose inputs come out as they were need not be, and neither does what is made of it.
        """
        step = self._lineage.step(table)
        if step.name not in self._waiting:
            return False
        remade = [read for read in step.reads if self._makers_wait(read)]
        is_first = step.name not in self._engine.tables()
        held = {} if is_first else {read: self._rows(read) for read in remade}
        self._run({before.name for before in self._lineage.upstream(table)} - {step.name})
        if not is_first and all(held[read].equals(self._rows(read)) for read in remade):
            self._waiting.discard(step.name)
            return False
        return True

    def _makers_wait(self, table: str) -> bool:
        maker = self._lineage.makers.get(table)
        return maker is not None and maker.name in self._waiting

    def _rows(self, table: str) -> pl.DataFrame:
        frame = self._engine.frame(table)
        return frame.sort(frame.columns) if frame.width else frame

    def _wait(self, names: Iterable[str]) -> None:
        todo = [name for name in names if name in self._needed]
        while todo:
            step = self._needed[todo.pop()]
            if step.name not in self._waiting:
                self._waiting.add(step.name)
                todo += [reader for table in step.writes for reader in self._lineage.readers.get(table, ())]

    def _run(self, names: set[str]) -> None:
        steps = [self._needed[name] for name in sorted(names & self._waiting)]
        if steps:
            run_steps(steps, self._engine, self._params, self._progress)
            self._waiting -= names
