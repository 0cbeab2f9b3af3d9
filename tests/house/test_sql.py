"""The SQL keeps the rules of sql/README.md."""

import re
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


SENTENCE = re.compile(r"[A-Za-z']+(?:[ ,:]+[A-Za-z']+){3}")
"""Four words one after the other: a key of a row, such as ``seller X, week of``, has three at most."""
JSON = re.compile(r'^[\[{]|[\]}]$|^"|"$|": ')
WORDED = {
    "int_members__over_informal_limit": "a subject, of which flag_id is made",
    "int_shipments__keyed_to_orders": "the key of an order",
    "int_shipments__matched_to_rules": "the name of a case that no rule covers",
}
"""Models that hold words in the end, and why."""


def worded(text):
    return [
        literal.this
        for literal in sqlglot.parse_one(text, read="duckdb").find_all(exp.Literal)
        if literal.is_string
        and (SENTENCE.search(literal.this) or JSON.search(literal.this))
        and not isinstance(literal.parent, exp.RegexpExtract | exp.RegexpLike | exp.RegexpReplace)
    ]


def test_holds_no_sentence_and_no_json(path):
    assert bool(worded(path.read_text())) is (path.stem in WORDED)


@pytest.mark.parametrize(
    ("literal", "is_worded"),
    [
        (" pieces are described as ", True), ('{"days": ', True), ('"', True), ("identity ", False),
        ("]", True), (" and others, ", False), ("issuer not known, for ", True), ("$.a", False),
    ],
)  # fmt: skip
def test_a_sentence_is_four_words_and_json_its_marks(literal, is_worded):
    assert bool(worded(f"select '{literal}' || x from y")) is is_worded


def test_ends_in_a_plain_select(path):
    assert path.read_text().rstrip().splitlines()[-1].startswith("select * from ")
