"""A table in PostgreSQL is read as a file is, from a real server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.errors import UnreadableFile, UsageError
from analytics.ingest.sources.postgres import PostgresTable
from tests.debian import install, missing

TABLE = """
create schema ops;
create table ops."Shipments 2025" (
    "HAWB" text, "Arrival" timestamptz, "Recipient Name" text, "Ship To Address" text,
    "Total Value (USD)" numeric(12, 3), "Recipient Tax ID" text, "Gift" boolean
);
insert into ops."Shipments 2025" values
    ('H2', '2025-03-05 03:30:00+00', 'Ann', '1 Elm', 1.234, '112-22-3333', true),
    ('H1', '2025-03-05 12:00:00+08', 'Bob', '2 Elm', 12.5, null, null),
    ('H3', null, 'Cy', '3 Elm', -1, '998-87-7665', false);
"""


def binaries() -> Path | None:
    """Find the server's programs: on the path, or where Debian puts them; as root, install them there."""
    if _installed() is None:
        install("postgresql")
    return _installed()


def _installed() -> Path | None:
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    return next(
        (found.parent for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a database with one table; the server runs as a user who is not root."""
    programs = binaries()
    if programs is None:
        missing("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())
    demote = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if demote:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, options = folder / "data", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"

    def call(*command: str) -> None:
        subprocess.run([*demote, *command], check=True, capture_output=True, cwd=folder)

    call(str(programs / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8")
    call(str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        url = f"postgresql://postgres:secret@127.0.0.1:{port}/postgres"
        _execute(url, TABLE)
        yield url
    finally:
        call(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _execute(url: str, statements: str) -> None:
    import adbc_driver_postgresql.dbapi

    with adbc_driver_postgresql.dbapi.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in filter(str.strip, statements.split(";")):
            cursor.execute(statement)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["?table=ops.Shipments%202025", "#ops.Shipments 2025"])
def test_a_table_is_taken_in(desk, server, landed, rejected, form):
    intake = desk.take(server + form)
    (record,) = intake.inputs
    assert (record.format, record.read, record.accepted, record.rejected) == ("postgresql", 3, 2, 1)
    rows = [
        (row["shipment_id"], str(row["arrival_date"]), row["declared_value"], row["is_gift"]) for row in landed(intake)
    ]
    assert rows == [("H1", "2025-03-04", Decimal("12.50"), None), ("H2", "2025-03-04", Decimal("1.23"), True)]
    assert {row["shipment_id"] for row in rejected(intake)} == {"H3"}


@pytest.mark.slow
def test_nothing_shows_the_password_or_a_tax_id(desk, server, landed, rejected):
    intake = desk.take(server + "?table=ops.Shipments%202025")
    shown = repr((intake, landed(intake), rejected(intake)))
    assert not [word for word in ("secret", "112-22-3333", "112223333", "998-87-7665", "998877665") if word in shown]


@pytest.mark.slow
def test_a_table_that_did_not_change_is_skipped(desk, server):
    desk.take(server + "?table=ops.Shipments%202025")
    assert desk.take(server + "?table=ops.Shipments%202025").inputs[0].skipped


@pytest.mark.slow
def test_rows_added_later_are_taken_in_and_the_others_are_repeats(desk, server):
    url = server + "?table=ops.growing"
    _execute(server, 'create table ops.growing as select * from ops."Shipments 2025"')
    desk.take(url)
    _execute(server, "insert into ops.growing values ('H4', '2025-03-06', 'Di', '4 Elm', 7, null, null)")
    (record,) = desk.take(url).inputs
    assert (record.read, record.accepted, record.repeated) == (4, 1, 3)


@pytest.mark.slow
def test_a_table_that_is_not_there_is_an_error(desk, server):
    with pytest.raises(UnreadableFile, match="there is no such table") as error:
        desk.take(server + "?table=ops.nothing")
    assert "secret" not in str(error.value)


def test_a_server_that_is_not_there_is_an_error(desk):
    pytest.importorskip("adbc_driver_postgresql")
    with pytest.raises(UnreadableFile, match="no connection") as error:
        desk.take("postgresql://ann:secret@127.0.0.1:1/nowhere?table=t")
    assert "secret" not in str(error.value)


def test_without_the_extra_the_error_names_it(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql.dbapi", None)
    with pytest.raises(UsageError, match=r"splitship\[postgres\]"):
        desk.take("postgresql://ann@127.0.0.1:1/nowhere?table=t")


def test_a_url_must_name_a_table(desk):
    with pytest.raises(UsageError, match=r"\?table="):
        desk.take("postgresql://ann:secret@127.0.0.1/ops")


def test_a_url_is_shown_without_its_password():
    place = PostgresTable("postgresql://ann:secret@db.example:5433/ops?sslmode=require&table=a.b")
    assert place.shown == "postgresql://db.example:5433/ops#a.b"
    assert place.connection == "postgresql://ann:secret@db.example:5433/ops?sslmode=require"


@pytest.mark.parametrize(
    "url",
    [
        "Postgres://ANN:hunter2@db/ops?password=hunter2&sslkey=hunter2&table=a.b",
        "postgresql://ann:hunter2%40@db/ops#a.b",
        "POSTGRESQL://ann:hunter2@one:1,two:2/ops?table=a.b",
    ],
)
def test_nothing_of_user_password_and_settings_is_shown(url):
    place = PostgresTable(url)
    assert place.shown.endswith("/ops#a.b")
    assert "hunter2" not in place.shown
    assert "ann" not in place.shown.lower()


@pytest.mark.parametrize("password", ["hunter/2", "hunter#2", "hunter?2", "[hunter2"])
def test_a_password_that_breaks_the_url_is_not_shown_and_the_way_to_write_it_is(password):
    with pytest.raises(UsageError, match="%2F %3F %23") as raised:
        PostgresTable(f"postgresql://ann:{password}@db/ops?table=a.b")
    assert "hunter" not in str(raised.value)
