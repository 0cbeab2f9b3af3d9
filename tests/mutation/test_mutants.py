"""The mutants that are made: as many as there are places for them, each another text, and the same each time."""

from pathlib import Path

import pytest

from analytics.contracts.steps import SqlModel
from tests.mutation.gate import PYTHON, SQL
from tests.mutation.mutants import equivalents, is_in_sample, survivors
from tests.mutation.python_mutants import python_mutants
from tests.mutation.sql_mutants import sql_mutants


def of_sql(text):
    model = SqlModel("int_x", Path("int_x.sql"), text, "One x.", ("x",), (), ())
    return [(mutant.change, mutant.text) for mutant in sql_mutants(model)]


def of_python(tmp_path, text):
    path = tmp_path / "module.py"
    path.write_text(text)
    return [(mutant.change, mutant.text) for mutant in python_mutants(path, "module")]


@pytest.mark.parametrize(
    ("where", "instead"),
    [
        ("a < 1", {"a <= 1", "a < (1 - 1)", "TRUE"}),
        ("a >= $min_pieces", {"a > $min_pieces", "a >= ($min_pieces + 1)", "TRUE"}),
        ("a = b", {"a <> b", "TRUE"}),
        ("a = b and c > d", {"a <> b AND c > d", "a = b AND c >= d", "a = b", "c > d"}),
        ("a = b or c > d", {"a <> b OR c > d", "a = b OR c >= d", "a = b", "c > d", "TRUE"}),
        ("a - b <= $max_gift_gap_days * 1", {
            "a - b < $max_gift_gap_days * 1", "a - b <= ($max_gift_gap_days + 1) * 1", "TRUE",
        }),
    ],
)  # fmt: skip
def test_a_condition_is_turned_moved_and_left_out(where, instead):
    made = {text for _, text in of_sql(f"select x from t where {where}")}
    assert made == {f"SELECT x FROM t WHERE {each}" for each in instead}


def test_a_filter_and_a_key_of_a_join_are_left_out():
    made = dict(of_sql("select count(*) filter (where a) as n from t inner join u on t.k = u.k and t.d = u.d"))
    assert "COUNT(*) AS n" in made["without COUNT(*) FILTER(WHERE a)"]
    assert made["without t.k = u.k"].endswith("ON t.d = u.d")
    alone = dict(of_sql("select x from t inner join u on t.k = u.k"))
    assert alone["without INNER JOIN u ON t.k = u.k"].endswith("ON TRUE")


def test_how_an_id_is_written_is_no_threshold():
    assert of_sql("select left(x, $id_digits) as x from t") == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("a < 1", {"a <= 1", "a < 0"}),
        ("a == b", {"a != b"}),
        ("0 <= a < b", {"0 < a < b", "1 <= a < b", "0 <= a <= b"}),
        ("a and b or c", {"a and b", "c", "b or c", "a or c"}),
        ("(p > q) & r", {"(p >= q) & r", "p > q", "r"}),
        ("LIMIT = 3", {"LIMIT = 4"}),
        ("SHARE = Decimal('0.5')", {"SHARE = Decimal('0.55')"}),
        ("t.filter(a, b)", {"t.filter(a)", "t.filter(b)"}),
        ("x.is_between(1, 2, closed='left')", {"x.is_between(1, 2)"}),
        ("def f(a: int | None) -> int & str: pass", set()),
    ],
)
def test_a_comparison_a_condition_and_a_number_are_changed(tmp_path, text, instead):
    assert {made for _, made in of_python(tmp_path, text)} == instead


def test_changes_alike_are_numbered(tmp_path):
    path = tmp_path / "module.py"
    path.write_text("x = a == b\ny = a == b\n")
    assert [(mutant.nth, [*mutant.lines]) for mutant in python_mutants(path, "module")] == [(1, [1]), (2, [2])]


def test_a_sample_is_the_same_each_time_and_part_of_a_larger_one():
    keys = [("where", "a < b -> a <= b", nth) for nth in range(1000)]
    few, many = ({key for key in keys if is_in_sample(key, percent)} for percent in (10, 60))
    assert few < many
    assert 60 < len(few) < 140
    assert all(is_in_sample(key, 100) for key in keys)


def test_the_lists_hold_each_mutant_once_and_a_reason_for_each_that_may_live():
    listed = [*equivalents(), *survivors()]
    assert len(set(listed)) == len(listed)
    assert all(reason for reason in equivalents().values())


@pytest.mark.slow
def test_the_lists_hold_mutants_that_there_are():
    listed = [*equivalents(), *survivors()]
    kinds = [(kind, set(kind.names())) for kind in (SQL, PYTHON)]
    names = {name for name, *_ in listed}
    made = {mutant.key for kind, known in kinds for name in names & known for mutant in kind.made(name)}
    assert set(listed) <= made, sorted(set(listed) - made)[:5]
