"""Which of the first rows of a table hold its headings: below titles, over two rows, or nowhere.

One finder for text files and for sheets: both hand in their first rows as lists of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics.errors import UnreadableFile
from analytics.ingest.headings.forms import cleaned
from analytics.ingest.headings.understanding import recognised
from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question
from analytics.ingest.words.references import PLACES
from analytics.ingest.words.wordlists import plain, row_words

__all__ = ["ROWS_LOOKED_AT", "HeadingRows", "find_headings", "is_again_headings", "looks_like_data", "no_headings"]

ROWS_LOOKED_AT = 60
"""How many rows from the top a reader hands in; headings are looked for among them."""

_DATA = re.compile(r"\d{3}|@|^\W*\d+([.,/-]\d+)*\W*$")
_PARTIES = ("consignee_", "shipper_", "seller_", "buyer_", "importer_")
_LONGEST_HEADING = 100
_FEWEST_KNOWN = 2
_NEARLY = 0.6


@dataclass(frozen=True)
class HeadingRows:
    """Where the headings of a table are.

    Attributes
    ----------
    headings : tuple of str
        One for each column, on one line each; empty where nothing is written.
    rows : tuple of int
        Rows that hold them, from 1; none where the mapping says that there are none.
    first_row : int
        First row below them, from 1, that holds data.
    notes : tuple of str
        What a reader should know: which rows were left out above the data, and which were joined.
    """

    headings: tuple[str, ...]
    rows: tuple[int, ...]
    first_row: int
    notes: tuple[str, ...] = ()


def find_headings(rows: Sequence[Sequence[str | None]], settings: SourceSettings) -> HeadingRows | None:
    """Find the headings among the first rows of a table.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first rows, `ROWS_LOOKED_AT` or as many as there are (more where ``header_row`` names a later one).
    settings : SourceSettings
        ``header_row`` wins; headings that ``columns`` names count as known.

    Returns
    -------
    HeadingRows or None
        None where no row can be the headings: all are empty, the first that is not looks like data, or the row
        that the mapping names is not there.
    """
    texts = [[cleaned(cell or "") for cell in row] for row in rows]
    if settings.header_row is not None:
        return _named(texts, settings.header_row)
    found = _best(texts, settings)
    if found is None:
        return None
    first = found[-1]
    skipped = _rows_of_remarks(texts, first, _joined([texts[at] for at in found]))
    return HeadingRows(
        _joined([texts[at] for at in found]),
        tuple(at + 1 for at in found),
        first + skipped + 2,
        tuple(_notes(texts, found, skipped)),
    )


def looks_like_data(row: Sequence[str]) -> bool:
    """Tell whether a row holds values rather than headings; what looks so is never shown in a message."""
    filled = [cell for cell in row if cell.strip()]
    values = sum(1 for cell in filled if _DATA.search(cell))
    return values * 3 > len(filled) or (values > 0 and len(_columns_of(filled)) < _FEWEST_KNOWN)


def is_again_headings(row: Sequence[str], headings: Sequence[str]) -> bool:
    """Tell whether a row repeats the headings, in whatever order, or gives them again in another language."""
    filled = [cell for cell in row if cell.strip()]
    if len(filled) < _FEWEST_KNOWN or any(_DATA.search(cell) for cell in filled):
        return False
    texts = [cleaned(cell) for cell in filled]
    words = {plain(heading) for heading in headings if heading}
    same = sum(1 for text in texts if plain(text) in words)
    known = len(_columns_of(texts))
    return same * 2 > len(filled) or known * 2 > len(filled)


def no_headings(name: str, settings: SourceSettings) -> UnreadableFile:
    """Return the error for a table in which `find_headings` found none; it shows no cell.

    Parameters
    ----------
    name : str
        The input.
    settings : SourceSettings
        What the mapping said.
    """
    if settings.header_row is not None:
        rows = ", ".join(map(str, settings.header_row))
        return UnreadableFile(
            f"{name}: nothing stands in row {rows}, which {settings.origin} names. Correct header_row there."
        )
    return UnreadableFile(
        f"{name}: no headings were found: the first row is empty or looks like data. Say in a mapping file (--map) "
        "which row holds them, such as header_row = 3. Where the file has none, write header_row = 0 and name the "
        'columns by their place, such as columns.shipment_id = "column:A".',
        (
            Question(
                "header_row",
                "no headings were found: the first row is empty or looks like data. If they stand in a lower row, name "
                "it, such as header_row = 3; if the file has none, name the columns by their place",
                ("header_row = 0",),
            ),
        ),
    )


def _named(texts: Sequence[Sequence[str]], wanted: tuple[int, ...]) -> HeadingRows | None:
    """Take the rows that the mapping names."""
    if wanted == (0,):
        width = max((len(row) for row in texts), default=0)
        return HeadingRows(("",) * width, (), 1) if width else None
    if max(wanted) > len(texts):
        return None
    headings = _joined([texts[number - 1] for number in sorted(wanted)])
    return HeadingRows(headings, tuple(sorted(wanted)), max(wanted) + 1) if any(headings) else None


def _best(texts: Sequence[Sequence[str]], settings: SourceSettings) -> tuple[int, ...] | None:
    """Return the first row, or pair of rows, that is nearly as well known as the best; else the first with anything."""
    mapped = _named_in(settings)
    known = {at: _known(row, mapped) for at, row in enumerate(texts)}
    pairs = {
        at: _known(_joined([texts[at], texts[at + 1]]), mapped)
        for at in range(len(texts) - 1)
        if _is_over(texts[at], texts[at + 1])
    }
    best = max([*known.values(), *pairs.values()], default=0)
    if best >= _FEWEST_KNOWN:
        for at, row in enumerate(texts):
            pair = pairs.get(at, 0)
            if pair >= _NEARLY * best and pair > max(known[at], known[at + 1]):
                return at, at + 1
            if known[at] >= max(_FEWEST_KNOWN, _NEARLY * best) and not looks_like_data(row):
                return (at,)
    first = next((at for at, row in enumerate(texts) if any(row)), None)
    return None if first is None or looks_like_data(texts[first]) else (first,)


def _named_in(settings: SourceSettings) -> frozenset[str]:
    """Return the headings that the mapping takes columns from, by themselves or in templates."""
    names = {name for written in settings.columns.values() for name in names_in(written)} - PLACES
    return frozenset(map(plain, names)) - {""}


def _known(row: Sequence[str], mapped: frozenset[str]) -> int:
    return len(_columns_of(row)) + sum(1 for cell in {*map(plain, row)} if cell in mapped)


def _columns_of(row: Sequence[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(_columns, row))


@lru_cache(maxsize=10_000)
def _columns(cell: str) -> frozenset[str]:
    """Return the columns that a cell could be the heading of; none for what is clearly a value."""
    is_value = not cell or len(cell) > _LONGEST_HEADING or _DATA.search(cell)
    return frozenset() if is_value else frozenset(recognised([cell]))


def _is_over(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether a row can stand over another: both are words, and the upper one names groups of the lower."""
    if not any(upper) or not any(lower) or any(_DATA.search(cell) for cell in (*upper, *lower)):
        return False
    over = [at for at, cell in enumerate(upper) if cell]
    return len(over) < len([cell for cell in lower if cell]) or any(at >= len(lower) or not lower[at] for at in over)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Join rows of headings column by column; in all but the last, a cell holds for the empty ones right of it."""
    width = max(len(row) for row in rows)
    filled = [*(_filled_right(row, rows[-1], width) for row in rows[:-1]), _padded(rows[-1], width)]
    return tuple(" ".join(dict.fromkeys(cell for cell in cells if cell)) for cells in zip(*filled, strict=True))


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _filled_right(row: Sequence[str], below: Sequence[str], width: int) -> list[str]:
    """Fill a row of groups to the right; a group ends before a column that only makes sense without it."""
    group, filled = "", []
    for cell, lower in zip(_padded(row, width), _padded(below, width), strict=True):
        group = cell or (group if lower and not _ends_group(group, lower) else "")
        filled.append("" if cell and _ends_group(cell, lower) else group)
    return filled


def _ends_group(group: str, lower: str) -> bool:
    """Tell whether a heading is known by itself, says nothing of a party, and is not known with the group before it."""
    alone = recognised([lower]) if lower else set()
    about_party = any(column.startswith(_PARTIES) for column in alone)
    return bool(group and alone) and not about_party and not recognised([f"{group} {lower}"])


def _rows_of_remarks(texts: Sequence[Sequence[str]], last: int, headings: Sequence[str]) -> int:
    """Count the rows right below the headings that say them again, or which are required, and are no data."""
    count = 0
    for row in texts[last + 1 :]:
        if not _is_remark(row) and not is_again_headings(row, headings):
            break
        count += 1
    return count


def _is_remark(row: Sequence[str]) -> bool:
    marks = row_words("heading_mark")
    return any(row) and all(cell.strip("*()[] ").casefold() in marks for cell in row if cell)


def _notes(texts: Sequence[Sequence[str]], found: Sequence[int], below: int) -> list[str]:
    above = sum(1 for row in texts[: found[0]] if any(row))
    notes = [f"headings found in row {found[0] + 1}; {above} rows of titles above them left out"] if above else []
    if len(found) > 1:
        notes.append(f"headings joined from rows {found[0] + 1} and {found[1] + 1}")
    if below:
        notes.append(f"{below} rows below the headings that name or explain the columns again left out")
    return notes
