"""The switches of a run, set for reading and for a configuration."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analytics.contracts.switches import SWITCHES, Switch

if TYPE_CHECKING:
    from analytics.contracts.steps import ParameterValue

__all__ = ["switch_lines", "toml_lines"]

_WIDTH = 100


def switch_lines(taken: Mapping[str, ParameterValue], read_by: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Say each question with the answer taken, the others, and what it changes.

    Parameters
    ----------
    taken : mapping
        Name of the switch to its answer.
    read_by : mapping
        Name of the switch to the steps and views that read it.
    """
    lines = ["Open questions of the law, and the answers taken (> marks them, * the default):"]
    for switch in SWITCHES:
        lines += ["", f"{switch.number:>2}  {switch.name} = {taken[switch.name]}", *_told(switch, taken[switch.name])]
        if not read_by.get(switch.name) and len(switch.answers) != 1:
            lines.append("    Nothing reads it yet; it is kept with the run.")
    return lines


def _told(switch: Switch, answer: ParameterValue) -> list[str]:
    lines = _wrapped(f"{switch.question}.", "    ")
    for value, meaning in switch.answers.items():
        marks = (">" if value == answer else " ") + ("*" if value == switch.default else " ")
        lines += _wrapped(f"{value}: {meaning}", f"  {marks}  ", "        ")
    for value, reason in switch.refused.items():
        lines += _wrapped(f"{value}: not taken; {reason}", "      ", "        ")
    if not switch.answers:
        lines.append(f"      a number; {switch.default} by default")
    return [*lines, *_wrapped(f"Changes {switch.changes}.", "    ")]


def _wrapped(text: str, first: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=first if later is None else later)


def toml_lines(taken: Mapping[str, ParameterValue]) -> list[str]:
    """Return a configuration that says every switch, each with its question and its answers."""
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
