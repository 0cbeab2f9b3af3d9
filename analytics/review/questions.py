"""Sheets that ask a person: rows without any score out, a verdict and a note a row back in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from analytics.errors import UnreadableFile

__all__ = ["ASKED", "read_answers", "write_questions"]

ASKED = ("verdict", "note")
_SHEET = "review"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp: same rows, same bytes
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_USUAL_WIDTH = 20


def write_questions(
    out: Path,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    verdicts: Sequence[str],
    widths: Mapping[str, int],
) -> None:
    """Write a sheet; the file appears whole or not at all.

    Parameters
    ----------
    out : Path
        An XLSX file.
    headings : sequence of str
        The second and third are those of `ASKED`.
    rows : sequence of sequence of str
        Plain text, one cell a heading.
    title : str
        Of the workbook.
    verdicts : sequence of str
        What may be answered.
    widths : mapping
        Heading, or its beginning before a blank, to width in characters.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}.new.xlsx")
    try:
        _write(fresh, headings, rows, title, verdicts, widths)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def read_answers(file: Path, ids: Sequence[str], again: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet: its row number, the ids, the verdict in lower case, the note.

    Parameters
    ----------
    file : Path
        The sheet.
    ids : sequence of str
        Columns that tell what a row is about.
    again : str
        The call that writes such a sheet, for the message.

    Raises
    ------
    UnreadableFile
        It is no such sheet.
    """
    import fastexcel

    try:
        sheet = fastexcel.read_excel(file).load_sheet(_SHEET, header_row=None, skip_rows=0, dtypes="string")
    except (fastexcel.FastExcelError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableFile(f"{file}: no review sheet ({reason}). Write one: {again}") from None
    heading, *cells = ([str(cell or "").strip() for cell in row] for row in sheet.to_polars().iter_rows())
    missing = sorted({*ASKED, *ids} - set(heading))
    if missing:
        raise UnreadableFile(f"{file}: the sheet has no column {missing[0]}. Write it anew: {again}")
    rows = [dict(zip(heading, row, strict=True)) for row in cells]
    return [{**row, "row": number, "verdict": row["verdict"].lower()} for number, row in enumerate(rows, start=2)]


def _write(
    file: Path,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str,
    verdicts: Sequence[str],
    widths: Mapping[str, int],
) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": title, "created": _CREATED})
        head = book.add_format({"bold": True, "bg_color": "#f4f6f8", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        asked = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fff8e1"})
        sheet = book.add_worksheet(_SHEET)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, head)
            sheet.set_column(column, column, widths.get(heading, widths.get(heading.split()[0], _USUAL_WIDTH)))
            for number, row in enumerate(rows, start=1):
                write = sheet.write_string if row[column] else sheet.write_blank
                write(number, column, row[column], asked if heading in ASKED else plain)
        choice = {"validate": "list", "source": list(verdicts), "error_message": f"One of: {', '.join(verdicts)}"}
        sheet.data_validation(1, 1, max(len(rows), 1), 1, choice)
        sheet.freeze_panes(1, len(ASKED) + 1)
