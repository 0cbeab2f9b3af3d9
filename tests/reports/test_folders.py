"""Folders that are put in place as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analytics.reports import folders
from analytics.reports.folders import put_folder, sweep_unfinished

FILES = {"a.txt": b"one", "in/b.txt": b"two"}


def content(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_it_holds_the_files_and_nothing_else_lies_beside_it(tmp_path):
    assert content(put_folder(tmp_path / "deep" / "week", FILES)) == FILES
    assert [item.name for item in (tmp_path / "deep").iterdir()] == ["week"]


def test_nobody_but_the_owner_reads_it(tmp_path):
    folder = put_folder(tmp_path / "week", FILES)
    assert all(item.stat().st_mode & 0o077 == 0 for item in (folder, *folder.rglob("*")))


def test_the_one_before_is_kept_where_it_is_asked_for(tmp_path):
    put_folder(tmp_path / "week", FILES)
    put_folder(tmp_path / "week", {"a.txt": b"new"}, keep=tmp_path / "earlier" / "week-1")
    assert content(tmp_path / "week") == {"a.txt": b"new"}
    assert content(tmp_path / "earlier" / "week-1") == FILES


def test_else_the_one_before_is_gone(tmp_path):
    put_folder(tmp_path / "week", FILES)
    put_folder(tmp_path / "week", {"a.txt": b"new"})
    assert [item.name for item in tmp_path.iterdir()] == ["week"]


def test_a_full_disk_leaves_the_one_before_as_it_was(tmp_path, monkeypatch):
    put_folder(tmp_path / "week", FILES)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put_folder(tmp_path / "week", {"a.txt": b"new"})
    assert content(tmp_path / "week") == FILES
    assert [item.name for item in tmp_path.iterdir()] == ["week"]


def test_a_kill_before_the_last_step_leaves_none_in_place_and_the_one_before_kept(tmp_path, monkeypatch):
    put_folder(tmp_path / "week", FILES)
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda self, to: replace(self, to) if self.name == "week" else pytest.exit("killed", 9)
    )
    monkeypatch.setattr(folders.shutil, "rmtree", lambda *_, **__: None)  # who is killed tidies nothing
    with pytest.raises(pytest.exit.Exception):
        put_folder(tmp_path / "week", {"a.txt": b"new"}, keep=tmp_path / "kept")
    monkeypatch.undo()
    assert not (tmp_path / "week").exists()
    assert content(tmp_path / "kept") == FILES
    put_folder(tmp_path / "week", {"a.txt": b"new"})
    assert sorted(item.name for item in tmp_path.iterdir()) == ["kept", "week"]


def test_leftovers_are_swept_and_other_folders_are_not(tmp_path):
    for name in (".week.abc", ".week.abc.old", ".weekly.lock", "week-1", ".other"):
        (tmp_path / name).mkdir()
    sweep_unfinished(tmp_path / "week")
    assert sorted(item.name for item in tmp_path.iterdir()) == [".other", ".weekly.lock", "week-1"]
