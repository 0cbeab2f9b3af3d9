"""What a call named: files, folders, globs, URLs and database tables, one by one and told apart by their content."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from analytics.errors import UsageError
from analytics.ingest.decode.encodings import digest
from analytics.ingest.formats import endings, format_of, is_readable
from analytics.ingest.mapping.settings import SourceSettings, settings_for
from analytics.ingest.readers.books import Book
from analytics.ingest.readers.grids import open_sheet
from analytics.ingest.sources.postgres import PostgresTable, is_postgres_url, open_postgres, table_of
from analytics.ingest.sources.remote import RemoteFile, fetched, found_at, is_remote, is_url, local_path, shown
from analytics.ingest.tables import RawTable

__all__ = ["Source", "expand", "here", "open_source"]


@dataclass(frozen=True)
class Source:
    """One input.

    Attributes
    ----------
    name : str
        As it is shown: the path as named in the call, ``file.xlsx#Sheet``, or the URL without its password.
    path : Path or None
        The file; None for a database table, and for a file on another file system that is not `here` yet.
    sheet : str or None
        Sheet named in the call.
    table : PostgresTable or None
        The database table.
    settings : SourceSettings
        What the mapping says of it.
    remote : RemoteFile or None
        Where the file is, on another file system.
    book : Book or None
        The opened workbook, where one sheet of it is the input.
    sha256 : str or None
        Digest of what is read: the bytes of the file, and the name of the sheet where it is not the first.
    is_optional : bool
        A sheet that nobody named: it is left out where its headings do not fit.
    """

    name: str
    path: Path | None
    sheet: str | None
    table: PostgresTable | None
    settings: SourceSettings
    remote: RemoteFile | None = None
    book: Book | None = None
    sha256: str | None = None
    is_optional: bool = False

    @property
    def short_name(self) -> str:
        """What ``{file}`` stands for."""
        if self.table:
            return str(self.table.table)
        if self.sheet and self.name.endswith(f"#{self.sheet}"):
            return f"{Path(self.name.removesuffix(f'#{self.sheet}')).name}#{self.sheet}"
        return Path(self.name).name


def expand(inputs: Sequence[str | Path], mappings: Sequence[SourceSettings]) -> list[Source]:
    """Return every input of a call, folders and globs unfolded and sorted.

    Raises
    ------
    UsageError
        An input does not exist, or a folder or glob holds nothing that can be read, or a name is not UTF-8.
    """
    sources = [source for item in inputs for source in _expand_one(str(item), mappings)]
    for source in sources:
        _require_utf8(source.name)
    return sources


def _expand_one(item: str, mappings: Sequence[SourceSettings]) -> list[Source]:
    if is_postgres_url(item):
        table = table_of(item)
        return [Source(table.shown, None, None, table, settings_for(str(table.table), mappings))]
    if is_remote(item):
        return _remote_ones(item, mappings)
    if is_url(item) and local_path(item) == item:
        raise UsageError(
            f"{shown(item)}: files are not fetched from there. Download the file and name its path. URLs that are "
            "read: s3://, gs://, hdfs://, file:// and postgresql://."
        )
    path, sheet = _split_sheet(local_path(item))
    if path.is_dir():
        files = sorted(found for found in path.rglob("*") if found.is_file() and _is_data(found, path))
    elif path.exists() and not path.is_file():
        raise UsageError(
            f"{item}: a pipe or device, and an input is read more than once. Write it to a file first, such as "
            "COMMAND > shipments.csv, and screen that file."
        )
    elif path.exists():
        return [Source(item, path, sheet, None, settings_for(str(path), mappings))]
    else:
        found = glob.glob(local_path(item), recursive=True)  # noqa: PTH207
        files = sorted(Path(name) for name in found if Path(name).is_file())
    if not files:
        raise _nothing_at(item)
    return [Source(str(file), file, None, None, settings_for(str(file), mappings)) for file in files]


def _require_utf8(name: str) -> None:
    """Raise `UsageError` where a name has bytes that are no text: no table could name the file that its rows are of."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        told = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        raise UsageError(f"{told}: the name of the file is not UTF-8. Rename it.") from error


def _nothing_at(place: str) -> UsageError:
    return UsageError(f"{place}: not found, or a folder without readable files. Readable: {', '.join(endings())}")


def _remote_ones(url: str, mappings: Sequence[SourceSettings]) -> list[Source]:
    """Files on another file system; one that is named is taken whatever its ending."""
    address, _, sheet = url.partition("#")
    files = found_at(address)
    if len(files) != 1 or not address.partition("?")[0].endswith(PurePosixPath(files[0].path).name):
        files = [file for file in files if is_readable(file.path)]
    if not files:
        raise _nothing_at(shown(address))
    named = f"#{sheet}" if sheet else ""
    return [
        Source(f"{file.shown}{named}", None, sheet or None, None, settings_for(file.shown, mappings), file)
        for file in files
    ]


@contextmanager
def here(source: Source, folder: Path) -> Iterator[Source]:
    """Give a source whose file is on this machine, and its digest; a copy in a folder while it is read, if need be."""
    if source.remote is None:
        yield _digested(source)
        return
    with fetched(source.remote, folder) as path:
        yield _digested(replace(source, path=path))


def _digested(source: Source) -> Source:
    """Give a source the SHA-256 of its file; a database table has none."""
    return source if source.path is None else replace(source, sha256=digest(source.path))


def _split_sheet(item: str) -> tuple[Path, str | None]:
    """Part ``file.xlsx#Sheet``; a file whose own name holds a hash is taken as it is."""
    path, mark, sheet = item.rpartition("#")
    if mark and not Path(item).exists() and Path(path).exists():
        return Path(path), sheet
    return Path(item), None


def _is_data(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "_", "~")) for part in file.relative_to(folder).parts)
    return not hidden and is_readable(file.name)


def open_source(source: Source) -> RawTable:
    """Open an input for reading.

    Raises
    ------
    InputError
        It cannot be read; the message says why and what to do.
    """
    if source.table is not None:
        return open_postgres(source.table)
    assert source.path is not None, "a source is a file or a table"
    if source.book is not None:
        assert source.sheet is not None, "a book is read sheet by sheet"
        return open_sheet(source.name, source.book, source.sheet, source.settings)
    opens = format_of(source.path).table
    assert opens is not None, "what is no table is a book"
    return opens(source.path, source.settings)
