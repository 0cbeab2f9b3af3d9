"""Weeks as they come: a first run, nothing new, later and late files, files that hold up themselves, faults."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from analytics.errors import MappingError, RunsAlready, UsageError
from analytics.weekly import printing
from tests.weekly.lots import MONDAYS, put_lot, weekly

MONDAY, NEXT = MONDAYS["2025-W11"], MONDAYS["2025-W12"]


def content(folder):
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != ".weekly.lock")
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_first_run_without_a_store_writes_the_last_week_that_is_over(first):
    root, done = first
    assert (done.week, done.exit_code, done.is_new) == ("2025-W11", 0, True)
    assert {"report.html", "report.xlsx", "figures.json", "changes.md", "manifest.json", "masked/report.html",
            "masked/manifest.json"} <= content(root / "weeks" / "2025-W11").keys()  # fmt: skip
    assert done.line.startswith("2025-W11: 1 flag (as many as the week before), $")
    assert done.line.endswith(f"; 1 file read; {root / 'weeks' / '2025-W11'}")


def test_the_manifest_names_every_file_as_it_is(first):
    folder = first[0] / "weeks" / "2025-W11"
    told = json.loads((folder / "manifest.json").read_text())
    there = content(folder)
    del there["manifest.json"]
    assert {name: entry["sha256"] for name, entry in told["files"].items()} == there


def test_the_masked_folder_and_the_page_of_changes_name_nobody(first):
    folder = first[0] / "weeks" / "2025-W11"
    texts = [file.read_text() for file in (*folder.glob("masked/*.html"), *folder.glob("masked/*.json"))]
    assert not [text for text in [*texts, (folder / "changes.md").read_text()] if "Ekdahl" in text]
    assert "Ekdahl" in (folder / "report.html").read_text()


def test_nothing_new_leaves_the_same_bytes_and_says_so(root):
    before = content(root)
    done = weekly(root, MONDAY)
    assert (done.is_new, done.exit_code, done.printed.is_written) == (False, 0, False)
    assert "nothing new, the report stands as printed" in done.line
    assert content(root) == before


def test_the_masked_edition_alone_names_nobody_anywhere(root):
    shutil.rmtree(root / "weeks")
    weekly(root, MONDAY, is_masked=True)
    folder = root / "weeks" / "2025-W11"
    assert "masked" not in {item.name for item in folder.iterdir()}
    assert json.loads((folder / "manifest.json").read_text())["is_masked"] is True
    assert "Ekdahl" not in (folder / "report.html").read_text()


def test_a_later_week_gets_a_folder_of_its_own_and_late_files_are_told(root):
    printed = content(root / "weeks" / "2025-W11")
    put_lot(root / "in", "next")
    put_lot(root / "in", "late")
    done = weekly(root, NEXT)
    page = (root / "weeks" / "2025-W12" / "changes.md").read_text()
    assert done.week == "2025-W12"
    assert "| 2025-W11 | 1 |" in page
    assert "; earlier weeks: 1 flag new (2025-W11); 2 files read; " in done.line
    assert "late data" in page
    assert "| late.csv | 3 | 3 | 0 | 0 |" in page
    assert content(root / "weeks" / "2025-W11") == printed

    anew = weekly(root, NEXT, week="2025-W11")
    assert anew.printed.is_written
    assert content(root / "weeks" / "2025-W11") != printed
    assert anew.printed.kept.parent == root / "weeks" / "earlier"
    assert content(anew.printed.kept) == printed
    assert not weekly(root, NEXT, week="2025-W11").printed.is_written


def test_a_file_that_changes_an_earlier_week_alone_is_told_in_the_folder_once(root):
    put_lot(root / "in", "next")
    weekly(root, NEXT)
    put_lot(root / "in", "late")
    done = weekly(root, NEXT)
    assert (done.week, done.printed.is_written) == ("2025-W12", True)
    assert "; earlier weeks: 1 flag new (2025-W11); 1 file read; " in done.line
    assert "| 2025-W11 | 1 |" in (root / "weeks" / "2025-W12" / "changes.md").read_text()
    again = weekly(root, NEXT)
    assert not again.printed.is_written
    assert "earlier weeks" not in again.line


def test_a_name_that_is_no_text_holds_up_itself_alone(root):
    put_lot(root / "in", "next")
    (root / "in" / "n\udcff.csv").write_text("a,b\n1,2\n")
    done = weekly(root, NEXT)
    assert (done.week, done.exit_code, len(done.read)) == ("2025-W12", 3, 1)
    assert "the name of the file is not UTF-8. Rename it." in done.held[0].why


def test_a_run_that_reads_other_weeks_does_not_print_a_week_again(root):
    printed = content(root / "weeks")
    put_lot(root / "in", "next")
    done = weekly(root, date(2025, 3, 20))  # week 12 is not over
    assert (done.week, done.is_new, done.printed.is_written) == ("2025-W11", True, False)
    assert content(root / "weeks") == printed


def test_a_file_that_asks_and_one_that_is_none_hold_up_themselves_alone(root):
    put_lot(root / "in", "next")
    (root / "in" / "odd.csv").write_text("a,b\n1,2\n")
    (root / "in" / "scan.pdf").write_text("%PDF")
    (root / "in" / "more.csv.part").write_text("shipment_id\n")
    done = weekly(root, NEXT, watch=0)
    assert [held.name for held in done.held] == ["odd.csv", "scan.pdf"]
    assert "splitship inspect" in done.held[0].why
    assert (done.exit_code, done.week, done.unfinished) == (3, "2025-W12", ["more.csv.part"])
    assert [Path(item.path).name for item in done.read] == ["next.csv"]
    assert "2 files held up: odd.csv and scan.pdf, 1 file still being written: more.csv.part" in done.line


@pytest.mark.slow
def test_a_file_that_grows_while_it_is_screened_is_left_whole_for_the_next_run(root):
    file = put_lot(root / "in", "next")
    before = content(root / "store")
    grown = []

    def grow(*_):
        if not grown:
            grown.append(
                file.write_text(file.read_text() + file.read_text().splitlines()[1].replace("0X", "9X") + "\n")
            )

    done = weekly(root, NEXT, progress=grow)
    assert (done.unfinished, done.read, done.exit_code) == (["next.csv"], [], 0)
    assert content(root / "store") == before
    assert weekly(root, NEXT, watch=0).read[0].accepted == 3


@pytest.mark.slow
def test_a_kill_after_the_screening_is_made_good_by_the_next_run(root, tmp_path, monkeypatch):
    put_lot(root / "in", "next")
    whole = Path(shutil.copytree(root, tmp_path / "whole"))
    weekly(whole, NEXT)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(printing, "put_folder", killed)
    with pytest.raises(KeyboardInterrupt):
        weekly(root, NEXT)
    monkeypatch.undo()
    assert not (root / "weeks" / "2025-W12").exists()
    assert not weekly(root, NEXT).is_new
    pages = [(each / "weeks" / "2025-W12" / "changes.md").read_text() for each in (root, whole)]
    assert pages[0] == pages[1]


def test_a_full_disk_leaves_no_half_of_a_folder(root, monkeypatch):
    shutil.rmtree(root / "weeks" / "2025-W11")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analytics.reports.folders.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        weekly(root, MONDAY)
    monkeypatch.undo()
    assert [item.name for item in (root / "weeks").iterdir()] == [".weekly.lock"]
    assert weekly(root, MONDAY).printed.is_written


def test_a_folder_with_a_missing_file_is_written_again(root):
    printed = content(root / "weeks" / "2025-W11")
    (root / "weeks" / "2025-W11" / "report.xlsx").unlink()
    assert weekly(root, MONDAY).printed.is_written
    assert content(root / "weeks" / "2025-W11").keys() == printed.keys()
    assert not (root / "weeks" / "earlier").exists()


def test_a_second_run_beside_another_does_nothing_and_says_so(root):
    before = content(root)
    with FileLock(root / "weeks" / ".weekly.lock"), pytest.raises(RunsAlready, match="another weekly run"):
        weekly(root, MONDAY)
    assert content(root) == before


def test_a_screening_into_the_store_is_waited_for_too(root):
    put_lot(root / "in", "next")
    with FileLock(root / "store" / "lock"), pytest.raises(RunsAlready, match="another run is writing"):
        weekly(root, NEXT)


def test_an_empty_inbox_and_no_store_is_no_fault(tmp_path):
    (tmp_path / "in").mkdir()
    done = weekly(tmp_path, MONDAY)
    assert (done.week, done.exit_code) == (None, 0)
    assert done.line == "no report: no week that is over has data; nothing new"


def test_data_of_a_week_that_is_not_over_wait_for_its_end(root):
    done = weekly(root, date(2025, 3, 4))
    assert (done.week, done.printed) == (None, None)


def test_a_mapping_that_is_wrong_holds_up_the_run(root, tmp_path):
    wrong = tmp_path / "map.toml"
    wrong.write_text("[[source]]\nmatsch = 1\n")
    with pytest.raises(MappingError):
        weekly(root, MONDAY, mappings=[wrong])


@pytest.mark.slow
def test_a_mapping_answers_what_held_up_a_file(root, tmp_path):
    rows = put_lot(root / "in", "next").read_text()
    (root / "in" / "next.csv").write_text(rows.replace("declared_value", "Betrag"))
    assert [held.name for held in weekly(root, NEXT, watch=0).held] == ["next.csv"]
    answer = tmp_path / "map.toml"
    answer.write_text('[[source]]\nmatch = "next.csv"\ncolumns.declared_value = "Betrag"\n')
    done = weekly(root, NEXT, mappings=[answer], watch=0)
    assert (done.held, done.week) == ([], "2025-W12")


@pytest.mark.parametrize("place", ["store", "weeks"])
def test_a_store_or_weeks_in_the_inbox_are_refused(tmp_path, place):
    (tmp_path / "in").mkdir()
    places = {"store": tmp_path / "store", "weeks": tmp_path / "weeks", place: tmp_path / "in" / place}
    from analytics.weekly import run_week

    with pytest.raises(UsageError, match="lies in the inbox"):
        run_week(tmp_path / "in", places["store"], places["weeks"])


def test_new_flags_come_to_open_cases(root):
    from analytics.opened import open_store

    store = open_store(root / "store")
    flags = store.table("flags").filter(window_end=date(2025, 3, 12)).collect()
    store.cases.open(flags["flag_id"][0])
    put_lot(root / "in", "late")
    done = weekly(root, NEXT)
    assert done.cases.startswith("cases: ")
    assert "1 of 2 flags is in a case, 1 in none." in (root / "weeks" / "2025-W11" / "changes.md").read_text()


@pytest.mark.slow
def test_rules_and_settings_of_the_store_stay_unless_others_are_given(root, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text("[parameters]\nmin_hub_names = 12\n")

    def names():
        from analytics.opened import open_store

        return open_store(root / "store").last_run.settings["parameters"]["min_hub_names"]

    weekly(root, MONDAY, config=own)
    assert str(names()) == "12"
    put_lot(root / "in", "next")
    assert weekly(root, NEXT).is_new
    assert str(names()) == "12"


@pytest.mark.slow
def test_it_runs_as_cron_does(root):
    put_lot(root / "in", "next")
    (root / "in" / "odd.csv").write_text("a,b\n1,2\n")
    command = [sys.executable, "-m", "analytics.cli.main", "weekly", "--week", "2025-W12"]
    for name, folder in (("--inbox", "in"), ("--store", "store"), ("--out", "weeks")):
        command += [name, str(root / folder)]
    environment = {"SPLITSHIP_TAX_KEY": os.environ["SPLITSHIP_TAX_KEY"]}
    done = subprocess.run(
        command, cwd="/", env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        umask=0o077,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("2025-W12: 1 flag")
    assert "1 file held up: odd.csv" in lines[0]
    assert "splitship inspect" in done.stderr
    assert all(file.stat().st_mode & 0o077 == 0 for file in (root / "weeks" / "2025-W12").rglob("*"))
