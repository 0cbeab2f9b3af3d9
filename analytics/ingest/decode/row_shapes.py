"""What the rows of a text file look like: how many cells, and of which kind where a column has only few kinds.

A row that is too short or too long may only lack empty cells at its end, or a delimiter may be lost or stray in its
middle, and every cell after it stands under the wrong heading. The kinds of its cells tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["RowShapes"]

_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019 -][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_LONGEST = 40
_FEWEST_ROWS = 8
_MOST_KINDS = 4
_FEWEST_CELLS = 4
_SEEN_OFTEN = 0.05


@dataclass(frozen=True)
class RowShapes:
    """What was learned from the first rows.

    Attributes
    ----------
    width : int
        How many cells most rows have.
    headings : int
        How many headings there are.
    widths : frozenset of int
        How many cells more than a few rows have.
    kinds : tuple
        For each column the kinds of its filled cells; None where they are many or the rows are few.
    extra_is_empty : bool
        No row had anything in the cells beyond the headings.
    """

    width: int
    headings: int
    widths: frozenset[int]
    kinds: tuple[frozenset[str] | None, ...]
    extra_is_empty: bool

    @classmethod
    def learned(cls, rows: Sequence[Sequence[str]], headings: int) -> RowShapes:
        """Learn from the first rows below the headings.

        Parameters
        ----------
        rows : sequence of sequences of str
            Their cells.
        headings : int
            How many headings there are.
        """
        counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        width = max(counts, key=lambda count: (counts[count], count == headings), default=headings)
        widths = {count for count, seen in counts.items() if seen >= max(1, _SEEN_OFTEN * len(rows))}
        usual = [row for row in rows if len(row) == width]
        kinds = tuple(_closed([row[at] for row in usual]) for at in range(width))
        is_empty = not any(cell.strip() for row in rows for cell in row[headings:])
        return cls(width, headings, frozenset({*widths, width, headings}), kinds, is_empty)

    def fit(self, cells: Sequence[str]) -> bool:
        """Tell whether no cell of a row is of another kind than the cells of its column."""
        return all(
            kinds is None or not cell.strip() or _kind(cell) in kinds
            for cell, kinds in zip(cells, self.kinds, strict=False)
        )

    def is_row(self, cells: Sequence[str]) -> bool:
        """Tell whether cells make a whole row by themselves, such as one that a quote left open would swallow."""
        return self.is_width(len(cells)) and self.fit(cells)

    def is_width(self, count: int) -> bool:
        """Tell whether most rows have so many cells, enough to tell them from other text."""
        return count >= _FEWEST_CELLS and count in {self.width, self.headings}


def _closed(cells: Sequence[str]) -> frozenset[str] | None:
    filled = [cell for cell in cells if cell.strip()]
    kinds = frozenset(map(_kind, filled))
    return kinds if len(filled) >= _FEWEST_ROWS and len(kinds) <= _MOST_KINDS else None


def _kind(cell: str) -> str:
    return _DIGITS.sub("9", _LETTERS.sub("A", cell.strip()[:_LONGEST]))
