"""A run's results count as a whole or not at all."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import polars as pl
import pytest

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Judgements
from analytics.errors import StoreError, StoreLocked
from analytics.store import RunRecord, Store, begin, judged
from analytics.store.state import read_state

JUDGED = pl.DataFrame(
    [("a1", "a2", "same", "ann", "2025-03-10T06:00:00.000000Z", None)],
    schema=empty_frame(Judgements).schema,
    orient="row",
)


def record(run_id="r1"):
    return RunRecord(run_id, "2025-03-10T06:00:00Z", "2025-03-10T06:01:00Z", [], "rules", "model", "program", {}, [])


def put(transaction, kind="tables", name="flags", value=1):
    pl.DataFrame({"a": [value]}).write_parquet(transaction.folder(kind) / f"{name}.parquet")


def fail_half_way(root):
    with begin(root) as transaction:
        put(transaction, value=2)
        put(transaction, "landed", "landed-0")
        raise ZeroDivisionError


def contents(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.name != "lock")


def test_what_is_committed_can_be_read(tmp_path):
    with begin(tmp_path) as transaction:
        put(transaction, value=7)
        transaction.commit(record())
    assert Store(tmp_path).table("flags").collect()["a"].to_list() == [7]
    assert Store(tmp_path).last_run.run_id == "r1"


def test_what_is_not_committed_leaves_no_trace(tmp_path):
    with begin(tmp_path) as transaction:
        put(transaction)
        transaction.commit(record())
    before = contents(tmp_path)
    with pytest.raises(ZeroDivisionError):
        fail_half_way(tmp_path)
    assert contents(tmp_path) == before


def test_a_run_killed_at_any_moment_leaves_the_store_as_it_was(tmp_path):
    with begin(tmp_path) as transaction:
        put(transaction, value=1)
        transaction.commit(record())
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        import polars as pl
        from analytics.store import begin
        import analytics.store.writing as writing
        def killed(root, state):
            os.kill(os.getpid(), signal.SIGKILL)
        writing.write_state = killed
        with begin(Path({str(tmp_path)!r})) as transaction:
            pl.DataFrame({{"a": [2]}}).write_parquet(transaction.folder("tables") / "flags.parquet")
            transaction.commit(None)
        """
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    ended = subprocess.run([sys.executable, "-c", script], check=False, env=environment, timeout=300)
    assert ended.returncode == -signal.SIGKILL
    assert Store(tmp_path).table("flags").collect()["a"].to_list() == [1]
    with begin(tmp_path):
        pass
    assert not (tmp_path / "tables" / "000002").exists()


def test_the_second_of_two_runs_is_told_so(tmp_path):
    with begin(tmp_path), pytest.raises(StoreLocked, match="another run is writing"), begin(tmp_path):
        pass


def test_the_lock_is_free_after_a_failure(tmp_path):
    with pytest.raises(ZeroDivisionError), begin(tmp_path):
        raise ZeroDivisionError
    with begin(tmp_path):
        pass


def test_landed_rows_gather_and_tables_are_replaced(tmp_path):
    for number in (1, 2):
        with begin(tmp_path) as transaction:
            put(transaction, "landed", "landed-0", number)
            put(transaction, "tables", "flags", number)
            transaction.commit(record(f"r{number}"))
    state = read_state(tmp_path)
    assert state.landed == ["landed/000001", "landed/000002"]
    assert state.tables == "tables/000002"
    assert [run.run_id for run in state.runs] == ["r1", "r2"]
    with begin(tmp_path) as transaction:
        assert len(transaction.landed_files("landed")) == 2
        assert not (tmp_path / "tables" / "000001").exists()


def test_judgements_gather_and_outlive_runs_and_leftovers(tmp_path):
    for number in (1, 2):
        with begin(tmp_path) as transaction:
            transaction.append_judgements(JUDGED.with_columns(note=pl.lit(str(number))))
            put(transaction, value=number)
            transaction.commit(record(f"r{number}"))
    (tmp_path / "judgements" / "000003").mkdir()
    with begin(tmp_path) as transaction:
        assert judged(tmp_path, transaction.state)["note"].to_list() == ["1", "2"]
    assert not (tmp_path / "judgements" / "000003").exists()


def test_a_judgement_counts_at_once_and_is_no_run(tmp_path):
    with begin(tmp_path) as transaction:
        put(transaction, value=1)
        transaction.commit(record())
    with begin(tmp_path) as transaction:
        transaction.append_judgements(JUDGED)
    state = read_state(tmp_path)
    assert judged(tmp_path, state).height == 1
    assert (len(state.runs), state.tables) == (1, "tables/000001")


def test_a_reader_keeps_its_tables_while_the_next_ones_appear(tmp_path):
    for number in (1, 2):
        with begin(tmp_path) as transaction:
            put(transaction, value=number)
            transaction.commit(record(f"r{number}"))
        if number == 1:
            opened = Store(tmp_path)
    assert opened.table("flags").collect()["a"].to_list() == [1]


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"format": 2, "runs": []}'])
def test_a_damaged_store_is_named(tmp_path, text):
    (tmp_path / "store.json").write_text(text)
    with pytest.raises(StoreError, match=r"store\.json"):
        read_state(tmp_path)
