"""Injects schemes into shipments that were written: cells are changed, rows stay, and the truth is noted beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from analytics.traffic.honest import World
from analytics.traffic.law import with_limits
from analytics.traffic.lists import Ints

__all__ = ["ENTERED", "EXEMPT", "SOLD", "Injector", "Truth", "money"]

Truth = tuple[str, str, int, bool]
"""Typology, what the scheme is about, row, whether it is meant."""

ENTERED = pl.col("entry") == "11"
"""Shipments that are entered informally, by a broker or carrier."""

EXEMPT = pl.col("entry").is_in(["86", "321", "mail"]) & pl.col("claimed")
"""Shipments that claim the exemption."""

SOLD = pl.col("seller") >= 0
"""Shipments that a seller sent, and no private person."""

_QUIET_CENTS = 20_000


def money(cents: int) -> str:
    """Write an amount as the manifest has it."""
    return f"{cents // 100}.{cents % 100:02d}"


class Injector:
    """The facts and the manifest, and what is changed of them.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the draws come from.
    world : World
        What the traffic was drawn from.
    facts, manifest : polars.DataFrame
        One row a shipment, in the same order.
    known : polars.DataFrame
        What is true of the shipments already: scheme_id, typology, row, is_deliberate.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        world: World,
        facts: pl.DataFrame,
        manifest: pl.DataFrame,
        known: pl.DataFrame,
    ) -> None:
        self.rng, self.world, self.facts, self.manifest, self.known = rng, world, facts, manifest, known
        self.truth: list[Truth] = []
        self.persons: dict[int, str] = {}
        self._cells: dict[str, dict[int, Any]] = {}
        self._facts: dict[str, dict[int, Any]] = {}
        self.rows = self._looked_at()
        self._is_free = self.rows["is_quiet"].to_numpy().copy()

    def _looked_at(self) -> pl.DataFrame:
        """One row a shipment: who sold and filed it, in which week, and whether it takes part in nothing else."""
        facts = with_limits(self.facts.with_row_index("row"))
        taken = self.known["row"].implode()
        is_loose = ~pl.col("row").is_in(taken) & ~pl.col("is_gift") & ~pl.col("deliberate") & (pl.col("lot") == 0)
        is_quiet = (
            is_loose
            & (pl.len().over("person", "day") == 1)
            & ((pl.col("order") < 0) | (pl.len().over("order") == 1))
            & (pl.col("cents") < _QUIET_CENTS)
        )
        filer = pl.when(pl.col("filer") == "").then(pl.col("carrier_code")).otherwise("filer")
        return facts.with_columns(
            week=pl.col("date").dt.truncate("1w"), filer=filer, is_loose=is_loose, is_quiet=is_quiet
        )

    def groups(self, by: list[str], size: int, rows: pl.Expr) -> Iterator[Ints]:
        """Give groups of rows that are still free, at least of a size, in a drawn order; what is taken is left out."""
        chosen = self.rows.filter(rows, pl.Series(self._is_free))
        listed = chosen.group_by(by).agg("row").filter(pl.col("row").list.len() >= size).sort(by)["row"]
        for place in self.rng.permutation(len(listed)):
            group = listed[int(place)].to_numpy()
            free = self.rng.permutation(group[self._is_free[group]])
            if len(free) >= size:
                yield free

    def free(self, rows: pl.Expr) -> Ints:
        """Give the rows that are free now, in their order."""
        return self.rows.filter(rows, pl.Series(self._is_free))["row"].to_numpy()

    def singles(self, rows: pl.Expr) -> Iterator[int]:
        """Give free rows one by one, in a drawn order."""
        for row in self.rng.permutation(self.free(rows)).tolist():
            if self._is_free[row]:
                yield row

    def put(self, row: int, **cells: Any) -> None:
        """Write other texts into the manifest; the row is taken from here on."""
        self._is_free[row] = False
        for column, value in cells.items():
            self._cells.setdefault(column, {})[row] = value

    def give(self, row: int, to: int) -> None:
        """Address a row to the consignee of another one."""
        names = [name for name in self.manifest.columns if name.startswith("consignee_")]
        self.put(row, **{name: self.cell(name, to) for name in names})
        self.fact(row, person=self.facts["person"][to])

    def fact(self, row: int, **values: Any) -> None:
        """Change what is true of a row; the manifest is written by `put`."""
        self._is_free[row] = False
        for column, value in values.items():
            self._facts.setdefault(column, {})[row] = value

    def true(self, typology: str, about: object, rows: Ints | list[int], *, deliberate: bool = True) -> None:
        """Note that rows are a scheme; notes about the same thing are one scheme."""
        for row in rows:
            self._is_free[int(row)] = False
            self.truth.append((typology, str(about), int(row), deliberate))

    def cell(self, column: str, row: int) -> Any:
        """What stands in a cell of the manifest as it was first written."""
        return self.manifest[column][row]

    def draw(self, words: list[str]) -> str:
        """Draw one of some words."""
        return words[int(self.rng.integers(0, len(words)))]

    def changed(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return facts and manifest with the changes in them."""
        return _changed(self.facts, self._facts), _changed(self.manifest, self._cells)


def _changed(frame: pl.DataFrame, changes: dict[str, dict[int, Any]]) -> pl.DataFrame:
    columns = [
        frame[name].scatter(sorted(cells), pl.Series([cells[row] for row in sorted(cells)], dtype=frame[name].dtype))
        for name, cells in sorted(changes.items())
    ]
    return frame.with_columns(columns)
