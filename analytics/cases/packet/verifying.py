"""A packet held against its manifest, and against the store and the ledger it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from analytics.cases.dossier import CaseFile
from analytics.cases.packet.archive import unzipped
from analytics.cases.packet.contents import packet_files
from analytics.cases.packet.manifest import MANIFEST, read_manifest, tables_digest
from analytics.reports.wording import counted
from analytics.store import Store
from analytics.typesetting.setting import versions

__all__ = ["PacketCheck", "verify_packet"]


@dataclass(frozen=True)
class PacketCheck:
    """What was found when a packet was verified.

    Attributes
    ----------
    case_id, run_id : str
        What it is about, and the run it was made from.
    files : int
        Files in its manifest.
    changed : list of str
        Files that are not as the manifest says: changed, missing or added after it was written.
    differing : list of str
        Files that store and ledger would give otherwise now.
    causes : list of str
        Why they differ, one sentence each.
    notes : list of str
        What else is to be known: later events of the case.
    """

    case_id: str
    run_id: str
    files: int
    changed: list[str]
    differing: list[str]
    causes: list[str]
    notes: list[str]

    @property
    def is_whole(self) -> bool:
        """No byte was changed, and store and ledger give the same bytes."""
        return not self.changed and not self.differing

    @property
    def sentences(self) -> list[str]:
        """The same in words."""
        if self.is_whole:
            said = f"The packet of case {self.case_id} is whole: {self.files} files replay to the same bytes."
            return [said, *self.notes]
        changed = [f"{name}." for name in self.changed]
        differing = [f"{name} differs from what store and ledger give now." for name in self.differing]
        return [f"The packet of case {self.case_id} does not replay.", *self.causes, *changed, *differing, *self.notes]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"is_whole": self.is_whole, **vars(self)}


def verify_packet(file: Path, store: Store, ledger: CaseFile) -> PacketCheck:
    """Hold a packet against its manifest, and make every file anew from store and ledger as of its last event.

    Parameters
    ----------
    file : Path
        The packet.
    store : Store
        The store of the case.
    ledger : CaseFile
        Where the case is.

    Returns
    -------
    PacketCheck

    Raises
    ------
    UnreadableFile
        The file is no packet.
    UnknownCase
        The ledger has no such case.
    """
    files = unzipped(Path(file))
    told = read_manifest(files)
    causes = _causes(told, store, ledger)
    anew: Mapping[str, bytes] = {}
    if not _is_other_chain(told, ledger):
        masked = told["edition"] == "masked"
        anew = packet_files(store, ledger, told["case_id"], int(told["head"]["version"]), masked=masked)
    differing = sorted(name for name in {*files, *anew} if anew.get(name) != files.get(name))
    changed = _changed(files, told["files"])
    touched = {line.split(" ", 1)[0] for line in changed}
    only_here = [name for name in differing if name not in touched]
    return PacketCheck(
        case_id=told["case_id"],
        run_id=told["run_id"],
        files=len(told["files"]),
        changed=changed,
        differing=only_here,
        causes=(causes or [_UNEXPLAINED]) if only_here else causes,
        notes=_notes(told, ledger),
    )


_UNEXPLAINED = (
    "Run, tables, events and versions are those of the manifest: the manifest itself, or a judgement since, differs."
)


def _changed(files: Mapping[str, bytes], listed: Mapping[str, Any]) -> list[str]:
    """Return the files that are not as the manifest lists them, each with what is wrong."""
    found = []
    for name in sorted({*files, *listed} - {MANIFEST}):
        if name not in listed:
            found.append(f"{name} was added after the packet was written")
        elif name not in files:
            found.append(f"{name} is missing")
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]["sha256"]:
            found.append(f"{name} was changed after the packet was written")
    return found


def _causes(told: Mapping[str, Any], store: Store, ledger: CaseFile) -> list[str]:
    """Say what differs between what the packet was made from and what is there now."""
    found, run_id = [], store.last_run.run_id
    if run_id != told["run_id"]:
        found.append(f"The store was screened since: its last run is {run_id}, the packet rests on {told['run_id']}.")
    elif tables_digest(store) != told["tables_sha256"]:
        found.append(f"The tables of the store are not those of run {told['run_id']} that the packet rests on.")
    if _is_other_chain(told, ledger):
        found.append(f"The events of the ledger are not those that end with {told['head']['hash'][:12]}.")
    here = versions()
    found += [
        f"The packet was written with {name} {version}; here is {here[name]}."
        for name, version in sorted(told["versions"].items())
        if name in here and here[name] != version
    ]
    return found


def _is_other_chain(told: Mapping[str, Any], ledger: CaseFile) -> bool:
    """Tell whether the event that the packet ends with is not in the ledger."""
    version, digest = int(told["head"]["version"]), told["head"]["hash"]
    found = ledger.events(told["case_id"]).filter(pl.col("version") == version)
    return found["hash"].to_list() != [digest]


def _notes(told: Mapping[str, Any], ledger: CaseFile) -> list[str]:
    is_later = pl.col("version") > int(told["head"]["version"])
    later = ledger.events(told["case_id"]).filter(is_later).height
    verb = "has" if later == 1 else "have"
    return [f"{counted(later, 'event').capitalize()} of the case {verb} come since."] if later > 0 else []
