"""Tells which models need not run: there is nothing in the data that they could find, or nobody asks for their rows.

The columns that each typology needs are rows of the registry, and whether the shipments of a period hold any of them is
known before a typology is tested (`int_typologies__matched_to_fields`). Where none does, no shipment is one of it
(``int_members__NAME``), and what leads to it alone is read by nobody. Such a table is made without rows.
See `docs/decisions/0054-models-that-can-find-nothing.md`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import polars as pl

from analytics.contracts.steps import Engine, Step
from analytics.pipeline.lineage import Lineage

__all__ = ["Pruning"]

_KNOWN, _REGISTRY = "int_typologies__matched_to_fields", "ref_typologies"
"""One row a typology: what of the columns that it needs no shipment holds."""
_MEMBERS = "int_members__"


class Pruning:
    """Finds the steps whose tables are made without rows.

    Parameters
    ----------
    steps : iterable of Step
        All steps of the run.
    whole : container of str
        Tables that are read after the last step or by the next run: these are made whatever is known.
    """

    def __init__(self, steps: Iterable[Step], whole: Container[str]) -> None:
        self._lineage = lineage = Lineage.of(steps)
        first = {step.name for step in lineage.upstream(_KNOWN)} if _KNOWN in lineage.makers else set()
        self._steps = {
            step.name: step
            for step in lineage.makers.values()
            if step.empty is not None and step.name not in first and step.name not in whole
        }
        self._found: frozenset[str] | None = None if first else frozenset()

    @property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """Which table has to be there before a step, beside those it reads, since it tells whether it has to run."""
        every = self._needless({step.typology for step in self._steps.values()})
        return {
            name: (*((_KNOWN,) if name in every else ()), *((step.only_with,) if step.only_with else ()))
            for name, step in self._steps.items()
            if name in every or step.only_with
        }

    def applies(self, step: Step, engine: Engine) -> bool:
        """Say whether the table of a step is to be made without rows."""
        if step.name not in self._steps:
            return False
        if step.only_with and step.only_with in engine.tables() and not engine.count(step.only_with):
            return True
        if self._found is None and _KNOWN in engine.tables():
            self._found = self._needless(_absent(engine))
        return step.name in (self._found or ())

    def _needless(self, typologies: Container[str]) -> frozenset[str]:
        """Find the steps that cannot find anything, and those that nobody else reads."""
        found = {
            name for name, step in self._steps.items() if step.typology in typologies and name.startswith(_MEMBERS)
        }
        waiting = [*found]
        while waiting:
            for table in self._steps[waiting.pop()].reads:
                if table in self._steps and table not in found and {*self._lineage.readers[table]} <= found:
                    found.add(table)
                    waiting.append(table)
        return frozenset(found)


def _absent(engine: Engine) -> frozenset[str]:
    """Find the typologies of which no shipment holds what they need; where that was another once, nobody can tell."""
    needs = engine.frame(_REGISTRY).group_by("typology").agg(pl.col("fields").n_unique())
    steady = needs.filter(pl.col("fields") == 1)["typology"]
    return frozenset(engine.frame(_KNOWN).drop_nulls("absent")["typology"]) & frozenset(steady)
