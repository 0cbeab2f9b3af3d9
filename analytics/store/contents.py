"""What lies in the files of a store: digest, bytes and rows of each, so that a lost or altered file is named."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from analytics.errors import StoreDamaged

__all__ = ["DAMAGED", "MISSING", "Fault", "StoredFile", "absent", "altered", "measured", "refuse"]

MISSING, DAMAGED = "missing", "damaged"
_DIGITS_SHOWN = 16
_NAMED = 3
"""Files that a message names; the rest it counts."""


@dataclass(frozen=True)
class StoredFile:
    """A file as it was written.

    Attributes
    ----------
    sha256 : str
        Digest of its bytes.
    bytes : int
        Their number.
    rows : int or None
        Rows of a table; None where the file is none.
    """

    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True)
class Fault:
    """A file that is not as it was written.

    Attributes
    ----------
    file : str
        Below the store.
    problem : str
        ``missing`` or ``damaged``.
    expected, found : str
        What was written and what is there: a digest, or a number of bytes or rows.
    """

    file: str
    problem: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        detail = f": expected {self.expected}, found {self.found}" if self.found else ""
        return f"{self.file} is {self.problem}{detail}"


def measured(root: Path, files: Iterable[Path]) -> dict[str, StoredFile]:
    """Return what lies in some files of a store, by their path below it."""
    return {str(file.relative_to(root)): StoredFile(_digest(file), file.stat().st_size, _rows(file)) for file in files}


def absent(root: Path, contents: Mapping[str, StoredFile]) -> list[Fault]:
    """Return the files that are missing or of another size, in order; no file is opened."""
    faults = (_seen_from_outside(root, name, stored) for name, stored in sorted(contents.items()))
    return [fault for fault in faults if fault is not None]


def altered(root: Path, contents: Mapping[str, StoredFile]) -> list[Fault]:
    """Return the files that are missing or hold other bytes, in order; every file is read."""
    faults = []
    for name, stored in sorted(contents.items()):
        fault = _seen_from_outside(root, name, stored)
        if fault is None and (found := _digest(root / name)) != stored.sha256:
            fault = Fault(name, DAMAGED, f"SHA-256 {stored.sha256[:_DIGITS_SHOWN]}", found[:_DIGITS_SHOWN])
        faults += [fault] if fault else []
    return faults


def refuse(root: Path, faults: list[Fault]) -> None:
    """Raise `StoreDamaged` where there are faults."""
    if not faults:
        return
    more = f", and {len(faults) - _NAMED:,} more" if len(faults) > _NAMED else ""
    raise StoreDamaged(
        f"{root}: {'; '.join(map(str, faults[:_NAMED]))}{more}. Restore the store from a backup, or run: "
        f"splitship store repair --store {shlex.quote(str(root))}"
    )


def _seen_from_outside(root: Path, name: str, stored: StoredFile) -> Fault | None:
    try:
        size = (root / name).stat().st_size
    except OSError:
        return Fault(name, MISSING)
    return None if size == stored.bytes else Fault(name, DAMAGED, f"{stored.bytes:,} bytes", f"{size:,}")


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        return f"no bytes: {error.strerror}"


def _rows(file: Path) -> int | None:
    if file.suffix != ".parquet":
        return None
    from pyarrow import parquet

    with pa.OSFile(str(file)) as handle:
        return int(parquet.read_metadata(handle).num_rows)
