"""Which pieces lose the exemption when a day goes over the limit: the law has been read in three partial ways.

tipping
    Only the piece with which the running total first goes over.
greedy
    In order, every piece that no longer fits beside those let in before it.
latch
    The first piece that no longer fits, and all after it.

The readings depend on the order of the manifest. Where it is not known, every order is admissible, and what can be
said is the least and the most over all of them.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

__all__ = ["MOST_PIECES_EXACT", "PARTIAL_READINGS", "bounds", "lost_in_order", "ranges_over_orders"]

PARTIAL_READINGS = ("tipping", "greedy", "latch")
MOST_PIECES_EXACT = 12

Cents = npt.NDArray[np.int64]
Range = tuple[int, int]


def lost_in_order(amounts: Cents, limit: int) -> dict[str, npt.NDArray[np.bool_]]:
    """Tell which pieces are lost under each reading, in the order given.

    Parameters
    ----------
    amounts : array of int
        The pieces in cents, in the order of the manifest.
    limit : int
        In cents; exactly this still passes.

    Returns
    -------
    dict
        Reading to a mask over the pieces.

    Examples
    --------
    >>> lost = lost_in_order(np.array([50000, 40000, 10000]), 80000)
    >>> {reading: mask.tolist() for reading, mask in lost.items()}
    {'tipping': [False, True, False], 'greedy': [False, True, False], 'latch': [False, True, True]}
    """
    running = np.cumsum(amounts)
    over = running > limit
    first = np.zeros_like(over)
    first[np.argmax(over)] = over.any()
    greedy = np.zeros_like(over)
    kept = 0
    for place, amount in enumerate(amounts):
        greedy[place] = kept + amount > limit
        kept += 0 if greedy[place] else int(amount)
    return {"tipping": first, "greedy": greedy, "latch": over}


def ranges_over_orders(amounts: Cents, limit: int, measures: list[Cents]) -> dict[str, list[Range]]:
    """Find the least and the most that is lost over every order of the pieces, exactly.

    Parameters
    ----------
    amounts : array of int
        The pieces in cents, at most `MOST_PIECES_EXACT` of them.
    limit : int
        In cents.
    measures : list of arrays
        What to add up over the lost pieces: their value, their duty …

    Returns
    -------
    dict
        Reading to (least, most) for each measure.
    """
    kept = _subsets(len(amounts))
    sums = kept @ amounts
    out = np.where(kept, np.int64(-1), amounts)
    fits = sums <= limit
    smallest_out = np.where(kept, np.iinfo(np.int64).max, amounts).min(axis=1)
    let_in = {
        "greedy": fits & (smallest_out > limit - sums),
        "latch": fits & (out.max(axis=1) > limit - sums),
    }
    can_tip = (fits[:, None] & ~kept & (out > (limit - sums)[:, None])).any(axis=0)
    ranges = {"tipping": [_range(measure[can_tip]) for measure in measures]}
    for reading, valid in let_in.items():
        ranges[reading] = [_range(measure.sum() - (kept[valid] @ measure)) for measure in measures]
    return ranges


def bounds(amounts: Cents, limit: int, measures: list[Cents]) -> dict[str, list[Range]]:
    """Bound what is lost over every order of many pieces: never above the least, never below the most.

    At least one piece is lost under every reading, and greedy and latch lose no less value than the excess.

    Parameters
    ----------
    amounts, limit, measures
        As in `ranges_over_orders`; of any number.
    """
    excess = int(amounts.sum()) - limit
    one = [_range(measure) for measure in measures]
    many = [(_cheapest(amounts, measure, excess), int(measure.sum())) for measure in measures]
    return {"tipping": one, "greedy": many, "latch": many}


def _cheapest(amounts: Cents, measure: Cents, excess: int) -> int:
    """Least of a measure over pieces, cut as fine as need be, that hold a given value."""
    share = np.divide(measure, amounts, out=np.zeros(len(amounts)), where=amounts > 0)
    left, cost = excess, 0
    for place in np.argsort(share, kind="stable"):
        taken = min(left, int(amounts[place]))
        cost += int(measure[place]) * taken // max(int(amounts[place]), 1)
        left -= taken
    return cost


@functools.cache
def _subsets(pieces: int) -> npt.NDArray[np.bool_]:
    every = np.arange(2**pieces)[:, None]
    return np.asarray((every >> np.arange(pieces)) & 1, dtype=np.bool_)


def _range(values: Cents) -> Range:
    return int(values.min()), int(values.max())
