"""What is said of how few consignees hold how much, and of where they are."""

from __future__ import annotations

from analytics.wording.cells import small_cells_note
from analytics.wording.prose import counted, percent

__all__ = [
    "ELSEWHERE",
    "LEAD",
    "MANY",
    "NOBODY",
    "NONE",
    "SMALL_STATES",
    "SOME",
    "largest_text",
    "lorenz_text",
    "states_text",
    "top_share_text",
]

LEAD = (
    "Consignees of the last thirteen weeks. Where a few hold most of the value at issue, a few letters reach most of "
    "it. Where it is spread, look for a program, a seller or a platform behind it."
)
NOBODY = "No consignee was flagged in the last quarter."
ELSEWHERE = "Other places, or not known"
NONE, SOME, MANY = "No shipment in flags", "1 to 4", "5 or more; the darker, the greater their share"
SMALL_STATES = small_cells_note()


def largest_text(flagged: int, half: int, top_ten: float, shown: int) -> str:
    """Say how few flagged consignees hold how much."""
    return (
        f"Flagged in the last quarter: {counted(flagged, 'consignee')}. Half of the value at issue lies with "
        f"{half:,} of them, {percent(top_ten)} with the ten largest. One bar for each of the {shown:,} largest; the "
        "line adds them up."
    )


def lorenz_text(flagged: float, every: float, consignees: int) -> str:
    """Say how uneven both spreads are.

    Parameters
    ----------
    flagged, every : float
        Gini coefficients of value at issue over the flagged, and of declared value over all.
    consignees : int
        All of them.
    """
    return (
        f"Gini coefficient of value at issue over flagged consignees: {flagged:.2f}; of declared value over all "
        f"{counted(consignees, 'consignee')}: {every:.2f}. 0 means that all hold alike, 1 that one holds all."
    )


def top_share_text(share: float, top: int, usual: float) -> str:
    """Say what the top 1% of consignees received in the last week, and usually."""
    return (
        f"In the last week with data the top 1% of consignees ({counted(top, 'consignee')}) received {percent(share)} "
        f"of the declared value; the median of the weeks shown is {percent(usual)}."
    )


def states_text(states: int, total: str) -> str:
    """Say in how many states shipments in flags went, and how many there are."""
    return (
        f"Shipments in flags of the quarter went to {counted(states, 'state')}; there are {total} in all. Number and "
        "share of each state stand in the table; a state with 1 to 4 is hatched."
    )
