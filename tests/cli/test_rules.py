"""`splitship rules` shows the rule in force, with its citation."""

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError


def shown(*options):
    done = CliRunner().invoke(app, ["rules", *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize(
    ("on", "origin", "rule"),
    [
        ("2016-03-09", "DE", "US-C-01"),
        ("2016-03-10", "DE", "US-C-02"),
        ("2025-05-01", "CN", "US-C-04"),
        ("2025-05-02", "CN", "US-C-06"),
        ("2025-08-28", "DE", "US-C-05"),
        ("2025-08-29", "DE", "US-C-09"),
        ("2027-06-30", "DE", "US-C-13"),
        ("2027-07-01", "DE", "US-C-16"),
    ],
)
def test_on_both_sides_of_a_switch_day(on, origin, rule):
    assert f"\n{rule}  a2C" in shown("--on", on, "--origin", origin, "--mode", "air")


def test_shows_citation_and_confidence():
    text = shown("--on", "2025-03-14", "--origin", "DE", "--mode", "air")
    assert "800.00 USD, added up over one person on one day" in text
    assert "19 USC 1321(a)(2)(C)" in text
    assert "Not legal advice" in text


def test_a_day_before_any_rule_is_said_so():
    assert shown("--on", "1900-01-01") == "No rule is known for 1900-01-01, goods from anywhere, by any mode.\n"


def test_a_day_that_is_none_is_refused():
    with pytest.raises(UsageError, match="--on '14/3/2025' is no day"):
        shown("--on", "14/3/2025")
