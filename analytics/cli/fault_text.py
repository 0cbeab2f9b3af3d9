"""What the verbs on a store print of its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.showing import one_line

if TYPE_CHECKING:
    from analytics.store import Fault

__all__ = ["fault_lines"]

_HEADINGS = ("file", "problem", "expected", "found")


def fault_lines(faults: list[Fault]) -> list[str]:
    """Return a table of files, each with what is wrong.

    Parameters
    ----------
    faults : list of Fault
        What `analytics.store.check` found.
    """
    rows = [_HEADINGS, *((one_line(fault.file), fault.problem, fault.expected, fault.found) for fault in faults)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
