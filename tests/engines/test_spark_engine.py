"""The Spark engine by itself: the real Spark, one session for all."""

import polars as pl
import pytest

from analytics.contracts.steps import SqlModel, write_all
from analytics.engines.spark_engine import SparkEngine
from analytics.errors import ContractError, StepFailed, UsageError
from tests.engines.java import java_or_none

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """One engine; each test has tables of its own."""
    java_or_none()
    with SparkEngine(tmp_path_factory.mktemp("spark"), threads=2) as made:
        yield made


def doubled(batch):
    return batch.select(b=pl.col("a") * 2, text=pl.col("text").str.to_uppercase())


def refused(batch):
    if batch.height:
        raise ValueError("not this one")
    return batch


def test_rows_are_worked_on_in_their_order(spark):
    spark.write("worked", pl.DataFrame({"a": range(5_000, 0, -1), "text": ["é"] * 5_000}))
    made = pl.concat(spark.batches("worked", ("a", "text"), "a", doubled))
    assert made["b"].to_list() == list(range(2, 10_001, 2))
    assert set(made["text"]) == {"É"}


def test_no_rows_worked_on_are_one_batch_of_their_columns(spark):
    spark.write("nothing", pl.DataFrame(schema={"a": pl.Int64, "text": pl.String}))
    (made,) = spark.batches("nothing", ("a", "text"), "a", doubled)
    assert made.schema == {"b": pl.Int64, "text": pl.String}
    assert made.is_empty()


def test_work_that_fails_says_what_workers_need(spark):
    spark.write("failing", pl.DataFrame({"a": [1]}))
    with pytest.raises(StepFailed, match=r"(?s)rows of failing.*need Python 3.*PYSPARK_PYTHON"):
        list(spark.batches("failing", ("a",), "a", refused))


def repeated(batch):
    return pl.concat([batch, batch]).with_columns(half=pl.col("a") / 2)


def test_a_table_is_derived_from_another_with_as_many_rows_as_are_made(spark):
    spark.write("source", pl.DataFrame({"a": range(3_000)}))
    spark.derive("derived", "source", repeated)
    assert sorted(spark.frame("derived")["a"]) == sorted([*range(3_000), *range(3_000)])
    assert spark.frame("derived").schema == {"a": pl.Int64, "half": pl.Float64}


def test_nothing_derived_has_its_columns(spark):
    spark.write("no_source", pl.DataFrame(schema={"a": pl.Int64}))
    spark.derive("nothing_derived", "no_source", repeated)
    assert spark.frame("nothing_derived").schema == {"a": pl.Int64, "half": pl.Float64}


def added_up(one, other):
    told = one.select("part", "a").with_columns(sum=pl.lit(other["b"].sum(), pl.Int64), text=pl.lit("é"))
    return told.sort("a")


def test_rows_of_two_tables_that_share_a_value_are_worked_on_together(spark):
    spark.write("one", pl.DataFrame({"part": [1, 2, 1], "a": [3, 4, 5]}))
    spark.write("other", pl.DataFrame({"part": [2, 1, 2], "b": [10, 20, 30]}))
    spark.derive_of_both("both", "one", "other", "part", added_up)
    assert spark.frame("both").sort("a").rows() == [(1, 3, 20, "é"), (2, 4, 40, "é"), (1, 5, 20, "é")]


def test_nothing_worked_on_together_has_its_columns(spark):
    spark.write("one_of_none", pl.DataFrame(schema={"part": pl.Int64, "a": pl.Int64}))
    spark.write("other_of_none", pl.DataFrame(schema={"part": pl.Int64, "b": pl.Int64}))
    spark.derive_of_both("both_of_none", "one_of_none", "other_of_none", "part", added_up)
    assert spark.frame("both_of_none").schema == {"part": pl.Int64, "a": pl.Int64, "sum": pl.Int64, "text": pl.String}


def refused_together(one, other):
    return refused(one)


def test_work_together_that_fails_says_what_workers_need(spark):
    for name in ("failing_one", "failing_other"):
        spark.write(name, pl.DataFrame({"part": [1]}))
    with pytest.raises(StepFailed, match=r"(?s)rows of failing_one.*need Python 3.*PYSPARK_PYTHON"):
        spark.derive_of_both("failed", "failing_one", "failing_other", "part", refused_together)


def refused_by_us(batch):
    if batch.height:
        raise UsageError("workers have another polars. Install the same.")
    return batch


def test_what_an_error_of_our_own_says_on_a_worker_is_told(spark):
    spark.write("refused", pl.DataFrame({"a": [1]}))
    with pytest.raises(StepFailed, match=r"(?s)rows of refused.*workers have another polars. Install the same\."):
        spark.derive("never_made", "refused", refused_by_us)


def test_what_was_counted_and_proved_is_forgotten_with_the_rows(spark, tmp_path):
    built = SqlModel("int_made", tmp_path / "int_made.sql", "select 1 as a", "One row.", ("a",), (), ())
    spark.build(built)
    assert spark.count("int_made") == 1
    write_all(spark, "int_made", [pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [1]})])
    assert spark.count("int_made") == 2
    with pytest.raises(ContractError, match="2 rows share one grain"):
        spark.prove_grain("int_made", ("a",))
    spark.build(built)
    assert spark.count("int_made") == 1
    spark.prove_grain("int_made", ("a",))
