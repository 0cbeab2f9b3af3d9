"""What lies in an inbox."""

from __future__ import annotations

import os
import time

import pytest

from analytics.errors import UsageError
from analytics.ingest.decode.encodings import digest
from analytics.weekly.inbox import look


def put(folder, name, text="a,b\n1,2\n", age=3600):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    then = time.time() - age
    os.utime(file, (then, then))
    return file


def named(inbox):
    return [file.name for file in inbox.new]


def test_files_of_an_inbox_and_its_folders_are_new_by_name(tmp_path):
    for name in ("b.csv", "a.xlsx", "day/c.csv.gz"):
        put(tmp_path, name)
    assert named(look(tmp_path, set())) == ["a.xlsx", "b.csv", "day/c.csv.gz"]


def test_files_that_were_screened_are_known_by_their_bytes(tmp_path):
    known = put(tmp_path, "a.csv")
    put(tmp_path, "copy.csv")
    put(tmp_path, "b.csv", "other\n")
    found = look(tmp_path, {digest(known)})
    assert (named(found), found.known) == (["b.csv"], 2)


@pytest.mark.parametrize("name", ["a.csv.part", "a.csv.tmp", "a.csv~", "A.CSV.PART", "a.filepart", "a.crdownload"])
def test_names_of_unfinished_files_are_left(tmp_path, name):
    put(tmp_path, name)
    found = look(tmp_path, set())
    assert (named(found), found.unfinished, found.held) == ([], [name], [])


@pytest.mark.parametrize("name", [".hidden.csv", "_work/a.csv", "~$a.xlsx", "map.toml", "README.md", ".git/a.csv"])
def test_hidden_files_mappings_and_notes_are_nobodys_data(tmp_path, name):
    put(tmp_path, name)
    found = look(tmp_path, set())
    assert (named(found), found.unfinished, found.held) == ([], [], [])


def test_a_file_of_another_kind_is_held_up_and_named(tmp_path):
    put(tmp_path, "scan.pdf")
    put(tmp_path, "a.csv")
    found = look(tmp_path, set())
    assert named(found) == ["a.csv"]
    assert [held.name for held in found.held] == ["scan.pdf"]
    assert "Unpack or convert it" in found.held[0].why


def test_a_young_file_that_grows_while_it_is_watched_is_left(tmp_path, monkeypatch):
    growing = put(tmp_path, "a.csv", age=0)
    put(tmp_path, "b.csv", age=0)
    watched = []
    monkeypatch.setattr(time, "sleep", lambda seconds: watched.append(seconds) or growing.write_text("a,b\n1,2\n3,4\n"))
    found = look(tmp_path, set(), watch=7)
    assert (watched, named(found), found.unfinished) == ([7], ["b.csv"], ["a.csv"])


def test_old_files_are_not_watched(tmp_path, monkeypatch):
    put(tmp_path, "a.csv", age=61)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("watched"))
    assert named(look(tmp_path, set())) == ["a.csv"]


def test_a_file_that_went_away_is_left(tmp_path, monkeypatch):
    gone = put(tmp_path, "a.csv", age=0)
    monkeypatch.setattr(time, "sleep", lambda _: gone.unlink())
    assert look(tmp_path, set()).unfinished == ["a.csv"]


def test_a_file_that_may_not_be_read_is_held_up(tmp_path, monkeypatch):
    put(tmp_path, "a.csv")

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("analytics.weekly.inbox.digest", refused)
    assert "Permission denied" in look(tmp_path, set()).held[0].why


def test_an_inbox_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        look(tmp_path / "none", set())
