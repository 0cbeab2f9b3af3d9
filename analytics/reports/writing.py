"""The door of the room: one period of one store, written to one file."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.errors import UsageError
from analytics.reports.tables import Store

if TYPE_CHECKING:
    from analytics.reports.casebook import CaseBook
    from analytics.reports.section import Contents

__all__ = ["ENDINGS", "report", "write_whole", "written"]

ENDINGS = (".html", ".json", ".pdf", ".xlsx")
"""Of the files that a report can be written to."""


def report(
    store: Store,
    *,
    week: str | None = None,
    start: date | str | None = None,
    end: date | str | None = None,
    out: Path | None = None,
    book: CaseBook | None = None,
    is_privileged: bool = False,
    is_masked: bool = False,
) -> Path:
    """Write the risk report of one week, or of any span of days.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``, and a ``root`` where ``out`` is left out.
    week : str, optional
        ISO week such as ``2025-W11``; by default the last week with data.
    start, end : date or str, optional
        First and last day instead of a week, both included.
    out : Path, optional
        Where to write: ``.html`` gives the page, ``.pdf`` the same on paper (extra ``pdf``), ``.xlsx`` the workbook,
        ``.json`` the measures of all. By default ``report-<week>.html`` in the folder of the store.
    book : CaseBook, optional
        The cases of the store (`analytics.cases.lookup.case_book`): what investigators have under way.
    is_privileged : bool, default=False
        Mark the report as prepared at the request of counsel.
    is_masked : bool, default=False
        Write the masked edition: pseudonyms for parties, no addresses and contact details, the same figures.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    UsageError
        The ending, the week or the days cannot be understood.
    """
    if out is not None and Path(out).suffix.lower() not in ENDINGS:
        raise UsageError(f"cannot write a report as {Path(out).name!r}; use an ending of {', '.join(ENDINGS)}")

    from analytics.reports.periods import choose_period
    from analytics.reports.section import Contents

    if out is not None and Path(out).suffix.lower() == ".pdf":
        from analytics.typesetting.setting import installed

        installed()
    period = choose_period(store, week=week, start=start, end=end)
    out = Path(out) if out is not None else Path(store.root) / f"report-{period.label.replace(' ', '-')}.html"
    contents = Contents(store, period, book, is_privileged=is_privileged, is_masked=is_masked)
    return write_whole(out, written(contents, out.suffix.lower()))


def written(contents: Contents, ending: str) -> bytes:
    """Return one form of a report.

    Parameters
    ----------
    contents : Contents
        What it is made from.
    ending : str
        One of `ENDINGS`.
    """
    if ending == ".html":
        from analytics.reports.pages import page

        return page(contents).encode()
    if ending == ".json":
        from analytics.reports.as_json import report_json

        return report_json(contents).encode()
    if ending == ".pdf":
        from analytics.reports.paper import report_pdf

        return report_pdf(contents)
    from analytics.reports.workbook import workbook

    return workbook(contents)


def write_whole(out: Path, content: bytes) -> Path:
    """Put a file in place as a whole: a reader never sees half of it, and nobody but its owner reads it.

    Parameters
    ----------
    out : Path
        The file.
    content : bytes
        All of it.

    Returns
    -------
    Path
        The file.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o600)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return out
