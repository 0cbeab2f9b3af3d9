"""Brings cases up to the last run and the day: what a run changed, what woke, what no longer holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, select

from analytics.cases.binding import ADOPTED
from analytics.cases.chain import said_in
from analytics.cases.databases import Database
from analytics.cases.grounds import Grounds, grounds_since
from analytics.cases.journal import Journal
from analytics.cases.opening import opened
from analytics.cases.reading import last_decision
from analytics.cases.scopes import FLAGS_ONLY, covered, parse_scope
from analytics.cases.settings import Settings
from analytics.cases.states import CLOSED, DISMISSED, JOINED, RETURNED, SECOND_REVIEW, SNOOZED, SYSTEM
from analytics.cases.subjects import Facts, facts_of
from analytics.cases.tables import CASES, EVENTS, FLAGS_TODAY, rows_of
from analytics.review.successors import successors
from analytics.store import Store

__all__ = ["Followed", "follow", "is_behind"]

_FOLLOWED = "followed"
_EXPIRED = "dismissal_expired"
_DECIDED = (CLOSED, SECOND_REVIEW)

Row = Mapping[str, Any]
_TOLD = (
    ("flags_attached", "fresh", "attached"),
    ("flags_gone", "gone", "gone"),
    ("flags_moved", "moved", "moved"),
    ("total_changed", "changed", None),
)
"""Kinds of event, the flags each is about, and what became of them."""


@dataclass
class Followed:
    """What following a run did, in numbers.

    Attributes
    ----------
    opened, reopened, woken, joined : int
        Cases.
    attached, gone, covered : int
        Flags: new on a case, no longer raised, and covered by a dismissal.
    """

    opened: int = 0
    reopened: int = 0
    woken: int = 0
    joined: int = 0
    attached: int = 0
    gone: int = 0
    covered: int = 0

    def __str__(self) -> str:
        """Say it in a line."""
        counts = {item.name: getattr(self, item.name) for item in fields(self)}
        said = [f"{number:,} {_words(name, number)}" for name, number in counts.items() if number]
        return "cases: " + (", ".join(said) or "nothing changed")


_WORDS = {
    "opened": "opened",
    "reopened": "reopened",
    "woken": "woken",
    "joined": "joined with an older case",
    "attached": "flags attached",
    "gone": "flags gone",
    "covered": "flags covered by a dismissal",
}


def _words(name: str, number: int) -> str:
    return _WORDS[name].replace("flags", "flag") if number == 1 else _WORDS[name]


def is_behind(database: Database, store: Store, today: date) -> bool:
    """Tell whether the store has a run that the ledger has not followed, or something is due."""
    with database.reading() as connection:
        if _has_later_run(store, _last_followed(connection)):
            return True
        return connection.execute(select(CASES.c.case_id).where(_is_due(today)).limit(1)).scalar() is not None


def follow(journal: Journal, store: Store, settings: Settings, today: date) -> Followed:
    """Bring every case up to the last run of the store, and to the day.

    Parameters
    ----------
    journal : Journal
        The writing transaction.
    store : Store
        As screened last.
    settings : Settings
        Which flags open a case by themselves.
    today : date
        The day in New York.

    Returns
    -------
    Followed
    """
    last = _last_followed(journal.connection)
    if _is_older(store, last):
        return Followed()
    follower = _Follower(journal, store, settings, today)
    follower.by_day()
    if _has_later_run(store, last):
        follower.by_run(grounds_since(store, last.get("run_id")))
        run = store.last_run
        journal.append(_FOLLOWED, body={"run_id": run.run_id, "finished_at": run.finished_at}, by=SYSTEM)
    follower.by_rules()
    return follower.done


class _Follower:
    def __init__(self, journal: Journal, store: Store, settings: Settings, today: date) -> None:
        self.journal = journal
        self.store = store
        self.settings = settings
        self.today = today
        self.done = Followed()
        self.facts: Facts = facts_of(store)
        self.standing = set(self.facts.flags["flag_id"])
        self.flags_of = _grouped(self.facts)

    def by_day(self) -> None:
        """Wake what slept long enough, and return what a dismissal no longer covers."""
        due = select(CASES).where(_is_due(self.today)).order_by(CASES.c.case_id)
        for row in rows_of(self.journal.connection, due):
            if row["state"] == SNOOZED:
                state = "investigating" if row["assignee"] else "triage"
                self.journal.append_as_system("woken", row, changes={"state": state, "snoozed_until": None})
                self.done.woken += 1
            elif self._goes_on_in_this(row):
                self._reopen(row, {"cause": _EXPIRED})
            else:
                self.journal.append_as_system("dismissal_ended", row, changes={"due_on": None})

    def _goes_on_in_this(self, row: Row) -> bool:
        """Tell whether flags stand on the subject of a closed case, and no other case on it is open."""
        subject = row["subject_kind"], row["subject_id"]
        return bool(self.flags_of.get(subject)) and self.journal.open_case_of(*subject) is None

    def by_run(self, grounds: Grounds) -> None:
        """Say on each case what the runs changed."""
        heirs = successors(self.store)
        known = _known_flags(self.journal.connection)
        for row in self._rows():
            if row["subject_kind"] == "identity" and row["subject_id"] in heirs:
                self._under_its_heir(row, heirs[row["subject_id"]], known)
        known = _known_flags(self.journal.connection)
        held_open = _open_subjects(self.journal.connection)
        for row in reversed(self._rows()):  # of two closed cases on a subject the later one returns
            subject = row["subject_kind"], row["subject_id"]
            if row["state"] == CLOSED and subject in held_open:
                continue  # it goes on in the case that is open
            if self._compare(row, known.get(row["case_id"], {}), grounds):
                held_open.add(subject)

    def by_rules(self) -> None:
        """Open cases on flags that the settings name, unless a dismissal covers them."""
        if not self.settings.opens:
            return
        held = select(FLAGS_TODAY.c.flag_id).where(FLAGS_TODAY.c.change.in_(("attached", "covered")))
        taken = set(self.journal.connection.execute(held).scalars())
        asked = self.facts.flags.filter(self.settings.opening())
        fresh = asked.filter(~pl.col("flag_id").is_in(list(taken)))
        left = set(fresh["flag_id"]) - self._cover_by_any(fresh["flag_id"].to_list())
        subjects = fresh.filter(pl.col("flag_id").is_in(list(left))).select("subject_kind", "subject_id").unique()
        held_open = _open_subjects(self.journal.connection)
        for kind, subject in subjects.sort("subject_kind", "subject_id").iter_rows():
            if (kind, subject) not in held_open:
                flags = self.flags_of[kind, subject]
                opened(self.journal, kind, subject, flags, {"cause": "rule"}, by=SYSTEM)
                self.done.opened += 1
                self.done.attached += len(flags)

    def _rows(self) -> list[Row]:
        """Return the cases as they are now, by number; those that others took over are left out."""
        asked = select(CASES).where(CASES.c.outcome.is_distinct_from(JOINED)).order_by(CASES.c.case_id)
        return list(rows_of(self.journal.connection, asked))

    def _under_its_heir(self, row: Row, heir: str, known: Mapping[str, Mapping[str, str]]) -> None:
        """Move a case to the identity that its own became; of two open cases the older takes over."""
        other = self.journal.open_case_of("identity", heir)
        body = {"from": row["subject_id"], "to": heir, "cause": "identity_merged"}
        if other is not None and other > row["case_id"] and row["state"] != CLOSED:
            self._join(self.journal.case(other), row, known.get(other, {}), body)
        elif other is not None and row["state"] != CLOSED:
            self._join(row, self.journal.case(other), known.get(row["case_id"], {}), body)
            return
        after = self.journal.append_as_system(
            "subject_changed", self.journal.case(row["case_id"]), changes={"subject_id": heir}, body=body
        )
        if other is None and row["state"] == CLOSED:
            self._reopen(after, {"cause": "identity_merged"})

    def _join(self, row: Row, heir: Row, known: Mapping[str, str], body: Mapping[str, str]) -> None:
        """Close the younger of two open cases whose subjects became one; the older one takes its flags."""
        flags = sorted(flag for flag, change in known.items() if change == "attached")
        changes = {"state": CLOSED, "outcome": JOINED, "subject_id": body["to"], "due_on": None, "snoozed_until": None}
        moved = [(flag, "moved") for flag in flags]
        into = {**body, "into": heir["case_id"]}
        self.journal.append_as_system("joined", row, changes=changes, body=into, flags=moved)
        kept = [(flag, "attached") for flag in flags]
        after = self.journal.append_as_system("took_over", heir, body={**body, "case_id": row["case_id"]}, flags=kept)
        if heir["state"] == SECOND_REVIEW:
            self._reopen(after, {"cause": "identity_merged"})
        self.done.joined += 1

    def _compare(self, row: Row, known: Mapping[str, str], grounds: Grounds) -> bool:
        """Hold the flags of a case against those that stand now; tells whether it returns."""
        standing = self.flags_of.get((row["subject_kind"], row["subject_id"]), [])
        held = {flag for flag, change in known.items() if change in {"attached", "covered"}}
        row, covered_now = self._cover(row, [flag for flag in standing if flag not in held])
        fresh = [flag for flag in standing if flag not in held | covered_now]
        gone = sorted(held - self.standing)
        moved = sorted((held & self.standing) - set(standing)) if row["state"] != CLOSED else []
        changed = sorted(flag for flag in held & set(standing) if flag in grounds.flags and grounds.flags[flag].usd)
        for kind, flags, change in _TOLD:
            row = self._say(
                row, kind, {"fresh": fresh, "gone": gone, "moved": moved, "changed": changed}[flags], change, grounds
            )
        why = self._cause(row, fresh, gone, changed, grounds)
        if why:
            self._reopen(row, why)
        return why is not None

    def _cause(
        self, row: Row, fresh: Sequence[str], gone: Sequence[str], changed: Sequence[str], grounds: Grounds
    ) -> dict[str, str] | None:
        """Return why a case that was decided returns; None where the decision stands, or there is none."""
        if row["state"] not in _DECIDED:
            return None
        subject = row["subject_kind"], row["subject_id"]
        is_void = row["outcome"] == DISMISSED and not self.flags_of.get(subject)  # nothing is left to look at
        if not is_void and subject[0] == "identity" and subject[1] in grounds.split:
            return {"cause": "identity_split", "run_id": grounds.run_id}
        stirred = [*fresh, *changed, *(gone if row["outcome"] != DISMISSED else ())]
        return grounds.of(stirred).said() if stirred else None

    def _say(self, row: Row, kind: str, flags: Sequence[str], change: str | None, grounds: Grounds) -> Row:
        if not flags:
            return row
        rows = [(flag, change) for flag in flags] if change else []
        named = {} if change else {"flags": list(flags)}
        if change in {"attached", "gone"}:
            setattr(self.done, change, getattr(self.done, change) + len(flags))
        return self.journal.append_as_system(kind, row, body={**named, **grounds.of(flags).said()}, flags=rows)

    def _cover(self, row: Row, flags: list[str]) -> tuple[Row, set[str]]:
        """Cover new flags of a case that was dismissed, as far as its scope goes; returns those that are covered."""
        holds = row["state"] == CLOSED and row["outcome"] == DISMISSED
        if not holds or row["due_on"] is None or row["due_on"] <= str(self.today):
            return row, set()
        scope = parse_scope(last_decision(self.journal.connection, row["case_id"]).get("scope", FLAGS_ONLY))
        found = covered(self.store, scope, flags)
        if not found:
            return row, found
        self.done.covered += len(found)
        rows = [(flag, "covered") for flag in sorted(found)]
        return self.journal.append_as_system("covered", row, body={"scope": str(scope)}, flags=rows), found

    def _cover_by_any(self, flags: list[str]) -> set[str]:
        """Cover flags that no case holds by whatever dismissal stands; returns those that are covered."""
        found: set[str] = set()
        stands = (CASES.c.state == CLOSED) & (CASES.c.outcome == DISMISSED) & (CASES.c.due_on > str(self.today))
        dismissed = select(CASES).where(stands).order_by(CASES.c.case_id)
        for row in rows_of(self.journal.connection, dismissed):
            found |= self._cover(row, [flag for flag in flags if flag not in found])[1]
        return found

    def _reopen(self, row: Row, why: Mapping[str, str]) -> Row:
        self.done.reopened += 1
        return self.journal.append_as_system("reopened", row, changes=RETURNED, body=why)


def _is_due(today: date) -> Any:
    slept = (CASES.c.state == SNOOZED) & (CASES.c.snoozed_until <= str(today))
    expired = (CASES.c.state == CLOSED) & (CASES.c.outcome == DISMISSED) & (CASES.c.due_on <= str(today))
    return slept | expired


def _last_followed(connection: Connection) -> dict[str, str]:
    """Return id and end of the run that was followed last; neither where none was of this store."""
    asked = select(EVENTS.c.body).where(EVENTS.c.kind.in_((_FOLLOWED, ADOPTED))).order_by(EVENTS.c.seq.desc()).limit(1)
    body = connection.execute(asked).scalar()
    return {} if body is None else said_in(body)


def _has_later_run(store: Store, followed: Mapping[str, str]) -> bool:
    """Tell whether a store has a run that the ledger has not followed."""
    return store.last_run.run_id != followed.get("run_id") and not _is_older(store, followed)


def _is_older(store: Store, followed: Mapping[str, str]) -> bool:
    """Tell whether a store was opened, or backed up, before the run that was followed last.

    One that was restored from a backup and screened since has other runs, the last of which ended later.
    """
    if "run_id" not in followed or any(run.run_id == followed["run_id"] for run in store.state.runs):
        return False
    return store.last_run.finished_at <= followed.get("finished_at", "")


def _open_subjects(connection: Connection) -> set[tuple[str, str]]:
    """Return whom or what an open case is about."""
    asked = select(CASES.c.subject_kind, CASES.c.subject_id).where(CASES.c.state != CLOSED)
    return {(row["subject_kind"], row["subject_id"]) for row in rows_of(connection, asked)}


def _known_flags(connection: Connection) -> dict[str, dict[str, str]]:
    """Return what became last of each flag of each case."""
    known: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(connection, select(FLAGS_TODAY)):
        known[row["case_id"]][row["flag_id"]] = row["change"]
    return known


def _grouped(facts: Facts) -> dict[tuple[str, str], list[str]]:
    grouped: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for flag, kind, subject in facts.flags.select("flag_id", "subject_kind", "subject_id").iter_rows():
        grouped[kind, subject].append(flag)
    return dict(grouped)
