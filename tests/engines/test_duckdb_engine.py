"""The engine of reference."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from analytics.contracts.steps import SqlModel, write_all
from analytics.engines import duckdb_engine
from analytics.engines.duckdb_engine import DuckDBEngine
from analytics.errors import ContractError, StepFailed


@pytest.fixture(params=["memory", "files"])
def engine(request, tmp_path):
    """An empty engine, whose tables lie in memory or in files."""
    with DuckDBEngine(None if request.param == "memory" else tmp_path, threads=2) as made:
        yield made


def model(tmp_path, sql, *, name="int_made", grain=("a",), params=()):
    return SqlModel(name, tmp_path / f"{name}.sql", sql, "One row.", tuple(grain), (), params)


def test_writes_builds_and_reads_back(engine, tmp_path):
    engine.write("t", pl.DataFrame({"a": [1, 2, 3], "amount": [Decimal("1.10"), Decimal("2.20"), Decimal("3.30")]}))
    engine.build(
        model(tmp_path, "select a, amount from t where a > $least", params=("least",)), {"least": 1, "other": 9}
    )
    assert engine.frame("int_made").sort("a")["amount"].to_list() == [Decimal("2.20"), Decimal("3.30")]
    assert engine.read("int_made").num_rows == engine.count("int_made") == 2
    assert engine.tables() == {"t", "int_made"}


def test_a_failing_model_is_reported_with_its_name_its_file_and_what_duckdb_said(engine, tmp_path):
    with pytest.raises(StepFailed, match=r"(?s)model int_made \(.*int_made\.sql\).*no_such_table"):
        engine.build(model(tmp_path, "select a from no_such_table"))


def test_two_rows_of_one_grain_are_refused(engine, tmp_path):
    with pytest.raises(ContractError, match=r"int_made: 2 rows share one grain \(a\), first at a = 7"):
        engine.build(model(tmp_path, "select 7 as a union all select 7 as a"))


def test_nulls_in_a_grain_count_as_equal(engine, tmp_path):
    with pytest.raises(ContractError, match="share one grain"):
        engine.build(model(tmp_path, "select null as a union all select null as a"))


def test_scans_files_as_one_table_by_column_name(engine, tmp_path):
    pl.DataFrame({"a": [1], "b": ["x"]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"a": [2], "b": ["y"]}).write_parquet(tmp_path / "2.parquet")
    engine.scan("t", [tmp_path / "1.parquet", tmp_path / "2.parquet"])
    assert engine.frame("t").sort("a").rows() == [(1, "x"), (2, "y")]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_publishes_the_same_bytes_whatever_the_order_and_the_threads(tmp_path, threads):
    frame = pl.DataFrame({"a": range(500_000), "day": [date(2025, 3, 14)] * 500_000})
    files = []
    for name, rows in (("sorted", frame), ("reversed", frame.reverse())):
        with DuckDBEngine(threads=threads) as made:
            made.write("t", rows)
            files.append(tmp_path / f"{name}.parquet")
            made.publish("t", ("a",), files[-1])
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_name_with_quotes_stays_a_name(engine, tmp_path):
    engine.write('t"; drop table x; --', pl.DataFrame({"a": [1]}))
    engine.publish('t"; drop table x; --', ("a",), tmp_path / "it's.parquet")
    assert pl.read_parquet(tmp_path / "it's.parquet").height == 1


def test_keeps_to_its_memory_and_spills(tmp_path):
    with DuckDBEngine(tmp_path, memory="200MB", threads=2) as made:
        made.connection.execute("create table t as select i, md5(i::varchar) as h from range(4000000) r(i)")
        rows = made.connection.execute(
            "select count(*) from (select h, row_number() over (order by h) from t)"
        ).fetchall()
    assert rows == [(4_000_000,)]


def test_frames_are_written_one_after_the_other(engine):
    write_all(engine, "t", (pl.DataFrame({"a": [each], "b": [str(each)]}) for each in range(3)))
    assert engine.frame("t").sort("a").rows() == [(0, "0"), (1, "1"), (2, "2")]
    write_all(engine, "t", [pl.DataFrame({"a": [7]})])
    assert engine.frame("t").rows() == [(7,)]


def test_appended_columns_go_by_their_names(engine):
    write_all(engine, "t", [pl.DataFrame({"a": [1], "b": [2]}), pl.DataFrame({"b": [4], "a": [3]})])
    assert engine.frame("t").sort("a").rows() == [(1, 2), (3, 4)]


def test_reads_batch_by_batch_in_order_while_others_are_written(engine, monkeypatch):
    monkeypatch.setattr(duckdb_engine, "ROWS_A_BATCH", 2048)
    engine.write("t", pl.DataFrame({"a": range(10_000, 0, -1), "b": ["x"] * 10_000}))
    seen = []
    for batch in engine.batches("t", ("a",), "a"):
        write_all(engine, "other", [batch])
        seen.append(batch)
    assert len(seen) > 1
    assert pl.concat(seen)["a"].to_list() == list(range(1, 10_001))


def test_a_table_without_rows_is_one_batch_without_rows(engine):
    engine.write("t", pl.DataFrame(schema={"a": pl.String, "b": pl.Int64}))
    assert [batch.schema for batch in engine.batches("t", ("a",), "a")] == [{"a": pl.String}]


def test_the_rows_that_are_told_are_those_that_are_there(engine, tmp_path):
    pl.DataFrame({"a": [7, 8, 9, 10]}).write_parquet(tmp_path / "1.parquet")
    told = []
    engine.write("t", pl.DataFrame({"a": [1, 2, 3]}))
    told.append(engine.count("t"))
    engine.append("t", pl.DataFrame({"a": [4, 5]}))
    told.append(engine.count("t"))
    engine.rename("t", "u")
    engine.write("t", pl.DataFrame({"a": [6]}))
    told += [engine.count("t"), engine.count("u")]
    engine.extend("t", "u")
    told.append(engine.count("t"))
    engine.scan("t", [tmp_path / "1.parquet"])
    told.append(engine.count("t"))
    engine.drop("u")
    engine.show("u", "select * from t where a > 8")
    told.append(engine.count("u"))
    engine.write("u", pl.DataFrame({"a": [0]}).clear())
    told.append(engine.count("u"))
    assert told == [3, 5, 1, 5, 6, 4, 2, 0]


def test_a_row_that_joins_a_single_one_of_its_grain_is_found(engine):
    engine.write("t", pl.DataFrame({"a": [1]}))
    engine.prove_grain("t", ("a",))
    engine.append("t", pl.DataFrame({"a": [1]}))
    with pytest.raises(ContractError, match="t: 2 rows share one grain"):
        engine.prove_grain("t", ("a",))


def test_what_is_scanned_can_be_renamed_replaced_and_dropped(engine, tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "it's one.parquet")
    engine.scan("t", [tmp_path / "it's one.parquet"])
    engine.rename("t", "u")
    assert (engine.tables(), engine.frame("u").rows()) == ({"u"}, [(1,)])
    engine.write("u", pl.DataFrame({"a": [2]}))
    engine.rename("u", "v")
    engine.scan("v", [tmp_path / "it's one.parquet"])
    engine.drop("v")
    assert engine.tables() == set()


def test_a_table_is_extended_by_another(engine, tmp_path):
    pl.DataFrame({"a": [1], "b": ["x"]}).write_parquet(tmp_path / "t.parquet")
    engine.scan("t", [tmp_path / "t.parquet"])
    engine.write("other", pl.DataFrame({"b": ["y"], "a": [2]}))
    engine.extend("t", "other")
    assert engine.frame("t").sort("a").rows() == [(1, "x"), (2, "y")]
    assert engine.tables() == {"t", "other"}


def test_what_is_let_go_of_or_made_anew_leaves_no_file(tmp_path):
    def left():
        return sorted(file.name for file in tmp_path.rglob("*.parquet"))

    with DuckDBEngine(tmp_path) as made:
        write_all(made, "t", (pl.DataFrame({"a": [each]}) for each in range(3)))
        made.write("t", pl.DataFrame({"a": [7]}))
        made.scan("shown", list(tmp_path.rglob("*.parquet")))
        made.drop("shown")
        assert left() == ["000004.parquet"]
        made.drop("t")
        assert left() == []


def test_two_engines_of_one_folder_keep_apart(tmp_path):
    with DuckDBEngine(tmp_path) as one, DuckDBEngine(tmp_path) as other:
        one.write("t", pl.DataFrame({"a": [1]}))
        other.write("t", pl.DataFrame({"a": [2]}))
        assert one.frame("t").rows() == [(1,)]


def test_what_is_shown_where_it_lies_takes_no_rows(engine, tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t.parquet")
    engine.scan("t", [tmp_path / "t.parquet"])
    with pytest.raises(ContractError, match="takes no further rows"):
        engine.append("t", pl.DataFrame({"a": [2]}))
    assert engine.frame("t").rows() == [(1,)]


def test_further_rows_bring_no_further_column(engine):
    engine.write("t", pl.DataFrame({"a": [1]}))
    with pytest.raises(ContractError, match="t has no column b"):
        engine.append("t", pl.DataFrame({"a": [2], "b": [3]}))


def test_sums_of_whole_numbers_stay_whole(engine, tmp_path):
    most = 2**63 - 1
    engine.write("t", pl.DataFrame({"a": [most, most]}))
    engine.build(model(tmp_path, "select sum(a) as a, 1 as b from t"))
    assert engine.frame("int_made").rows() == [(2 * most, 1)]


def test_a_model_may_end_in_a_comment(engine, tmp_path):
    engine.build(model(tmp_path, "select 1 as a  -- nothing more"))
    assert engine.frame("int_made").rows() == [(1,)]


def test_a_name_used_again_is_proven_anew(engine):
    engine.write("t", pl.DataFrame({"a": [1]}))
    engine.prove_grain("t", ("a",))
    engine.rename("t", "u")
    engine.write("t", pl.DataFrame({"a": [1, 1]}))
    with pytest.raises(ContractError, match="share one grain"):
        engine.prove_grain("t", ("a",))


def test_a_table_made_anew_is_proven_anew(engine, tmp_path):
    engine.build(model(tmp_path, "select 1 as a"))
    engine.append("int_made", pl.DataFrame({"a": [1]}, schema={"a": pl.Int32}))
    with pytest.raises(ContractError, match="share one grain"):
        engine.prove_grain("int_made", ("a",))


@pytest.mark.parametrize(
    ("memory", "spills", "makes_room"),
    [("3GB", True, True), ("3GB", False, False), (None, True, False), ("800MB", True, False)],
)
def test_room_is_made_for_a_while_where_there_is_a_bound_and_a_place_to_spill(tmp_path, memory, spills, makes_room):
    def limit(engine):
        return engine.connection.execute("select current_setting('memory_limit')").fetchall()[0][0]

    with DuckDBEngine(tmp_path if spills else None, memory=memory) as made:
        before = limit(made)
        with made.making_room():
            assert (limit(made) != before) is makes_room
        assert limit(made) == before


def test_what_is_made_room_for_is_spilled_and_still_there(tmp_path):
    rows = 1_500_000
    with DuckDBEngine(tmp_path, memory="1200MB", threads=2, in_memory=True) as made:
        made.connection.execute(f"create table held as select 'text number ' || range as word from range({rows})")
        with made.making_room():
            made.connection.execute("set memory_limit = '20MB'")
            spilled = sum(file.stat().st_size for file in (tmp_path / "spill").iterdir())
            assert spilled > rows
            made.connection.execute("set memory_limit = '400MB'")
            assert made.connection.execute("select count(distinct hash(word)) from held").fetchall() == [(rows,)]


def test_a_model_that_is_shown_is_no_copy_of_what_it_reads(engine, tmp_path):
    def shown(sql):
        return replace(model(tmp_path, sql, grain="b"), is_shown=True)

    engine.write("landed", pl.DataFrame({"a": [1]}))
    engine.build(shown("select a as b from landed"))
    engine.append("landed", pl.DataFrame({"a": [2]}))
    assert sorted(engine.frame("int_made")["b"].to_list()) == [1, 2]
    engine.build(shown("select a + 1 as b from landed"))
    assert sorted(engine.frame("int_made")["b"].to_list()) == [2, 3]
    engine.drop("int_made")
    assert "int_made" not in engine.tables()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("it's $value; --", "VARCHAR"),
        (Decimal("800.10"), "DECIMAL(5,2)"),
        (date(2025, 8, 29), "DATE"),
        (7, "INTEGER"),
        (True, "BOOLEAN"),
    ],
)
def test_what_is_shown_takes_its_values_along_to_every_reader(engine, tmp_path, value, kind):
    sql = "select a, $value as b, typeof($value) as c from landed"
    made = replace(model(tmp_path, sql, grain="a"), is_shown=True, params=("value",))
    engine.write("landed", pl.DataFrame({"a": [1]}))
    engine.build(made, {"value": value})
    (rows,) = engine.batches("int_made", ("b", "c"), None)  # by a cursor of its own
    assert rows.rows() == [(value, kind)]


def test_a_name_for_a_table_is_no_copy_of_it_however_often_it_is_used(engine, tmp_path, monkeypatch):
    engine.write("landed", pl.DataFrame({"a": [1, 2]}))
    twice = """with
named as (select * from landed)

select one.a from named as one inner join named as other on one.a = other.a"""
    said = []
    plain = engine.connection

    class Listening:
        def execute(self, text, *bound):
            said.append(text)
            return plain.execute(text, *bound)

        def table(self, name):
            return plain.table(name)

    monkeypatch.setattr(engine, "connection", Listening())
    engine.build(model(tmp_path, twice))
    built = next(text for text in said if "not materialized" in text).partition("with")[2]
    (told,) = plain.execute(f"explain with {built}").fetchall()
    assert "CTE" not in told[1]
    assert "CTE" in plain.execute(f"explain {twice}").fetchall()[0][1]


def test_batches_are_worked_on_in_their_order(engine, monkeypatch):
    monkeypatch.setattr(duckdb_engine, "ROWS_A_BATCH", 2048)
    engine.write("t", pl.DataFrame({"a": range(10_000, 0, -1)}))
    made = list(engine.batches("t", ("a",), "a", lambda batch: batch.select(b=pl.col("a") * 2)))
    assert len(made) > 1
    assert pl.concat(made)["b"].to_list() == list(range(2, 20_001, 2))
