"""The sheet of entries: one row each, the rate of every duty beside what it comes to, paid, loss, interest, total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.entries import Entry
from analytics.cases.packet.disclosure.page_money import UNKNOWN
from analytics.cases.packet.grids import PERCENT, Grid, letter
from analytics.cases.packet.loss_rows import Duty, whole_dollars
from analytics.reports.wording import listed

__all__ = ["Columns", "columns_of", "entries_grid"]

_HEAD = (
    "Entry number", "Type", "Filer", "Port", "Arrived", "Shipment", "House bill", "Flags", "Tariff number",
    "Origin", "Declared value", "Dutiable value",
)  # fmt: skip
_TAIL = (
    "Duty", "Fees", "Paid", "Counted (1 or 0)", "Loss", "Interest", "Total", "Last day, 19 USC 1621",
    "Last day, 31 USC 3731(b)", "Not in the figures",
)  # fmt: skip
_FIRST = 1
"""Row of the first entry."""
_NOUGHT = Decimal("0.00")


class Columns:
    """Where things stand on the sheet.

    Parameters
    ----------
    layers : sequence of str
        Duties by name, each with a column of its rate and one of what it comes to.
    rows : int
        Entries.
    """

    def __init__(self, layers: Sequence[str], rows: int) -> None:
        self.layers = tuple(layers)
        self.total_row = _FIRST + rows
        self._tail = len(_HEAD) + 2 * len(self.layers)

    def rate(self, layer: int) -> int:
        """Return the column of the rate of a duty."""
        return len(_HEAD) + 2 * layer

    def tail(self, name: str) -> int:
        """Return a column that stands after the duties, by its heading."""
        return self._tail + _TAIL.index(name)

    def cell(self, name: str, row: int) -> str:
        """Return a cell after the duties: ``U2``."""
        return f"{letter(self.tail(name))}{row + 1}"


def columns_of(basis: Basis) -> Columns:
    """Return where things stand: the general rate comes first, then the other duties by name."""
    names = {(duty.row["layer"] != "GENERAL", duty.name) for entry in basis.entries for duty in entry.duties}
    return Columns([name for _, name in sorted(names)], len(basis.entries))


def entries_grid(basis: Basis, columns: Columns, interest: dict[str, str]) -> Grid:
    """Return the sheet.

    Parameters
    ----------
    basis : Basis
        What it is about.
    columns : Columns
        Where things stand.
    interest : dict of str to str
        By shipment, the cell of the sheet of interest that holds its interest.
    """
    grid, owed = Grid("Entries"), {uid: row for row, uid in enumerate(basis.money.owed["shipment_uid"], start=2)}
    grid.row(0, _HEAD, "head")
    for place, layer in enumerate(columns.layers):
        grid.row(0, (f"Rate: {layer}", layer), "head", start=columns.rate(place))
    grid.row(0, _TAIL, "head", start=columns.tail(_TAIL[0]))
    for row, entry in enumerate(basis.entries, start=_FIRST):
        grid.row(row, _declared(entry))
        _put_duties(grid, row, entry, columns, basis.money.duties.height + 1)
        _put_loss(grid, row, entry, columns, owed.get(entry.uid), interest.get(entry.uid))
    is_whole = not any(entry.is_at_least for entry in basis.included)
    grid.put(columns.total_row, 0, "Total" if is_whole else "Total, at least", "head")
    summed = [columns.tail(name) for name in ("Duty", "Fees", "Paid", "Loss", "Interest", "Total")]
    duties = [columns.rate(place) + 1 for place in range(len(columns.layers))]
    grid.total(columns.total_row, [len(_HEAD) - 2, *duties, *summed], _FIRST)
    return grid


def _declared(entry: Entry) -> list[Any]:
    row = entry.row
    named = [
        row["entry_number"] or "not given",
        row["entry_type"],
        row["filer_code"],
        row["port_of_entry"] or "not given",
    ]
    goods = [row["house_bill"], row["in_flags"], row["hts_code"] or "not given", row["origin_country"] or "not given"]
    value = row["customs_value_usd"]
    return [*named, row["arrival_date"], entry.uid, *goods, row["value_usd"], whole_dollars(value)]


def _put_duties(grid: Grid, row: int, entry: Entry, columns: Columns, last: int) -> None:
    for place, layer in enumerate(columns.layers):
        of = [duty for duty in entry.duties if duty.name == layer]
        if not of:
            continue
        at = columns.rate(place)
        grid.put(row, at, _rate(of), PERCENT)
        amount = sum((duty.amounts[1] for duty in of), _NOUGHT)
        if not amount and any(duty.row["is_unknown"] for duty in of):
            grid.put(row, at + 1, UNKNOWN)
            continue
        keys = f"Duties!$A$2:$A${last},F{row + 1},Duties!$B$2:$B${last},{letter(at + 1)}$1"
        grid.put(row, at + 1, (f"=SUMIFS(Duties!$L$2:$L${last},{keys})", amount))


def _rate(duties: list[Duty]) -> Decimal | str:
    """Return the one rate that the base holds; a word where there is none or more than one."""
    rates = {duty.row["rate_least"] for duty in duties}
    if None in rates or any(duty.row["is_unknown"] for duty in duties):
        return UNKNOWN
    is_one = len(rates) == 1 and all(duty.is_computed for duty in duties)
    return rates.pop() if is_one else "several"


def _put_loss(grid: Grid, row: int, entry: Entry, columns: Columns, owed: int | None, interest: str | None) -> None:
    at, cell = row + 1, columns.cell
    grid.put(row, columns.tail("Paid"), UNKNOWN if entry.paid is None else entry.paid)
    counted = (f"=Shipments!N{owed}", int(entry.is_included)) if owed else int(entry.is_included)
    grid.put(row, columns.tail("Counted (1 or 0)"), counted)
    ends = (entry.suit_ends, entry.claims_end, _lacking(entry))
    grid.row(row, ends, start=columns.tail("Last day, 19 USC 1621"))
    if entry.duty is None or entry.fee is None or entry.loss is None:
        for name in ("Duty", "Fees", "Loss", "Interest", "Total"):
            grid.put(row, columns.tail(name), UNKNOWN)
        return
    duties = ",".join(f"{letter(columns.rate(place) + 1)}{at}" for place in range(len(columns.layers)))
    grid.put(row, columns.tail("Duty"), (f"=SUM({duties})", entry.duty) if duties else entry.duty)
    grid.put(row, columns.tail("Fees"), entry.fee)
    loss, grown = entry.loss * entry.is_included, (entry.interest_usd or _NOUGHT) * entry.is_included
    formula = f"={cell('Counted (1 or 0)', row)}*({cell('Duty', row)}+{cell('Fees', row)}-N({cell('Paid', row)}))"
    grid.put(row, columns.tail("Loss"), (formula, loss))
    grid.put(row, columns.tail("Interest"), (f"=Interest!{interest}", grown) if interest else UNKNOWN)
    grid.put(row, columns.tail("Total"), (f"=SUM({cell('Loss', row)},{cell('Interest', row)})", loss + grown))


def _lacking(entry: Entry) -> str:
    """Say what of an entry is in no figure."""
    parts = ["its loss, told by flag"] if entry.loss is None else []
    parts += [duty.name for duty in entry.unread]
    parts += ["interest"] if entry.interest is None and entry.loss is not None else []
    parts += [f"interest of {entry.interest.unrated} days"] if entry.interest and entry.interest.unrated else []
    aside = "" if entry.is_included else "; set aside by a person"
    return f"{listed(parts)}{aside}".removeprefix("; ")
