"""Remembers what each step of a chain gave, so that a test that runs again builds only what came out otherwise."""

from __future__ import annotations

import functools
from typing import Any

import polars as pl
import pytest

from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from tests.mutation.mutants import Mutant
from tests.sql.chain import LazyChain

__all__ = ["Memory"]

_OTHERWISE = ("append", "scan", "show", "take", "make", "extend", "rename")
"""What else changes a table: of one that went this way it is not known what it holds."""


class Memory:
    """What steps gave, by the step, its parameters and what the tables held that it read.

    Attributes
    ----------
    wrong : Mutant or None
        The mutant that is at work.
    is_trusted : bool
        Whether what was given before is taken again: not in a test that changes tables behind the engine's back.
    """

    def __init__(self) -> None:
        self.wrong: Mutant | None = None
        self.is_trusted = True
        self._gave: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._holds: dict[str, object] = {}

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between the chain, the engine and the tables for as long as a patch lasts."""
        patch.setattr(LazyChain, "make", _with(LazyChain.make, self._made))
        patch.setattr(DuckDBEngine, "__init__", _with(DuckDBEngine.__init__, self._opened))
        patch.setattr(DuckDBEngine, "write", _with(DuckDBEngine.write, self._written))
        patch.setattr(DuckDBEngine, "drop", _with(DuckDBEngine.drop, self._dropped))
        for name in _OTHERWISE:
            patch.setattr(DuckDBEngine, name, _with(getattr(DuckDBEngine, name), self._changed))

    def forget(self) -> None:
        """Let go of what steps gave: another test begins."""
        self.is_trusted = True
        self._gave.clear()

    def _made(self, make: Any, chain: LazyChain, step: Step) -> None:
        """Make a step, or take what it gave before."""
        raw = chain._raw
        inputs = tuple((read, self._holds.get(read)) for read in step.reads)
        if not self.is_trusted or any(token is None and read in raw.tables() for read, token in inputs):
            make(chain, step)
            return
        text = self.wrong.text if self.wrong is not None and self.wrong.where == step.name else None
        key = (step.name, text, tuple(sorted(chain.params.items())), inputs)
        if key in self._gave:
            for name, table in self._gave[key].items():
                raw.write(name, table)
        else:
            make(chain, step)
            self._gave[key] = {name: raw.read(name) for name in step.writes}
        self._holds.update({name: (hash(key), name) for name in step.writes})

    def _opened(self, make: Any, *given: Any, **named: Any) -> None:
        self._holds.clear()
        make(*given, **named)

    def _written(self, write: Any, engine: DuckDBEngine, table: str, frame: Any) -> None:
        write(engine, table, frame)
        self._holds[table] = _token(frame)

    def _dropped(self, drop: Any, engine: DuckDBEngine, table: str) -> None:
        drop(engine, table)
        self._holds.pop(table, None)

    def _changed(self, change: Any, engine: DuckDBEngine, table: str, *more: Any, **named: Any) -> Any:
        self._holds[table] = None
        return change(engine, table, *more, **named)


def _with(method: Any, instead: Any) -> Any:
    @functools.wraps(method)
    def called(*given: Any, **named: Any) -> Any:
        return instead(method, *given, **named)

    return called


def _token(frame: Any) -> object:
    """What a frame holds, shortly; None where that cannot be told."""
    if not isinstance(frame, pl.DataFrame):
        return None
    try:
        rows = frame.hash_rows().to_list() if frame.height else []
    except pl.exceptions.PolarsError:
        return None
    return hash((tuple((name, str(kind)) for name, kind in frame.schema.items()), tuple(rows)))
