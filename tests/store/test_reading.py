"""Reading what screening left behind."""

import polars as pl
import pytest

from analytics.errors import StoreMissing, UnknownTable, UsageError
from analytics.store import RunRecord, Store, begin


@pytest.fixture
def store(tmp_path):
    with begin(tmp_path) as transaction:
        pl.DataFrame({"flag_id": ["f1", "f2"], "shipments": [2, 5]}).write_parquet(
            transaction.folder("tables") / "flags.parquet"
        )
        transaction.commit(RunRecord("r1", "", "", [], "", "", "", {}, []))
    return Store(tmp_path)


def test_an_empty_place_says_how_to_fill_it(tmp_path):
    with pytest.raises(StoreMissing, match=r"nothing has been screened here\. Run: splitship screen"):
        Store(tmp_path / "nowhere")


def test_an_unknown_table_is_named_with_those_there_are(store):
    with pytest.raises(UnknownTable, match=r"no table 'flag' in .*\. Did you mean flags"):
        store.table("flag")


def test_a_table_name_is_no_path(store):
    with pytest.raises(UnknownTable):
        store.table("../../store")


def test_sql_reads_the_tables_by_name(store):
    assert store.sql("select max(shipments) as most from flags").item() == 5


@pytest.mark.parametrize("text", ["select nothing from flags", "drop view nowhere", ""])
def test_a_statement_that_duckdb_refuses_is_a_usage_error(store, text):
    with pytest.raises(UsageError):
        store.sql(text)
