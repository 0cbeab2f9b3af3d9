"""Short ways through whole columns; each proves first that the careful way gives the same, and else is not taken.

Most columns hold few distinct values, or cells without anything unusual. The careful way, which looks at every cell, is
the reference: it takes whatever no short way can prove.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

__all__ = ["ALLOWED", "are_bare", "are_longer", "by_distinct", "is_absent", "none_matches"]

ALLOWED = True
"""Tests set this to False, so that every cell goes the careful way and both ways can be compared."""

_SAMPLE = 1024
_MOST_DISTINCT = 0.25
"""Share of distinct values up to which each is read once and put back; beyond, reading all cells costs less."""
_FIRST_GRAPHIC, _LAST_GRAPHIC = ord("!"), ord("~")


def by_distinct(text: pl.DataFrame, column: str, read: Mapping[str, pl.Expr]) -> dict[str, pl.Expr | pl.Series]:
    """Return how a column is read, with each distinct value read only once where there are few.

    Parameters
    ----------
    text : DataFrame
        Cells as text.
    column : str
        The column.
    read : mapping
        Name to expression; each looks at the cells of `column` alone, one by one.

    Returns
    -------
    dict
        What gives the same over `text`, under the same names.
    """
    distinct = _distinct(text[column]) if ALLOWED else None
    if distinct is None:
        return dict(read)
    answers = distinct.to_frame().with_columns(**read)
    return {name: _put_back(text[column], distinct, answers[name]) for name in read}


def _distinct(cells: pl.Series) -> pl.Series | None:
    """Return the distinct cells, null among them; None where they are many."""
    if cells.null_count() == cells.len():
        return cells[:1] if cells.len() else None
    if cells[:_SAMPLE].n_unique() > min(_SAMPLE, cells.len()) * _MOST_DISTINCT:
        return None
    distinct = cells.unique()
    return distinct if distinct.len() <= cells.len() * _MOST_DISTINCT else None


def _put_back(cells: pl.Series, distinct: pl.Series, answer: pl.Series) -> pl.Expr | pl.Series:
    """Give every cell the answer of its value; as a series, since expressions of series are taken for one another."""
    if answer.n_unique() == 1:
        return pl.lit(answer[0], dtype=answer.dtype)
    if answer.dtype == distinct.dtype and answer.equals(distinct, null_equal=True):
        return cells
    return cells.replace_strict(distinct, answer, return_dtype=answer.dtype)


def none_matches(cells: pl.Series, *patterns: str) -> bool:
    """Tell whether no cell matches any of some patterns."""
    return ALLOWED and not cells.str.contains("|".join(f"(?:{pattern})" for pattern in patterns)).any()


def are_longer(cells: pl.Series, length: int) -> bool:
    """Tell whether every cell has more signs than some number, in lower case as well: no word of that length is one."""
    return ALLOWED and (cells.str.len_chars() > length).all(ignore_nulls=True)


def is_absent(cells: pl.Series) -> bool:
    """Tell whether nothing stands in a column."""
    return ALLOWED and cells.null_count() == cells.len()


def are_bare(cells: pl.Series, nothing: Sequence[str] = ()) -> bool:
    """Tell whether no cell is empty, begins or ends with anything but a graphic ASCII sign, or is a word for nothing.

    Parameters
    ----------
    cells : Series of str
        As written.
    nothing : sequence of str, optional
        Words that stand for an empty cell.
    """
    if not ALLOWED:
        return False
    written = cells.drop_nulls() if cells.null_count() else cells
    if not written.len():
        return True
    _, places, contents = written.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    bounds = np.frombuffer(places, np.int64)[: written.len() + 1]
    if (bounds[1:] == bounds[:-1]).any():
        return False
    signs = np.frombuffer(contents, np.uint8)
    for ends in (signs[bounds[:-1]], signs[bounds[1:] - 1]):
        if ends.min() < _FIRST_GRAPHIC or ends.max() > _LAST_GRAPHIC:
            return False
    return not nothing or not written.is_in(nothing).any()
