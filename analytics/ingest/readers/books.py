"""What every file of several tables gives: its sheets, and the cells of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Book", "Grid", "Merge", "Sheet"]

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, as (row, column) from 0."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book.

    Attributes
    ----------
    name : str
        As the workbook names it; ``Table 1`` where the file names none.
    is_hidden : bool
        Hidden sheets are read only where they are named.
    """

    name: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from its first row on, typed as the file types them.

    Attributes
    ----------
    rows : sequence of sequences
        Cells: text, number, boolean, date, time or None.
    merges : sequence of Merge
        Ranges whose first cell stands for all of them.
    first_column : int
        Column of the sheet that the first cell of each row is in, from 0.
    notes : list of str
        What a reader should know, such as cells that hold an error.
    """

    rows: Sequence[Sequence[object]]
    merges: Sequence[Merge] = ()
    first_column: int = 0
    notes: list[str] = field(default_factory=list)


class Book(Protocol):
    """An opened file of one or more sheets."""

    @property
    def format(self) -> str:
        """Name of its format."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """Its sheets in their order, those without cells (charts, macros) left out."""

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
