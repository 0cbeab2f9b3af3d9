"""XLS workbooks: a sheet is small by its format, so that nothing is looked into before it is read."""

from __future__ import annotations

from analytics.ingest.readers.format import COMPOUND, Format
from analytics.ingest.readers.reach import Findings
from analytics.ingest.readers.workbooks import opens_workbooks

__all__ = ["FORMAT"]

FORMAT = Format(
    "xls",
    50,
    (".xls",),
    lambda head: head.raw.startswith(COMPOUND),
    book=opens_workbooks("xls", lambda _: {"": Findings()}),
)
