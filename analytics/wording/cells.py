"""What is said of cells that are not shown because so few stand behind them."""

from __future__ import annotations

__all__ = ["HIDDEN", "SMALL", "small_cells_note"]

SMALL = "<5"
"""A count from 1 to 4."""
HIDDEN = "5+"
"""A count of 5 or more that is not shown, since a total would give a smaller one away."""


def small_cells_note(cells: str = "shipments") -> str:
    """Say under a table which cells are not shown.

    Parameters
    ----------
    cells : str
        What is counted, as many.
    """
    return (
        f"Counts of 1 to 4 {cells} are shown as {SMALL}. Where a total would give such a count away, further counts "
        f"are shown as {HIDDEN}."
    )
