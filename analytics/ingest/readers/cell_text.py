"""The text of a typed cell, the way a person reads it in the spreadsheet, and without loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

__all__ = ["cell_text", "column_texts"]

_FIRST_INEXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; later ones are zeros that nobody wrote."""


def cell_text(cell: object) -> str | None:
    """Return the text of a cell; None where nothing is in it.

    A whole number of more than 15 digits comes in scientific notation, as the spreadsheet shows it: its last digits are
    lost, so it must not pass for an id.
    """
    return _TEXTS[type(cell)](cell)


def column_texts(cells: Sequence[object]) -> list[str | None]:
    """Return the texts of a column."""
    texts = _TEXTS
    return [texts[type(cell)](cell) for cell in cells]


def _number(cell: float) -> str:
    if cell.is_integer():
        return str(int(cell)) if abs(cell) < _FIRST_INEXACT else f"{cell:.14E}".replace("E+0", "E+")
    text = repr(cell)
    return format(Decimal(text), "f") if "e" in text else text


def _duration(cell: timedelta) -> str:
    seconds = round(cell.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def _moment(cell: datetime) -> str:
    return cell.isoformat(sep=" ", timespec="auto")


_TEXTS: dict[type, Callable[..., str | None]] = {
    type(None): lambda _: None,
    str: lambda cell: cell or None,
    float: _number,
    int: lambda cell: _number(float(cell)) if abs(cell) >= _FIRST_INEXACT else str(cell),
    bool: lambda cell: "true" if cell else "false",
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration,
}
