"""Workbooks of spreadsheets: XLSX, XLSM, XLSB, XLS and ODS, told apart by their content."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import python_calamine

from analytics.errors import UnreadableFile
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.readers.books import Grid, Sheet
from analytics.ingest.readers.reach import Findings

__all__ = ["Look", "Workbook", "opens_workbooks"]

_Out = TypeVar("_Out")
Look = Callable[[Path], Mapping[str, Findings]]
"""Says by the name of a sheet how far its cells reach, before it is read; under ``""``, of those of unknown name."""


class Workbook:
    """An opened workbook.

    Parameters
    ----------
    path : Path
        The file.
    format : str
        xlsx, xlsb, xls or ods.
    look : callable
        Says how far the cells of its sheets reach.
    is_whole : bool, default=False
        Whether the reader holds all sheets at once, from the moment the workbook is opened.
    """

    def __init__(self, path: Path, format: str, look: Look, *, is_whole: bool = False) -> None:  # noqa: A002
        self.format = format
        self._path = path
        self._findings = look(path)
        for sheet, found in self._findings.items() if is_whole else ():
            found.require_bounded(path, sheet)
        self._book = _guarded(path, "", lambda: python_calamine.load_workbook(io.BytesIO(path.read_bytes())))
        grids = python_calamine.SheetTypeEnum.WorkSheet
        shown = python_calamine.SheetVisibleEnum.Visible
        self.sheets = tuple(
            Sheet(item.name, item.visible != shown) for item in self._book.sheets_metadata if item.typ == grids
        )
        if not self.sheets:
            raise UnreadableFile(f"{path}: the workbook lists no sheets. Save it again in the spreadsheet program.")

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet; its rows count from 0, its columns from the first that is used.

        Raises
        ------
        UnreadableFile
            The sheet is damaged, or a cell far out makes it too large to hold.
        """
        found = self._findings.get(sheet, self._findings[""])
        found.require_bounded(self._path, sheet)
        opened = _guarded(self._path, sheet, lambda: self._book.get_sheet_by_name(sheet))
        if opened.start is None:
            return Grid([])
        rows = _guarded(self._path, sheet, lambda: list(_rows(opened)))
        merges = _guarded(self._path, sheet, lambda: opened.merged_cell_ranges) or []
        return Grid(rows, merges, opened.start[1], found.notes())


def opens_workbooks(
    format: str,  # noqa: A002
    look: Look,
    *,
    is_whole: bool = False,
) -> Callable[[Path, SourceSettings], Workbook]:
    """Return what opens workbooks of one format; see `Workbook`."""
    return lambda path, _settings: Workbook(path, format, look, is_whole=is_whole)


def _rows(opened: python_calamine.CalamineSheet) -> Iterator[list[object]]:
    """Give the rows from the top of the sheet on; the reader knows an empty cell as empty text."""
    for row in opened.iter_rows():
        yield [None if cell == "" else cell for cell in row]


@contextmanager
def _told(path: Path, sheet: str) -> Iterator[None]:
    """Say which file and sheet the reader stumbled over, whatever it raises."""
    place = f"{path}#{sheet}" if sheet else str(path)
    try:
        yield
    except python_calamine.PasswordError:
        raise UnreadableFile(f"{place}: the workbook needs a password. Save it without one.") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableFile(f"{place}: not a whole workbook ({reason}). Save it again.") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(f"{place}: a damaged workbook that the reader gave up on. Save it again.") from None


def _guarded(path: Path, sheet: str, act: Callable[[], _Out]) -> _Out:
    with _told(path, sheet):
        return act()
