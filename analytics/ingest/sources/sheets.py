"""Which sheets of a workbook are read, and what is said of those that are not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from analytics.errors import InputError, MissingColumns, NoTable, UnreadableFile
from analytics.ingest.formats import format_of
from analytics.ingest.mapping.settings import EVERY_SHEET
from analytics.ingest.questions import Question, as_error, in_quotes
from analytics.ingest.readers.books import Book
from analytics.ingest.readers.grids import filled_rows
from analytics.ingest.sources.inputs import Source
from analytics.ingest.words.canonical import COLUMNS

__all__ = ["LeftOut", "take_sheets"]


_Taken = TypeVar("_Taken")


@dataclass(frozen=True)
class LeftOut:
    """One sheet that is not read.

    Attributes
    ----------
    source : Source
        The sheet.
    format : str
        Of its workbook.
    why : str
        How many rows it has, why it is left out, and how it is read all the same.
    """

    source: Source
    format: str
    why: str


def take_sheets(source: Source, take: Callable[[Source], _Taken], leave: Callable[[LeftOut], _Taken]) -> list[_Taken]:
    """Take in every sheet of a workbook that is to be read, each as an input of its own; any other file as it is.

    Where neither the call nor the mapping names sheets, the visible ones whose headings fit are read. Every other
    sheet is handed on with why it is left out and how many rows it has.

    Parameters
    ----------
    source : Source
        A file on this machine, or a table.
    take : callable
        Takes in one input.
    leave : callable
        Told of a sheet that is left out.

    Raises
    ------
    InputError
        A sheet that was named does not fit or is not there; or no sheet fits.
    """
    opens = format_of(source.path).book if source.path is not None else None
    if opens is None or source.path is None:
        return [take(source)]
    source = replace(source, book=opens(source.path, source.settings))
    if source.sheet or source.settings.sheet:
        return [take(part) for part in _named(source)]
    return _those_that_fit(source, take, leave)


def _named(source: Source) -> Iterator[Source]:
    """Give the sheets that the call names, else those that the mapping names."""
    book = _book(source)
    shown = [sheet.name for sheet in book.sheets if not sheet.is_hidden]
    names = [source.sheet] if source.sheet else list(source.settings.sheet or ())
    wanted = shown if names == [EVERY_SHEET] else names
    there = [sheet.name for sheet in book.sheets]
    for name in wanted:
        if name not in there:
            raise _no_sheet(source, name, there)
        yield _part(source, name)


def _no_sheet(source: Source, name: str, there: Sequence[str]) -> InputError:
    """Return the error for a sheet that is not there: the call named it, or the mapping."""
    if source.sheet:
        listed = ", ".join(there)
        return UnreadableFile(f"{source.name}: no sheet is named {name!r}. Sheets: {listed}. Name one of them.")
    text = f"{source.settings.origin}: sheet names {name!r}, and no sheet is named so"
    return as_error(source.name, [_which_sheet(text, there)])


def _which_sheet(text: str, names: Sequence[str]) -> Question:
    return Question("sheet", text, tuple(f"sheet = {in_quotes(name)}" for name in names), is_ambiguous=False)


def _those_that_fit(
    source: Source, take: Callable[[Source], _Taken], leave: Callable[[LeftOut], _Taken]
) -> list[_Taken]:
    """Take the visible sheets that fit, and say of the others why they are left out."""
    shown = [sheet.name for sheet in _book(source).sheets if not sheet.is_hidden]
    records: list[_Taken] = []
    misfits: dict[str, InputError] = {}
    for sheet in _book(source).sheets:
        part = _part(source, sheet.name)
        if sheet.is_hidden:
            records.append(leave(_left_out(part, "it is hidden")))
            continue
        try:
            records.append(take(replace(part, is_optional=len(shown) > 1)))
        except (NoTable, MissingColumns) as misfit:
            misfits[sheet.name] = misfit
            records.append(leave(_left_out(part, _why(misfit))))
    if len(misfits) == len(shown):
        return [take(_part(source, _nearest(source, misfits)))]
    return records


def _nearest(source: Source, misfits: Mapping[str, InputError]) -> str:
    """Return the sheet of which the least is to be asked, so that it can be asked."""
    if not misfits:
        hidden = [sheet.name for sheet in _book(source).sheets]
        raise as_error(source.name, [_which_sheet("every sheet is hidden; name the one to read", hidden)])
    return min(misfits, key=lambda name: len(misfits[name].questions) or len(COLUMNS))


def _why(misfit: InputError) -> str:
    lacking = [item.about for item in misfit.questions if isinstance(item, Question) and not item.is_ambiguous]
    return f"no heading is understood as {', '.join(lacking)}" if lacking else "no headings were found"


def _left_out(part: Source, why: str) -> LeftOut:
    book, rows = _book(part), None
    with suppress(UnreadableFile):
        rows = filled_rows(book.grid(part.sheet or ""))
    count = "rows that cannot be counted" if rows is None else f"{rows:,} {'row' if rows == 1 else 'rows'}"
    why = why if rows != 0 else "it is empty"
    return LeftOut(part, book.format, f"the sheet is left out with its {count}: {why}. Name it to read it: {part.name}")


def _part(source: Source, sheet: str) -> Source:
    """Return one sheet as an input; a workbook of one sheet goes by the name of its file."""
    book = _book(source)
    is_alone = len(book.sheets) == 1 or source.sheet is not None
    name = source.name if is_alone else f"{source.name}#{sheet}"
    is_first = sheet == book.sheets[0].name
    of_bytes = source.sha256 or ""
    sha256 = of_bytes if is_first else hashlib.sha256(f"{of_bytes}#{sheet}".encode()).hexdigest()
    return replace(source, name=name, sheet=sheet, sha256=sha256)


def _book(source: Source) -> Book:
    assert source.book is not None, "only workbooks have sheets"
    return source.book
