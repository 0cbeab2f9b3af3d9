"""The ledger of a store: cases, what people do with them, and proof that their history is as it was written."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from analytics.calls import checked_methods
from analytics.cases import documents, reading
from analytics.cases.binding import adopt
from analytics.cases.databases import Database
from analytics.cases.deciding import Decision, blind_review, closed_by, decided
from analytics.cases.following import Followed, follow, is_behind
from analytics.cases.heads import is_cut, keep_head, kept_head, require_place
from analytics.cases.journal import Journal
from analytics.cases.opening import open_case
from analytics.cases.settings import read_settings
from analytics.cases.states import (
    CLOSED,
    LOOKED,
    RETURNED,
    ROLES,
    UNDECIDED,
    Case,
    named,
    next_state,
    require_role,
    same_person,
)
from analytics.cases.undoing import taken_back
from analytics.cases.viewing import Clock, LedgerView
from analytics.errors import IllegalTransition, UsageError
from analytics.store import Store

__all__ = ["Ledger", "adopt_ledger", "open_ledger"]


def open_ledger(
    store: Store,
    url: str | None = None,
    *,
    by: str | None = None,
    role: str = "admin",
    settings: Path | None = None,
    clock: Clock | None = None,
) -> Ledger:
    """Open the cases of a store, and bring them up to its last run.

    Parameters
    ----------
    store : Store
        An opened store.
    url : str, optional
        ``postgresql://user@host/database`` for a team; SQLite inside the store where not given.
    by : str, optional
        Who acts; the name of the user where not given.
    role : str, default="admin"
        What they may do: viewer, investigator, reviewer, counsel or admin.
    settings : Path, optional
        TOML in place of ``cases/settings.toml`` in the store.
    clock : callable, optional
        Tells the time, with a time zone; that of the machine where not given.

    Returns
    -------
    Ledger

    Raises
    ------
    ForeignLedger
        Database and store do not belong together.
    LedgerError
        The database cannot be reached, or was made by a later splitship.
    UsageError
        The URL, the role or the settings are wrong.
    """
    if role not in ROLES:
        raise UsageError(f"role {role!r} is none. There are: {', '.join(ROLES)}.")
    found = read_settings(store.root, settings)
    ledger = Ledger(store, Database(store.root, url), _who(by), role, found, clock or _now)
    if is_behind(ledger.database, store, ledger.today):
        ledger.followed = ledger.follow()
    return ledger


def adopt_ledger(store: Store, url: str | None = None, *, by: str | None = None) -> None:
    """Make the cases of another store this store's, where it takes that one's place; an event says so.

    A ledger that was restored from an older backup goes on in the same way: the event names how many events the store
    remembers.

    Parameters
    ----------
    store : Store
        The store that takes the other's place.
    url : str, optional
        The database of a team; SQLite inside the store where not given.
    by : str, optional
        Who does it; the name of the user where not given.
    """
    adopt(Database(store.root, url), store, named(_who(by)), _now())


@checked_methods
class Ledger(LedgerView):
    """The cases of a store, and what people do with them.

    Made by `open_ledger`. Every verb that writes appends an event and returns the case as it is then; nothing is ever
    changed or removed. With ``seen``, the version of the case that the caller looked at, a case to which somebody wrote
    meanwhile is refused (`StaleCase`).

    Attributes
    ----------
    followed : Followed
        What bringing it up to the last run did when it was opened.
    """

    followed = Followed()

    def follow(self) -> Followed:
        """Bring every case up to the last run and to this day: attach flags, say which are gone, wake and reopen."""
        with self._writing() as journal:
            return follow(journal, self.store, self.settings, self.today)

    def open(self, subject: str, *, note: str | None = None) -> Case:
        """Open a case on a flag, an identity, or ``kind:subject`` such as ``seller:S100558``; the open one if any."""
        self._require("open")
        with self._writing() as journal:
            case_id = open_case(journal, self.store, subject, note)
        return self.case(case_id)

    def assign(self, case_id: str, name: str | None, *, seen: int | None = None, note: str | None = None) -> Case:
        """Give a case to somebody; None takes it away."""
        whom = None if name is None else named(name)
        said = {"assignee": whom or "nobody", "note": note}
        return self._act("assign", case_id, "assigned", {"assignee": whom}, said, seen)

    def take(self, case_ids: Sequence[str]) -> Case | None:
        """Take the first of some cases that nobody has; None where there is none.

        Parameters
        ----------
        case_ids : sequence of str
            In the order of the queue. Two people who take at once get two cases.
        """
        self._require("take")
        with self._writing() as journal:
            rows = (journal.case(case_id) for case_id in case_ids)
            free = next((row for row in rows if row["assignee"] is None and row["state"] in _TAKEN_FROM), None)
            if free is None:
                return None
            state = next_state("take", free["state"], free["case_id"])
            journal.append("taken", free, {"assignee": self.by, "state": state})
        return self.case(free["case_id"])

    def start(self, case_id: str, *, seen: int | None = None) -> Case:
        """Begin to investigate."""
        return self._act("start", case_id, "started", {}, {}, seen)

    def wait(self, case_id: str, *, due_on: date | None = None, note: str, seen: int | None = None) -> Case:
        """Wait for what somebody else has to send; the note says for what."""
        if due_on is not None and due_on < self.today:
            raise UsageError(f"{due_on} has passed. Name the day by which it should be here, today or later.")
        said = {"due_on": due_on and str(due_on), "note": _said(note)}
        return self._act("wait", case_id, "waiting", {"due_on": due_on}, said, seen)

    def resume(self, case_id: str, *, note: str | None = None, seen: int | None = None) -> Case:
        """Go on with a case that waited or slept."""
        changes = {"due_on": None, "snoozed_until": None}
        return self._act("resume", case_id, "resumed", changes, {"note": note}, seen)

    def note(self, case_id: str, text: str) -> Case:
        """Add a note."""
        return self._act(None, case_id, "noted", {}, {"note": _said(text)})

    def attach(self, case_id: str, file: Path | tuple[str, bytes], note: str | None = None) -> Case:
        """Attach a document; its bytes are kept under their digest."""
        self._require("attach")
        name, content = documents.read(file) if isinstance(file, Path) else file
        with self._writing() as journal:
            row = journal.case(case_id)
            journal.append("attached", row, body={"document": documents.keep(journal, name, content), "note": note})
        return self.case(case_id)

    def snooze(self, case_id: str, until: date, note: str, *, seen: int | None = None) -> Case:
        """Let a case sleep until a day; it comes back by itself."""
        if until <= self.today:
            raise UsageError(f"{until} is not after today. Name a later day to snooze until.")
        said = {"snoozed_until": str(until), "note": _said(note)}
        return self._act("snooze", case_id, "snoozed", {"snoozed_until": until}, said, seen)

    def decide(
        self,
        case_id: str,
        outcome: str,
        *,
        reason: str | None = None,
        evidence: str | None = None,
        scope: str = "flags",
        expires_on: date | None = None,
        note: str | None = None,
        seen: int | None = None,
    ) -> Case:
        """Decide a case, with one of the outcomes of `analytics.cases.OUTCOMES`; a dismissal has reason and evidence.

        A dismissal covers ``scope`` (`analytics.cases.scopes.parse_scope`) until ``expires_on``. A decision waits for
        a second person where the shipments are worth more than the settings say.
        """
        decision = Decision.checked(outcome, reason, evidence, scope, expires_on, note, self.settings, self.today)
        self._require("decide", "counsel" if outcome == "disclosure_filed" else None)
        with self._writing() as journal:
            decided(journal, self.store, self.settings, journal.case(case_id, seen), decision)
        return self.case(case_id)

    def confirm(self, case_id: str, *, note: str | None = None, seen: int | None = None) -> Case:
        """Agree with a decision as the second person; whoever decided cannot."""
        return self._second("confirm", case_id, "confirmed", {}, note, seen)

    def send_back(self, case_id: str, *, note: str, seen: int | None = None) -> Case:
        """Disagree with a decision as the second person: the case goes back."""
        return self._second("send_back", case_id, "sent_back", UNDECIDED, _said(note), seen)

    def blind(self, case_id: str, outcome: str, reason: str | None = None) -> Case:
        """Judge a case that was drawn for blind review; where the outcome is another one the case returns."""
        self._require("blind")
        with self._writing() as journal:
            blind_review(journal, journal.case(case_id), outcome, reason)
        return self.case(case_id)

    def exclude(self, case_id: str, shipment_uid: str, reason: str) -> Case:
        """Set a shipment of the case aside, with the reason; raises `UsageError` where no flag of the case has it."""
        flags = self.case(case_id).flag_ids
        rows = self.store.table("flag_shipments").filter(pl.col("flag_id").is_in(flags), shipment_uid=shipment_uid)
        if rows.collect().is_empty():
            raise UsageError(f"{case_id} has no shipment {shipment_uid!r}. splitship cases show {case_id} lists them.")
        return self._act(None, case_id, "excluded", {}, {"shipment_uid": shipment_uid, "reason": _said(reason)})

    def include(self, case_id: str, shipment_uid: str, reason: str | None = None) -> Case:
        """Take a shipment that was set aside back in."""
        return self._act(None, case_id, "included", {}, {"shipment_uid": shipment_uid, "reason": reason})

    def reopen(self, case_id: str, note: str, *, seen: int | None = None) -> Case:
        """Open a closed case again, with the reason."""
        changes = {**RETURNED, "assignee": None}
        return self._act("reopen", case_id, "reopened", changes, {"cause": "person", "note": _said(note)}, seen)

    def undo(self, case_id: str, note: str) -> Case:
        """Take back the last event of a case, if the same person wrote it: the case is again what it was before."""
        self._require("undo")
        with self._writing() as journal:
            taken_back(journal, case_id, _said(note))
        return self.case(case_id)

    def viewed(self, case_id: str | None, what: str) -> None:
        """Take down that names were looked at unmasked, of a case or beside any; a look changes no case."""
        self._require("viewed")
        with self._writing() as journal:
            if case_id is not None:
                journal.case(case_id)
            journal.append(LOOKED, body={"case_id": case_id, "what": what})

    def _second(
        self, verb: str, case_id: str, kind: str, changes: dict[str, Any], note: str | None, seen: int | None
    ) -> Case:
        self._require(verb)
        with self._writing() as journal:
            row = journal.case(case_id, seen)
            state = next_state(verb, row["state"], case_id)
            if same_person(row["decided_by"], self.by):
                raise IllegalTransition(f"you decided {case_id} yourself. A second person has to look at it.")
            if verb == "confirm":
                until = reading.last_decision(journal.connection, case_id).get("expires_on")
                changes = {**changes, "due_on": until}
            after = journal.append(kind, row, {"state": state, **changes}, {"note": note})
            if verb == "confirm":
                closed_by(journal, self.settings, after)
        return self.case(case_id)

    def _act(
        self,
        verb: str | None,
        case_id: str,
        kind: str,
        changes: dict[str, Any],
        body: dict[str, Any],
        seen: int | None = None,
    ) -> Case:
        """Append one event; a verb of the table changes the state, and no verb leaves it."""
        self._require(verb or kind)
        with self._writing() as journal:
            row = journal.case(case_id, seen)
            state = next_state(verb, row["state"], case_id) if verb else row["state"]
            if state != CLOSED:
                journal.require_free(row)
            journal.append(kind, row, {"state": state, **changes}, body)
        return self.case(case_id)

    def _require(self, verb: str, least: str | None = None) -> None:
        require_role(verb, self.role, least)
        named(self.by)

    @contextmanager
    def _writing(self) -> Iterator[Journal]:
        require_place(self.store.root)
        with self.database.writing() as connection:
            journal = Journal(connection, self.by, self._clock())
            before, was_cut = journal.head, is_cut(connection, kept_head(self.store.root))
            yield journal
            head = journal.head
        if head != before and not was_cut:  # else the new events would hide that earlier ones are missing
            keep_head(self.store.root, self._ledger_id, head)


_TAKEN_FROM = frozenset({"new", "triage"})


def _said(text: str) -> str:
    """Return a text that has to say something."""
    if not text.strip():
        raise UsageError("the note is empty. Say why in a few words.")
    return text.strip()


def _who(by: str | None) -> str:
    """Return who acts: whom the caller names, or the name of the user."""
    if by is not None:
        return named(by)
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("your login has no name. Say who acts: --as NAME.") from error


def _now() -> datetime:
    return datetime.now(UTC)
