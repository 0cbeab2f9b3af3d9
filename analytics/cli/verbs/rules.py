"""``splitship rules``: what the law said on a day, and when it changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import say
from analytics.cli.options import Config, Rules
from analytics.days import today
from analytics.errors import UsageError

__all__ = ["PLACE", "command"]

PLACE = 100
"""Among the verbs of the help."""


def command(
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day; today by default.")] = None,
    origin: Annotated[str | None, typer.Option(metavar="CC", help="Country of origin, ISO 3166 alpha-2.")] = None,
    mode: Annotated[str | None, typer.Option(help="air, truck, rail, ocean, mail or accompanied.")] = None,
    regime: Annotated[str, typer.Option(help="Law to show.")] = "us",
    how: Annotated[bool, typer.Option("--how", help="Also show how the rules apply: person, day, goods …")] = False,
    as_of: Annotated[
        bool, typer.Option("--as-of", help="Show how old the tables are: last review, newest change.")
    ] = False,
    timeline: Annotated[bool, typer.Option("--timeline", help="Show the rules over time.")] = False,
    out: Annotated[Path | None, typer.Option(help="With --timeline: page to write, .html.")] = None,
    rules_dir: Rules = None,
    config: Config = None,
) -> None:
    """Show the rules in force, each with its citation and the confidence in it."""
    from analytics.contracts.parameters import resolve_parameters
    from analytics.pipeline.scenario import read_config

    suspension = str(resolve_parameters(read_config(config))["eo_suspension"])
    if as_of:
        _ages(regime, rules_dir)
        return
    if timeline:
        _timeline(origin, mode, regime, rules_dir, suspension, out)
        return
    if out is not None:
        raise UsageError("--out draws a timeline; add --timeline, or leave --out out.")
    from analytics.cli.rule_text import CAUTION, how_lines, rule_lines
    from analytics.rulebook import applied
    from analytics.rulebook import rules as in_force

    day = day_of(on, "--on") or today()
    found = in_force(day, origin=origin, mode=mode, regime=regime, rules_dir=rules_dir, suspension=suspension)
    lines = rule_lines(found, day, origin, mode, regime=regime, suspension=suspension)
    if how:
        lines += how_lines(applied(day, regime=regime, rules_dir=rules_dir))
    say("\n".join([*lines, *(["", CAUTION] if found.height else [])]))


def _ages(regime: str, rules_dir: Path | None) -> None:
    from analytics.cli.rule_text import age_lines
    from analytics.rulebook import ages

    say("\n".join(age_lines(ages(regime=regime, rules_dir=rules_dir), regime)))


def _timeline(
    origin: str | None, mode: str | None, regime: str, rules_dir: Path | None, suspension: str, out: Path | None
) -> None:
    from analytics.cli.rule_text import asked, timeline_lines
    from analytics.reports.rule_timeline import lanes, timeline_page
    from analytics.rulebook import timeline

    if out is not None and out.suffix.lower() != ".html":
        raise UsageError(f"cannot draw a timeline as {out.name!r}; use an ending of .html")
    limits, events = timeline(origin, mode, regime=regime, rules_dir=rules_dir, suspension=suspension)
    found = list(lanes(limits, by_origin=origin is None, by_mode=mode is None))
    question = asked(None, origin, mode, regime=regime, suspension=suspension)
    if out is None:
        say("\n".join(timeline_lines(found, events, question)))
        return
    from analytics.reports.writing import write_whole

    page = timeline_page(found, events, question, f"splitship rules --timeline --regime {regime}")
    say(write_whole(out, page.encode()))
