"""How wide the columns of a table are, by what stands in them: no number breaks, and long texts share the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from analytics.typesetting.letters import text_width

__all__ = ["column_widths"]

_LINE = 115
"""Letters that stand in a line of a table across the page."""
_LETTER = 0.55
"""How wide a letter is on average, as a share of the size of type."""
_LEAST, _LONGEST_WORD, _LONGEST = 4, 20, 240


def column_widths(
    head: Sequence[str], rows: Sequence[Sequence[str | None]], numbers: Collection[int] = ()
) -> list[float]:
    """Return the share of each column.

    Parameters
    ----------
    head : sequence of str
        What the columns are.
    rows : sequence of sequence of str
        Their cells.
    numbers : collection of int
        Columns whose cells stay whole.

    Returns
    -------
    list of float
        In letters of a line; together at least the line.
    """
    columns = [[name, *(row[place] or "" for row in rows)] for place, name in enumerate(head)]
    least = [_least(cells, is_whole=place in numbers) for place, cells in enumerate(columns)]
    wanted = [max(small, min(_LONGEST, _typical(cells[1:]))) for small, cells in zip(least, columns, strict=True)]
    spare, asked = _LINE - sum(least), sum(wanted) - sum(least)
    if spare <= 0 or asked <= 0:
        return [float(small) for small in least]
    share = spare / asked if asked > spare else 1.0
    return [round(small + share * (want - small), 1) for small, want in zip(least, wanted, strict=True)]


def _least(cells: Sequence[str], *, is_whole: bool) -> int:
    """Return the letters of the longest word, or of the longest cell where cells stay whole."""
    words = max((_letters(word) for word in cells[0].split()), default=0)
    body = max((_letters(cell) if is_whole else _word(cell) for cell in cells[1:]), default=0)
    return 2 + max(_LEAST, words, min(body, _LONGEST if is_whole else _LONGEST_WORD))


def _word(cell: str) -> int:
    return max((_letters(word) for word in cell.split()), default=0)


def _letters(text: str) -> int:
    """Return how many letters of average width take the room of a text."""
    return ceil(text_width(text, 1) / _LETTER)


def _typical(cells: Sequence[str]) -> int:
    """Return the length that three in four cells keep to; of a cell of several lines, that of a square of them."""
    lengths = sorted(round(_letters(cell) / (1 + cell.count("\n")) ** 0.5) for cell in cells)
    return 2 + lengths[(3 * len(lengths)) // 4] if lengths else 0
