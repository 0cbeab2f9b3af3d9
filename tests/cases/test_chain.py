"""A history that was changed, added to between, or cut off shows; nothing in it can be changed through the database."""

import json
import multiprocessing
import os
import shutil
import sqlite3

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import analytics
from analytics.cases import adopt_ledger, open_ledger
from analytics.cases.chain import Head, event_hash
from analytics.cases.databases import sqlite_file
from analytics.cases.heads import keep_head
from analytics.errors import ForeignLedger, LedgerError, UsageError

TABLES = ("case_events", "case_flags", "case_documents")
ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
PROCESSES, EVENTS_EACH = 8, 12


@pytest.fixture
def case(ledger, flag):
    """A case with a few events, a flag and a document."""
    case = ledger.open(flag("Maria Lopez"))
    ledger.attach(case.case_id, ("a.txt", b"one"))
    ledger.note(case.case_id, "looked at it")
    return ledger.case(case.case_id)


def run(store, url, statement, **values):
    """Run a statement as somebody who can reach the database."""
    address = url.replace("postgresql:", "postgresql+psycopg:") if url else f"sqlite:///{sqlite_file(store.root)}"
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement), values)
    finally:
        engine.dispose()


def disarm(store, url):
    """Take the guards away, as only the owner of the database can."""
    for table in TABLES:
        if url:
            run(store, url, f"alter table {table} disable trigger all")
        else:
            for act in ("update", "delete", "replace"):
                run(store, url, f"drop trigger {table}_no_{act}")


def test_an_untouched_history_is_whole(ledger, case):
    found = ledger.verify()
    assert found.is_whole
    assert found.head.events == ledger.events()["seq"].max()
    assert json.loads(json.dumps(found.as_json()))["is_whole"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["delete from {0}", "update {0} set {1} = {1}"])
def test_no_row_is_changed_or_removed(ledger, case, store, url, table, statement):
    column = {"case_events": "kind", "case_flags": "change", "case_documents": "content"}[table]
    with pytest.raises(DBAPIError, match="append-only"):
        run(store, url, statement.format(table, column))
    assert ledger.verify().is_whole


@ON_SQLITE
def test_no_row_is_replaced(ledger, case, store):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), sqlite3.connect(sqlite_file(store.root)) as found:
        found.execute("insert or replace into case_events select * from case_events where seq = 1")


@ON_POSTGRESQL
def test_truncate_is_refused(ledger, case, store, url):
    with pytest.raises(DBAPIError, match="append-only"):
        run(store, url, "truncate case_events")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("update case_events set body = replace(body, 'looked', 'glanced')", "event 5 is not as it was written"),
        ("update case_events set body = 'no json' where kind = 'noted'", "event 5 is not as it was written"),
        ("update case_events set by_whom = 'eve' where kind = 'noted'", "event 5 is not as it was written"),
        ("delete from case_events where kind = 'attached'", "events 4 to 4 are missing"),
        ("delete from case_events where kind = 'noted'", "1 events were cut off: the store remembers 5"),
        ("delete from case_flags", "names flag"),
        ("update case_documents set content = 'two'", "is not as it was attached"),
        ("delete from case_documents", "is missing"),
    ],
)
def test_what_an_owner_of_the_database_changes_shows(ledger, case, store, url, statement, problem):
    disarm(store, url)
    if url:
        statement = statement.replace("'two'", "'two'::bytea")
    run(store, url, statement)
    found = ledger.verify()
    assert not found.is_whole
    assert any(problem in told for told in found.problems)


def test_a_chain_that_was_made_anew_does_not_end_where_the_store_remembers(ledger, case, store, url):
    disarm(store, url)
    rows = ledger.events()
    with ledger.database.reading() as connection:
        last = dict(connection.execute(text("select * from case_events order by seq desc limit 1")).mappings().one())
    last["by_whom"] = "eve"
    run(
        store,
        url,
        "update case_events set by_whom = 'eve', hash = :hash where seq = :seq",
        hash=event_hash(last),
        seq=len(rows),
    )
    assert ledger.verify().problems == ["event 5 is not the one that the store remembers"]


