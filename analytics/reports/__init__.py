"""The weekly risk report: measured into plain data first, drawn second, laid out last.

`report` is the door; Plotly, Jinja2 and xlsxwriter are loaded when it is called, not before.
"""

from __future__ import annotations

from analytics.reports.writing import report

__all__ = ["report"]
