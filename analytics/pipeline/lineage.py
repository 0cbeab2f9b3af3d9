"""Which table is made of which: what a step reads, who reads it, and all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.contracts.steps import Step
from analytics.errors import UsageError, did_you_mean

__all__ = ["Lineage"]


@dataclass(frozen=True)
class Lineage:
    """The steps of a screening as a graph of tables.

    Attributes
    ----------
    makers : dict
        Table to the step that writes it.
    readers : dict
        Table to the names of the steps that read it, sorted; tables that no step reads are absent.
    """

    makers: dict[str, Step]
    readers: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, steps: Iterable[Step]) -> Lineage:
        """Return the lineage of some steps."""
        makers: dict[str, Step] = {}
        readers: dict[str, set[str]] = {}
        for step in steps:
            makers |= dict.fromkeys(step.writes, step)
            for table in step.reads:
                readers.setdefault(table, set()).add(step.name)
        return cls(makers, {table: tuple(sorted(names)) for table, names in readers.items()})

    @property
    def given(self) -> list[str]:
        """Tables that are there before the first step, sorted: they are read, and no step writes them."""
        return sorted(set(self.readers) - set(self.makers))

    def step(self, table: str) -> Step:
        """Return the step that writes a table.

        Raises
        ------
        UsageError
            No step writes it; the message offers the nearest names.
        """
        if table in self.makers:
            return self.makers[table]
        if table in self.readers:
            raise UsageError(
                f"{table} is an input of a run, and no step makes it. Name one that reads it: "
                f"{', '.join(self.readers[table])}."
            )
        hint = did_you_mean(table, self.makers) or "For the list: splitship model"
        raise UsageError(f"no model is called {table!r}. {hint}")

    def upstream(self, table: str) -> list[Step]:
        """Return the step of a table and every step that it rests on, by name.

        Raises
        ------
        UsageError
            No step writes the table.
        """
        found: dict[str, Step] = {}
        waiting = [self.step(table)]
        while waiting:
            step = waiting.pop()
            if step.name not in found:
                found[step.name] = step
                waiting += [self.makers[read] for read in step.reads if read in self.makers]
        return [found[name] for name in sorted(found)]
