"""Where the ticks of an axis stand and what they say: round numbers, money, shares, Mondays, quarters."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, log10

from analytics.reports.charts import Axis

__all__ = ["Tick", "day_ticks", "log_ticks", "number_ticks", "said"]

Tick = tuple[float, str]
"""Where it stands, and what it says, lines parted by a line break."""
_STEPS = (1, 2, 5, 10)
_FEW_DIGITS = 3
_SIZES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_TICKS = 6
_FEW_POWERS = 2
_MONTHS = (1, 3, 6, 12, 24, 60)


def number_ticks(low: float, high: float, most: int, axis: Axis) -> list[Tick]:
    """Return round numbers within two ends.

    Parameters
    ----------
    low, high : float
        The ends.
    most : int
        How many there may be.
    axis : Axis
        Whose unit they are in.
    """
    step = _step(high - low, most)
    if axis.unit == "whole":
        step = max(1.0, step)
    first = -floor(-low / step + 1e-9)
    found = [(first + number) * step for number in range(int((high - first * step) / step + 1e-9) + 1)]
    return [(value, said(value, axis.unit)) for value in found]


def log_ticks(low: float, high: float, axis: Axis) -> list[Tick]:
    """Return the powers of ten between two ends, and their doubles and halves where there are few.

    Parameters
    ----------
    low, high : float
        The ends, as powers.
    axis : Axis
        Whose unit they are in.
    """
    powers = range(-floor(-low), floor(high) + 1)
    few = _STEPS[:-1] if len(powers) <= _FEW_POWERS else (1,)
    values = [step * 10.0**power for power in powers for step in few if step * 10.0**power <= 10.0**high]
    return [(value, said(value, axis.unit)) for value in values]


def _step(span: float, most: int) -> float:
    """Return the least round step that gives no more ticks than there may be."""
    rough = max(span, 1e-9) / max(most, 1)
    size = 10.0 ** floor(log10(rough))
    return next(size * step for step in _STEPS if size * step >= rough * (1 - 1e-9))


def said(value: float, unit: str) -> str:
    """Return what a tick says."""
    if unit == "share":
        return f"{value:.0%}"
    if unit == "usd":
        return f"\u2212${_with_size(-value)}" if value < 0 else f"${_with_size(value)}"
    return f"{value:,.0f}" if unit == "whole" else f"{round(value, 9):,.10g}"


def _with_size(value: float) -> str:
    """Return three digits and a letter for thousands, millions …; no digit is a closing nought."""
    for size, letter in _SIZES:
        if value >= size * (1 - 1e-9):
            return f"{value / size:.{_FEW_DIGITS}g}{letter}"
    return f"{value:.{_FEW_DIGITS}g}"


def day_ticks(low: float, high: float, axis: Axis) -> list[Tick]:
    """Return days within two ends, as ordinals: Mondays of weeks, else the first of months.

    Parameters
    ----------
    low, high : float
        The ends.
    axis : Axis
        Its Mondays are counted back from the last.
    """
    if axis.unit == "week":
        days = [date.fromisoformat(tick) for tick in axis.ticks]
        return [(day.toordinal(), f"{day.day} {day:%b}\n{day:%Y}") for day in _some(days)]
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    most = axis.most_ticks or _TICKS
    least = 3 if axis.unit == "quarter" else 1
    step = next((step for step in _MONTHS if step >= least and len(months) / step <= most), _MONTHS[-1])
    kept = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
    return [(day.toordinal(), f"{day:%b}\n{day:%Y}") for day in kept or [first + timedelta(days=1)]]


def _some(mondays: list[date]) -> list[date]:
    """Return about six, counted back from the last."""
    return mondays[:: -max(1, round(len(mondays) / _TICKS))][::-1]
