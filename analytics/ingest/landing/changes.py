"""What the conversion changed of what was written, counted and told: nothing is restored or rounded in silence."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

__all__ = ["changes_told", "counted"]

_TOLD = {
    "rounded": "{:,} amounts with more than two decimals rounded to the cent, half away from zero",
    "hts_code:restored": "hts_code: the lost leading zero restored in numbers of 5, 7 or 9 digits: {:,}",
    "consignee_postal_code:restored": "consignee_postal_code: the lost leading zero restored in ZIP codes: {:,}",
}


def counted(values: pl.DataFrame) -> dict[str, int]:
    """Return how many cells of a batch were rounded or restored, by what was done.

    Parameters
    ----------
    values : DataFrame
        As `analytics.ingest.values.convert.convert` returned them.
    """
    names = [name for name in values.columns if name.endswith((":rounded", ":restored"))]
    sums = values.select(pl.col(names).sum()).row(0, named=True)
    found = {name: int(count) for name, count in sums.items() if name.endswith(":restored")}
    rounded = sum(int(count) for name, count in sums.items() if name.endswith(":rounded"))
    return {**found, "rounded": rounded}


def changes_told(counts: Mapping[str, int]) -> list[str]:
    """Return a note for each kind of change that was made.

    Parameters
    ----------
    counts : mapping
        As `counted` returned them, added up.
    """
    return [text.format(counts[name]) for name, text in _TOLD.items() if counts.get(name)]
