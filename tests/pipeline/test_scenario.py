"""One TOML sets every switch; what it sets is checked and kept."""

from datetime import date

import pytest

from analytics.contracts.parameters import PARAMETERS
from analytics.contracts.switches import SWITCHES
from analytics.errors import UsageError
from analytics.pipeline.options import Options
from analytics.pipeline.scenario import scenario_of


@pytest.fixture
def parameters(tmp_path):
    """Resolves the parameters of a call with a configuration."""

    def resolve(text, **call):
        config = tmp_path / "c.toml"
        config.write_text(text)
        return Options.checked(["a.csv"], tmp_path, config=config, **call).parameters

    return resolve


def other(switch):
    """Another answer than the default, or the default where there is no other."""
    if isinstance(switch.default, int):
        return switch.default + 1
    return [*switch.answers, switch.default][1]


def test_there_are_twenty_two_questions_and_none_is_left_out():
    assert sorted({switch.number for switch in SWITCHES}) == list(range(1, 23))


@pytest.mark.parametrize("switch", SWITCHES, ids=[switch.name for switch in SWITCHES])
def test_a_switch_is_set_by_one_line_and_changes_no_other(parameters, switch):
    value = other(switch)
    given = parameters(f"[scenario]\n{switch.name} = {value!r}\n")
    before = {name: parameter.default for name, parameter in PARAMETERS.items()}
    assert {name: value for name, value in given.items() if value != before[name]} == (
        {switch.name: value} if value != switch.default else {}
    )
    assert scenario_of(given)[switch.name] == value


@pytest.mark.parametrize("switch", SWITCHES, ids=[switch.name for switch in SWITCHES])
def test_an_answer_that_is_none_is_refused(parameters, switch):
    wrong = -1 if isinstance(switch.default, int) else "perhaps"
    with pytest.raises(UsageError, match=f"'{switch.name}' is .*; give"):
        parameters(f"[scenario]\n{switch.name} = {wrong!r}\n")


@pytest.mark.parametrize(
    ("name", "answer"),
    [(switch.name, answer) for switch in SWITCHES for answer in switch.refused],
)
def test_an_answer_that_is_not_given_is_refused_with_the_reason(parameters, name, answer):
    reason = next(switch.refused[answer] for switch in SWITCHES if switch.name == name)
    with pytest.raises(UsageError) as error:
        parameters(f"[scenario]\n{name} = {answer!r}\n")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[scenario]\nmin_pieces = 3\n", "'min_pieces' is no switch; move it from \\[scenario\\] to \\[parameters\\]"),
        ("[scenario]\nboundry = 'at'\n", "no switch 'boundry'; there are: boundary"),
        ("[scenario]\nboundary = 'at'\n[parameters]\nboundary = 'at'\n", "'boundary' stands in"),
        ("[switches]\nboundary = 'at'\n", "unknown table \\[switches\\]"),
        ("boundary = at\n", "cannot be read as TOML"),
    ],
)
def test_what_stands_in_the_wrong_place_is_said(parameters, text, says):
    with pytest.raises(UsageError, match=says):
        parameters(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", date.min),
        ("as_of_date = 2026-11-22\n", date(2021, 11, 22)),
        ("as_of_date = 2026-11-22\nlook_back_years = 10\n", date(2016, 11, 22)),
        ("as_of_date = 2026-11-22\nlook_back_years = 0\n", date.min),
        ("as_of_date = 2024-02-29\n", date(2019, 3, 1)),
    ],
)
def test_looking_back_begins_years_before_the_day_that_is_named(parameters, text, start):
    assert parameters(f"[scenario]\n{text}")["from_date"] == start


def test_a_later_first_day_stands(parameters):
    text = "[scenario]\nas_of_date = 2026-11-22\n"
    assert parameters(text, start=date(2025, 1, 1))["from_date"] == date(2025, 1, 1)


def test_a_regime_that_is_not_known_is_refused_before_anything_is_touched(tmp_path):
    with pytest.raises(UsageError, match="--regime 'xx' is not known; there are: au"):
        Options.checked(["a.csv"], tmp_path / "store", regime="xx")
    assert not (tmp_path / "store").exists()
