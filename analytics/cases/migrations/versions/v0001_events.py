"""Events, flags and documents, append-only; what each case is today, as views."""

from __future__ import annotations

from alembic import op

from analytics.cases.tables import DOCUMENTS, EVENTS, FLAGS, METADATA, STATE_COLUMNS

__all__ = ["branch_labels", "depends_on", "down_revision", "revision", "upgrade"]

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

_LAST = ", ".join(f"newest.{name}" for name in STATE_COLUMNS)
_CASES_TODAY = f"""
create view cases_today as
select newest.case_id, newest.version, {_LAST},
    oldest.at as opened_at, oldest.by_whom as opened_by, newest.at as last_event_at
from case_events as newest
inner join case_events as oldest on oldest.case_id = newest.case_id and oldest.version = 1
where newest.version = (select max(version) from case_events as every where every.case_id = newest.case_id)
"""
_FLAGS_TODAY = """
create view case_flags_today as
select newest.case_id, newest.flag_id, newest.change
from case_flags as newest
where newest.seq = (
    select max(seq) from case_flags as every
    where every.case_id = newest.case_id and every.flag_id = newest.flag_id
)
"""
_INDEXES = (
    "create index case_flags_by_case on case_flags (case_id, flag_id, seq)",
    "create index case_flags_by_flag on case_flags (flag_id)",
)
_POSTGRES_GUARD = """
create function case_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the case ledger is append-only: nothing in it is changed or removed'; end $$
"""


def upgrade() -> None:
    """Make the tables, what keeps them append-only, and the views."""
    bind = op.get_bind()
    METADATA.create_all(bind)
    for index in _INDEXES:
        op.execute(index)
    guard = _guard_postgres if bind.dialect.name == "postgresql" else _guard_sqlite
    guard()
    op.execute(_CASES_TODAY)
    op.execute(_FLAGS_TODAY)


def _guard_sqlite() -> None:
    """Refuse to change or remove a row; INSERT OR REPLACE fires no such trigger, so a known key is refused too."""
    keys = {EVENTS.name: ("seq",), FLAGS.name: ("seq", "flag_id"), DOCUMENTS.name: ("sha256",)}
    for table, key in keys.items():
        known = " and ".join(f"{name} = new.{name}" for name in key)
        refuse = "begin select raise(abort, 'the case ledger is append-only: nothing in it is changed or removed'); end"
        op.execute(f"create trigger {table}_no_update before update on {table} {refuse}")
        op.execute(f"create trigger {table}_no_delete before delete on {table} {refuse}")
        op.execute(
            f"create trigger {table}_no_replace before insert on {table} "
            f"when exists (select 1 from {table} where {known}) {refuse}"
        )


def _guard_postgres() -> None:
    op.execute(_POSTGRES_GUARD)
    for table in (EVENTS.name, FLAGS.name, DOCUMENTS.name):
        for level, acts in (("row", "update or delete"), ("statement", "truncate")):
            name = f"{table}_no_{acts.split()[0]}"
            op.execute(
                f"create trigger {name} before {acts} on {table} for each {level} execute function case_refuse_change()"
            )
            op.execute(f"alter table {table} enable always trigger {name}")
