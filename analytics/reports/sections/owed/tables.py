"""What may be owed as tables: component by component, duty by duty, and what no manifest dates."""

from __future__ import annotations

from analytics.reports.section import Table
from analytics.reports.sections.owed.measures import Owed
from analytics.reports.sections.owed.words import component_rows, layer_rows
from analytics.reports.wording import counted, money

__all__ = ["owed_brief", "owed_tables"]

_BRIEF = ("total", "penalty", "disclosure")
_COUNTED_ONCE = (
    "Each shipment counts once. Where some part is not known, the figures are of the rest. The penalty is the most "
    "that may be asked for this degree of culpability; it may be nothing, and fraud is never inferred."
)
_PARTLY = "* For some goods it could not be computed, or the list they are on is not known."


def owed_tables(owed: Owed) -> list[Table]:
    """Return the components, the duties, and the time limits that no manifest dates.

    Parameters
    ----------
    owed : Owed
        What was measured.
    """
    undated = [[row["wording"], row["source"]] for row in owed.undated]
    tables = [
        Table(*_components(owed), numbers=frozenset({1, 2, 3}), note=_COUNTED_ONCE),
        _duties(owed),
        Table(("Time limit that no manifest dates", "Source"), undated),
    ]
    return [table for table in tables if table.rows]


def owed_brief(owed: Owed) -> list[Table]:
    """Return duty and fees, the penalty and a prior disclosure.

    Parameters
    ----------
    owed : Owed
        What was measured.
    """
    headings, rows = _components(owed)
    kept = [row for name, row in zip(owed.components, rows, strict=False) if name in _BRIEF]
    return [Table(headings, kept, "What may be owed", frozenset({1, 2, 3}))] if kept else []


def _components(owed: Owed) -> tuple[tuple[str, ...], list[list[str]]]:
    rows = [
        [
            row["name"],
            money(row["floor"]),
            money(row["base"]),
            "not known" if row["ceiling"] is None else money(row["ceiling"]),
            f"some part of {counted(row['unknown'], 'flag')}" if row["unknown"] else "",
        ]
        for row in component_rows(owed)
    ]
    return ("Component", "Low", "Base", "High", "Not known"), rows if owed.flags else []


def _duties(owed: Owed) -> Table:
    rows = [
        [
            f"{row['name']}{'*' if row['is_unknown'] else ''}",
            f"{row['shipments']:,}",
            money(row["base_usd"]),
            money(row["between"]),
            money(row["left_out"]),
            row["source"],
        ]
        for row in layer_rows(owed)
    ]
    headings = ("Duty", "Shipments", "In the base", "More in the high estimate", "Left out as void", "Source")
    note = _PARTLY if owed.layers["is_unknown"].any() else ""
    return Table(headings, rows, "Duty by duty", frozenset({1, 2, 3, 4}), note)
