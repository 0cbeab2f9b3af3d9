"""The review sheet: pairs of spellings side by side without any score, out to a person and back in."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from analytics.errors import InputError, UnreadableFile
from analytics.reports.wording import clean
from analytics.review.judging import VERDICTS, Verdict, take_down
from analytics.review.proposals import proposals
from analytics.store import Store

__all__ = ["take_sheet", "write_sheet"]

_SHEET = "review"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp: same pairs, same bytes
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ADDRESS = tuple(f"consignee_{name}" for name in ("address", "address2", "city", "state", "postal_code", "country"))
_FIELDS = {
    "name": ("consignee_name",),
    "address": _ADDRESS,
    "phone": ("consignee_phone",),
    "email": ("consignee_email",),
    "account": ("consignee_id_issuer", "consignee_id"),
}
_ASKED = ("verdict", "note")
_IDS = ("alias_id_l", "alias_id_r")
_HEADINGS = ("pair", *_ASKED, *(f"{field} {side}" for field in _FIELDS for side in (1, 2)), *_IDS)
_WIDTHS = {"pair": 6, "verdict": 12, "note": 30, "name": 28, "address": 44, "alias_id_l": 20, "alias_id_r": 20}
_USUAL_WIDTH = 20


def write_sheet(store: Store, count: int, out: Path) -> int:
    """Write the pairs that a person should judge next.

    Parameters
    ----------
    store : Store
        Where they are.
    count : int
        How many at most.
    out : Path
        An XLSX file.

    Returns
    -------
    int
        Pairs in the sheet.
    """
    pairs = proposals(store, count)
    aliases = store.table("aliases").filter(pl.col("alias_id").is_in([alias for pair in pairs for alias in pair]))
    written = {row["alias_id"]: row for row in aliases.collect().iter_rows(named=True)}
    rows = [_row(number, written[left], written[right]) for number, (left, right) in enumerate(pairs, start=1)]
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}.new.xlsx")
    try:
        _write(rows, fresh)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return len(rows)


def take_sheet(store: Store, file: Path, by: str | None = None) -> int:
    """Take back a sheet that a person has filled in, all of it or nothing.

    Parameters
    ----------
    store : Store
        The store it was written from.
    file : Path
        The sheet; rows without a verdict are left for another time.
    by : str, optional
        Who judged; the name of the user where not given.

    Returns
    -------
    int
        Verdicts taken.

    Raises
    ------
    UnreadableFile
        The file is no review sheet.
    InputError
        A row has no valid verdict, or is not about two spellings of this store. Nothing is taken then.
    """
    answered = [row for row in _read(file) if row["verdict"]]
    known = set(store.table("aliases").drop_nulls("identity_id").select("alias_id").collect()["alias_id"])
    times = Counter(_pair(row) for row in answered)
    for row in answered:
        wrong = _wrong(row, known, times)
        if wrong:
            raise InputError(f"{file}, row {row['row']}: {wrong} Nothing was taken from this sheet.")
    if answered:
        take_down(store, [Verdict(*_pair(row), row["verdict"], row["note"]) for row in answered], by)
    return len(answered)


def _row(number: int, *sides: dict[str, Any]) -> list[str]:
    fields = [_text(side, columns) for columns in _FIELDS.values() for side in sides]
    return [str(number), "", "", *fields, *(side["alias_id"] for side in sides)]


def _text(alias: dict[str, Any], columns: tuple[str, ...]) -> str:
    return clean(", ".join(str(alias[column]) for column in columns if alias[column]))


def _write(rows: list[list[str]], file: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": "Review of spellings", "created": _CREATED})
        head = book.add_format({"bold": True, "bg_color": "#f4f6f8", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        asked = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fff8e1"})
        sheet = book.add_worksheet(_SHEET)
        for column, heading in enumerate(_HEADINGS):
            sheet.write_string(0, column, heading, head)
            sheet.set_column(column, column, _WIDTHS.get(heading, _WIDTHS.get(heading[:-2], _USUAL_WIDTH)))
            for number, row in enumerate(rows, start=1):
                write = sheet.write_string if row[column] else sheet.write_blank
                write(number, column, row[column], asked if heading in _ASKED else plain)
        choice = {"validate": "list", "source": list(VERDICTS), "error_message": f"One of: {', '.join(VERDICTS)}"}
        sheet.data_validation(1, 1, max(len(rows), 1), 1, choice)
        sheet.freeze_panes(1, len(_ASKED) + 1)


def _read(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a sheet: its row number, the two ids, the verdict in lower case, the note."""
    import fastexcel

    try:
        sheet = fastexcel.read_excel(file).load_sheet(_SHEET, header_row=None, skip_rows=0, dtypes="string")
    except (fastexcel.FastExcelError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableFile(f"{file}: no review sheet ({reason}). Write one: splitship review --next 20") from None
    heading, *cells = ([str(cell or "").strip() for cell in row] for row in sheet.to_polars().iter_rows())
    missing = sorted({*_ASKED, *_IDS} - set(heading))
    if missing:
        raise UnreadableFile(f"{file}: the sheet has no column {missing[0]}. Write it anew: splitship review --next 20")
    rows = [dict(zip(heading, row, strict=True)) for row in cells]
    return [{**row, "row": number, "verdict": row["verdict"].lower()} for number, row in enumerate(rows, start=2)]


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    left, right = sorted(row[name] for name in _IDS)
    return left, right


def _wrong(row: dict[str, Any], known: set[str], times: Counter[tuple[str, str]]) -> str | None:
    left, right = _pair(row)
    if row["verdict"] not in VERDICTS:
        return f"the verdict is none of {', '.join(VERDICTS)}. Choose one, or leave the cell empty."
    if left == right or not {left, right} <= known:
        return "its ids are not two spellings of this store. Take the sheet into the store it was written from."
    if times[left, right] > 1:
        return "the same pair stands in another row too. Keep one of them."
    return None
