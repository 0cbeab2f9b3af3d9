"""Run parameters are declared once, with their type."""

from datetime import date

import pytest

from analytics.contracts.parameters import PARAMETERS, resolve_parameters
from analytics.errors import UsageError


def test_every_parameter_has_a_default_of_its_type_and_a_meaning():
    for parameter in PARAMETERS.values():
        assert isinstance(parameter.default, parameter.kind)
        assert parameter.description


def test_what_is_given_replaces_the_default():
    values = resolve_parameters({"from_date": date(2025, 1, 1)})
    assert values["from_date"] == date(2025, 1, 1)
    assert set(values) == set(PARAMETERS)


@pytest.mark.parametrize(
    ("given", "says"),
    [({"min_piece": 3}, "unknown parameter 'min_piece'"), ({"min_pieces": "3"}, "give a int")],
)
def test_a_wrong_name_or_type_is_refused(given, says):
    with pytest.raises(UsageError, match=says):
        resolve_parameters(given)
