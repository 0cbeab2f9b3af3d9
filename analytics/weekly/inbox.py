"""What lies in a folder: files to be read, files that are still being written, files that nobody here can read."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import UsageError
from analytics.ingest.decode.encodings import digest
from analytics.ingest.formats import endings, is_readable

__all__ = ["Held", "Inbox", "Waiting", "look"]

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", "~")
_NO_DATA = (".toml", ".md")
_HIDDEN = (".", "_", "~")
_YOUNG = 60
"""Seconds after which nobody is taken to be writing to a file."""
_NS = 1_000_000_000


@dataclass(frozen=True)
class Held:
    """A file that holds up itself.

    Attributes
    ----------
    name : str
        Its path in the inbox.
    why : str
        What it asks for or what is wrong with it, and what to do.
    """

    name: str
    why: str


@dataclass(frozen=True)
class Waiting:
    """A file to be read, as it was when it was looked at."""

    name: str
    path: Path
    size: int
    changed_ns: int

    @property
    def is_still(self) -> bool:
        """Whether it is as it was."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.size, self.changed_ns)


@dataclass(frozen=True)
class Inbox:
    """A folder as it was looked at.

    Attributes
    ----------
    new : list of Waiting
        Files whose bytes were not screened before, by name.
    known : int
        Files whose bytes were.
    unfinished : list of str
        Files that are still being written.
    held : list of Held
        Files that cannot be opened, or are of no kind that is read.
    """

    new: list[Waiting]
    known: int
    unfinished: list[str]
    held: list[Held]


def look(folder: Path, known: Collection[str], *, watch: float = 2.0) -> Inbox:
    """Look at a folder and those within it; hidden files, mappings and notes hold no shipments.

    Parameters
    ----------
    folder : Path
        The inbox.
    known : collection of str
        SHA-256 of every file that was screened before.
    watch : float, default=2.0
        Seconds to watch files that were written within the last minute; one that changes meanwhile is left.

    Raises
    ------
    UsageError
        There is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Name the one in which new files are put.")
    found = Inbox([], 0, [], [])
    seen: list[Waiting] = []
    for file in _files(folder):
        name = str(file.relative_to(folder))
        if name.lower().endswith(_UNFINISHED):
            found.unfinished.append(name)
        elif is_readable(name):
            at = file.stat()
            seen.append(Waiting(name, file, at.st_size, at.st_mtime_ns))
        else:
            found.held.append(_unreadable(name))
    if any(time.time_ns() - file.changed_ns < _YOUNG * _NS for file in seen):
        time.sleep(watch)
    return _sorted_out(seen, found, known)


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(_HIDDEN) for part in file.relative_to(folder).parts)
        if not is_hidden and file.is_file() and not file.name.lower().endswith(_NO_DATA):
            yield file


def _sorted_out(seen: list[Waiting], found: Inbox, known: Collection[str]) -> Inbox:
    """Part the readable files: still written to, not to be opened, screened before, new."""
    count = 0
    for file in seen:
        if not file.is_still:
            found.unfinished.append(file.name)
            continue
        try:
            is_known = digest(file.path) in known
        except OSError as error:
            why = f"{file.name}: cannot be opened ({error.strerror}). Check the rights of the file."
            found.held.append(Held(file.name, why))
            continue
        count += is_known
        found.new.extend([] if is_known else [file])
    return Inbox(found.new, count, sorted(found.unfinished), sorted(found.held, key=lambda held: held.name))


def _unreadable(name: str) -> Held:
    what = f"{name}: no kind of file that is read. Unpack or convert it, or take it out of the folder."
    return Held(name, f"{what} Readable: {', '.join(endings())}, and these with .gz")
