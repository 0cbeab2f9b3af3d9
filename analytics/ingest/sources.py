"""What a call named: files, folders, globs, URLs and database tables, one by one and told apart by their content."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from analytics.errors import UnreadableFile, UsageError
from analytics.ingest.csv_reader import open_csv
from analytics.ingest.encodings import detect_encoding, digest, open_utf8
from analytics.ingest.mapping import SourceSettings, settings_for
from analytics.ingest.postgres import PostgresTable, is_postgres_url, open_postgres, table_of
from analytics.ingest.remote import RemoteFile, fetched, found_at, is_remote, local_path, shown
from analytics.ingest.table_readers import open_jsonl, open_parquet, open_xlsx, sheet_names
from analytics.ingest.tables import RawTable

__all__ = ["Source", "expand", "file_sha256", "here", "open_source"]

_SUFFIXES = (".csv", ".tsv", ".psv", ".txt", ".parquet", ".xlsx", ".xlsm", ".jsonl", ".ndjson")
_PARQUET_MAGIC, _ZIP_MAGIC, _OLD_WORKBOOK_MAGIC = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


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
    """

    name: str
    path: Path | None
    sheet: str | None
    table: PostgresTable | None
    settings: SourceSettings
    remote: RemoteFile | None = None

    @property
    def short_name(self) -> str:
        """What ``{file}`` stands for."""
        if self.table:
            return str(self.table.table)
        return Path(self.name).name


def expand(inputs: Sequence[str | Path], mappings: Sequence[SourceSettings]) -> list[Source]:
    """Return every input of a call, folders and globs unfolded and sorted.

    Raises
    ------
    UsageError
        An input does not exist, or a folder or glob holds nothing that can be read.
    """
    return [source for item in inputs for source in _expand_one(str(item), mappings)]


def _expand_one(item: str, mappings: Sequence[SourceSettings]) -> list[Source]:
    if is_postgres_url(item):
        table = table_of(item)
        return [Source(table.shown, None, None, table, settings_for(str(table.table), mappings))]
    if is_remote(item):
        return _remote_ones(item, mappings)
    path, sheet = _split_sheet(local_path(item))
    if path.is_dir():
        files = sorted(found for found in path.rglob("*") if found.is_file() and _is_data(found, path))
    elif path.exists():
        return [Source(item, path, sheet, None, settings_for(str(path), mappings))]
    else:
        found = glob.glob(local_path(item), recursive=True)  # noqa: PTH207
        files = sorted(Path(name) for name in found if Path(name).is_file())
    if not files:
        raise _nothing_at(item)
    return [Source(str(file), file, None, None, settings_for(str(file), mappings)) for file in files]


def _nothing_at(place: str) -> UsageError:
    return UsageError(f"{place}: there is no such file, or nothing in it can be read. Readable: {', '.join(_SUFFIXES)}")


def _remote_ones(url: str, mappings: Sequence[SourceSettings]) -> list[Source]:
    """Files on another file system; one that is named is taken whatever its ending."""
    address, _, sheet = url.partition("#")
    files = found_at(address)
    if len(files) != 1 or not address.partition("?")[0].endswith(PurePosixPath(files[0].path).name):
        files = [file for file in files if _is_readable(file.path)]
    if not files:
        raise _nothing_at(shown(address))
    named = f"#{sheet}" if sheet else ""
    return [
        Source(f"{file.shown}{named}", None, sheet or None, None, settings_for(file.shown, mappings), file)
        for file in files
    ]


@contextmanager
def here(source: Source, folder: Path) -> Iterator[Source]:
    """Give a source whose file is on this machine: a copy in a folder, for as long as it is read, where it is not."""
    if source.remote is None:
        yield source
        return
    with fetched(source.remote, folder) as path:
        yield replace(source, path=path)


def _split_sheet(item: str) -> tuple[Path, str | None]:
    """Part ``file.xlsx#Sheet``; a file whose own name holds a hash is taken as it is."""
    path, mark, sheet = item.rpartition("#")
    if mark and not Path(item).exists() and Path(path).exists():
        return Path(path), sheet
    return Path(item), None


def _is_data(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "_", "~")) for part in file.relative_to(folder).parts)
    return not hidden and _is_readable(file.name)


def _is_readable(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(_SUFFIXES)


def file_sha256(source: Source) -> str | None:
    """Return the SHA-256 of the file's bytes (and sheet, where it is not the first); None for a database table."""
    if source.path is None:
        return None
    of_bytes = digest(source.path)
    if _kind(source.path) != "xlsx":
        return of_bytes
    names = sheet_names(source.path)
    sheet = _sheet(source, names)
    return of_bytes if sheet == names[0] else hashlib.sha256(f"{of_bytes}#{sheet}".encode()).hexdigest()


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
    kind = _kind(source.path)
    if kind == "parquet":
        return open_parquet(source.path)
    if kind == "xlsx":
        return open_xlsx(source.path, _sheet(source, sheet_names(source.path)), source.settings)
    encoding = source.settings.encoding or detect_encoding(source.path)
    if _is_json(source.path, encoding):
        return open_jsonl(source.path, encoding)
    return open_csv(source.path, encoding, source.settings)


def _kind(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            magic = opened.read(4)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be opened ({error.strerror}). Check the path and its rights.") from None
    if magic == _PARQUET_MAGIC:
        return "parquet"
    if magic == _ZIP_MAGIC and path.suffix.lower() in {".xlsx", ".xlsm"}:
        return "xlsx"
    if magic in {_ZIP_MAGIC, _OLD_WORKBOOK_MAGIC}:
        raise UnreadableFile(f"{path}: a ZIP archive or an old workbook. Unpack it, or save it as .xlsx or .csv.")
    return "text"


def _sheet(source: Source, names: list[str]) -> str:
    wanted = source.sheet or source.settings.sheet or names[0]
    if wanted not in names:
        raise UnreadableFile(f"{source.name}: there is no sheet {wanted!r}; there are: {', '.join(names)}. Name one.")
    return wanted


def _is_json(path: Path, encoding: str) -> bool:
    with closing(open_utf8(path, encoding)) as stream:
        start = stream.read(4096).lstrip()
    if start.startswith(b"["):
        raise UnreadableFile(f"{path}: a JSON list. Write one object on each line (JSON Lines).")
    return start.startswith(b"{")
