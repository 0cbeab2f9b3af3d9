"""The Spark engine by itself: the real Spark, one session for all."""

import polars as pl
import pytest

from analytics.contracts.steps import SqlModel, write_all
from analytics.engines.spark_engine import SparkEngine
from analytics.errors import ContractError, StepFailed
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
