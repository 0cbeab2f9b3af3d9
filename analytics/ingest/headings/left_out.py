"""Rows that are none: totals and other footers, and headings that come again where files were put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import polars as pl

from analytics.errors import UnreadableFile
from analytics.ingest.headings.rows import is_again_headings
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.tables import DAMAGE, LINE, RawTable, cell_names
from analytics.ingest.words.wordlists import plain, row_words

__all__ = ["is_footer", "without_footers"]

_NO_WORDS = re.compile(r"[\W\d_]*(?:[^\W\d_]{1,3}[\W\d_]*)?|\d[\d,.]*\s+[^\W\d_]{1,12}")
_MOST_LINES_NAMED = 5
_MOST_LETTERS = 60
_FEWEST_MOVED = 2
_FORMATS = frozenset({"csv", "xlsx", "xls", "xlsb", "ods"})
_WHO = ("consignee_id", "consignee_name", "consignee_address")


def is_footer(cells: Sequence[str]) -> bool:
    """Tell whether a row is a footer: its first filled cell begins with such a word, no other one holds words.

    Parameters
    ----------
    cells : sequence of str
        A row, as written.
    """
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    if not filled or len(filled[0]) > _MOST_LETTERS or not _footer().match(filled[0]):
        return False
    return all(_NO_WORDS.fullmatch(cell) or _footer().match(cell) for cell in filled[1:])


def without_footers(name: str, table: RawTable, plan: ColumnPlan) -> RawTable:
    """Return an input without its footers and repeated headings; its notes say how many, and on which lines.

    Parameters
    ----------
    name : str
        The input, for messages.
    table : RawTable
        Text or a sheet; other formats are returned as they are.
    plan : ColumnPlan
        Which column is which: a row with a key, a consignee and a value is never left out.

    Raises
    ------
    UnreadableFile
        While rows are read: headings come again in another order.
    """
    if table.format not in _FORMATS or not table.headings:
        return table

    def batches() -> Iterator[pl.DataFrame]:
        footers: list[int] = []
        again: list[int] = []
        for rows in table.batches():
            suspects = _suspects(rows, table.headings)
            if not suspects.height:
                yield rows
                continue
            _require_order(name, suspects, table.headings)
            out = [row[LINE] for row in suspects.iter_rows(named=True) if _goes(row, table, plan, footers, again)]
            yield rows.filter(~pl.col(LINE).is_in(out)) if out else rows
        table.notes.extend(note for note in _notes(footers, again) if note not in table.notes)

    return replace(table, batches=batches)


def _goes(row: dict[str, str | None], table: RawTable, plan: ColumnPlan, footers: list[int], again: list[int]) -> bool:
    """Tell whether a row is left out, and note its line."""
    cells = [row[name] or "" for name in cell_names(len(table.headings))]
    line = int(row[LINE] or 0)
    if is_again_headings(cells, table.headings):
        again.append(line)
        return True
    if is_footer(cells) and not _is_whole(cells, plan):
        footers.append(line)
        return True
    return False


def _require_order(name: str, suspects: pl.DataFrame, headings: Sequence[str]) -> None:
    """Raise where headings come again in another order: the rows below them would stand under the wrong ones."""
    for row in suspects.iter_rows(named=True):
        cells = [row[cell] or "" for cell in cell_names(len(headings))]
        if _moved(cells, headings) >= _FEWEST_MOVED and is_again_headings(cells, headings):
            raise UnreadableFile(
                f"{name}: line {row[LINE]:,} names the columns again, in another order than above. Save the rows from "
                "that line on as a file of their own and screen both files."
            )


def _moved(cells: Sequence[str], headings: Sequence[str]) -> int:
    """Count the headings that stand again in a row, under another one."""
    words = [plain(heading) for heading in headings]
    again = [plain(cell) for cell in cells]
    return sum(1 for at, word in enumerate(again) if word and word != words[at] and word in words)


def _is_whole(cells: Sequence[str], plan: ColumnPlan) -> bool:
    """Tell whether a row has a key, a consignee and a value."""
    held = {column for column, use in plan.uses.items() if use.heading is not None and cells[use.heading].strip()}
    return {"shipment_id", "declared_value"} <= held and bool(held.intersection(_WHO))


@cache
def _footer() -> re.Pattern[str]:
    words = sorted(row_words("footer"), key=len, reverse=True)
    return re.compile(r"\W*(?:" + "|".join(map(re.escape, words)) + r")(?:$|[\W\d_])", re.IGNORECASE)


def _suspects(rows: pl.DataFrame, headings: Sequence[str]) -> pl.DataFrame:
    """Return the rows worth a look: those that begin as a footer or a heading does, or are mostly empty."""
    first = rows["c0"].fill_null("")
    wanted = first.str.contains(_beginning(headings))
    if (first == "").any():
        cells = [pl.col(name).fill_null("") for name in cell_names(len(headings))]
        is_sparse = (cells[0] == "") & (pl.sum_horizontal(cell != "" for cell in cells) * 2 <= len(cells))
        wanted |= rows.select(is_sparse).to_series()
    return rows.filter(wanted & rows[DAMAGE].is_null())


def _beginning(headings: Sequence[str]) -> str:
    words = {*row_words("footer"), *(heading[:_MOST_LETTERS] for heading in headings if heading)}
    listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    return rf"(?i)^\W*(?:{listed})"


def _notes(footers: Sequence[int], again: Sequence[int]) -> list[str]:
    said = (("footers (totals and the like)", footers), ("repeated headings", again))
    return [f"{len(lines):,} rows of {what} left out: {_listed(lines)}" for what, lines in said if lines]


def _listed(lines: Sequence[int]) -> str:
    shown = ", ".join(f"{line:,}" for line in lines[:_MOST_LINES_NAMED])
    more = len(lines) - _MOST_LINES_NAMED
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}" + (f" and {more:,} more" if more > 0 else "")
