"""Every file of a packet, made from a store and a case as it was after one of its events."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from analytics.cases.as_of import CaseAsOf
from analytics.cases.dossier import CaseFile, Dossier, dossier
from analytics.cases.packet.context import Context, context_of
from analytics.cases.packet.counter_page import counter_page
from analytics.cases.packet.cover import cover_memo
from analytics.cases.packet.disclosure.basis import basis_of_case
from analytics.cases.packet.disclosure.page import page_of
from analytics.cases.packet.disclosure.workbook import disclosure_workbook
from analytics.cases.packet.editable import docx
from analytics.cases.packet.entries import entries_workbook
from analytics.cases.packet.identity_basis import identity_basis
from analytics.cases.packet.manifest import MANIFEST, manifest
from analytics.cases.packet.method import method_page
from analytics.cases.packet.narrative import narrative
from analytics.store import Store
from analytics.store.exporting import harmless
from analytics.typesetting.blocks import Page
from analytics.typesetting.setting import installed, pdf, versions

__all__ = ["last_event", "packet_files"]

_NEEDED_BY = ("disclosure_filed", "referred_to_counsel")
"""Outcomes that need the elements of a prior disclosure."""
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MOST_NAME, _DIGITS = 80, 12
_HOLDS = {
    "01_cover_memo.pdf": "This memo",
    "02_narrative.pdf": "Who, what, when, where, why it was flagged and how, with each date and amount",
    "02_narrative.docx": "The same to edit",
    "03_entries.xlsx": "Shipments, entries, days and flags, each with file and line",
    "04_loss_of_duties.xlsx": "Loss of duty and fees by entry, with live formulas; what is not known",
    "05_identity_basis.pdf": "Aliases with their differences, links weakest first, judgements",
    "06_counter_evidence.pdf": "What speaks against the flags, and what was done about it",
    "07_method_and_limits.pdf": "Rules in force with citations, versions, inputs, what is not known",
    "08_event_log.csv": "Every event of the case, each with the hash of the one before it",
    "09_disclosure_elements.pdf": "The elements of 19 CFR 162.74(b), as far as the files tell them",
    MANIFEST: "SHA-256 and bytes of each file, and what the packet was made from",
}


def last_event(ledger: CaseFile, case_id: str) -> int:
    """Return the number of the last event that changed something; that somebody looked at the case changes nothing."""
    events = ledger.events(case_id)
    return int(events["version"].max() or 0)  # type: ignore[arg-type]


def packet_files(store: Store, ledger: CaseFile, case_id: str, version: int, *, masked: bool) -> dict[str, bytes]:
    """Return the files of a packet by name, the manifest last.

    Parameters
    ----------
    store : Store
        Where the flags of the case are.
    ledger : CaseFile
        Where the case is.
    case_id : str
        The case.
    version : int
        Number of the last event that counts.
    masked : bool
        Name nobody; documents are left out.

    Raises
    ------
    UsageError
        A package that writes packets is missing.
    """
    installed(["docx"])
    then = CaseAsOf(ledger, version)
    found = dossier(store, then, case_id, masked=masked)
    context = context_of(store, found)
    papers = {} if masked else _documents(then, found)
    files: dict[str, bytes] = {name: make() for name, make in _makers(store, context, list(papers)).items()}
    files |= papers
    return {**files, MANIFEST: manifest(store, context, files)}


def _makers(store: Store, context: Context, papers: list[str]) -> dict[str, Callable[[], bytes]]:
    found, running = context.dossier, _running(context)
    basis = basis_of_case(store, context)

    def set_as(page: Callable[[Context], Page]) -> Callable[[], bytes]:
        return lambda: pdf(page(context), running)

    makers: dict[str, Callable[[], bytes]] = {
        "01_cover_memo.pdf": lambda: pdf(cover_memo(context, _contents([*makers, *papers])), running),
        "02_narrative.pdf": set_as(narrative),
        "02_narrative.docx": lambda: docx(narrative(context), running),
        "03_entries.xlsx": lambda: entries_workbook(context),
        "04_loss_of_duties.xlsx": lambda: disclosure_workbook(basis),
        "05_identity_basis.pdf": set_as(identity_basis),
        "06_counter_evidence.pdf": set_as(counter_page),
        "07_method_and_limits.pdf": lambda: pdf(method_page(context, versions()), running),
        "08_event_log.csv": lambda: _event_log(found.events),
    }
    if found.case.outcome in _NEEDED_BY:
        makers["09_disclosure_elements.pdf"] = lambda: pdf(page_of(basis), running)
    return makers


def _contents(names: list[str]) -> list[tuple[str, str]]:
    return [(name, _HOLDS.get(name, "Attached to the case")) for name in (*names, MANIFEST)]


def _running(context: Context) -> dict[str, str]:
    found, run_id = context.dossier, context.run["run_id"]
    last = found.events.sort("version").row(-1, named=True)
    return {
        "head": f"Case {found.case.case_id}",
        "edition": f"{context.edition.capitalize()} edition",
        "foot": f"An indicator, not a finding. Run {run_id}; event {last['version']}, {last['hash'][:_DIGITS]}",
    }


def _event_log(events: pl.DataFrame) -> bytes:
    return harmless(events.lazy()).collect().write_csv().encode()


def _documents(ledger: CaseAsOf, found: Dossier) -> dict[str, bytes]:
    """Return what is attached, each under its digest and as much of its name as is safe in a file system."""
    return {
        f"documents/{digest[:_DIGITS]}_{_SAFE.sub('_', name)[-_MOST_NAME:].lstrip('.') or 'document'}": ledger.document(
            digest
        )
        for digest, name in found.documents.select("document_id", "name").iter_rows()
    }
