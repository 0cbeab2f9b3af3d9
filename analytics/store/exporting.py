"""Takes a published table out of the store: CSV, Parquet, XLSX or JSON Lines.

What stands in the tables was typed by strangers. In CSV and XLSX a cell that a spreadsheet would run as a formula is
made plain text, and control characters, which a terminal would obey, are replaced.
"""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

import polars as pl

from analytics.errors import UsageError
from analytics.ingest.sources.remote import written_to
from analytics.store.reading import Store

__all__ = ["export", "harmless", "write_frame"]

_SHEET_ROWS = 1_048_575
_CELL_CHARACTERS = 32_767
_FORMULA = r"^([=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}])"
"""What a spreadsheet takes for the start of a formula; in full width too, as those of East Asia do."""
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]"


def export(store: Store, table: str, out: str | Path | None = None) -> str | Path | None:
    """Write one table to a file, or as CSV to standard output.

    Parameters
    ----------
    store : Store
        Where the table is.
    table : str
        Its name.
    out : str or Path, optional
        A path, or a URL (``s3://``, ``gs://``, ``hdfs://``). The ending is .csv, .parquet, .xlsx or .jsonl.

    Returns
    -------
    str, Path or None
        The file written, as it was named.

    Raises
    ------
    UnknownTable
        There is no such table.
    UsageError
        The ending is none of these, or the table has more rows than a sheet, or a text too long for a cell; or the
        place cannot be written to.
    """
    frame = store.table(table)
    if out is None:
        _write_csv(frame, sys.stdout.buffer)
        return None
    with written_to(out) as file:
        write_frame(frame, file)
    return out


def write_frame(frame: pl.LazyFrame, out: Path) -> Path:
    """Write any frame to a file, as `export` does with a table; raises `UsageError`."""
    writers = {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx, ".jsonl": _jsonl}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise UsageError(f"{out}: no form for the ending {out.suffix!r}; there are: {', '.join(writers)}")
    fresh = out.with_name(f".{out.name}.new{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        writer(frame, fresh)
        fresh.replace(out)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise UsageError(f"{out}: cannot be written ({error.strerror or 'refused'}). Name another place.") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return out


def harmless(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return a frame whose texts neither a spreadsheet nor a terminal will run.

    Parameters
    ----------
    frame : polars.LazyFrame
        Any published table.

    Returns
    -------
    polars.LazyFrame
        Control and direction-changing characters become U+FFFD; a text that opens like a formula gets a leading
        apostrophe, as OWASP advises for CSV injection.
    """
    plain = pl.col(pl.String).str.replace_all(_CONTROL, "\ufffd").str.replace(_FORMULA, "'$1")
    return frame.with_columns(plain)


def _write_csv(frame: pl.LazyFrame, target: IO[bytes]) -> None:
    harmless(frame).collect().write_csv(target)


def _csv(frame: pl.LazyFrame, file: Path) -> None:
    with file.open("wb") as handle:
        _write_csv(frame, handle)


def _parquet(frame: pl.LazyFrame, file: Path) -> None:
    frame.collect().write_parquet(file)


def _jsonl(frame: pl.LazyFrame, file: Path) -> None:
    frame.collect().write_ndjson(file)


def _xlsx(frame: pl.LazyFrame, file: Path) -> None:
    from analytics.workbooks.cells import Formats, new_book
    from analytics.workbooks.sheets import write_table

    rows = harmless(frame).collect()
    if rows.height > _SHEET_ROWS:
        raise UsageError(
            f"{rows.height:,} rows are more than a sheet holds ({_SHEET_ROWS:,}). Export to .csv or .parquet."
        )
    for column in rows.select(pl.col(pl.String)).iter_columns():
        longest = column.str.len_chars().max()
        if isinstance(longest, int) and longest > _CELL_CHARACTERS:
            raise UsageError(
                f"a text of {longest:,} characters in {column.name} is more than a cell of a sheet holds "
                f"({_CELL_CHARACTERS:,}). Export to .csv or .parquet."
            )
    book = new_book(file, "data", {"in_memory": False, "constant_memory": True})
    write_table(book.add_worksheet("data"), Formats(book), rows, most=_SHEET_ROWS)
    book.close()
