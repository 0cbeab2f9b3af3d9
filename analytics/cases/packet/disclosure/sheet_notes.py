"""Further sheets of a disclosure: what else may be asked, open questions, assumptions with citations, unknowns."""

from __future__ import annotations

from decimal import Decimal

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.page_law import assumptions_of, law_rows_of
from analytics.cases.packet.disclosure.page_money import UNKNOWN
from analytics.cases.packet.disclosure.questions import bond_lines, open_questions
from analytics.cases.packet.disclosure.sheet_entries import Columns
from analytics.cases.packet.disclosure.totals import ClaimsRange, claims_range, totals_of
from analytics.cases.packet.disclosure.unknowns import unknowns_of
from analytics.cases.packet.grids import Grid

__all__ = ["assumptions_grid", "questions_grid", "tender_grid", "unknowns_grid"]


def tender_grid(basis: Basis, columns: Columns) -> Grid:
    """Return loss, interest and their sum, then the range of the False Claims Act, all as formulas."""
    grid, totals = Grid("Tender"), totals_of(basis)
    row, by_entry = columns.total_row, totals.base - totals.by_flag
    least = "" if totals.is_whole else "At least: something could not be computed, see the sheet of unknowns."
    grid.put(0, 0, f"{basis.about}: tender", "title")
    grid.put(1, 0, least or "Every part was computed.")
    grid.row(2, ("USD", "Amount"), "head")
    loss = (f"=Entries!{columns.cell('Loss', row)}", by_entry) if basis.entries else by_entry
    interest = (f"=Entries!{columns.cell('Interest', row)}", totals.interest or Decimal("0.00"))
    if basis.terms.interest_usd is not None or totals.interest is None or not basis.entries:
        interest = UNKNOWN if totals.interest is None else totals.interest  # type: ignore[assignment]
    grid.row(3, ("Loss of entries that are counted", loss))
    grid.row(4, ("Loss told by flag and not by entry", totals.by_flag))
    grid.row(5, ("Interest", interest))
    grid.row(6, ("Loss with interest" if totals.is_whole else "Loss with interest, at least",), "head")
    grid.put(6, 1, ("=SUM(B4,B5,B6)", totals.tender), "head")
    claims = claims_range(basis, totals)
    if claims:
        _put_claims(grid, 8, basis, claims)
    for line, said in enumerate(bond_lines(basis), start=16):
        grid.put(line, 0, said)
    return grid


def _put_claims(grid: Grid, line: int, basis: Basis, found: ClaimsRange) -> None:
    totals = totals_of(basis)
    grid.row(line, ("False Claims Act, 31 USC 3729", "Least", "Most"), "head")
    grid.row(line + 1, ("Loss, low and high", totals.low, totals.high))
    grid.row(line + 2, ("Times the damages", found.times, found.times))
    grid.row(line + 3, ("Claims, if each entry is one", found.claims, found.claims))
    grid.row(line + 4, ("Penalty for one claim", found.least_each, found.most_each))
    at = line + 2
    sums = [(f"={name}{at}*{name}{at + 1}+{name}{at + 2}*{name}{at + 3}", amount)
            for name, amount in (("B", found.least), ("C", found.most))]  # fmt: skip
    grid.row(line + 5, ("Range" if found.is_whole else "Range, at least; the most is not known", *sums), "head")
    grid.put(line + 6, 0, f"{found.source}; {found.confidence}")


def questions_grid(basis: Basis) -> Grid:
    """Return the open questions, each with who answers it."""
    grid = Grid("Open questions")
    grid.row(0, ("Question", "What it turns on", "Who answers"), "head")
    for row, question in enumerate(open_questions(basis), start=1):
        grid.row(row, question)
    return grid


def assumptions_grid(basis: Basis) -> Grid:
    """Return the rows of law with citation and confidence, then what the figures take for granted."""
    grid, cited = Grid("Assumptions"), law_rows_of(basis)
    grid.row(0, ("Table", "What", "Holds from", "Citation", "Source seen"), "head")
    for row, values in enumerate(cited, start=1):
        grid.row(row, values)
    grid.put(len(cited) + 2, 0, "What the figures take for granted", "head")
    for row, said in enumerate(assumptions_of(basis), start=len(cited) + 3):
        grid.put(row, 0, said)
    return grid


def unknowns_grid(basis: Basis) -> Grid:
    """Return what is not known, entry by entry, and what would settle it."""
    grid = Grid("Unknowns")
    grid.row(0, ("Shipment", "What is not known", "Why", "What would settle it"), "head")
    for row, unknown in enumerate(unknowns_of(basis), start=1):
        grid.row(row, unknown)
    return grid
