"""Takes in a file of notices: bill, code and day."""

from __future__ import annotations

import csv
import getpass
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import Notices
from analytics.errors import InputError, UnreadableFile
from analytics.store import Store, append_log, read_log

__all__ = ["Taken", "take_notices"]

_HEADINGS = {
    "bill": ("bill", "billnumber", "housebill", "hawb", "hbl", "trackingnumber", "shipmentid"),
    "code": ("code", "noticecode", "dispositioncode", "disposition"),
    "notice_date": ("date", "noticedate", "dispositiondate"),
}
_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Taken:
    """What became of the rows of a file of notices: ``read`` is ``fresh`` and ``known`` together."""

    read: int
    fresh: int

    @property
    def known(self) -> int:
        """Rows that say what was known before, or what another row says."""
        return self.read - self.fresh


def take_notices(store: Store, file: Path, by: str | None = None) -> Taken:
    """Add the notices of a file to those the store knows, all of it or nothing; what is known already is passed over.

    Parameters
    ----------
    store : Store
        Where they belong.
    file : Path
        CSV with a heading: bill, code, date (2025-08-14 or 20250814).
    by : str, optional
        Who hands them in; the name of the user where not given.

    Returns
    -------
    Taken
        How many rows were read, and what became of them.

    Raises
    ------
    UnreadableFile
        It cannot be read, or lacks a column.
    InputError
        A row is wrong; it is named, and nothing is taken.
    """
    stamp, who = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), by or getpass.getuser()
    rows = [(stamp, who, file.name, line, *notice) for line, notice in _rows(file)]
    schema = empty_frame(Notices).schema
    key = ["bill", "code", "notice_date"]
    read = pl.DataFrame(rows, schema=schema, orient="row").unique(key, keep="first", maintain_order=True)
    fresh = read.join(read_log(store.root, "notices"), on=key, how="anti", maintain_order="left")
    if fresh.height:
        append_log(store.root, "notices", fresh)
    return Taken(read=len(rows), fresh=fresh.height)


def _rows(file: Path) -> Iterator[tuple[int, tuple[str, str, date]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{file}: cannot be read ({type(error).__name__}). Give a CSV file in UTF-8.") from error
    first = text.splitlines()[0] if text.strip() else ""
    reader = csv.reader(text.splitlines(), delimiter=max(_SEPARATORS, key=first.count))
    places = _places(file, next(reader, []))
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, _notice(file, reader.line_num, cells, places)


def _places(file: Path, headings: list[str]) -> list[int]:
    plain = [re.sub(r"[^a-z]", "", heading.lower()) for heading in headings]
    places = []
    for column, names in _HEADINGS.items():
        found = [place for place, heading in enumerate(plain) if heading in names]
        if len(found) != 1:
            raise UnreadableFile(
                f"{file}: {len(found)} columns for {column}, one is needed. Head them bill, code and date."
            )
        places += found
    return places


def _notice(file: Path, line: int, cells: list[str], places: list[int]) -> tuple[str, str, date]:
    bill, code, day = (cells[place].strip() if place < len(cells) else "" for place in places)
    if not bill or not code:
        raise InputError(f"{file}, line {line}: bill or code is missing. Complete the row; nothing was taken.")
    try:
        return bill, code.upper(), date.fromisoformat(day)
    except ValueError:
        raise InputError(
            f"{file}, line {line}: {day!r} is no day. Write it as 2025-08-14; nothing was taken."
        ) from None
