"""Further sheets of a disclosure: flags, open questions, assumptions with citations, unknowns."""

from __future__ import annotations

from analytics.cases.packet.disclosure.basis import Basis
from analytics.cases.packet.disclosure.page_law import assumptions_of, law_rows_of
from analytics.cases.packet.disclosure.questions import open_questions
from analytics.cases.packet.disclosure.unknowns import unknowns_of
from analytics.cases.packet.grids import WRAPPED, Grid
from analytics.reports.wording import name_of
from analytics.typologies.registry import typology

__all__ = ["assumptions_grid", "flags_grid", "questions_grid", "unknowns_grid"]

_FLAGS = (
    "Flag", "Indicator", "Question for counsel", "Strength", "First day", "Last day", "Packages", "Together worth",
    "Limit then", "Currency", "Over by", "Rule", "Legal basis", "In totals", "Explained",
)  # fmt: skip
_OF_FLAG = (
    "strength", "window_start", "window_end", "shipments", "total_usd", "limit_amount", "limit_currency", "excess_usd",
    "rule_id", "legal_basis", "in_totals", "is_suppressed",
)  # fmt: skip


def flags_grid(basis: Basis) -> Grid:
    """Return the flags, each with the question that counsel is asked."""
    grid = Grid("Flags")
    grid.row(0, _FLAGS, "head")
    for row, flag in enumerate(basis.flags.iter_rows(named=True), start=1):
        asked = name_of(flag["typology"]), typology(flag["typology"]).for_counsel
        grid.row(row, (flag["flag_id"], *asked, *(flag[name] for name in _OF_FLAG)))
        grid.put(row, 2, asked[1], WRAPPED)
    return grid


def questions_grid(basis: Basis) -> Grid:
    """Return the open questions, each with who answers it."""
    grid = Grid("Open questions")
    grid.row(0, ("Question", "What it turns on", "Who answers"), "head")
    for row, question in enumerate(open_questions(basis), start=1):
        grid.row(row, question, WRAPPED)
    return grid


def assumptions_grid(basis: Basis) -> Grid:
    """Return the rows of law with citation and confidence, then what the figures take for granted."""
    grid, cited = Grid("Assumptions"), law_rows_of(basis)
    grid.row(0, ("Table", "What", "Holds from", "Citation", "Source seen"), "head")
    for row, values in enumerate(cited, start=1):
        for column, value in enumerate(values):
            grid.put(row, column, value, WRAPPED if isinstance(value, str) else "")
    grid.put(len(cited) + 2, 0, "What the figures take for granted", "head")
    for row, said in enumerate(assumptions_of(basis), start=len(cited) + 3):
        grid.put(row, 0, said)
    return grid


def unknowns_grid(basis: Basis) -> Grid:
    """Return what is not known, entry by entry, and what would settle it."""
    grid = Grid("Unknowns")
    grid.row(0, ("Shipment", "What is not known", "Why", "What would settle it"), "head")
    for row, unknown in enumerate(unknowns_of(basis), start=1):
        grid.row(row, unknown, WRAPPED)
    return grid
