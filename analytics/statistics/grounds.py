"""What speaks for one order and what against, in words."""

from __future__ import annotations

import math

from analytics.statistics.likelihood import Weights

__all__ = ["grounds"]

_TELLING = math.log(1.25)
_MOST = 1000
_NAMES = {"pace": "the pace", "values": "the values", "goods": "the goods", "numbers": "the numbers"}


def grounds(weights: Weights) -> str:
    """Say what speaks for one order and what against it, heaviest first, each with how many times likelier it makes it.

    >>> grounds(Weights(pace=2.5, values=-1.0, goods=0.1, numbers=3.0))
    'For it: the numbers (20 times likelier), the pace (12 times). Against it: the values (2.7 times).'
    """
    parts = sorted(((getattr(weights, part), name) for part, name in _NAMES.items()), reverse=True)
    sides = (
        ("For it", [(weight, name) for weight, name in parts if weight >= _TELLING]),
        ("Against it", [(-weight, name) for weight, name in reversed(parts) if weight <= -_TELLING]),
    )
    return " ".join(f"{side}: {_listed(told)}." for side, told in sides if told)


def _listed(told: list[tuple[float, str]]) -> str:
    (heaviest, first), *others = told
    return ", ".join(
        [
            f"{first} ({_times(heaviest)} times likelier)",
            *(f"{name} ({_times(weight)} times)" for weight, name in others),
        ]
    )


def _times(weight: float) -> str:
    times = math.exp(min(weight, 10.0))
    if times >= _MOST:
        return f"over {_MOST:,}"
    return f"{times:.0f}" if times >= 10 else f"{times:.1f}"
