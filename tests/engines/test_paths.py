"""Where tables lie is never part of a statement: any name a folder may have will do."""

import polars as pl
import pytest

from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.engines.duckdb_text import rows_of
from analytics.ingest.search import Search
from tests.nasty_paths import NASTY

FRAME = pl.DataFrame({"a": [2, 1]})


@pytest.fixture(params=NASTY)
def folder(request, tmp_path):
    (tmp_path / "[1]x").mkdir()
    made = tmp_path / request.param
    made.mkdir()
    for beside in ("1", "alls", "what!", "a"):  # what a pattern would find as well
        (tmp_path / beside).mkdir(exist_ok=True)
        FRAME.write_parquet(tmp_path / beside / "t.parquet")
    return made


@pytest.mark.parametrize("in_memory", [True, False])
def test_an_engine_keeps_reads_and_publishes_tables_there(folder, in_memory):
    FRAME.write_parquet(folder / "t.parquet")
    with DuckDBEngine(folder / "work", memory="300MB", threads=1, in_memory=in_memory) as engine:
        engine.scan("given", [folder / "t.parquet"])
        engine.write("mine", FRAME)
        engine.append("mine", FRAME)
        engine.make("both", "select a from given union all select a from mine")
        engine.publish("both", ("a",), folder / "out.parquet")
        spill = engine.connection.execute("select current_setting('temp_directory')").fetchall()[0][0]
        assert engine.columns("given") == ["a"]
    assert pl.read_parquet(folder / "out.parquet", glob=False)["a"].to_list() == [1, 1, 1, 2, 2, 2]
    assert spill == str(folder / "work" / "spill")


def test_a_search_reads_files_there(folder):
    FRAME.write_parquet(folder / "t.parquet")
    with Search.opened(folder, None, 1) as search:
        assert search.frame("select * from read_parquet($files)", files=[str(folder / "t.parquet")])["a"].len() == 2


def test_a_relative_path_that_opens_with_a_tilde_is_no_home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    assert f"'{tmp_path}/~x/t.parquet'" in rows_of([Path("~x/t.parquet")])
