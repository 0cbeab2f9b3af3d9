"""A small store with flags and its ledger on both databases, at a time that the test sets; and the samples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

import analytics
from analytics.cases import open_ledger
from analytics.cases.subjects import with_subjects
from analytics.opened import OpenedStore
from tests.postgres import fresh_database, serving
from tests.rows import write_rows

from .by_hand import CaseByHand

KEY = "splitship-demo-key-published-not-secret"

BO = {"consignee_name": "Bo Ek", "consignee_address": "9 Oak Ave", "consignee_phone": "217-555-0199"}
CY = {"consignee_name": "Cyrus Quint", "consignee_address": "77 Pine Rd", "consignee_phone": "217-555-0177"}
DAYS = ({}, {}, {**BO, "seller_id": "SELLER2"}, {**BO, "seller_id": "SELLER2"}, CY)
"""Maria and Bo are each over the limit on one day; Cyrus has one shipment."""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = datetime(2026, 6, 1, 16, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_days(self, days):
        self.now += timedelta(days=days)


@pytest.fixture(autouse=True)
def published_key(monkeypatch):
    """Hash tax ids with the key of the tests."""
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", KEY)


@pytest.fixture
def write(tmp_path):
    """Write a file of shipments: each argument changes the standard row."""

    def _write(*changes, name="in.csv"):
        return write_rows(tmp_path / name, changes)

    return _write


@pytest.fixture
def store(tmp_path, write, screened_once):
    """Two consignees with a flag each, and one without."""
    return analytics.open_store(screened_once(write(*DAYS), tmp_path / "store").root)


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server."""
    with serving() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request):
    """The database of the ledger: None is SQLite inside the store."""
    return None if request.param == "sqlite" else fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def clock():
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
def ledger_of(url, clock, tmp_path):
    """Open the ledger of a store, as somebody; no case is drawn for blind review unless the settings say so."""
    undrawn = tmp_path / "undrawn.toml"
    undrawn.write_text("[review]\nblind_share = 0\n")

    def _open(store, by="ann", **asked):
        return open_ledger(analytics.open_store(store.root), url, by=by, clock=clock, **{"settings": undrawn, **asked})

    return _open


@pytest.fixture
def ledger(store, ledger_of):
    """The ledger of the store, opened by Ann."""
    return ledger_of(store)


@pytest.fixture
def flag(store):
    """Find the flag of a consignee by name."""

    def _flag(name):
        shipments = store.table("shipments").filter(consignee_name=name).select("shipment_uid")
        return store.table("flag_shipments").join(shipments, on="shipment_uid").collect()["flag_id"][0]

    return _flag


@pytest.fixture(scope="session")
def case_of(samples: OpenedStore) -> Callable[..., CaseByHand]:
    """A case on the flags of one subject: ``identity_id=…`` or ``subject=…``."""

    def made(**wanted: Any) -> CaseByHand:
        flags = samples.table("flags").filter(**wanted).sort("flag_id").collect()
        first = flags.row(0, named=True)
        named = with_subjects(flags.lazy().head(1)).select("subject_kind", "subject_id").collect()
        kind, subject = named.row(0)
        every = flags.filter(pl.col("identity_id").eq_missing(pl.lit(first["identity_id"])))
        ids = every["flag_id"] if first["identity_id"] else flags["flag_id"].head(1)
        return CaseByHand(subject_kind=kind, subject_id=subject, flag_ids=tuple(ids))

    return made


@pytest.fixture(scope="session")
def silva(samples: OpenedStore) -> str:
    """Identity of Thiago D Silva: five aliases, four shipments on one day, $2,143.09."""
    named = samples.table("aliases").filter(pl.col("consignee_name") == "Thiago D Silva").collect()
    return str(named["identity_id"][0])
