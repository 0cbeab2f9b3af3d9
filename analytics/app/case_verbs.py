"""What a form of the case page does: each verb of the ledger with what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl
from flask import request

from analytics.app import asked
from analytics.app.users import ROLES
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES, same_person
from analytics.errors import StaleCase, UsageError

if TYPE_CHECKING:
    from analytics.app.sessions import Session
    from analytics.cases import Ledger
    from analytics.cases.dossier import Dossier
    from analytics.cases.states import Case

__all__ = ["VERBS", "do", "done", "is_blind", "offered", "scopes"]

_UNDONE = frozenset(
    {"assigned", "taken", "started", "waiting", "resumed", "noted", "attached", "snoozed", "decided", "confirmed"}
    | {"sent_back", "reopened"}
)
"""Kinds of event that the ledger takes back."""
_LABELS = {
    "assign": ("Assign", "assigned"),
    "start": ("Start", "under investigation"),
    "wait": ("Wait for information", "waiting for information"),
    "resume": ("Resume", "resumed"),
    "snooze": ("Snooze", "snoozed"),
    "decide": ("Decide", "decided"),
    "confirm": ("Confirm the decision", "decision confirmed"),
    "send_back": ("Send back", "sent back"),
    "blind": ("Review without seeing the outcome", "reviewed"),
    "reopen": ("Reopen", "reopened"),
    "note": ("Add a note", "note added"),
    "attach": ("Attach a document", "document attached"),
    "undo": ("Undo the last step", "last step undone"),
    "exclude": ("Set a package aside", "package set aside"),
    "include": ("Take a package back in", "package taken back in"),
}


def done(verb: str) -> str:
    """Return what the page says after a verb."""
    return _LABELS[verb][1]


def do(ledger: Ledger, case_id: str, verb: str) -> Case:
    """Do what a form asks for, unless somebody changed the case since its page was shown.

    Parameters
    ----------
    ledger : Ledger
        In the name of who asks.
    case_id, verb : str
        From the address.

    Returns
    -------
    Case

    Raises
    ------
    UsageError
        The verb is not known, or a field is empty or wrong.
    StaleCase
        Somebody wrote to the case meanwhile.
    """
    act = VERBS.get(verb)
    if act is None:
        raise UsageError(f"{verb!r} is not something to do with a case. Use the forms of its page.")
    return act(ledger, case_id, _seen(ledger, case_id))


def _seen(ledger: Ledger, case_id: str) -> int | None:
    """Return the version of the case that the form shows; says who wrote to it since."""
    given = request.form.get("seen", "")
    if not given.isdigit():
        raise UsageError("the form does not say which version of the case it shows. Load the page again.")
    since = ledger.events(case_id).filter(pl.col("version") > int(given))
    if since.height:
        who = ", ".join(sorted(set(since["by"])))
        raise StaleCase(f"{who} wrote to {case_id} after this page was shown. Load it again, then decide.")
    return int(given)


def _assign(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.assign(case_id, asked.text("name"), seen=seen, note=asked.text("note"))


def _start(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.start(case_id, seen=seen)


def _wait(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    note = asked.needed("note", "Say what is awaited, and from whom.")
    return ledger.wait(case_id, due_on=asked.optional_day("due_on"), note=note, seen=seen)


def _resume(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.resume(case_id, note=asked.text("note"), seen=seen)


def _snooze(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.snooze(case_id, asked.day("until"), asked.needed("note", "Say why the case can wait."), seen=seen)


def _decide(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.decide(
        case_id,
        _outcome(),
        reason=asked.one_of("reason", DISMISSAL_REASONS, None),
        evidence=asked.text("evidence"),
        scope=asked.text("scope") or "flags",
        expires_on=asked.optional_day("expires_on"),
        note=asked.text("note"),
        seen=seen,
    )


def _confirm(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.confirm(case_id, note=asked.text("note"), seen=seen)


def _send_back(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.send_back(case_id, note=asked.needed("note", "Say what is missing."), seen=seen)


def _blind(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    return ledger.blind(case_id, _outcome(), asked.one_of("reason", DISMISSAL_REASONS, None))


def _reopen(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    return ledger.reopen(case_id, asked.needed("note", "Say why the case is reopened."), seen=seen)


def _note(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    return ledger.note(case_id, asked.needed("note", "Write the note."))


def _attach(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    file = request.files.get("file")
    if file is None or not file.filename:
        raise UsageError("no document is chosen. Choose a file.")
    return ledger.attach(case_id, (file.filename, file.read()), asked.text("note"))


def _undo(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    return ledger.undo(case_id, asked.needed("note", "Say why the last step is undone."))


def _exclude(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    uid = asked.needed("shipment_uid", "Choose a package.")
    return ledger.exclude(case_id, uid, asked.needed("reason", "Say why the package does not belong."))


def _include(ledger: Ledger, case_id: str, seen: int | None) -> Case:
    del seen
    return ledger.include(case_id, asked.needed("shipment_uid", "Choose a package."))


def _outcome() -> str:
    outcome = asked.one_of("outcome", OUTCOMES, None)
    if outcome is None:
        raise UsageError("no outcome is chosen. Choose one.")
    return outcome


VERBS: dict[str, Callable[[Ledger, str, int | None], Case]] = {
    "assign": _assign,
    "start": _start,
    "wait": _wait,
    "resume": _resume,
    "snooze": _snooze,
    "decide": _decide,
    "confirm": _confirm,
    "send_back": _send_back,
    "blind": _blind,
    "reopen": _reopen,
    "note": _note,
    "attach": _attach,
    "undo": _undo,
    "exclude": _exclude,
    "include": _include,
}
"""Verb of the address to what it does."""


def offered(verbs: list[str], last: Mapping[str, Any], me: str, *, is_blind: bool) -> list[tuple[str, str]]:
    """Return the verbs that the page offers as forms of their own, each with its label.

    Parameters
    ----------
    verbs : list of str
        What state and role allow.
    last : mapping
        The last event of the case: only who wrote it can undo it, and some nobody can.
    me : str
        Who asks.
    is_blind : bool
        The case waits for a blind review by who asks.
    """
    hidden = {"exclude", "include"}
    hidden |= {"undo", "reopen"} if is_blind else {"blind"}
    hidden |= set() if last["kind"] in _UNDONE and same_person(last["by"], me) else {"undo"}
    return [(verb, _LABELS[verb][0]) for verb in verbs if verb in _LABELS and verb not in hidden]


def is_blind(ledger: Ledger, case: Case, session: Session) -> bool:
    """Tell whether a case waits for a blind review that who asks may give: then its outcome is hidden."""
    is_second = case.decided_by != session.name and ROLES.index(session.role) >= ROLES.index("reviewer")
    return is_second and case.case_id in ledger.waiting_for_blind_review()


def scopes(found: Dossier) -> list[tuple[str, str]]:
    """Return what a dismissal of this case can cover, each with words for it."""
    links = found.links.head(3).rows(named=True)
    pairs = [
        (
            f"pair:{link['alias_id_l']},{link['alias_id_r']}",
            f"aliases {link['number_l']} and {link['number_r']}, whenever they are taken for one",
        )
        for link in links
    ]
    members = found.members.head(3).rows(named=True)
    addresses = [(f"address:{row['alias_id']}", f"the address of alias {row['number']}") for row in members]
    return [("flags", "these flags only"), *pairs, *addresses, *_of_sellers(found)]


def _of_sellers(found: Dossier) -> list[tuple[str, str]]:
    flagged: Any = found.shipments.filter(pl.col("in_flags") != "")
    sellers = flagged["seller_id"].drop_nulls().unique().sort().head(3).to_list()
    typologies = found.flags.filter(~pl.col("is_gone"))["typology"].unique().sort().to_list()
    return [
        (f"seller:{seller},{typology}", f"seller {seller} with {typology.replace('_', ' ')}")
        for seller in sellers
        for typology in typologies
    ]
