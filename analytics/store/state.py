"""What a store knows of itself: one small JSON file, replaced in one step, decides what is in the store.

Folders are written under new names first; only then `store.json` is replaced. A run that is killed leaves folders that
nothing points to, and the next run sweeps them away.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from analytics.errors import StoreError
from analytics.store.contents import StoredFile
from analytics.store.replacing import replace_text

__all__ = ["FORMAT", "Awaited", "InputFile", "RunRecord", "StoreState", "read_state", "write_state"]

FORMAT = 2
_FILE = "store.json"


@dataclass(frozen=True)
class InputFile:
    """One input of one run.

    Attributes
    ----------
    path : str
        As named in the call.
    sha256 : str
        Digest of its bytes.
    input_no : int or None
        Running number over the life of the store; None where it was skipped.
    read, accepted, rejected, repeated : int
        Rows; read = accepted + rejected + repeated.
    replaced : int
        Accepted rows that amend a shipment of an earlier input.
    reformatted : int
        Accepted rows that say what an earlier row says, under its shipment number written in another way.
    skipped : str or None
        Why it was not read, where it was not.
    columns : dict
        Canonical column to heading.
    notes : list of str
        What was assumed in reading it.
    reasons : dict
        Reason code to rejected rows.
    unread : dict
        ``column: reason`` to optional cells that could not be read.
    """

    path: str
    sha256: str
    input_no: int | None = None
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    repeated: int = 0
    skipped: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    replaced: int = 0
    reformatted: int = 0


@dataclass(frozen=True)
class Awaited:
    """An input whose rows were lost: it has to be screened again.

    Attributes
    ----------
    path : str
        As named in the call that read it.
    input_no : int
        The number it had, and gets again.
    """

    path: str
    input_no: int


@dataclass(frozen=True)
class RunRecord:
    """What a run was: see `analytics.contracts.runs.Runs`, of which this is a row."""

    run_id: str
    started_at: str
    finished_at: str
    inputs: list[InputFile]
    rules_sha256: str
    model_version: str
    program_version: str
    settings: dict[str, Any]
    steps: list[dict[str, Any]]
    tax_key: str | None = None

    def as_row(self) -> dict[str, Any]:
        """Return the record as a row of the table ``runs``: what is nested becomes JSON text."""
        row = asdict(self)
        for name in ("inputs", "settings", "steps"):
            row[name] = json.dumps(row[name], ensure_ascii=False, sort_keys=True)
        return row


@dataclass(frozen=True)
class StoreState:
    """What is in the store.

    Attributes
    ----------
    number : int
        Runs that changed it so far.
    tables : str or None
        Folder of the published tables.
    remembered : str or None
        Folder of what the identity ledger remembers.
    judgements : list of str
        Folders of what people judged, oldest first; each is written once and never again.
    refits : list of str
        Folders of what happened to refits of the model, oldest first; each is written once and never again.
    landed : list of str
        Folders of accepted and rejected rows, oldest first.
    kept : list of str
        Folders of tables in between, which the next run makes anew only where it touches them, oldest first.
    kept_under : str or None
        Digest of the steps that made them.
    files : dict
        sha256 of every input read so far, to the run that read it.
    next_input_no : int
        Number the next input gets.
    tax_key : str or None
        Fingerprint of the key that hashed the tax ids in the store.
    basis : str or None
        Digest of settings, rules and versions the published tables were made under.
    runs : list of RunRecord
        Oldest first.
    contents : dict of str to StoredFile
        Every file of the folders above, by its path below the store, and every batch of the logs.
    awaited : dict of str to Awaited
        sha256 of every input whose rows were lost; each has to be screened again before anything else is.
    store_id : str or None
        Drawn when something was first written; cases name the store they belong to by it, wherever it is moved.
    """

    number: int = 0
    tables: str | None = None
    remembered: str | None = None
    judgements: list[str] = field(default_factory=list)
    refits: list[str] = field(default_factory=list)
    landed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    kept_under: str | None = None
    files: dict[str, str] = field(default_factory=dict)
    next_input_no: int = 0
    tax_key: str | None = None
    basis: str | None = None
    runs: list[RunRecord] = field(default_factory=list)
    contents: dict[str, StoredFile] = field(default_factory=dict)
    awaited: dict[str, Awaited] = field(default_factory=dict)
    store_id: str | None = None

    @property
    def folders(self) -> set[str]:
        """Every folder that holds something of the store."""
        single = {folder for folder in (self.tables, self.remembered) if folder is not None}
        return {*self.landed, *self.kept, *self.judgements, *self.refits} | single

    def without(self, files: Collection[str]) -> StoreState:
        """Return the state without some files in its contents."""
        return replace(self, contents={name: file for name, file in self.contents.items() if name not in files})


def read_state(root: Path) -> StoreState:
    """Read what is in a store; an absent store is an empty one.

    Raises
    ------
    StoreError
        The file is damaged, or of a format this program does not know.
    """
    file = root / _FILE
    if not file.exists():
        return StoreState()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        found = raw.pop("format")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(file, error) from error
    if found != FORMAT:
        raise StoreError(_other_format(root, found))
    try:
        return _state(raw)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(file, error) from error


def _state(raw: dict[str, Any]) -> StoreState:
    runs = [RunRecord(**{**run, "inputs": [InputFile(**item) for item in run["inputs"]]}) for run in raw.pop("runs")]
    contents = {name: StoredFile(**item) for name, item in raw.pop("contents").items()}
    awaited = {sha256: Awaited(**item) for sha256, item in raw.pop("awaited").items()}
    return StoreState(**raw, runs=runs, contents=contents, awaited=awaited)


def _damaged(file: Path, error: Exception) -> StoreError:
    return StoreError(f"{file} is damaged ({type(error).__name__}). Restore it, or screen into a new --store.")


def _other_format(root: Path, found: object) -> str:
    if isinstance(found, int) and found < FORMAT:
        return (
            f"{root} was written by an earlier splitship (format {found}; this one reads {FORMAT}). Screen its files "
            "anew into a new --store; the tables in it stay readable as Parquet."
        )
    return f"{root} was written by a later splitship (format {found}; this one reads {FORMAT}). Install that version."


def write_state(root: Path, state: StoreState) -> None:
    """Replace what the store says of itself, in one step that survives a power cut."""
    text = json.dumps({"format": FORMAT, **asdict(state)}, ensure_ascii=False, indent=1, sort_keys=True)
    replace_text(root / _FILE, text + "\n")
