"""The review sheet: pairs of aliases side by side without any score, out to a person and back in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.fields import compared_by
from analytics.errors import InputError
from analytics.reports.wording import clean
from analytics.review.judging import VERDICTS, Verdict, take_down
from analytics.review.proposals import proposals
from analytics.review.questions import ASKED, read_answers, write_questions
from analytics.store import Store

__all__ = ["take_sheet", "write_sheet"]

_FIELDS = {
    "name": compared_by("name"),
    "address": compared_by("address", "city", "country"),
    "phone": compared_by("phone"),
    "email": compared_by("email"),
    "account": ("consignee_id_issuer", *compared_by("account")),
}
_IDS = ("alias_id_l", "alias_id_r")
_HEADINGS = ("pair", *ASKED, *(f"{field} {side}" for field in _FIELDS for side in (1, 2)), *_IDS)
_WIDTHS = {"pair": 6, "verdict": 12, "note": 30, "name": 28, "address": 44, "alias_id_l": 20, "alias_id_r": 20}


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
    write_questions(out, _HEADINGS, rows, title="Review of aliases", verdicts=VERDICTS, widths=_WIDTHS)
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
        A row has no valid verdict, or is not about two aliases of this store. Nothing is taken then.
    """
    answered = [row for row in read_answers(file, _IDS, "splitship review --next 20") if row["verdict"]]
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


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    left, right = sorted(row[name] for name in _IDS)
    return left, right


def _wrong(row: dict[str, Any], known: set[str], times: Counter[tuple[str, str]]) -> str | None:
    left, right = _pair(row)
    if row["verdict"] not in VERDICTS:
        return f"the verdict is none of {', '.join(VERDICTS)}. Choose one, or leave the cell empty."
    if left == right or not {left, right} <= known:
        return "its ids are not two aliases of this store. Take the sheet into the store it was written from."
    if times[left, right] > 1:
        return "the same pair stands in another row too. Keep one of them."
    return None