@pytest.mark.parametrize("body", ["no json", "{}", "[1]"])
@pytest.mark.parametrize("kind", ["ledger_opened", "attached"])
def test_an_event_that_cannot_be_read_is_told_and_not_guessed(ledger, case, store, url, clock, kind, body):
    disarm(store, url)
    run(store, url, "update case_events set body = :body where kind = :kind", body=body, kind=kind)
    assert not ledger.verify().is_whole
    with pytest.raises(LedgerError, match=r"is not as it was written\. Restore the ledger"):
        open_ledger(analytics.open_store(store.root), url, by="ann", clock=clock).documents(case.case_id)


def test_an_altered_document_is_not_handed_out(ledger, case, store, url):
    digest = ledger.documents(case.case_id)["document_id"][0]
    disarm(store, url)
    run(store, url, "update case_documents set content = 'two'" + ("::bytea" if url else ""))
    with pytest.raises(LedgerError, match="is not as it was attached"):
        ledger.document(digest)


def test_a_missing_head_shows(ledger, case, store):
    (store.root / "cases" / "head.json").unlink()
    assert "cases/head.json is missing" in ledger.verify().problems[0]


def _restored(ledger, store, ledger_of, tmp_path):
    """Give back the ledger of a store as it was three events ago."""
    shutil.copy(sqlite_file(store.root), tmp_path / "older.sqlite")
    for number in range(3):
        ledger.note("C000001", f"lost {number}")
    shutil.copy(tmp_path / "older.sqlite", sqlite_file(store.root))
    return ledger_of(store)


@ON_SQLITE
def test_later_events_do_not_hide_that_earlier_ones_were_cut_off(ledger, case, store, url, ledger_of, tmp_path):
    again = _restored(ledger, store, ledger_of, tmp_path)
    assert "3 events were cut off" in again.verify().problems[0]
    for number in range(5):
        again.note(case.case_id, f"new {number}")
    assert again.verify().problems == ["event 8 is not the one that the store remembers"]


@ON_SQLITE
def test_an_older_copy_is_accepted_on_request_and_an_event_says_so(ledger, case, store, url, ledger_of, tmp_path):
    again = _restored(ledger, store, ledger_of, tmp_path)
    adopt_ledger(analytics.open_store(store.root), url, by="ann")
    assert again.verify().is_whole
    (body,) = again.events().filter(kind="ledger_adopted")["body"]
    assert json.loads(body)["remembered"]["events"] == 8
    adopt_ledger(analytics.open_store(store.root), url, by="ann")
    assert again.events().filter(kind="ledger_adopted").height == 1, "nothing more was lost"


def test_a_flag_that_was_handed_to_another_case_shows(ledger, case, store, url):
    disarm(store, url)
    run(store, url, "update case_flags set case_id = 'C000009'")
    assert any("a row of C000009 names flag" in told for told in ledger.verify().problems)


@ON_POSTGRESQL
def test_the_ledger_of_another_store_is_refused(ledger, case, tmp_path, write, url):
    other = analytics.screen(write({}, {}, name="other.csv"), tmp_path / "other")
    with pytest.raises(ForeignLedger, match="belong to another store"):
        open_ledger(other, url, by="ann")


def test_a_store_keeps_its_cases_in_one_place(ledger, case, store, url, tmp_path):
    """Once cases are in PostgreSQL, opening SQLite is refused, and the other way round."""
    if url is None:
        sqlite_file(store.root).rename(tmp_path / "elsewhere")
        for rest in sqlite_file(store.root).parent.glob("cases.sqlite-*"):
            rest.unlink()
    with pytest.raises(ForeignLedger, match="has its cases in another database"):
        open_ledger(analytics.open_store(store.root), None, by="ann")


def test_a_store_that_was_moved_keeps_its_cases(ledger, case, store, tmp_path, url, clock):
    ledger.close()
    shutil.move(store.root, tmp_path / "moved")
    found = open_ledger(analytics.open_store(tmp_path / "moved"), url, by="ann", clock=clock)
    assert found.case(case.case_id) == case
    assert found.verify().is_whole


@ON_POSTGRESQL
def test_a_store_screened_anew_is_adopted_on_request(ledger, case, tmp_path, write, url):
    """The cases go on, and an event says that the store is another one."""
    other = analytics.screen(write({}, {}, name="other.csv"), tmp_path / "other")
    adopt_ledger(other, url, by="ann")
    found = open_ledger(other, url, by="ann")
    assert found.case(case.case_id).subject_id == case.subject_id
    assert found.verify().is_whole
    assert found.events().filter(kind="ledger_adopted").height == 1


