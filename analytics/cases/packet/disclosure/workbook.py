"""The workbook of a disclosure: every amount that follows from others is a formula with its result beside it."""

from __future__ import annotations

from io import BytesIO

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.sheet_entries import columns_of, entries_grid
from analytics.cases.packet.disclosure.sheet_interest import interest_grid
from analytics.cases.packet.disclosure.sheet_loss import loss_grids
from analytics.cases.packet.disclosure.sheet_notes import (
    assumptions_grid,
    flags_grid,
    questions_grid,
    unknowns_grid,
)
from analytics.cases.packet.disclosure.sheet_tender import tender_grid
from analytics.workbooks.cells import Formats, new_book

__all__ = ["disclosure_workbook"]


def disclosure_workbook(basis: Basis) -> bytes:
    """Return the loss of duties entry by entry as a workbook; the same for the same store and terms."""
    buffer = BytesIO()
    book = new_book(buffer, f"{basis.about}: loss of duties")
    formats, columns = Formats(book), columns_of(basis)
    summary, shipments, duties, interpretations = loss_grids(basis)
    interest, cells = interest_grid(basis, columns)
    summary.write(book, formats)
    tender_grid(basis, columns).write(book, formats)
    entries_grid(basis, columns, cells).write(book, formats, (1, 6))
    if interest:
        interest.write(book, formats, (6, 1))
    shipments.write(book, formats, (1, 1))
    duties.write(book, formats, (1, 2))
    interpretations.write(book, formats, (1, 0))
    for grid in (flags_grid(basis), questions_grid(basis), assumptions_grid(basis), unknowns_grid(basis)):
        grid.write(book, formats, (1, 0))
    book.close()
    return buffer.getvalue()
