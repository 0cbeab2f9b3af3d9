"""Reads a run's TOML: the switches under ``[scenario]``, every other parameter under ``[parameters]``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.contracts.parameters import PARAMETERS
from analytics.contracts.steps import ParameterValue
from analytics.contracts.switches import SWITCHES
from analytics.errors import UsageError

__all__ = ["looked_back", "read_config", "scenario_of"]

_TABLES = ("scenario", "parameters")
_SWITCHES = tuple(switch.name for switch in SWITCHES)
_BESIDE = ("as_of_date",)
"""No switch, and of use to one: it may stand beside them."""


def read_config(file: str | Path | None) -> dict[str, Any]:
    """Return what a configuration sets, by name of the parameter; checked only for its form.

    Parameters
    ----------
    file : path or None
        TOML with ``[scenario]`` and ``[parameters]``; nothing is set by None.

    Raises
    ------
    UsageError
        The file cannot be read, or something stands in a table where it does not belong.
    """
    if file is None:
        return {}
    try:
        content = tomllib.loads(Path(file).read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as TOML ({error}). Correct it, or leave --config out.") from error
    unknown = sorted(set(content) - set(_TABLES))
    if unknown:
        raise UsageError(f"{file}: unknown table [{unknown[0]}]; a configuration holds [scenario] and [parameters].")
    scenario, parameters = (dict(content.get(table, {})) for table in _TABLES)
    _check_places(file, scenario, parameters)
    return {**scenario, **parameters}


def _check_places(file: str | Path, scenario: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    for name in sorted(scenario):
        if name in PARAMETERS and name not in (*_SWITCHES, *_BESIDE):
            raise UsageError(f"{file}: {name!r} is no switch; move it from [scenario] to [parameters].")
        if name not in PARAMETERS:
            raise UsageError(f"{file}: [scenario] has no switch {name!r}; there are: {', '.join(sorted(_SWITCHES))}.")
    twice = sorted(set(scenario) & set(parameters))
    if twice:
        raise UsageError(f"{file}: {twice[0]!r} stands in [scenario] and in [parameters]. Remove one of them.")


def looked_back(parameters: dict[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Let the first day screened be no earlier than the years to look back from ``as_of_date``, where that is given."""
    as_of, years, start = (parameters[name] for name in ("as_of_date", "look_back_years", "from_date"))
    is_open = as_of == PARAMETERS["as_of_date"].default
    if is_open or not years or not isinstance(as_of, date) or not isinstance(start, date):
        return parameters
    return {**parameters, "from_date": max(start, _years_before(as_of, int(str(years))))}


def _years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year; 29 February gives way to 1 March, so that no day too many is kept."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def scenario_of(parameters: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Return the switches of a run with the answers taken."""
    return {name: parameters[name] for name in _SWITCHES}
