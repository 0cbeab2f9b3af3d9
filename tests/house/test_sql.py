"""The SQL keeps the rules of sql/README.md."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from analytics.contracts.parameters import PARAMETERS
from analytics.engines.models import read_model

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (ROOT / "sql").rglob("*.sql") if path.parent.name != "functions")
IDS = [path.stem for path in FILES]
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
PREFIXES = {
    "10_staging": "stg_",
    "20_intermediate": "int_",
    "25_identity": "int_",
    "typologies": "int_",
    "30_marts": "mart_",
    "90_checks": "check_",
}
TABLES_BY_ANOTHER_NAME = {"parties"}


@pytest.fixture(params=FILES, ids=IDS)
def path(request):
    return request.param


def test_opens_with_a_sentence_and_a_grain(path):
    model = read_model(path)
    assert model.description.endswith(".")
    assert model.grain


def test_is_named_for_its_floor(path):
    prefix = PREFIXES[path.relative_to(ROOT / "sql").parts[0]]
    assert path.stem.startswith(prefix) or path.stem in TABLES_BY_ANOTHER_NAME


def test_has_a_test(path):
    assert path.stem in TESTS


def test_binds_only_declared_parameters(path):
    assert set(read_model(path).params) <= set(PARAMETERS)


def numbers(tree):
    for literal in tree.find_all(exp.Literal):
        inside_type = literal.find_ancestor(exp.DataType) is not None
        if not literal.is_string and not inside_type and not isinstance(literal.parent, exp.Round | exp.Substring):
            yield float(literal.this)


def test_holds_no_number_above_one(path):
    tree = sqlglot.parse_one(path.read_text(), read="duckdb")
    assert not [number for number in numbers(tree) if number > 1]


def test_ends_in_a_plain_select(path):
    assert path.read_text().rstrip().splitlines()[-1].startswith("select * from ")
