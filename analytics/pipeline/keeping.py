"""Whether a run keeps its tables in between for the next, and whether it may use those of the runs before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from analytics.contracts.steps import Step
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.functions import macros
from analytics.engines.models import load_models
from analytics.engines.spark_engine import SparkEngine
from analytics.pipeline.apart import kept_apart
from analytics.pipeline.options import Options
from analytics.pipeline.renewal import Files, Renewal
from analytics.store import Transaction

__all__ = ["Keeping"]

MOST_ADDITIONS = 8
"""Runs that add to kept tables before a run makes all of them anew, in one go."""


@dataclass(frozen=True)
class Keeping:
    """What a run does about tables in between.

    Attributes
    ----------
    steps : sequence of Step
        All steps of the run.
    keeps : bool
        Whether it keeps them.
    folders : list of Path
        What runs before kept and this one may use, oldest first.
    under : str or None
        Digest of the steps, where it keeps.
    """

    steps: Sequence[Step]
    keeps: bool
    folders: list[Path]
    under: str | None

    @classmethod
    def of(cls, options: Options, transaction: Transaction, steps: Sequence[Step], basis: str) -> Self:
        """Tell from the call and the store; what was kept counts under the same rules, settings and steps only."""
        state = transaction.state
        keeps = options.engine == "duckdb" and (bool(state.kept) if options.keep is None else options.keep)
        if not keeps:
            return cls(steps, False, [], None)
        under, steps = _digest(steps), kept_apart(steps)
        counts = state.basis == basis and state.kept_under == under and len(state.kept) <= MOST_ADDITIONS
        return cls(steps, True, transaction.kept_folders() if counts else [], under)

    @property
    def adds(self) -> bool:
        """Whether what runs before kept still counts."""
        return bool(self.folders)

    def renewal(self, engine: DuckDBEngine | SparkEngine, given: Mapping[str, Files]) -> Renewal | None:
        """Return what makes the steps where tables are kept."""
        if not self.keeps or not isinstance(engine, DuckDBEngine):
            return None
        return Renewal(engine, self.steps, self.folders, given)

    def kept(self, renewal: Renewal | None, transaction: Transaction) -> dict[str, object]:
        """Keep what the next run needs; return how many steps were made in which way."""
        if renewal is None:
            return {}
        renewal.keep(transaction.folder("kept"))
        return {"made": dict(sorted(renewal.made.items()))}


def _digest(steps: Sequence[Step]) -> str:
    """Digest of the steps: what they are made by, and by what their rows hang together."""
    models = load_models()
    parts = [f"{step.name} {step.by} {models[step.name].sql if step.name in models else ''}" for step in steps]
    return hashlib.sha256("\n".join([*sorted(parts), *macros()]).encode()).hexdigest()
