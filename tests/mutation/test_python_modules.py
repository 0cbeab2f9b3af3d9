"""Small wrongs in the modules that decide are noticed: `tests/mutation/python_run.py` says how they are run."""

import pytest

from tests.mutation.gate import PYTHON, run

PERCENT = 50
"""Of all mutants, the same each time; ``make mutants`` runs all, and those that are known to live."""


@pytest.mark.slow
def test_no_mutant_of_a_module_lives_that_is_in_no_list():
    result = run(PYTHON, PYTHON.covered(), PERCENT, but_listed=True)
    assert not result.broken
    assert result.mutants > 10
    assert not result.unlisted, "alive: write a test, or say in equivalents.csv why none can be"
