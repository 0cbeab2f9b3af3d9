"""A run killed at any step of its commit leaves the store as it was, or as the run made it; nothing in between."""

import os
import signal

import polars as pl
import pytest

from analytics.store import RunRecord, Store, begin, check, replacing, writing
from analytics.store.state import read_state

STEPS = ["_sync_file", "measured", "write_state"]
_KINDS = ("landed", "tables", "remembered", "kept")


def committed(root, parquet, run_id):
    with begin(root) as transaction:
        for kind in _KINDS:
            for name in ("landed-000000", "flags"):
                (transaction.folder(kind) / f"{name}.parquet").write_bytes(parquet)
        transaction.commit(RunRecord(run_id, "", "", [], "", "", "", {}, []))


def parquet_of(folder, value):
    file = folder / f"{value}.parquet"
    pl.DataFrame({"a": [value]}).write_parquet(file)
    return file.read_bytes()


def killed_at(monkeypatch, number):
    """Kill this process before the call of that number of anything by which a commit touches the disk."""
    calls = {"left": number}

    def counted(work):
        def kill_or_work(*words, **named):
            if calls["left"] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            calls["left"] -= 1
            return work(*words, **named)

        return kill_or_work

    for name in STEPS:
        monkeypatch.setattr(writing, name, counted(getattr(writing, name)))
    monkeypatch.setattr(writing.Path, "replace", counted(writing.Path.replace))
    monkeypatch.setattr(writing.Path, "mkdir", counted(writing.Path.mkdir))
    monkeypatch.setattr(replacing, "_sync_folder", counted(replacing._sync_folder))
    monkeypatch.setattr(replacing.os, "fsync", counted(os.fsync))


def ended(work):
    """Do some work in a child, and return how that ended."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_run_killed_before_any_step_of_its_commit_counts_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    one, two = parquet_of(tmp_path, 1), parquet_of(tmp_path, 2)
    outcomes = []
    for number in range(200):
        root = tmp_path / f"s{number}"
        committed(root, one, "r1")

        def run_and_die(root=root, number=number):
            killed_at(monkeypatch, number)
            committed(root, two, "r2")

        code = ended(run_and_die)
        assert code in (0, -signal.SIGKILL)
        assert check(root) == []
        found = Store(root).table("flags").collect()["a"].item()
        assert found == len(read_state(root).runs)
        outcomes.append((code, found))
        committed(root, two, "r3")  # the next run is taken, and sweeps what was left
        assert check(root) == []
        if code == 0:
            break
    assert outcomes[0] == (-signal.SIGKILL, 1)
    assert outcomes[-1] == (0, 2)
    assert (-signal.SIGKILL, 2) in outcomes  # killed after the one step that makes a run count
    assert len(outcomes) > 30
