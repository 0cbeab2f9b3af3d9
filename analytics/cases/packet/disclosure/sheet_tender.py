"""The sheet of the tender: loss, interest and their sum; then the range of the False Claims Act, all as formulas."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.page_money import UNKNOWN
from analytics.cases.packet.disclosure.questions import bond_lines
from analytics.cases.packet.disclosure.sheet_entries import Columns
from analytics.cases.packet.disclosure.totals import ClaimsRange, Totals, claims_range, totals_of
from analytics.cases.packet.grids import WRAPPED, Grid

__all__ = ["tender_grid"]

_CLAIMS, _BONDS = 8, 18
"""Rows where the False Claims Act and the customs bonds begin."""
_COUNTED_LOW, _COUNTED_HIGH = "O", "Q"
"""Columns of the sheet of shipments."""


def tender_grid(basis: Basis, columns: Columns) -> Grid:
    """Return the sheet.

    Parameters
    ----------
    basis : Basis
        What it is about.
    columns : Columns
        Where things stand on the sheet of entries.
    """
    grid, totals = Grid("Tender"), totals_of(basis)
    least = "At least: something could not be computed, see the sheet of unknowns."
    grid.put(0, 0, f"{basis.about}: tender", "title")
    grid.put(1, 0, "Every part was computed." if totals.is_whole else least)
    loss = (f"=Entries!{columns.cell('Loss', columns.total_row)}", totals.base - totals.by_flag)
    rows = [
        ("Loss of entries that are counted", loss),
        ("Loss told by flag and not by entry", totals.by_flag),
        ("Interest", _interest(basis, columns, totals)),
    ]
    grid.row(2, ("USD", "Amount"), "head")
    _put(grid, 3, rows)
    grid.put(6, 0, "Loss with interest" if totals.is_whole else "Loss with interest, at least", "head")
    grid.put(6, 1, ("=SUM(B4,B5,B6)", totals.tender), "head")
    claims = claims_range(basis, totals)
    if claims:
        _put_claims(grid, basis, totals, claims)
    for line, said in enumerate(bond_lines(basis), start=_BONDS):
        grid.put(line, 0, said)
    return grid


def _put(grid: Grid, line: int, rows: Iterable[tuple[Any, ...]]) -> None:
    for row, (label, *values) in enumerate(rows, start=line):
        grid.put(row, 0, label, WRAPPED)
        grid.row(row, values, start=1)


def _interest(basis: Basis, columns: Columns, totals: Totals) -> Any:
    if totals.interest is None:
        return UNKNOWN
    is_typed = basis.terms.interest_usd is not None
    return totals.interest if is_typed else (f"=Entries!{columns.cell('Interest', columns.total_row)}", totals.interest)


def _put_claims(grid: Grid, basis: Basis, totals: Totals, found: ClaimsRange) -> None:
    """Write the range; where some part of the loss is unknown there is no most."""
    apart, last = basis.money.owed_by_flag, basis.money.owed.height + 2
    low, high = (sum(apart[name], Decimal("0.00")) for name in ("low_usd", "high_usd"))
    known = [(_COUNTED_LOW, totals.low - low, low, found.least_each, found.least)]
    known += [(_COUNTED_HIGH, totals.high - high, high, found.most_each, found.most)] if found.is_whole else []
    grid.row(_CLAIMS, ("False Claims Act, 31 USC 3729", "Least", "Most"), "head")
    for column, (counted, loss, by_flag, each, sum_of_all) in enumerate(known, start=1):
        linked = (f"=Shipments!{counted}{last}", loss) if basis.money.owed.height else loss
        values = (linked, by_flag, int(found.times), found.claims, each)
        for row, value in enumerate(values, start=_CLAIMS + 1):
            grid.put(row, column, value)
        name = "BC"[column - 1]
        at = [f"{name}{row}" for row in range(_CLAIMS + 2, _CLAIMS + 7)]
        grid.put(_CLAIMS + 6, column, (f"={at[2]}*({at[0]}+{at[1]})+{at[3]}*{at[4]}", sum_of_all), "head")
    if not found.is_whole:
        for row in (_CLAIMS + 1, _CLAIMS + 6):
            grid.put(row, 2, UNKNOWN)
    labels = (
        "Loss of entries",
        "Loss told by flag",
        "Times the damages",
        "Claims, if each entry is one",
        "Penalty each",
    )
    _put(grid, _CLAIMS + 1, ((label,) for label in labels))
    grid.put(_CLAIMS + 6, 0, "Range" if found.is_whole else "Range, at least", "head")
    grid.put(_CLAIMS + 7, 0, f"{found.source}; {found.confidence}")
