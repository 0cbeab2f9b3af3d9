"""The sheets of the loss of duties: rate by value with live formulas, held against the figures of the screening.

Rates, values and fees are typed in; every amount that follows from them is a formula with its result beside it. A duty
that does not follow from one rate on one value (several lines with rates of their own) is typed in and says so.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal

import polars as pl

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.grids import PERCENT, Grid, letter
from analytics.cases.packet.loss_rows import Duty, Owed, duties_of, owed_of, whole_dollars
from analytics.reports.wording import name_of

__all__ = ["loss_grids"]

_SHIPMENTS = (
    "Shipment", "Arrived", "Origin", "Tariff number", "Customs value", "Dutiable value", "Duty low", "Duty base",
    "Duty high", "Fee", "Loss low", "Loss base", "Loss high", "Counted (1 or 0)", "Counted low", "Counted base",
    "Counted high", "Base as screened", "Difference", "Note",
)  # fmt: skip
_DUTIES = (
    "Shipment", "Duty", "Rate low", "Rate high", "Dutiable value", "At low rate", "At high rate", "In low", "In base",
    "In high", "Duty low", "Duty base", "Duty high", "Low as screened", "Base as screened", "High as screened",
    "Difference", "Why not certain", "Source of the rate",
)  # fmt: skip
_READINGS = ("flag_id", "component", "interpretation", "low_usd", "base_usd", "high_usd", "is_unknown")
_NOTES = (
    "An indicator. Whether duty is owed is for counsel and CBP to decide.",
    "Dutiable value: customs value in whole dollars, fifty cents up. Each duty is brought to the cent (19 CFR 159.3).",
    "Low leaves out what may not apply. High takes the highest rate of an open list. Void duties are in no figure.",
    "Write 0 into 'Counted' to leave a shipment out. Shipments that a person set aside begin with 0.",
    "'As screened' are the figures of the run. A difference other than 0 means that a cell was changed.",
)
_NOUGHT = Decimal("0.00")


def loss_grids(basis: Basis) -> tuple[Grid, Grid, Grid, Grid]:
    """Return the sheets: the loss in all, by shipment, by duty, and under each interpretation."""
    duties = duties_of(basis.shipments, basis.money.duties)
    shipments = _shipments(owed := owed_of(basis.shipments, basis.money.owed), duties, set(basis.money.reentered))
    return _summary(basis, shipments, duties), shipments, _duties(owed, duties), _readings(basis)


def _shipments(owed: Sequence[Owed], duties: Sequence[Duty], again: Container[str]) -> Grid:
    """Write one row a shipment, its duties summed from the sheet of duties."""
    grid, last = Grid("Shipments"), len(duties) + 1
    grid.row(0, _SHIPMENTS, "head")
    by_shipment: dict[str, list[Duty]] = {}
    for duty in duties:
        by_shipment.setdefault(duty.row["shipment_uid"], []).append(duty)
    for row, of in enumerate(owed, start=1):
        at, sums = row + 1, _sums(by_shipment.get(of.shipment_uid, []))
        grid.row(row, (of.shipment_uid, of.arrival_date, of.origin, of.hts_code, of.customs_value))
        grid.put(row, 5, (f"=ROUND(E{at},0)", whole_dollars(of.customs_value)))
        grid.put(row, 9, of.fee)
        grid.put(row, 13, int(of.is_included))
        for place, amount in enumerate(sums):
            column, total = "KLM"[place], amount + of.fee
            wanted = f"Duties!${column}$2:${column}${last},Duties!$A$2:$A${last},A{at}"
            grid.put(row, 6 + place, (f"=SUMIFS({wanted})", amount))
            grid.put(row, 10 + place, (f"={'GHI'[place]}{at}+J{at}", total))
            grid.put(row, 14 + place, (f"=N{at}*{column}{at}", total * of.is_included))
        if of.shipment_uid in again:
            grid.put(row, 14, _NOUGHT)
        grid.put(row, 17, of.screened_base)
        grid.put(row, 18, (f"=L{at}-R{at}", sums[1] + of.fee - of.screened_base))
        grid.put(row, 19, _note(of, is_again=of.shipment_uid in again))
    if owed:
        grid.put(len(owed) + 1, 0, "Total", "head")
        grid.total(len(owed) + 1, (*range(4, 13), *range(14, 19)), 1)
    return grid


def _note(of: Owed, *, is_again: bool) -> str:
    said = ["some part could not be computed"] if of.is_unknown else []
    said += ["entered again with duty: nothing in counted low"] if is_again else []
    return "; ".join(said)


def _sums(duties: Sequence[Duty]) -> list[Decimal]:
    return [sum((duty.amounts[place] for duty in duties), _NOUGHT) for place in range(3)]


def _duties(owed: Sequence[Owed], duties: Sequence[Duty]) -> Grid:
    """Write one row a duty and shipment: rate by dutiable value, and which figures hold it."""
    grid, last = Grid("Duties"), len(owed) + 1
    grid.row(0, _DUTIES, "head")
    for row, duty in enumerate(duties, start=1):
        at = row + 1
        grid.row(row, (duty.row["shipment_uid"], duty.name))
        grid.row(row, (duty.row["rate_least"], duty.row["rate_most"]), PERCENT, start=2)
        value = f"=INDEX(Shipments!$F$2:$F${last},MATCH(A{at},Shipments!$A$2:$A${last},0))"
        grid.put(row, 4, (value, duty.dutiable))
        for column, (rate, amount) in enumerate((("C", duty.least), ("D", duty.most)), start=5):
            grid.put(row, column, (f"=ROUND(E{at}*{rate}{at},2)", amount) if duty.is_computed else amount)
        grid.row(row, duty.held, start=7)
        for place, amount in enumerate(duty.amounts):
            grid.put(row, 10 + place, (f"={'HIJ'[place]}{at}*{'FFG'[place]}{at}", amount))
        grid.row(row, duty.screened, start=13)
        grid.put(row, 16, (f"=ABS(K{at}-N{at})+ABS(L{at}-O{at})+ABS(M{at}-P{at})", _NOUGHT))
        grid.row(row, (_why(duty), duty.row["source"]), start=17)
    if duties:
        grid.put(len(duties) + 1, 0, "Total", "head")
        grid.total(len(duties) + 1, range(10, 17), 1)
    return grid


def _why(duty: Duty) -> str:
    typed = "" if duty.is_computed else f"; typed in, for {duty.row['lines']} lines with rates of their own"
    return f"{duty.row['driver'].replace('_', ' ')}{typed}"


def _summary(basis: Basis, shipments: Grid, duties: Sequence[Duty]) -> Grid:
    """Write the loss by duty and in all, beside the figures of the screening."""
    grid = Grid("Summary")
    grid.put(0, 0, f"{basis.about}: loss of duties", "title")
    for line, note in enumerate(_NOTES, start=1):
        grid.put(line, 0, note)
    line = _by_duty(grid, len(_NOTES) + 2, duties)
    _in_all(grid, line + 1, basis, shipments)
    return grid


def _by_duty(grid: Grid, line: int, duties: Sequence[Duty]) -> int:
    grid.row(line, ("Duty (USD)", "Low", "Base", "High"), "head")
    last = len(duties) + 1
    for name in sorted({duty.name for duty in duties}):
        line += 1
        grid.put(line, 0, name)
        for place, amount in enumerate(_sums([duty for duty in duties if duty.name == name])):
            column = "KLM"[place]
            wanted = f"Duties!${column}$2:${column}${last},Duties!$B$2:$B${last},A{line + 1}"
            grid.put(line, place + 1, (f"=SUMIFS({wanted})", amount))
    return line + 1


def _in_all(grid: Grid, line: int, basis: Basis, shipments: Grid) -> None:
    head = (
        "In all (USD)",
        "Low",
        "Base",
        "High",
        "Low as screened",
        "Base as screened",
        "High as screened",
        "Difference",
    )
    grid.row(line, head, "head")
    first = line + 1
    grid.row(line + 1, ("Duty", *(_linked(shipments, column) for column in (6, 7, 8))))
    grid.row(line + 2, ("Fees", *(_linked(shipments, column) for column in (9, 9, 9))))
    line += 3
    for row in basis.money.owed_by_flag.iter_rows(named=True):
        typology = basis.flags.filter(pl.col("flag_id") == row["flag_id"])["typology"].item()
        label = f"Flag {row['flag_id']} ({name_of(typology).lower()}), not by shipment"
        grid.row(line, (label, *(row[name] or _NOUGHT for name in ("low_usd", "base_usd", "high_usd"))))
        line += 1
    grid.put(line, 0, "Loss of duty and fees", "head")
    grid.total(line, (1, 2, 3), first)
    loss = basis.money.disclosure
    if loss:
        grid.row(line, (loss.loss_floor, loss.loss_base, loss.loss_ceiling), start=4)
        grid.put(line, 7, (_difference(line + 1), _NOUGHT))
    grid.row(
        line + 1, ("Of this, shipments that are counted", *(_linked(shipments, column) for column in (14, 15, 16)))
    )
    known = loss.interest if loss else None
    grid.row(line + 2, ("Interest as screened", "", "not computed" if known is None else known))
    if loss and loss.is_unknown:
        grid.put(line + 3, 0, "Some part could not be computed. It is in no figure, and high is not known.")


def _difference(at: int) -> str:
    return "=" + "+".join(f"ABS({left}{at}-{right}{at})" for left, right in zip("BCD", "EFG", strict=True))


def _linked(shipments: Grid, column: int) -> tuple[str, Decimal] | Decimal:
    """Return a reference to the total of a column of shipments; nought where there is no shipment."""
    row = max(line for line, _ in shipments.values)
    if not row:
        return _NOUGHT
    return f"=Shipments!{letter(column)}{row + 1}", shipments.values[row, column]


def _readings(basis: Basis) -> Grid:
    """Write what each flag puts at issue under each interpretation, as screened."""
    grid = Grid("Interpretations")
    grid.row(0, ("Flag", "Component", "Interpretation", "Low", "Base", "High", "Some part unknown"), "head")
    for row, values in enumerate(basis.money.exposure.select(_READINGS).iter_rows(), start=1):
        grid.row(row, values)
    return grid
