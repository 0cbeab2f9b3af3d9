"""Which store a ledger belongs to: a database and a store that do not belong together are refused."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from analytics.cases.chain import said_in
from analytics.cases.databases import Database
from analytics.cases.heads import is_cut, keep_head, kept_head
from analytics.cases.journal import Journal
from analytics.cases.tables import EVENTS
from analytics.errors import ForeignLedger
from analytics.store import Store, begin

__all__ = ["ADOPTED", "adopt", "bind", "id_of"]

_OPENED = "ledger_opened"
ADOPTED = "ledger_adopted"
"""Kind of the event that hands a ledger to another store."""


def id_of(store: Store) -> str:
    """Return the id of a store; one written by an earlier version gets one."""
    if store.state.store_id:
        return store.state.store_id
    with begin(store.root) as transaction:
        return transaction.identify()


def bind(database: Database, store: Store, by: str, now: datetime) -> str:
    """Return the id of the ledger of a store; a fresh one becomes the store's.

    Raises
    ------
    ForeignLedger
        The ledger belongs to another store, or the store has its cases elsewhere.
    """
    store_id, kept = id_of(store), kept_head(store.root)
    found = _bound(database)
    if found is None:
        if kept is not None:
            raise ForeignLedger(
                f"{store.root} has its cases in another database: {kept.head.events:,} events were written there, and "
                f"{database.shown} holds none. Name that one with --cases, or restore it from a backup."
            )
        return _open(database, store, store_id, by, now)
    ledger_id, owner = found
    if owner != store_id:
        raise ForeignLedger(
            f"the cases in {database.shown} belong to another store. Name that store, or, if {store.root} takes its "
            "place, run: splitship cases verify --adopt"
        )
    if kept is not None and kept.ledger_id != ledger_id:
        raise ForeignLedger(
            f"{store.root} has its cases in another database than {database.shown}. Name that one with --cases."
        )
    return ledger_id


def adopt(database: Database, store: Store, by: str, now: datetime) -> None:
    """Make a ledger this store's that belongs to another one, or that lost events; an event says so."""
    store_id, found, kept = id_of(store), _bound(database), kept_head(store.root)
    if found is None:
        return
    with database.writing() as connection:
        was_cut = is_cut(connection, kept)
        if found[1] == store_id and not was_cut:
            return
        journal = Journal(connection, by, now)
        remembered = {"events": kept.head.events, "hash": kept.head.hash} if kept and was_cut else None
        said = {"ledger_id": found[0], "store_id": store_id, "from_store_id": found[1], "remembered": remembered}
        journal.append(ADOPTED, body=said)
        head = journal.head
    keep_head(store.root, found[0], head, is_other=True)


def _open(database: Database, store: Store, store_id: str, by: str, now: datetime) -> str:
    with database.writing() as connection:
        journal = Journal(connection, by, now)
        if journal.head.events == 0:
            journal.append(_OPENED, body={"ledger_id": uuid4().hex, "store_id": store_id})
        head = journal.head
    ledger_id = (_bound(database) or ("", ""))[0]
    keep_head(store.root, ledger_id, head)
    return ledger_id


def _bound(database: Database) -> tuple[str, str] | None:
    """Return the id of a ledger and of the store it belongs to; None where it is empty."""
    bodies = select(EVENTS.c.body).where(EVENTS.c.kind.in_((_OPENED, ADOPTED))).order_by(EVENTS.c.seq.desc()).limit(1)
    with database.reading() as connection:
        body = connection.execute(bodies).scalar()
    if body is None:
        return None
    said = said_in(body, "ledger_id", "store_id")
    return said["ledger_id"], said["store_id"]
