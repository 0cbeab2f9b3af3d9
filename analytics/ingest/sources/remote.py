"""Files on other file systems, by URL: ``s3://``, ``gs://``, ``hdfs://`` (and Spark's ``s3a://``), through Arrow.

An input is copied into the work folder when its turn comes, read there like any other, and removed. Who may read it is
for the environment to say, as for other tools (``AWS_…``, ``GOOGLE_APPLICATION_CREDENTIALS``, ``HADOOP_CONF_DIR``).
What a URL holds of keys and settings is never shown.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from analytics.errors import UnreadableFile, UsageError
from analytics.showing import without_secrets

if TYPE_CHECKING:
    from pyarrow import fs

__all__ = ["RemoteFile", "fetched", "found_at", "is_remote", "is_url", "local_path", "shown", "written_to"]

_REMOTE = re.compile(r"^(s3|s3a|gs|hdfs|viewfs)://", re.IGNORECASE)
_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_FILE = "file://"
_WILD = re.compile(r"[*?\[]")
_WHOLE_OR_NOTHING = ("s3", "gcs")
"""File systems on which a file appears when it is whole."""


@dataclass(frozen=True)
class RemoteFile:
    """A file on another file system.

    Attributes
    ----------
    shown : str
        Its URL without keys and settings.
    path : str
        Where it is on its file system.
    system : FileSystem
        How it is reached.
    """

    shown: str
    path: str
    system: fs.FileSystem = field(repr=False, compare=False)


def is_remote(text: str) -> bool:
    """Tell whether a place is on another file system."""
    return _REMOTE.match(text) is not None


def is_url(text: str) -> bool:
    """Tell whether a place is a URL of any scheme."""
    return _URL.match(text) is not None


def local_path(text: str) -> str:
    """Return the path that a ``file://`` URL stands for; anything else as it is."""
    return unquote(urlsplit(text).path) if text.lower().startswith(_FILE) else text


def shown(place: str | Path) -> str:
    """Return a path as it is, and a URL without the user, keys and settings that it may hold."""
    text = str(place)
    return without_secrets(text) if is_url(text) else text


def found_at(url: str) -> list[RemoteFile]:
    """Return the file at a URL, or every file in a folder or under a glob, sorted.

    Raises
    ------
    UnreadableFile
        The file system cannot be reached, or does not let us in.
    """
    system, path, address = _place(url)
    wild = _WILD.search(path)
    base = path[: wild.start()].rpartition("/")[0] if wild else path
    head = address[: len(address) - len(path)]
    try:
        kind = system.get_file_info(base).type.name
        if kind == "File":
            return [RemoteFile(head + base, base, system)]
        if kind != "Directory":
            return []
        names = sorted(item.path for item in _below(system, base) if item.type.name == "File")
    except OSError as error:
        raise _unreached(address, error) from None
    chosen = [name for name in names if not wild or fnmatch.fnmatchcase(name, path)]
    return [RemoteFile(head + name, name, system) for name in chosen if not _is_hidden(name, base)]


def _below(system: fs.FileSystem, base: str) -> list[Any]:
    from pyarrow import fs

    infos: list[Any] = system.get_file_info(fs.FileSelector(base, recursive=True))
    return infos


def _is_hidden(name: str, base: str) -> bool:
    return any(part.startswith((".", "_", "~")) for part in PurePosixPath(name).relative_to(base).parts)


@contextmanager
def fetched(file: RemoteFile, folder: Path) -> Iterator[Path]:
    """Hold a copy of a file for as long as it is read.

    Raises
    ------
    UnreadableFile
        The file cannot be read.
    """
    with tempfile.TemporaryDirectory(dir=folder) as made:
        copy = Path(made) / PurePosixPath(file.path).name
        try:
            with file.system.open_input_stream(file.path, compression=None) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except OSError as error:
            raise _unreached(file.shown, error) from None
        yield copy


@contextmanager
def written_to(place: str | Path) -> Iterator[Path]:
    """Give a path to write to; what was written there is at the place afterwards, whole, or not at all.

    Parameters
    ----------
    place : str or Path
        A path, which is given as it is, or a URL on another file system.

    Raises
    ------
    UsageError
        The other file system cannot be reached, or does not let us write.
    """
    if not is_remote(str(place)):
        yield Path(local_path(str(place)))
        return
    try:
        system, path, address = _place(str(place))
    except UnreadableFile as error:
        raise UsageError(str(error)) from None
    with tempfile.TemporaryDirectory() as made:
        local = Path(made) / PurePosixPath(path).name
        yield local
        try:
            _send(local, system, path)
        except OSError as error:
            raise UsageError(str(_unreached(address, error))) from None


def _send(local: Path, system: fs.FileSystem, path: str) -> None:
    is_whole = system.type_name in _WHOLE_OR_NOTHING
    target = path if is_whole else f"{path}.new"
    with local.open("rb") as source, system.open_output_stream(target, compression=None) as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
    if not is_whole:
        system.move(target, path)


def _place(url: str) -> tuple[fs.FileSystem, str, str]:
    """File system, path on it, and the URL as it may be shown."""
    from pyarrow import ArrowException, fs

    parts = urlsplit(url)
    scheme = parts.scheme.lower().replace("s3a", "s3")
    address = shown(url.partition("#")[0])
    try:
        system, path = fs.FileSystem.from_uri(scheme + url[len(parts.scheme) :].partition("#")[0])
    except (OSError, ArrowException, ValueError) as error:
        raise _unreached(address, error) from None
    return system, path, address


def _unreached(address: str, error: Exception) -> UnreadableFile:
    """What is said of a place that cannot be reached: the kind of error, since its text may hold keys."""
    told = re.search(r"AWS Error ([A-Z_]+)|HTTP status (\d+)", str(error))
    kind = next((part for part in told.groups() if part), "") if told else type(error).__name__
    return UnreadableFile(
        f"{address}: cannot be reached ({kind}). Check the address, and that this machine may use it: keys come from "
        "the environment, as for the file system's own tools."
    )
