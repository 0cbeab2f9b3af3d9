"""Writing to a store: one run at a time, all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
from filelock import FileLock, Timeout

from analytics.contracts.logs import LOGS
from analytics.errors import StoreError, StoreLocked
from analytics.store.contents import StoredFile, absent, altered, measured, refuse
from analytics.store.refits import REFIT_FILE
from analytics.store.state import RunRecord, StoreState, read_state, write_state

__all__ = ["Transaction", "begin"]

_KINDS = ("landed", "tables", "remembered", "kept")
_JUDGEMENTS, _REFITS = "judgements", "refits"


class Transaction:
    """A run's hold on a store: a work folder, and the one step that makes its results count.

    Attributes
    ----------
    root : Path
        The store.
    state : StoreState
        What was in it when the run began.
    work : Path
        A folder of the run's own; swept away afterwards.
    """

    def __init__(self, root: Path, state: StoreState) -> None:
        self.root = root
        self.state = state
        self.work = root / "work" / f"{state.number + 1:06d}"
        self.number = state.number + 1
        self._written: dict[str, StoredFile] = {}

    def verify(self) -> None:
        """Raise `StoreDamaged` where a file that a run reads is not as it was written."""
        read = {name: stored for name, stored in self.state.contents.items() if not name.startswith("tables/")}
        refuse(self.root, altered(self.root, read))

    def landed_files(self, stem: str) -> list[Path]:
        """Return the Parquet files of what was taken in before: ``stem`` is landed or rejected."""
        names: dict[str, list[Path]] = {folder: [] for folder in self.state.landed}
        for name in sorted(self.state.contents):
            folder, _, file = name.rpartition("/")
            if folder in names and file.startswith(f"{stem}-"):
                names[folder].append(self.root / name)
        return [file for files in names.values() for file in files]

    def remembered(self, name: str) -> pl.DataFrame | None:
        """Return a remembered table as the last run left it; None where there is none."""
        if self.state.remembered is None:
            return None
        file = self.root / self.state.remembered / f"{name}.parquet"
        return pl.read_parquet(file, glob=False) if file.exists() else None

    def published_files(self, name: str) -> list[Path]:
        """Return the file of a published table as the last run left it; none where there is none."""
        file = self.root / (self.state.tables or "") / f"{name}.parquet"
        return [file] if self.state.tables is not None and file.exists() else []

    def folder(self, kind: str) -> Path:
        """Make and return the work folder for what will become ``landed``, ``tables``, … of the store."""
        made = self.work / kind
        made.mkdir(parents=True, exist_ok=True)
        return made

    def kept_folders(self) -> list[Path]:
        """Return the folders of what runs before kept, oldest first."""
        return [self.root / folder for folder in self.state.kept]

    def commit(self, record: RunRecord, *, adds_to_kept: bool = False, **changes: Any) -> StoreState:
        """Make the run's results what the store holds.

        Parameters
        ----------
        record : RunRecord
            The run.
        adds_to_kept : bool
            Whether what runs before kept still counts, beside what this one keeps.
        **changes
            Fields of `StoreState` that the run changed beside the folders.

        Returns
        -------
        StoreState
            What the store now holds.
        """
        moved = {kind: self._move(kind, self.number) for kind in _KINDS}
        landed = self.state.landed + ([moved["landed"]] if moved["landed"] else [])
        state = replace(
            self.state,
            number=self.number,
            landed=landed,
            tables=moved["tables"],
            remembered=moved["remembered"],
            kept=[*(self.state.kept if adds_to_kept else []), *([moved["kept"]] if moved["kept"] else [])],
            runs=[*self.state.runs, record],
            **changes,
        )
        return self._record(state)

    def identify(self) -> str:
        """Return the id of the store; one that an earlier version wrote without gets one."""
        return self._record(self.state).store_id or ""

    def append_judgements(self, rows: pl.DataFrame) -> None:
        """Add to what people judged. It counts at once, is no run, and the next run applies it."""
        rows.write_parquet(self.folder(_JUDGEMENTS) / "judgements.parquet")
        added = self._move(_JUDGEMENTS, len(self.state.judgements) + 1)
        self._record(replace(self.state, judgements=[*self.state.judgements, str(added)]))

    def append_refit(self, entry: dict[str, Any]) -> None:
        """Add to what happened to refits, as plain JSON. It counts at once, and the next run applies it."""
        text = json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder(_REFITS) / REFIT_FILE).write_text(text + "\n", encoding="utf-8")
        added = self._move(_REFITS, len(self.state.refits) + 1)
        self._record(replace(self.state, refits=[*self.state.refits, str(added)]))

    def append_log(self, name: str, rows: pl.DataFrame) -> None:
        """Add a batch to a log. It counts at once, is no run and changes no table."""
        fresh = self.folder(name) / "batch.parquet"
        rows.write_parquet(fresh)
        _sync_file(fresh)
        number = sum(file.startswith(f"{name}/") for file in self.state.contents) + 1
        target = self.root / name / f"{number:06d}.parquet"
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)
        self._written |= measured(self.root, [target])
        self._record(self.state)

    def _record(self, state: StoreState) -> StoreState:
        """Write down what the store holds from now on, with what lies in each of its files."""
        contents = {**state.contents, **self._written}
        held = {name: contents[name] for name in sorted(contents) if name.rpartition("/")[0] in {*state.folders, *LOGS}}
        self.state = replace(state, contents=held, store_id=state.store_id or uuid4().hex)
        write_state(self.root, self.state)
        return self.state

    def _move(self, kind: str, number: int) -> str | None:
        made = self.work / kind
        if not made.is_dir() or not any(made.iterdir()):
            return None
        for file in sorted(made.iterdir()):
            _sync_file(file)
        target = self.root / kind / f"{number:06d}"
        target.parent.mkdir(exist_ok=True)
        made.replace(target)
        self._written |= measured(self.root, sorted(target.iterdir()))
        return f"{kind}/{number:06d}"


@contextmanager
def begin(root: Path, *, damaged: bool = False) -> Iterator[Transaction]:
    """Hold a store for one run.

    Parameters
    ----------
    root : Path
        The store; made where it is not there.
    damaged : bool
        Hold it also where files are missing, to repair it.

    Yields
    ------
    Transaction
        With an empty work folder. What is not committed leaves no trace.

    Raises
    ------
    StoreLocked
        Another run holds the store.
    StoreDamaged
        A file that the store lists is missing.
    StoreError
        What the store says of itself is damaged, or its place cannot be written to.
    """
    with _locked(root):
        state = read_state(root)
        refuse(root, [] if damaged else absent(root, state.contents))
        _sweep(root, state)
        transaction = Transaction(root, state)
        transaction.work.mkdir(parents=True)
        try:
            yield transaction
        finally:
            shutil.rmtree(root / "work", ignore_errors=True)


def _locked(root: Path) -> AbstractContextManager[object]:
    """Take hold of a store, and make it where there is none; whoever leaves the context lets go of it."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        return FileLock(root / "lock", timeout=0).acquire()
    except Timeout as error:
        raise StoreLocked(
            f"{root}: another run is writing to this store. Wait for it, or use another --store."
        ) from error
    except OSError as error:
        raise StoreError(f"{root}: no store can be kept there ({error.strerror}). Name another --store.") from error


def _sweep(root: Path, state: StoreState) -> None:
    """Remove what no state points to: leftovers of killed runs, and tables that a later run replaced.

    Done when a run begins, not when it ends, so that a reader keeps its tables while the next ones appear.
    """
    shutil.rmtree(root / "work", ignore_errors=True)
    for kind in (*_KINDS, _JUDGEMENTS, _REFITS):
        for folder in sorted((root / kind).glob("*")):
            if f"{kind}/{folder.name}" not in state.folders:
                shutil.rmtree(folder)
    for log in LOGS:
        for file in sorted((root / log).glob("*")):
            if f"{log}/{file.name}" not in state.contents:
                file.unlink()


def _sync_file(file: Path) -> None:
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
