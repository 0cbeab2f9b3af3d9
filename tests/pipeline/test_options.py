"""What a call asks for is checked before anything is touched."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.errors import UsageError
from analytics.pipeline.options import Options


def test_a_configuration_sets_parameters_of_every_kind(tmp_path):
    config = tmp_path / "c.toml"
    config.write_text("[parameters]\ndoubtful_probability = 0.8\nmin_pieces = 3\nfrom_date = 2025-03-05\n")
    parameters = Options.checked(["a.csv"], tmp_path, config=config).parameters
    assert parameters["doubtful_probability"] == Decimal("0.8")
    assert (parameters["min_pieces"], parameters["from_date"]) == (3, date(2025, 3, 5))


@pytest.mark.parametrize("line", ["min_pieces = true", "min_pieces = 2.0", "from_date = 2025-03-05T01:00:00"])
def test_a_value_of_another_kind_is_refused(tmp_path, line):
    config = tmp_path / "c.toml"
    config.write_text(f"[parameters]\n{line}\n")
    with pytest.raises(UsageError, match=line.split()[0]):
        Options.checked(["a.csv"], tmp_path, config=config)


@pytest.mark.parametrize("bounds", [{"memory": "8 gallons"}, {"memory": "80%"}, {"threads": 0}])
def test_bounds_must_bind(tmp_path, bounds):
    with pytest.raises(UsageError):
        Options.checked(["a.csv"], tmp_path, **bounds)


@pytest.mark.parametrize("memory", ["8GB", "500MB", "1.5GiB", "512 mb"])
def test_memory_is_written_as_people_write_it(tmp_path, memory):
    assert Options.checked(["a.csv"], tmp_path, memory=memory).memory == memory
