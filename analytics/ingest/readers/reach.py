"""What a look into one sheet found before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from analytics.errors import UnreadableFile

__all__ = ["Findings", "cell_name", "column_number"]

_MOST_PLACES = 60_000_000
"""Cells of one sheet, empty ones too, that are held at once, at some 30 bytes each."""


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Return how a spreadsheet names a cell, both numbers from 1: (2, 28) is AB2."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@dataclass
class Findings:
    """What a look into one sheet found.

    Attributes
    ----------
    last_row, last_column : int
        How far cells with anything in them reach, from 1.
    errors : int
        Cells that hold an error such as ``#REF!``.
    first_error : str
        Where the first of them is.
    without_result : int
        Formulas that were stored without a result.
    """

    last_row: int = 0
    last_column: int = 0
    errors: int = 0
    first_error: str = field(default="", compare=False)
    without_result: int = 0

    @property
    def places(self) -> int:
        """Cells of the block from the first to the last, empty ones too."""
        return self.last_row * self.last_column

    def require_bounded(self, path: Path, sheet: str) -> None:
        """Raise where the block of cells is too large to be held.

        Raises
        ------
        UnreadableFile
            A cell is far out.
        """
        if self.places > _MOST_PLACES:
            far = cell_name(self.last_row, self.last_column)
            raise UnreadableFile(
                f"{path}#{sheet}: the cells reach to {far}, a block of {self.places:,}, more than can be held "
                f"({_MOST_PLACES:,}). Delete the stray cells to the right of and below the shipments, or save as CSV."
            )

    def notes(self) -> list[str]:
        """Say what a reader should know."""
        found = []
        if self.errors:
            found.append(f"error cells (#REF!, #N/A …), read as empty: {self.errors:,}, first {self.first_error}")
        if self.without_result:
            found.append(
                f"formulas stored without a result, read as empty: {self.without_result:,}; "
                "open the workbook in a spreadsheet program and save it to have them computed"
            )
        return found
