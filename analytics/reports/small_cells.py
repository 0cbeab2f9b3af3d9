"""Small cells: counts under five are not shown, and no total gives one away.

A count from 1 to 4 is shown as ``<5``. Where a total stands beside the cells, subtraction could give a hidden cell
back; further cells are then hidden, the smallest first, until every hidden cell could be more than one number. They
are shown as ``5+``. Where no cell is left to hide, the total is hidden. This is primary and complementary cell
suppression (Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, 2005) of one row or one
column of counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.wording.cells import HIDDEN, SMALL

__all__ = ["FEWEST", "shown_cells", "shown_count", "shown_total"]

FEWEST = 5
"""The smallest count that is shown; nought is shown too, since nobody stands behind it."""

_OPEN, _SMALL, _MORE = 0, 1, 2


def shown_count(count: int) -> str:
    """Write a count that stands alone.

    >>> [shown_count(count) for count in (0, 1, 4, 5, 1200)]
    ['0', '<5', '<5', '5', '1,200']
    """
    return SMALL if 0 < count < FEWEST else f"{count:,}"


def shown_cells(counts: Sequence[int], *, has_total: bool = True) -> list[str]:
    """Write counts so that no small one can be told.

    Parameters
    ----------
    counts : sequence of int
        The cells of one row, or of one column.
    has_total : bool, default=True
        Whether the reader knows their sum; show `shown_total` for it.

    Returns
    -------
    list of str
        One text a cell.

    >>> shown_cells([120, 3, 0, 17], has_total=False)
    ['120', '<5', '0', '17']
    >>> shown_cells([120, 3, 0, 17])
    ['120', '<5', '0', '5+']
    """
    states = _primary(counts)
    return _texts(counts, _completed(counts, states) if has_total else states)


def shown_total(counts: Sequence[int]) -> str:
    """Write the sum of counts that `shown_cells` writes, unless it would give one of them away.

    >>> shown_total([120, 3, 0, 17]), shown_total([2, 1]), shown_total([4, 4])
    ('140', '<5', '5+')
    """
    return _total(counts, _completed(counts, _primary(counts)))


def _primary(counts: Sequence[int]) -> list[int]:
    return [_SMALL if 0 < count < FEWEST else _OPEN for count in counts]


def _completed(counts: Sequence[int], states: Sequence[int]) -> list[int]:
    """Hide more cells, the smallest first, until what is left of the total fits more than one way."""
    found = list(states)
    spare = sorted((count, place) for place, count in enumerate(counts) if found[place] == _OPEN and count)
    for _, place in spare:
        if not _is_told(counts, found):
            break
        found[place] = _MORE
    return found


def _is_told(counts: Sequence[int], states: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells leaves one of them a single value."""
    small, more = states.count(_SMALL), states.count(_MORE)
    rest = sum(count for count, state in zip(counts, states, strict=True) if state)
    least, most = small + FEWEST * more, (FEWEST - 1) * small
    return small + more == 1 or (small + more > 1 and (rest == least or (not more and rest == most)))


def _total(counts: Sequence[int], states: Sequence[int]) -> str:
    total = sum(counts)
    if _is_told(counts, states):
        return SMALL if total < FEWEST else HIDDEN
    return shown_count(total)


def _texts(counts: Sequence[int], states: Sequence[int]) -> list[str]:
    said = {_SMALL: SMALL, _MORE: HIDDEN}
    return [said.get(state, f"{count:,}") for count, state in zip(counts, states, strict=True)]
