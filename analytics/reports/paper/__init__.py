"""The report on paper: `first` lays out page one, `summary` the two sheets after it, `rest` every other section."""

from __future__ import annotations

from analytics.reports.paper.document import report_pdf, report_sheets

__all__ = ["report_pdf", "report_sheets"]