def test_another_database_than_sqlite_or_postgresql_is_refused(store):
    with pytest.raises(UsageError, match="Cases are kept in PostgreSQL"):
        open_ledger(store, "mysql://user:secret@host/cases")
    with pytest.raises(UsageError, match="no database URL") as error:
        open_ledger(store, "a secret")
    assert "secret" not in str(error.value)
    with pytest.raises(UsageError, match="no database URL") as error:
        open_ledger(store, "postgresql://ann:s3cret@host:port/cases")
    assert error.value.__cause__ is None, "it would show the URL"


def test_a_folder_may_be_named_like_a_query(ledger_of, store, tmp_path):
    shutil.copytree(store.root, tmp_path / "what?store#1%20")
    found = open_ledger(analytics.open_store(tmp_path / "what?store#1%20"), by="ann")
    assert found.verify().is_whole
    assert sqlite_file(found.store.root).exists()
    assert not (tmp_path / "what").exists()


def test_nothing_is_written_where_its_end_cannot_be_kept(ledger, case, store, monkeypatch):
    """An error after the event would be repeated by hand, and the event with it."""
    before = ledger.events().height

    def refused(*_):
        raise LedgerError("cannot be written to")

    monkeypatch.setattr("analytics.cases.ledger.require_place", refused)
    with pytest.raises(LedgerError):
        ledger.note(case.case_id, "once")
    assert ledger.events().height == before


def test_a_full_disk_after_the_event_says_that_it_was_written(ledger, case, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analytics.cases.heads.replace_text", full)
    with pytest.raises(LedgerError, match="the event was written, do not repeat it"):
        ledger.note(case.case_id, "once")


def test_a_lock_that_nobody_lets_go_of_is_named_and_nothing_is_written(ledger, case, store, monkeypatch):
    """A lock file stays behind where a file system knows no locks and a program was stopped."""
    before = ledger.events().height
    monkeypatch.setattr("analytics.cases.heads.MOST_SECONDS", 0.01)
    with (
        FileLock(store.root / "cases" / "head.lock"),
        pytest.raises(LedgerError, match=r"^\S*head\.lock has been held for 0\.01 seconds"),
    ):
        ledger.note(case.case_id, "once")
    assert ledger.events().height == before


def test_a_lock_that_is_held_once_the_event_is_written_says_that_it_was(case, store, monkeypatch):
    monkeypatch.setattr("analytics.cases.heads.MOST_SECONDS", 0.01)
    with (
        FileLock(store.root / "cases" / "head.lock"),
        pytest.raises(LedgerError, match="the event was written, do not repeat it"),
    ):
        keep_head(store.root, "one", Head(1, "h"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_is_read_only_is_refused_before_the_event(ledger, case, store):
    before = ledger.events().height
    (store.root / "cases").chmod(0o500)
    try:
        with pytest.raises(LedgerError, match="Cases need a store you may add to"):
            ledger.note(case.case_id, "once")
    finally:
        (store.root / "cases").chmod(0o700)
    assert ledger.events().height == before


@ON_POSTGRESQL
def test_a_reader_sees_one_state_of_the_ledger(ledger, case):
    """A proof that reads events first and their flags later takes no writer at work for a fault."""
    with ledger.database.reading() as connection:
        count = text("select count(*) from case_events")
        before = connection.execute(count).scalar()
        ledger.note(case.case_id, "meanwhile")
        assert connection.execute(count).scalar() == before


def test_a_server_that_is_not_there_is_named_without_its_password(store):
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError, match=r"127\.0\.0\.1:1/cases") as error:
        open_ledger(store, "postgresql://ann:s3cret@127.0.0.1:1/cases")
    assert "s3cret" not in str(error.value)


def _write(root, url, name):
    """Write events beside others; run in a process of its own."""
    ledger = open_ledger(analytics.open_store(root), url, by=name)
    for number in range(EVENTS_EACH):
        ledger.note("C000001", f"{name} {number}")


@pytest.mark.slow
def test_eight_processes_lose_and_double_nothing(ledger, case, store, url):
    before = ledger.events()["seq"].max()
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(store.root, url, f"w{n}")) for n in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    assert ledger.events()["seq"].max() == before + PROCESSES * EVENTS_EACH
    said = [json.loads(body)["note"] for body in ledger.events(case.case_id).filter(kind="noted")["body"]]
    assert len(said) == len(set(said)) == PROCESSES * EVENTS_EACH + 1
    assert ledger.verify().is_whole
