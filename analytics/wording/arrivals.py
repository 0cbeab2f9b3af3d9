"""What is said of shipments that come late, and of weeks for which more must still be expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.wording.prose import counted, day, listed, percent

__all__ = ["ON_LATENESS", "PROVISIONAL", "UNTOLD", "lateness_text", "provisional_text"]

PROVISIONAL = "Provisional: more shipments expected"
ON_LATENESS = (
    "Days from arrival to the run that first read a shipment. Shipments of the first run are only known to have been "
    "there by then, and recent ones have had little time to be late; the curve allows for both."
)
UNTOLD = "How late data come cannot be measured: all shipments came in one run."
_BASIS = (
    "A week is provisional while 1% or more of its shipments must still be expected, by how late {runs} brought theirs."
)
_MOST_NAMED = 4


def provisional_text(weeks: Sequence[tuple[date, float | None]], runs: int) -> str:
    """Say which weeks are provisional, and how that is decided.

    Parameters
    ----------
    weeks : sequence of tuple of date and float or None
        Monday of each provisional week, with the share of its shipments that is still expected where it is known.
    runs : int
        Runs by which lateness was measured; 0 where there is none.

    Returns
    -------
    str
        One or two sentences.
    """
    basis = _BASIS.format(runs=counted(runs, "run")) if runs else UNTOLD
    if not weeks:
        return f"No week shown is provisional. {basis}" if runs else basis
    named = [day(monday) + (f" ({percent(share)} to come)" if share else "") for monday, share in weeks[-_MOST_NAMED:]]
    further = f" and {counted(len(weeks) - len(named), 'earlier week')}" if len(weeks) > len(named) else ""
    if not runs:
        further = ", not whole in this report"
    return f"Hatched: the {'week' if len(weeks) == 1 else 'weeks'} of {listed(named)}{further}. {basis}"


def lateness_text(shares: Sequence[float], shipments: int, runs: int) -> str:
    """Say how many days it takes until half, and until 99%, of the shipments have come.

    Parameters
    ----------
    shares : sequence of float
        The share that has come within 0, 1, 2 … days.
    shipments, runs : int
        What it was measured on.
    """
    if not shares:
        return UNTOLD
    half, most = (next(place for place, share in enumerate(shares) if share >= least) for least in (0.5, 0.99))
    return (
        f"Half of all shipments are in the store within {counted(half, 'day')} of arrival, 99% within "
        f"{counted(most, 'day')} (measured on {counted(shipments, 'shipment')} of {counted(runs, 'run')} after the "
        "first)."
    )
