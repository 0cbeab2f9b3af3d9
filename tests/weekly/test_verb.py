"""The command: one line, exit codes, and the forms that are mailed."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock

from analytics.cli.main import main


@pytest.fixture
def called(root, monkeypatch, capsys):
    """Call the command in a folder; returns exit code, standard output and standard error."""
    monkeypatch.chdir(root)

    def call(*words):
        monkeypatch.setattr("sys.argv", ["splitship", *words])
        with pytest.raises(SystemExit) as ending:
            main()
        said = capsys.readouterr()
        return ending.value.code or 0, said.out, said.err

    return call


PLACES = ("--inbox", "in", "--store", "store", "--out", "weeks")


def test_it_ends_with_one_line_and_says_that_nothing_is_new(called):
    code, out, err = called("weekly", *PLACES)
    assert code == 0
    assert out.startswith("2025-W11: 1 flag (as many as the week before), ")
    assert out.endswith("; nothing new, the report stands as printed; weeks/2025-W11\n")
    assert err == ""


def test_a_run_beside_another_has_a_code_of_its_own(called, root):
    with FileLock(root / "weeks" / ".weekly.lock"):
        code, out, err = called("weekly", *PLACES)
    assert (code, out) == (4, "")
    assert err == "splitship: weeks: another weekly run is at work. It goes on; run this one again later.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--inbox", "none"), "no such folder"),
        (("--week", "2025-11"), "is no ISO week"),
        (("--out", "in/weeks"), "lies in the inbox"),
        (("--store", "s3://bucket/store"), "a URL is no folder"),
        (("--memory", "much"), "is no amount of memory"),
    ],
)
def test_a_call_that_is_wrong_says_what(called, words, said):
    code, out, err = called("weekly", *PLACES, *words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(("words", "is_masked"), [((), True), (("--unmasked",), False)])
def test_what_is_mailed_is_masked_unless_it_is_asked_for(called, root, words, is_masked):
    code, out, _ = called("report", "--store", "store", "--week", "2025-W11", "--mail-ready", "mail", *words)
    assert (code, out) == (0, "mail\n")
    assert json.loads((root / "mail" / "manifest.json").read_text())["is_masked"] is is_masked
    assert ("Ekdahl" in (root / "mail" / "report.html").read_text()) is not is_masked


def test_the_masked_report_names_nobody(called, root):
    assert called("report", "--store", "store", "--week", "2025-W11", "--masked", "--out", "r.html")[0] == 0
    assert "Ekdahl" not in (root / "r.html").read_text()


@pytest.mark.parametrize("words", [("--unmasked",), ("--unmasked", "--masked", "--mail-ready", "mail")])
def test_unmasked_is_for_what_is_mailed(called, words):
    code, _, err = called("report", "--store", "store", *words)
    assert code == 2
    assert "--unmasked is for --mail-ready" in err
