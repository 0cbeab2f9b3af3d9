"""What sqlglot leaves different between DuckDB and Spark is set right in one place."""

from datetime import date

import pytest
import sqlglot
from sqlglot import exp

from analytics.engines.models import load_models
from analytics.engines.spark_sql import spark_arguments, spark_text

MODELS = load_models()


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if "qualify" in model.sql])
def test_the_number_of_a_qualify_is_in_no_result(name):
    for select in sqlglot.parse_one(spark_text(MODELS[name]), read="spark").find_all(exp.Select):
        source = select.args.get("from_") or select.args.get("from")
        if source is not None and source.this.alias == "_t":
            assert all(star.args.get("except_") for star in select.expressions if isinstance(star, exp.Star))
            assert not any(item.alias_or_name.startswith("_w") for item in select.expressions)


def test_ranks_are_as_wide_as_in_duckdb():
    text = " ".join(spark_text(MODELS["int_orders__of_persons"]).split())
    assert "CAST(ROW_NUMBER() OVER (" in text
    assert "AS BIGINT)" in text


def test_a_date_is_bound_as_text_and_read_as_a_date():
    model = next(model for model in MODELS.values() if {"from_date", "to_date"} <= set(model.params))
    assert "CAST(:from_date AS DATE)" in spark_text(model)
    bound = spark_arguments(model, dict.fromkeys(model.params, 1) | {"from_date": date(1, 1, 1)})
    assert bound["from_date"] == "0001-01-01"


@pytest.mark.parametrize("name", MODELS)
def test_parameters_are_bound_and_never_written_in(name):
    text = spark_text(MODELS[name])
    assert all(f":{parameter}" in text for parameter in MODELS[name].params)
