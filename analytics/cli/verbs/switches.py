"""``splitship switches``: the legal positions, set for reading and for a configuration."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.narration import say
from analytics.cli.options import Config

if TYPE_CHECKING:
    from analytics.contracts.steps import ParameterValue
    from analytics.contracts.switches import Switch

__all__ = ["PLACE", "command"]

PLACE = 110
"""Among the verbs of the help."""
_WIDTH = 100


def command(
    config: Config = None,
    as_toml: Annotated[bool, typer.Option("--toml", help="Print a configuration with every legal position.")] = False,
) -> None:
    """Show each legal position: the open question, the chosen answer and the alternatives."""
    from analytics.contracts.parameters import resolve_parameters
    from analytics.pipeline.scenario import read_config, scenario_of
    from analytics.screening import read_by

    taken = scenario_of(resolve_parameters(read_config(config)))
    say("\n".join(_toml_lines(taken) if as_toml else _switch_lines(taken, read_by())))


def _switch_lines(taken: Mapping[str, ParameterValue], read_by: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Say each question with the answer taken, the others, and what it changes.

    Parameters
    ----------
    taken : mapping
        Name of the switch to its answer.
    read_by : mapping
        Name of the switch to the steps and views that read it.
    """
    from analytics.contracts.switches import SWITCHES

    lines = ["Legal positions: open questions of law and the chosen answers (> marks them, * the default):"]
    for switch in SWITCHES:
        lines += ["", f"{switch.number:>2}  {switch.name} = {taken[switch.name]}", *_told(switch, taken[switch.name])]
        if not read_by.get(switch.name) and len(switch.answers) != 1:
            lines.append("    No model reads it; the run keeps it.")
    return lines


def _told(switch: Switch, answer: ParameterValue) -> list[str]:
    lines = _wrapped(f"{switch.question}.", "    ")
    for value, meaning in switch.answers.items():
        marks = (">" if value == answer else " ") + ("*" if value == switch.default else " ")
        lines += _wrapped(f"{value}: {meaning}", f"  {marks}  ", "        ")
    for value, reason in switch.refused.items():
        lines += _wrapped(f"{value}: rejected; {reason}", "      ", "        ")
    if not switch.answers:
        lines.append(f"      a number; {switch.default} by default")
    return [*lines, *_wrapped(f"Changes {switch.changes}.", "    ")]


def _wrapped(text: str, first: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=first if later is None else later)


def _toml_lines(taken: Mapping[str, ParameterValue]) -> list[str]:
    """Return a configuration with every legal position, each with its question and its answers."""
    from analytics.contracts.switches import SWITCHES

    lines = ["[scenario]"]
    for switch in SWITCHES:
        answers = ", ".join(switch.answers) or "a number"
        value = taken[switch.name]
        written = f'"{value}"' if isinstance(value, str) else str(value)
        lines += [f"# {switch.number}. {switch.question}: {answers}", f"{switch.name} = {written}"]
    return [
        *lines,
        "# The day that look_back_years counts back from; without it nothing is left out",
        "# as_of_date = 2026-11-22",
    ]
