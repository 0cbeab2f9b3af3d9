"""Everything that one case rests on, as plain data: what the command, the app and the packet show of it.

The masked edition names nobody: `analytics.masking.texts`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Protocol

import polars as pl

from analytics.cases.dossier_flags import counter_evidence, flags_of_case, would_change
from analytics.cases.dossier_identity import (
    identities_of,
    identity_lines,
    judgements_on,
    links_between,
    members_of,
)
from analytics.cases.dossier_money import Money, money_of_case
from analytics.cases.dossier_shipments import day_totals, excluded_because, shipments_of_case
from analytics.cases.sentences import summary
from analytics.cases.states import CLOSED, TELLS_OUTCOME, Case
from analytics.masking.texts import Mask
from analytics.reports.disclosure import PriorDisclosure
from analytics.review.clusters import clusters
from analytics.review.successors import successor
from analytics.store import Store

__all__ = ["CaseFile", "Dossier", "dossier", "without_outcome"]

_MOST_TOLD = 25
"""Identities of a case of which thresholds and account numbers are told; those of most flagged value come first."""


class CaseFile(Protocol):
    """Where a case, its events and documents come from."""

    def case(self, case_id: str) -> Case:
        """Return the state of a case."""

    def events(self, case_id: str | None = None) -> pl.DataFrame:
        """Return the events of a case."""

    def documents(self, case_id: str) -> pl.DataFrame:
        """Return what is attached to it."""

    def document(self, document_id: str) -> bytes:
        """Return the bytes of a document."""


@dataclass(frozen=True)
class Dossier:
    """What one case rests on.

    Attributes
    ----------
    case : Case
        Its state.
    is_masked : bool
        Pseudonyms stand for names, and ``[hidden]`` for addresses, phones, e-mails and account numbers.
    subject : str
        Id of its subject as it is called today.
    sentences : list of str
        Two: what was seen, and what it means under which rule.
    flags : polars.DataFrame
        As `flags_of_case` gives them.
    reasons : list of str
        The reasons of the flags, each once.
    counter_evidence : list of str
        What speaks against them, each sentence once.
    answers : polars.DataFrame
        The same with ``code``, ``text``, ``source``, ``flag_ids``: a note that names the code answers it.
    would_change : list of str
        What would clear the flags: a shipment, a match, another date, a stricter threshold.
    shipments, day_totals : polars.DataFrame
        As `shipments_of_case` and `day_totals` give them.
    left_out : int
        Shipments of the subject, in no flag, that are not shown.
    identities, members, links, judgements : polars.DataFrame
        As `identities_of`, `members_of`, `links_between` and `judgements_on` give them.
    identity_lines : dict of str to list of str
        Of the first 25 identities, what account numbers did for each and up to which threshold it stays whole.
    exposure, duties, owed, owed_by_flag, drivers, statute_clock : polars.DataFrame
        What is at issue: see `Money`.
    disclosure : PriorDisclosure or None
        What a disclosure would tender.
    documents, events : polars.DataFrame
        As the ledger gives them.
    """

    case: Case
    is_masked: bool
    subject: str
    sentences: list[str]
    flags: pl.DataFrame
    reasons: list[str]
    counter_evidence: list[str]
    answers: pl.DataFrame
    would_change: list[str]
    shipments: pl.DataFrame
    day_totals: pl.DataFrame
    left_out: int
    identities: pl.DataFrame
    identity_lines: dict[str, list[str]]
    members: pl.DataFrame
    links: pl.DataFrame
    judgements: pl.DataFrame
    exposure: pl.DataFrame
    duties: pl.DataFrame
    owed: pl.DataFrame
    owed_by_flag: pl.DataFrame
    drivers: pl.DataFrame
    statute_clock: pl.DataFrame
    disclosure: PriorDisclosure | None
    documents: pl.DataFrame
    events: pl.DataFrame


def dossier(store: Store, ledger: CaseFile, case_id: str, *, masked: bool = False) -> Dossier:
    """Gather what a case rests on.

    Parameters
    ----------
    store : Store
        Where its flags were raised.
    ledger : CaseFile
        Where the case is; `analytics.cases.Ledger` is one.
    case_id : str
        Such as ``C000001``.
    masked : bool
        Name nobody.

    Returns
    -------
    Dossier
    """
    case, events = ledger.case(case_id), ledger.events(case_id)
    subject = successor(store, case.subject_id) if case.subject_kind == "identity" else case.subject_id
    excluded = excluded_because(events, case.excluded_shipments)
    shipments, left_out = shipments_of_case(store, case, subject, excluded)
    flags = flags_of_case(store, case)
    of_flags = shipments.filter(pl.col("in_flags") != "")
    wanted = _identities(case, subject, flags, of_flags)
    about = identities_of(store, wanted)
    standing_now = set(about["identity_id"])
    identities = [name for name in wanted if name in standing_now]
    members = members_of(store, identities, of_flags["alias_id"].drop_nulls().unique().sort().to_list())
    held = clusters(store, identities)
    standing = flags.filter("stands")
    counted = standing.filter("in_totals")["flag_id"].to_list()
    money = money_of_case(store, standing["flag_id"].to_list(), counted)
    answers = counter_evidence(store, flags)
    found = Dossier(
        case=case,
        is_masked=False,
        subject=subject,
        sentences=summary(case, flags, of_flags, money),
        flags=flags,
        reasons=flags["reason"].unique(maintain_order=True).to_list(),
        counter_evidence=answers["text"].to_list(),
        answers=answers,
        would_change=would_change(store, flags, held),
        shipments=shipments,
        day_totals=day_totals(store, shipments),
        left_out=left_out,
        identities=about,
        identity_lines={name: identity_lines(store, name, members) for name in identities[:_MOST_TOLD]},
        members=members,
        links=links_between(store, members, held),
        judgements=judgements_on(store, members),
        documents=ledger.documents(case_id),
        events=events,
        **_of(money),
    )
    return _masked(found) if masked else found


def without_outcome(found: Dossier) -> Dossier:
    """Return a dossier as who reviews a case blind is to see it: without outcome, decisions and what came of them."""
    case = replace(found.case, state=CLOSED, outcome=None, outcome_reason=None, decided_by=None, due_on=None)
    return replace(found, case=case, events=found.events.filter(~pl.col("kind").is_in(TELLS_OUTCOME)))


def _identities(case: Case, subject: str, flags: pl.DataFrame, shipments: pl.DataFrame) -> list[str]:
    """Return the identities whose aliases matter: that of the subject, then those of most value in flags."""
    of_subject = [subject] if case.subject_kind == "identity" else []
    values = shipments.drop_nulls("identity_id").group_by("identity_id").agg(pl.col("value_usd").sum())
    ranked = values.sort("value_usd", "identity_id", descending=[True, False])["identity_id"]
    return list(dict.fromkeys((*of_subject, *ranked, *flags["identity_id"].drop_nulls())))


def _of(money: Money) -> dict[str, Any]:
    return {
        "exposure": money.exposure,
        "duties": money.duties,
        "owed": money.owed,
        "owed_by_flag": money.owed_by_flag,
        "drivers": money.drivers,
        "statute_clock": money.clock,
        "disclosure": money.disclosure,
    }


def _masked(found: Dossier) -> Dossier:
    about = f"{found.case.subject_kind} {found.case.subject_id}"
    mask = Mask([found.shipments, found.members], [about, *found.flags["subject"].drop_nulls()])
    frames = ("flags", "answers", "shipments", "day_totals", "exposure", "duties", "drivers", "statute_clock")
    texts: dict[str, Any] = {name: [mask.text(line) for line in getattr(found, name)] for name in _LINES}
    tables: dict[str, Any] = {name: mask.frame(getattr(found, name)) for name in frames}
    links = [pl.col(name).map_elements(_without_values, return_dtype=pl.String) for name in _SIDES]
    return replace(
        found,
        is_masked=True,
        case=replace(found.case, subject_id=mask.text(found.case.subject_id)),
        subject=mask.text(found.subject),
        **texts,
        **tables,
        identity_lines={name: [mask.text(line) for line in lines] for name, lines in found.identity_lines.items()},
        members=mask.frame(found.members.with_columns(pl.col("differences").map_elements(_fields_alone, pl.String))),
        links=found.links.with_columns(links),
        judgements=found.judgements.with_columns(pl.col("note").map_elements(mask.note, return_dtype=pl.String)),
        documents=_masked_documents(found.documents),
        events=found.events.with_columns(pl.col("body").map_elements(mask.body, return_dtype=pl.String)),
    )


_SIDES = ("speaks_for", "speaks_against")
_LINES = ("sentences", "reasons", "counter_evidence", "would_change")


def _without_values(texts: str) -> str:
    """Leave out of the evidence of a link what was compared, and keep what was found."""
    return json.dumps([{**item, "left": None, "right": None} for item in json.loads(texts)], ensure_ascii=False)


def _fields_alone(differences: str) -> str:
    return json.dumps({field: [] for field in json.loads(differences)}, sort_keys=True)


def _masked_documents(documents: pl.DataFrame) -> pl.DataFrame:
    """Call documents by their number: what a person named a file often holds a name."""
    numbers = [f"document {number}" for number in range(1, documents.height + 1)]
    return documents.with_columns(pl.Series("name", numbers, pl.String))
