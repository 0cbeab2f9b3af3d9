"""A store may lie in a folder of any name."""

import polars as pl
import pytest

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import LOGS
from analytics.store import RunRecord, Store, append_log, begin, check
from analytics.store.exporting import export
from tests.nasty_paths import NASTY


@pytest.mark.parametrize("name", NASTY)
def test_a_store_is_written_and_read_there(tmp_path, name):
    root = tmp_path / name / name
    with begin(root) as transaction:
        pl.DataFrame({"a": [1, 2]}).write_parquet(transaction.folder("tables") / "flags.parquet")
        pl.DataFrame({"a": [1]}).write_parquet(transaction.folder("landed") / "landed-000000.parquet")
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    append_log(root, "notices", empty_frame(LOGS["notices"]))
    store = Store(root)
    assert store.table("flags").collect()["a"].to_list() == [1, 2]
    assert store.sql("select sum(a) as a from flags").item() == 3
    assert store.table("notices").collect().height == 0
    assert export(store, "flags", root / "out.csv") == root / "out.csv"
    assert check(root) == []
    with begin(root) as transaction:
        assert [file.name for file in transaction.landed_files("landed")] == ["landed-000000.parquet"]
