"""What many models say alike is said once, and means the same on either engine."""

import hashlib

import pytest
import sqlglot

from analytics.engines import functions
from analytics.engines.functions import load_functions, written_out
from analytics.engines.models import load_models
from analytics.errors import ContractError

CALL = "select flag_id($regime, 'order_split', subject, rule_id, 16) as flag_id from flags"
KEY = "us|order_split|order 1|US-T03"


def test_the_id_of_a_flag_is_the_beginning_of_a_digest_of_what_it_is_about(engine):
    engine.connection.execute("create table flags as select 'order 1' as subject, 'US-T03' as rule_id")
    (found,) = engine.connection.execute(CALL, {"regime": "us"}).fetchone()
    assert found == "f" + hashlib.md5(KEY.encode(), usedforsecurity=False).hexdigest()[:16]


def test_what_is_missing_of_the_key_leaves_no_gap(engine):
    found = engine.connection.execute("select flag_id('us', 'order_split', 'order 1', null, 16)").fetchone()
    assert found == engine.connection.execute("select 'f' || left(md5('us|order_split|order 1'), 16)").fetchone()


def test_for_spark_a_call_is_written_out():
    written = written_out(sqlglot.parse_one(CALL, read="duckdb")).sql(dialect="spark")
    assert "FLAG_ID" not in written
    assert "LEFT(MD5(CONCAT_WS('|', :regime, 'order_split', subject, rule_id)), 16) AS flag_id" in written


def test_a_call_with_too_little_is_refused():
    with pytest.raises(ContractError, match="takes regime, typology, subject, rule_id, digits: a model gives 2"):
        written_out(sqlglot.parse_one("select flag_id('us', 'x')", read="duckdb"))


def test_a_function_is_no_model():
    assert not set(load_functions()) & set(load_models())


@pytest.mark.parametrize("text", ["select 1 as one", "-- takes: left_side\n\nselect left_side, 1 as one"])
def test_a_file_that_is_no_function_is_refused(tmp_path, monkeypatch, text):
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "odd.sql").write_text(text)
    monkeypatch.setattr(functions, "sql_folder", lambda: tmp_path)
    with pytest.raises(ContractError, match=r"odd\.sql: a function says"):
        load_functions.__wrapped__()


@pytest.mark.parametrize("name", [name for name in load_models() if name.startswith(("int_members", "int_crossings"))])
def test_no_model_of_a_typology_makes_up_an_id_of_its_own(name):
    assert "md5(" not in load_models()[name].sql
