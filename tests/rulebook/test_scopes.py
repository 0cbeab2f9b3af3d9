"""What a scope holds."""

import pytest

from analytics.errors import RulesError
from analytics.rulebook.scopes import parse_scope


@pytest.mark.parametrize(
    ("expression", "held", "not_held"),
    [
        ("ALL", ["CN", "JP"], []),
        ("CN|HK", ["CN", "HK"], ["JP"]),
        ("NOT(CN|HK)", ["JP"], ["CN", "HK"]),
        ("mail", ["mail"], ["air"]),
    ],
)
def test_a_scope_holds_its_members_or_all_others(expression, held, not_held):
    scope = parse_scope(expression)
    assert all(scope.holds(value) for value in held)
    assert not any(scope.holds(value) for value in not_held)


@pytest.mark.parametrize("expression", ["", "CN,HK", "NOT CN", "NOT(CN", "C1", "CN||HK"])
def test_anything_else_is_refused(expression):
    with pytest.raises(RulesError, match="cannot be read; write ALL"):
        parse_scope(expression)


@pytest.mark.parametrize(
    ("expression", "words"),
    [("ALL", "origin is any"), ("CN|HK", "origin is CN or HK"), ("NOT(HK|CN)", "origin is not CN or HK")],
)
def test_a_scope_is_said_in_words(expression, words):
    assert parse_scope(expression).wording("origin") == words
