"""The story on standard error: readable in a log, harmless on a terminal."""

import json
import time

import pytest

from analytics.cli.narration import note, say, say_json, told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\ufffd[2J"), ("\x9b2J", "\ufffd2J"), ("a\x07", "a\ufffd"), ("a\u202eb", "a\ufffdb"),
        ("a\u200bb", "a\ufffdb"), ("done\rnot done", "done\ufffdnot done"), ("José\tü", "José\tü"),
    ],
)  # fmt: skip
def test_a_terminal_obeys_nothing_that_was_in_the_data(text, shown, capsys):
    say(text)
    note(text)
    assert capsys.readouterr() == (f"{shown}\n", f"{shown}\n")


def test_json_keeps_the_data_and_moves_no_terminal(capsys):
    value = {"path": "a\x1b[2J\u202e\x9b\U000e0041.csv"}
    say_json(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert out.isascii()


def test_a_note_gives_no_secret_of_a_url_away(capsys):
    note("s3://KEY:SECRET@bucket/a.csv: skipped")
    assert capsys.readouterr().err == "s3://bucket/a.csv: skipped\n"


def test_notes_go_to_standard_error(capsys):
    note("hello")
    assert capsys.readouterr() == ("", "hello\n")


def test_a_log_gets_a_line_for_each_tenth(capsys):
    with told(True) as teller:
        for number in range(100):
            teller(f"int_pieces__step_{number}", number, 100)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "    0%  int pieces step 0"


def test_quiet_is_quiet(capsys):
    with told(False) as teller:
        assert teller is None
    assert capsys.readouterr() == ("", "")


def test_a_bar_shows_the_name_of_a_file_and_obeys_nothing_in_it(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with told(True) as teller:
        teller("data_in/t[/red]\x1b]0;x\x07.csv: reading", 0, 10)
        time.sleep(0.3)
    shown = capsys.readouterr().err
    assert "data_in/t[/red]\ufffd]0;x\ufffd.csv: reading" in shown
    assert "Error" not in shown


@pytest.mark.parametrize(
    ("done", "seconds", "told_"),
    [(1, 30.0, ""), (10, 30.0, ", about 4 min left"), (50, 60.0, ", about 60 s left"), (90, 30.0, "")],
)
def test_a_log_says_how_long_it_still_takes_once_that_can_be_told(capsys, monkeypatch, done, seconds, told_):
    now = [100.0]
    monkeypatch.setattr("analytics.telling.time.monotonic", lambda: now[0])
    with told(True) as teller:
        teller("first", 0, 100)
        now[0] += seconds
        teller("big: beside the engine", done, 100)
    assert capsys.readouterr().err.splitlines()[-1] == f"  {10 * (done // 10):3d}%  big: beside the engine{told_}"


def test_each_part_of_a_run_is_judged_by_itself(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("analytics.telling.time.monotonic", lambda: now[0])
    with told(True) as teller:
        for step, done, total in (("reading", 0, 8), ("reading", 6, 8), ("steps", 0, 100), ("steps", 20, 100)):
            teller(step, done, total)
            now[0] += 10.0
    assert capsys.readouterr().err.splitlines()[-1] == "   20%  steps, about 40 s left"
