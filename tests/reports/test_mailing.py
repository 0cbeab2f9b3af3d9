"""A report ready to be mailed."""

from __future__ import annotations

import hashlib
import json

import pytest

from analytics.errors import UsageError
from analytics.reports import mailing
from analytics.reports.mailing import mail_ready, read_manifest
from tests.reports.fake_store import store_of

WEEK = "2025-W11"


@pytest.fixture
def store():
    return store_of(shipments=[{}], identities=[{}])


def test_every_form_is_there_and_in_the_manifest_as_it_is(store, tmp_path):
    folder = mail_ready(store, tmp_path / "mail", week=WEEK)
    told = read_manifest(folder)
    written = {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "manifest.json"}
    assert {"report.html", "report.xlsx", "figures.json"} <= written.keys()
    assert told["files"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in written.items()
    }
    assert (told["week"], told["run_id"], told["rules_sha256"]) == (WEEK, "r1", "ab" * 32)
    assert (told["is_masked"], told["is_privileged"]) == (True, False)
    assert len(told["sql_sha256"]["mart_flags"]) == 16


@pytest.mark.parametrize("is_masked", [True, False])
def test_the_masked_edition_does_not_hold_the_key_of_its_marks(store, tmp_path, is_masked):
    told = read_manifest(mail_ready(store, tmp_path / "mail", is_masked=is_masked))
    assert told["is_masked"] is is_masked
    assert ("store_id" in told) is not is_masked
    assert json.loads((tmp_path / "mail" / "figures.json").read_text())["is_masked"] is is_masked


def test_the_same_store_gives_the_same_bytes_and_replaces_what_was_there(store, tmp_path):
    def content():
        folder = mail_ready(store, tmp_path / "mail", week=WEEK)
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    assert content() == content()


def test_a_folder_that_holds_something_else_is_left_alone(store, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else"):
        mail_ready(store, tmp_path, week=WEEK)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_is_taken(store, tmp_path):
    assert read_manifest(mail_ready(store, tmp_path / ".", week=WEEK)) is not None


def test_a_form_whose_package_is_missing_is_left_out(store, tmp_path, monkeypatch):
    monkeypatch.setattr(mailing, "_NEEDS", {".xlsx": "no_such_package"})
    folder = mail_ready(store, tmp_path / "mail", week=WEEK)
    assert not (folder / "report.xlsx").exists()
    assert "report.xlsx" not in read_manifest(folder)["files"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}'])
def test_a_broken_manifest_is_none(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    assert read_manifest(tmp_path) is None
