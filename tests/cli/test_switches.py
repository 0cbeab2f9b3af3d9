"""`splitship switches` shows every open question, the answer taken, and a configuration that says them all."""

import functools
import tomllib

import pytest
from typer.testing import CliRunner

from analytics.cli.main import app
from analytics.contracts.parameters import resolve_parameters
from analytics.contracts.switches import SWITCHES
from analytics.pipeline.scenario import read_config, scenario_of
from analytics.screening import read_by


@functools.cache
def shown(*options):
    done = CliRunner().invoke(app, ["switches", *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize("switch", SWITCHES, ids=[switch.name for switch in SWITCHES])
def test_every_switch_is_shown_with_its_default_marked(switch):
    block = shown().split(f"{switch.number:>2}  {switch.name} = ")[1].split("\n\n")[0]
    assert block.startswith(f"{switch.default}\n")
    assert f">*  {switch.default}: " in block or "a number" in block


def test_the_answer_that_a_configuration_takes_is_marked(tmp_path):
    config = tmp_path / "c.toml"
    config.write_text("[scenario]\nmail = 'excluded'\n")
    block = shown("--config", str(config)).split("12  mail = ")[1]
    assert block.startswith("excluded\n")
    assert "\n  >   excluded: " in block
    assert "\n   *  combined: " in block


def test_the_configuration_it_prints_is_one_and_changes_nothing(tmp_path):
    config = tmp_path / "c.toml"
    config.write_text(shown("--toml"))
    assert set(tomllib.loads(config.read_text())["scenario"]) == {switch.name for switch in SWITCHES}
    assert scenario_of(resolve_parameters(read_config(config))) == scenario_of(resolve_parameters({}))


def test_who_reads_a_switch_is_found_in_the_models():
    readers = read_by()
    assert "int_shipments__summed_to_identity_day" in readers["boundary"]
    assert readers["eo_suspension"] == ("int_conditions__matched_to_rules", "int_origins__suspended")
    assert set(readers) == {switch.name for switch in SWITCHES}


def test_a_switch_that_nobody_reads_says_so():
    for switch in SWITCHES:
        block = shown().split(f"{switch.number:>2}  {switch.name} = ")[1].split("\n\n")[0]
        is_idle = not read_by()[switch.name] and len(switch.answers) != 1
        assert ("No model reads it" in block) is is_idle
