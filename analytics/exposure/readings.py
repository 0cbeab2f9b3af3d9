"""Which shipments lose the exemption when a day goes over the limit: the law has been read in three partial ways.

tipping
    Only the shipment with which the running total first goes over.
greedy
    In order, every shipment that no longer fits beside those let in before it.
latch
    The first shipment that no longer fits, and all after it.

The readings depend on the order of the manifest. Where it is not known, every order is admissible, and what can be
said is the least and the most over all of them. Flags with the same number of shipments are computed together: arrays
have one row a flag and one column a shipment.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

__all__ = [
    "MOST_PIECES_EXACT",
    "PARTIAL_READINGS",
    "bounds",
    "lost_in_order",
    "lost_of_many",
    "ranges_of_many",
    "ranges_over_orders",
]

PARTIAL_READINGS = ("tipping", "greedy", "latch")
MOST_PIECES_EXACT = 12
_CELLS = 1 << 20  # flags times subsets that are held in memory at once

Cents = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Range = tuple[int, int]


def lost_in_order(amounts: Cents, limit: int) -> dict[str, Mask]:
    """Tell which shipments of one flag are lost under each reading, in the order given.

    Parameters
    ----------
    amounts : array of int
        The shipments in cents, in the order of the manifest.
    limit : int
        In cents; exactly this still passes.

    Returns
    -------
    dict
        Reading to a mask over the shipments.

    Examples
    --------
    >>> lost = lost_in_order(np.array([50000, 40000, 10000]), 80000)
    >>> {reading: mask.tolist() for reading, mask in lost.items()}
    {'tipping': [False, True, False], 'greedy': [False, True, False], 'latch': [False, True, True]}
    """
    return {reading: mask[0] for reading, mask in lost_of_many(amounts[None, :], np.array([limit])).items()}


def lost_of_many(amounts: Cents, limits: Cents) -> dict[str, Mask]:
    """Tell which shipments of many flags are lost under each reading, in the order of the columns.

    Parameters
    ----------
    amounts : array of int, shape (flags, shipments)
        In cents.
    limits : array of int, shape (flags,)
        In cents.

    Returns
    -------
    dict
        Reading to a mask of the same shape.
    """
    over = np.cumsum(amounts, axis=1) > limits[:, None]
    tipping = over.copy()
    tipping[:, 1:] &= ~over[:, :-1]
    greedy = np.zeros_like(over)
    kept = np.zeros(len(amounts), dtype=np.int64)
    for place in range(amounts.shape[1]):
        greedy[:, place] = kept + amounts[:, place] > limits
        kept += np.where(greedy[:, place], 0, amounts[:, place])
    return {"tipping": tipping, "greedy": greedy, "latch": over}


def ranges_over_orders(amounts: Cents, limit: int, measures: Sequence[Cents]) -> dict[str, list[Range]]:
    """Find the least and the most that one flag loses over every order of its shipments, exactly.

    Parameters
    ----------
    amounts : array of int
        The shipments in cents, at most `MOST_PIECES_EXACT` of them.
    limit : int
        In cents.
    measures : sequence of arrays
        What to add up over the lost shipments: their value, their duty …

    Returns
    -------
    dict
        Reading to (least, most) for each measure.
    """
    many = ranges_of_many(amounts[None, :], np.array([limit]), [measure[None, :] for measure in measures])
    return {reading: [(int(low[0]), int(high[0])) for low, high in ends] for reading, ends in many.items()}


def ranges_of_many(amounts: Cents, limits: Cents, measures: Sequence[Cents]) -> dict[str, list[tuple[Cents, Cents]]]:
    """Find the least and the most that many flags lose over every order of their shipments, exactly.

    Parameters
    ----------
    amounts : array of int, shape (flags, shipments)
        In cents, at most `MOST_PIECES_EXACT` columns.
    limits : array of int, shape (flags,)
        In cents.
    measures : sequence of arrays, each of the shape of ``amounts``
        What to add up over the lost shipments.

    Returns
    -------
    dict
        Reading to a pair of arrays of shape (flags,) for each measure.
    """
    parts = [_ranges(amounts[rows], limits[rows], [measure[rows] for measure in measures]) for rows in _chunks(amounts)]
    return {
        reading: [
            (
                np.concatenate([part[reading][at][0] for part in parts]),
                np.concatenate([p[reading][at][1] for p in parts]),
            )
            for at in range(len(measures))
        ]
        for reading in PARTIAL_READINGS
    }


def _chunks(amounts: Cents) -> Iterator[slice]:
    step = max(1, _CELLS >> amounts.shape[1])
    for start in range(0, max(len(amounts), 1), step):
        yield slice(start, start + step)


def _ranges(amounts: Cents, limits: Cents, measures: Sequence[Cents]) -> dict[str, list[tuple[Cents, Cents]]]:
    """What is let in fits; for greedy nothing left out fits beside it, for latch something does not."""
    kept = _subsets(amounts.shape[1])
    room = limits[:, None] - _sums(amounts, kept)
    smallest, largest = _ends_left_out(amounts, kept)
    fits = room >= 0
    valid = {"greedy": fits & (smallest > room), "latch": fits & (largest > room)}
    can_tip = _can_tip(amounts, kept, room)
    return {
        "tipping": [_least_and_most(measure, can_tip) for measure in measures],
        **{
            reading: [
                _least_and_most(measure.sum(axis=1)[:, None] - _sums(measure, kept), mask) for measure in measures
            ]
            for reading, mask in valid.items()
        },
    }


def _sums(measure: Cents, kept: Mask) -> Cents:
    """Add a measure up over every subset; cents stay whole in a double up to 2**53."""
    return np.asarray(np.rint(measure.astype(np.float64) @ kept.T.astype(np.float64)), dtype=np.int64)


def _ends_left_out(amounts: Cents, kept: Mask) -> tuple[Cents, Cents]:
    """Return the smallest and the largest shipment that each subset leaves out."""
    smallest = np.full((len(amounts), len(kept)), np.iinfo(np.int64).max)
    largest = np.full((len(amounts), len(kept)), np.int64(-1))
    for place in range(amounts.shape[1]):
        out = ~kept[:, place]
        shipment = amounts[:, place, None]
        np.minimum(smallest, shipment, out=smallest, where=out)
        np.maximum(largest, shipment, out=largest, where=out)
    return smallest, largest


def _can_tip(amounts: Cents, kept: Mask, room: Cents) -> Mask:
    """Tell which shipments take the sum over in some order: some of the others fit, and it does not fit beside them."""
    can = np.zeros(amounts.shape, dtype=np.bool_)
    for place in range(amounts.shape[1]):
        others = room[:, ~kept[:, place]]
        can[:, place] = ((others >= 0) & (amounts[:, place, None] > others)).any(axis=1)
    return can


def _least_and_most(values: Cents, valid: Mask) -> tuple[Cents, Cents]:
    ends = np.iinfo(np.int64)
    return np.where(valid, values, ends.max).min(axis=1), np.where(valid, values, ends.min).max(axis=1)


def bounds(amounts: Cents, limit: int, measures: Sequence[Cents]) -> dict[str, list[Range]]:
    """Bound what is lost over every order of many shipments: never above the least, never below the most.

    At least one shipment is lost under every reading, and greedy and latch lose no less value than the excess.

    Parameters
    ----------
    amounts, limit, measures
        As in `ranges_over_orders`; of any number.
    """
    excess = int(amounts.sum()) - limit
    one = [(int(measure.min()), int(measure.max())) for measure in measures]
    many = [(_cheapest(amounts, measure, excess), int(measure.sum())) for measure in measures]
    return {"tipping": one, "greedy": many, "latch": many}


def _cheapest(amounts: Cents, measure: Cents, excess: int) -> int:
    """Least of a measure over shipments, cut as fine as need be, that hold a given value."""
    share = np.divide(measure, amounts, out=np.zeros(len(amounts)), where=amounts > 0)
    left, cost = excess, 0
    for place in np.argsort(share, kind="stable"):
        taken = min(left, int(amounts[place]))
        cost += int(measure[place]) * taken // max(int(amounts[place]), 1)
        left -= taken
    return cost


@functools.cache
def _subsets(shipments: int) -> Mask:
    every = np.arange(2**shipments)[:, None]
    return np.asarray((every >> np.arange(shipments)) & 1, dtype=np.bool_)
