"""The sheet of interest: days of each entry in each quarter, what they grow to, and the interest, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.packet.disclosure.growth import Interest, Quarter
from analytics.cases.packet.disclosure.page_money import UNKNOWN
from analytics.cases.packet.disclosure.sheet_entries import Columns
from analytics.cases.packet.grids import PERCENT, SHARE, Grid, letter

__all__ = ["interest_grid"]

_LABELS = ("Interest runs up to and without", "Quarter from", "Quarter before", "Rate a year", "Compounded")
_UNTIL, _FROM, _BEFORE, _RATE, _KIND = range(5)
_HEADS, _FIRST, _DAYS = 5, 6, 3
"""Row of the headings, row of the first entry, column of the first quarter."""
_YEAR = 365
_MONTHS = 3
_NOUGHT = Decimal("0.00")


def interest_grid(basis: Basis, columns: Columns) -> tuple[Grid | None, dict[str, str]]:
    """Return the sheet, and by shipment the cell that holds its interest; none where no day is given.

    Parameters
    ----------
    basis : Basis
        What it is about.
    columns : Columns
        Where things stand on the sheet of entries.
    """
    growth = basis.growth
    if growth.until is None:
        return None, {}
    grid, quarters = Grid("Interest"), growth.quarters
    for row, label in enumerate(_LABELS):
        grid.put(row, 0, label)
    grid.put(_UNTIL, 1, growth.until)
    _put_quarters(grid, quarters)
    last = _DAYS + len(quarters)
    grid.row(_HEADS, ("Shipment", "From", "Loss"), "head")
    grid.row(_HEADS, [_name(quarter) for quarter in quarters], "head", start=_DAYS)
    grid.row(_HEADS, ("Days", "Days without a rate", "Growth", "Interest"), "head", start=last)
    cells, row = dict[str, str](), _FIRST
    for place, entry in enumerate(basis.entries, start=1):
        if entry.interest is not None and entry.loss is not None:
            _put_entry(grid, row, entry, columns.cell("Loss", place), quarters)
            if entry.interest.share is not None:
                cells[entry.uid] = f"{letter(last + 3)}{row + 1}"
            row += 1
    grid.put(row, 0, "Total", "head")
    grid.total(row, (2, last + 3), _FIRST)
    return grid, cells


def _name(quarter: Quarter) -> str:
    return f"Days in {quarter.start.year} Q{(quarter.start.month - 1) // _MONTHS + 1}"


def _put_quarters(grid: Grid, quarters: Sequence[Quarter]) -> None:
    for column, quarter in enumerate(quarters, start=_DAYS):
        grid.put(_FROM, column, quarter.start)
        grid.put(_BEFORE, column, quarter.end)
        grid.put(_RATE, column, quarter.rate, PERCENT)
        grid.put(_KIND, column, "daily" if quarter.is_daily else "simple")


def _put_entry(grid: Grid, row: int, entry: Entry, loss: str, quarters: Sequence[Quarter]) -> None:
    at, found, last = row + 1, entry.interest, _DAYS + len(quarters)
    counted = (entry.loss or _NOUGHT) * entry.is_included
    grid.row(row, (entry.uid, entry.row["arrival_date"], (f"=Entries!{loss}", counted)))
    for column, days in enumerate(found.days if found else (), start=_DAYS):
        name = letter(column)
        span = f"MIN($B$1,{name}${_BEFORE + 1})-MAX($B{at},{name}${_FROM + 1})"
        grid.put(row, column, (f"=MAX(0,{span})", days))
    span = f"{letter(_DAYS)}{at}:{letter(last - 1)}{at}"
    grid.put(row, last, (f"=SUM({span})", sum(found.days)) if quarters and found else 0)
    grid.put(row, last + 1, (f"=MAX(0,$B$1-$B{at})-{letter(last)}{at}", found.unrated if found else 0))
    _put_growth(grid, row, last + 2, found, (quarters, counted))


def _put_growth(
    grid: Grid, row: int, column: int, found: Interest | None, grown: tuple[Sequence[Quarter], Decimal]
) -> None:
    quarters, loss = grown
    if found is None or found.share is None:
        grid.row(row, (UNKNOWN, UNKNOWN), start=column)
        return
    grid.put(row, column, (_growth(row + 1, quarters), found.share), SHARE)
    formula = f"=ROUND(C{row + 1}*{letter(column)}{row + 1},2)"
    grid.put(row, column + 1, (formula, found.on(loss)))


def _growth(at: int, quarters: Sequence[Quarter]) -> str:
    """Return the formula of what one dollar grows by: from day to day, or by the rate for each day."""
    grown = "1"
    for column, quarter in enumerate(quarters, start=_DAYS):
        name = letter(column)
        rate, days = f"{name}${_RATE + 1}/{_YEAR}", f"{name}{at}"
        grown = f"{grown}*(1+{rate})^{days}" if quarter.is_daily else f"({grown}+{rate}*{days})"
    return f"=ROUND({grown}-1,12)"
