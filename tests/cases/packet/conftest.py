"""A case on the samples with work done on it, and its packets in both editions, written once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

import analytics
from analytics.cases import Ledger, open_ledger
from analytics.cases.packet import write_packet
from analytics.opened import OpenedStore
from tests.cases.conftest import Clock


@dataclass
class Filed:
    """A store with its ledger, a case of it, and the packets of the case."""

    store: OpenedStore
    ledger: Ledger
    case_id: str
    plain: Path
    masked: Path

    def read(self, name: str, *, masked: bool = False) -> bytes:
        with ZipFile(self.masked if masked else self.plain) as archive:
            return archive.read(name)


@pytest.fixture(scope="session")
def filed(samples, silva, tmp_path_factory) -> Filed:
    folder = tmp_path_factory.mktemp("filed")
    shutil.copytree(samples.root, folder / "store")
    (folder / "store" / "cases").mkdir()
    (folder / "store" / "cases" / "settings.toml").write_text("[review]\nblind_share = 0\n")
    store = analytics.open_store(folder / "store")
    ledger = open_ledger(store, by="ann", clock=Clock())
    case_id = ledger.open(silva).case_id
    ledger.start(case_id)
    ledger.note(case_id, "Asked the filer for the entry summaries. Called Mr. Silva at 380.555.9595 about E-27d6.")
    ledger.attach(case_id, ("Letter to Thiago Silva.txt", b"Dear Mr. Silva"), note="Our letter.")
    ledger.exclude(case_id, "5X0070237636", "The seller says that it was returned before release.")
    ledger.decide(case_id, "referred_to_counsel", note="Figures agreed with the broker.")
    plain = write_packet(store, ledger, case_id, folder / "plain.zip")
    masked = write_packet(store, ledger, case_id, folder / "masked.zip", masked=True)
    return Filed(store, ledger, case_id, plain, masked)


@pytest.fixture
def copied(filed, tmp_path):
    """A copy of the store with its ledger, to write into."""
    shutil.copytree(filed.store.root, tmp_path / "store")
    store = analytics.open_store(tmp_path / "store")
    return store, open_ledger(store, by="bo")
