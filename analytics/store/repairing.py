"""Checks a store file by file, and repairs of it what can be made again from what is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from analytics.errors import StoreMissing
from analytics.store.contents import DAMAGED, MISSING, Fault, altered
from analytics.store.state import Awaited, InputFile, StoreState, read_state, write_state
from analytics.store.writing import begin

__all__ = ["Repair", "check", "repair"]

_NUMBER = re.compile(r"-(\d+)\.parquet$")
_LANDED, _KEPT, _TABLES = "landed", "kept", "tables"


@dataclass(frozen=True)
class Repair:
    """What a repair found and did.

    Attributes
    ----------
    faults : list of Fault
        What was wrong.
    done : list of str
        What was repaired, in sentences.
    screen_again : list of str
        Inputs whose rows are lost; they have to be screened again, all in one call.
    restore : list of str
        Files that hold what cannot be made again: only a backup has them.
    has_to_publish : bool
        Whether the tables have to be made again from the rows that are there.
    """

    faults: list[Fault]
    done: list[str] = field(default_factory=list)
    screen_again: list[str] = field(default_factory=list)
    restore: list[str] = field(default_factory=list)
    has_to_publish: bool = False


def check(root: Path) -> list[Fault]:
    """Return every file of a store that is missing or altered, and every input whose rows do not add up.

    Parameters
    ----------
    root : Path
        The store.

    Raises
    ------
    StoreMissing
        Nothing has been screened into that folder.
    StoreError
        What the store says of itself cannot be read.
    """
    state = _known(root)
    return [*altered(root, state.contents), *_uncounted(state)]


def repair(root: Path) -> Repair:
    """Repair a store as far as nothing is lost by it.

    Intermediate tables that are damaged are dropped: the next run makes them again. Damaged published tables are
    dropped too, and have to be made again from the rows that are there. An input whose rows are damaged is forgotten,
    so that it can be screened again; until it is, no other run is taken. What was decided by people or remembered of
    earlier runs is left as it is and named.

    Parameters
    ----------
    root : Path
        The store.

    Raises
    ------
    StoreLocked
        A run is writing to it.
    StoreMissing
        Nothing has been screened into that folder.
    StoreError
        What the store says of itself cannot be read.
    """
    _known(root)
    with begin(root, damaged=True) as transaction:
        state = transaction.state
        faults = [*altered(root, state.contents), *_uncounted(state)]
        kinds = {kind: [fault.file for fault in faults if _kind(fault) == kind] for kind in map(_kind, faults)}
        done: list[str] = []
        if kinds.pop(_KEPT, None):
            state = _trimmed(replace(state, kept=[], kept_under=None))
            done.append("intermediate tables were dropped; the next run computes them again")
        if lost := kinds.pop(_LANDED, None):
            state = _awaiting(state, lost)
            done.append("the damaged rows were dropped; their input files can be screened again")
        has_to_publish = kinds.pop(_TABLES, None) is not None or (state.tables is None and bool(state.runs))
        if has_to_publish:
            state = _trimmed(replace(state, tables=None, basis=None))
        if state != transaction.state:
            write_state(root, state)
    restore = sorted(file for files in kinds.values() for file in files)
    again = sorted(item.path for item in state.awaited.values())
    return Repair(faults, done, again, restore, has_to_publish)


def _known(root: Path) -> StoreState:
    state = read_state(root)
    if not (state.contents or state.runs):
        raise StoreMissing(f"{root}: nothing has been screened here. Run: splitship screen INPUT --store {root}")
    return state


def _kind(fault: Fault) -> str:
    return fault.file.partition("/")[0]


def _trimmed(state: StoreState) -> StoreState:
    """Forget the files of folders that the state no longer lists."""
    kept = (_LANDED, _KEPT, _TABLES)
    gone = {name for name in state.contents if name.startswith(kept) and name.rpartition("/")[0] not in state.folders}
    return state.without(gone)


def _awaiting(state: StoreState, lost: list[str]) -> StoreState:
    """Forget the inputs that some files hold rows of, with all their rows, and wait for them to be screened again."""
    numbers = {number for name in lost if (number := _number(name)) is not None}
    awaited = {item.sha256: Awaited(item.path, number) for number, item in _inputs(state).items() if number in numbers}
    gone = {name for name in state.contents if name.startswith(f"{_LANDED}/") and _number(name) in numbers}
    return replace(
        state.without(gone),
        files={sha256: run for sha256, run in state.files.items() if sha256 not in awaited},
        awaited={**state.awaited, **awaited},
        kept=[],
        kept_under=None,
    )


def _inputs(state: StoreState) -> dict[int, InputFile]:
    """Inputs by their number, each as it was read last."""
    return {item.input_no: item for run in state.runs for item in run.inputs if item.input_no is not None}


def _number(name: str) -> int | None:
    found = _NUMBER.search(name)
    return int(found[1]) if found else None


def _uncounted(state: StoreState) -> Iterator[Fault]:
    """Name the inputs of which not as many rows are listed as were accepted or rejected."""
    rows: Counter[tuple[str, int | None]] = Counter()
    for name, stored in state.contents.items():
        folder, _, file = name.rpartition("/")
        if folder.startswith(f"{_LANDED}/"):
            rows[file.partition("-")[0], _number(name)] += stored.rows or 0
    waiting = {item.input_no for item in state.awaited.values()}
    for number, item in sorted(_inputs(state).items()):
        for stem, count in (("landed", item.accepted), ("rejected", item.rejected)):
            found = rows[stem, number]
            if found != count and number not in waiting:
                file = f"{_LANDED}/{stem}-{number:06d}.parquet"
                yield Fault(file, DAMAGED if found else MISSING, f"{count:,} rows of {item.path}", f"{found:,}")
