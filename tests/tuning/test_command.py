"""`splitship tune`: drawn, judged, bounded, from the command line."""

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError
from tests.tuning.test_samples import fill


def tune(store, *options):
    return CliRunner().invoke(app, ["tune", "--store", str(store), *map(str, options)], catch_exceptions=False)


def test_a_sample_goes_out_comes_back_and_bounds_what_is_missed(folder, tmp_path):
    assert "no sample has been drawn" in tune(folder).stdout
    sheet = tmp_path / "s.xlsx"
    drawn = tune(folder, "--typology", "daily_limit", "--next", 20, "--out", sheet, "--seed", 5, "--by", "Ana")
    assert drawn.stdout.strip() == str(sheet)
    assert "20 candidates below the line of daily_limit, scores hidden" in drawn.stderr
    assert "no bound until all verdicts are in" in tune(folder).stdout
    fill(sheet, ["no"] * 20)
    told = tune(folder, "--in", sheet, "--by", "Bea").stdout
    assert "20 drawn of 39 below the line" in told
    assert "reviewed by Bea" in told
    assert (
        "at most 13.91% of the candidates below the line are missed, 5 of 39 (exact binomial bound, 95% confidence)"
        in told
    )
    assert "20.57%" in tune(folder, "--confidence", 0.99).stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--next", 3), "a typology is needed"),
        (("--next", 3, "--in", "s.xlsx"), "two options were given"),
        (("--confidence", 1), "is not a confidence level"),
    ],
)
def test_what_makes_no_sense_is_told(folder, options, says):
    with pytest.raises(UsageError, match=says):
        tune(folder, *options)
