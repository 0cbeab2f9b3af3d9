"""Whatever the call, the streams and the place: an exit code, a sentence, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from analytics.cli.main import main
from analytics.store import RunRecord, begin

FROM_HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    root = tmp_path_factory.mktemp("Größe") / "s"
    with begin(root) as transaction:
        pl.DataFrame({"flag_id": ["Zoë"] * 200_000}).write_parquet(transaction.folder("tables") / "flags.parquet")
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    return root


BAD = [
    ["screen"],
    ["screen", "nowhere.csv"],
    ["screen", ""],
    ["screen", "[", "*"],
    ["screen", "caf\udce9.csv"],
    ["screen", "a.csv", "--threads", "0"],
    ["screen", "a.csv", "--threads", "-1"],
    ["screen", "a.csv", "--threads", "abc"],
    ["screen", "a.csv", "--memory", "nonsense"],
    ["screen", "a.csv", "--memory", "-1GB"],
    ["screen", "a.csv", "--engine", "sqlite"],
    ["screen", "a.csv", "--resolve", "none"],
    ["screen", "a.csv", "--regime", "atlantis"],
    ["screen", "a.csv", "--from", "2025-02-30"],
    ["screen", "a.csv", "--from", "2025-03-02", "--to", "2025-03-01"],
    ["screen", "a.csv", "--map", "nowhere.toml"],
    ["screen", "a.csv", "--config", "nowhere.toml"],
    ["screen", "a.csv", "--rules", "nowhere"],
    ["screen", "postgresql://"],
    ["screen", "postgresql://user:pw@nowhere/db"],
    ["export", "flags", "--store", "nowhere"],
    ["export", "flags", "--store", "caf\udce9"],
    ["export", "Größe", "--store", "{store}"],
    ["export", "../flags", "--store", "{store}"],
    ["export", "flags", "--store", "{store}", "--out", "x.pdf"],
    ["export", "flags", "--store", "{store}", "--out", "/proc/nowhere/x.csv"],
    ["export", "flags", "--store", "{store}", "--out", "{store}/store.json/x.csv"],
    ["report", "--store", "nowhere"],
    ["report", "--store", "{store}", "--week", "2025W11"],
    ["explain", "f1", "--store", "nowhere"],
    ["store"],
    ["store", "mend"],
    ["store", "check", "--store", "/etc/passwd"],
    ["store", "repair", "--store", "nowhere"],
    ["rules", "--on", "yesterday"],
    ["nothing"],
    ["--nothing"],
]


@pytest.mark.parametrize("words", BAD, ids=lambda words: ascii(" ".join(words)))
def test_a_bad_call_is_exit_2_and_a_sentence(monkeypatch, capsys, tmp_path, store, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    monkeypatch.setenv("SPLITSHIP_TAX_KEY", "splitship-demo-key-published-not-secret")
    monkeypatch.delenv("SPLITSHIP_DEBUG", raising=False)
    monkeypatch.setattr(sys, "argv", ["splitship", *(word.format(store=store) for word in words)])
    with pytest.raises(SystemExit) as ending:
        main()
    said = capsys.readouterr()
    assert ending.value.code == 2
    assert said.err or "Usage" in said.out
    assert "Traceback" not in said.err
    assert "stopped by" not in said.err


def run(store, shell, **changes):
    command = f"{sys.executable} -m analytics.cli.main"
    program = f'{sys.executable} -c "from analytics.cli.main import main; main()"'
    text = shell.replace("splitship", program).replace("STORE", f"'{store}'").replace(command, program)
    environment = {**FROM_HERE, **changes}
    return subprocess.run(
        ["bash", "-c", text], capture_output=True, text=True, env=environment, check=False, timeout=300
    )


@pytest.mark.parametrize(
    ("shell", "code", "told"),
    [
        ("splitship export flags --store STORE | head -1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("splitship rules | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("splitship model | head -1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("splitship export flags --store STORE >&-", 0, ""),
        ("splitship export nothing --store STORE 2>&-", 2, ""),
        ("splitship export flags --store STORE >/dev/full", 1, "No space left on device"),
        ("splitship rules >/dev/full", 1, "No space left on device"),
    ],
)
def test_streams_that_end_early_are_closed_or_full(store, shell, code, told):
    ended = run(store, shell)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert told in ended.stderr
    assert bool(told) == bool(ended.stderr)
    assert "Traceback" not in ended.stderr


def test_any_name_is_told_in_any_locale(store):
    ended = run(store, "splitship export Größe --store STORE", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ended.returncode == 2
    assert r"no table 'Gr\xf6\xdfe'" in ended.stderr


def test_an_export_that_fails_leaves_nothing(store, tmp_path, monkeypatch):
    from analytics.errors import UsageError
    from analytics.store import Store
    from analytics.store.exporting import export

    (tmp_path / "x.csv").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        export(Store(store), "flags", tmp_path / "x.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["x.csv"]
