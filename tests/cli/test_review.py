"""`splitship review` goes one way or the other."""

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.errors import UsageError


@pytest.mark.parametrize("options", [(), ("--next", "3", "--in", "sheet.xlsx")])
def test_it_goes_one_way_at_a_time(options):
    with pytest.raises(UsageError, match="--next N writes a sheet, --in FILE reads one"):
        CliRunner().invoke(app, ["review", *options], catch_exceptions=False)
