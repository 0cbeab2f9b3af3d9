"""The verbs that answer about the law: what held, and how its open questions are answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import note, say
from analytics.errors import UsageError

__all__ = ["checklist", "landed_cost", "rules", "switches"]

_Config = Annotated[Path | None, typer.Option("--config", help="TOML with [scenario]: the answers to open questions.")]


def rules(
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day; today by default.")] = None,
    origin: Annotated[str | None, typer.Option(metavar="CC", help="ISO 3166 alpha-2 of the origin.")] = None,
    mode: Annotated[str | None, typer.Option(help="air, truck, rail, ocean, mail or accompanied.")] = None,
    regime: Annotated[str, typer.Option(help="Whose law.")] = "us",
    how: Annotated[bool, typer.Option("--how", help="Also show how they are applied: person, day, goods …")] = False,
    as_of: Annotated[
        bool, typer.Option("--as-of", help="Say how old the tables are: last review, newest change.")
    ] = False,
    timeline: Annotated[bool, typer.Option("--timeline", help="Show what held one after the other.")] = False,
    out: Annotated[Path | None, typer.Option(help="With --timeline: draw it, as .html.")] = None,
    rules_dir: Annotated[Path | None, typer.Option("--rules", help="Folder of your own reference tables.")] = None,
    config: _Config = None,
) -> None:
    """Show the rules in force, each with its citation and how sure we are of it."""
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

    day = day_of(on, "--on") or datetime.now(ZoneInfo("America/New_York")).date()
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


def checklist(
    store: Annotated[Path, typer.Option("--store", help="Folder of the store.")] = Path("splitship-store"),
    seller: Annotated[str | None, typer.Option(help="A seller: its id or its name.")] = None,
    program: Annotated[str | None, typer.Option(metavar="TYPE", help="A program: an entry type such as 86.")] = None,
    filer: Annotated[str | None, typer.Option(metavar="CODE", help="A filer.")] = None,
    marketplace: Annotated[str | None, typer.Option(help="A marketplace.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First arrival day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last arrival day.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write: .html or .xlsx; else the terminal.")] = None,
) -> None:
    """Review a program or seller against every condition of the Section 321 exemption."""
    from analytics.opened import open_store
    from analytics.reports.checklist import Scope
    from analytics.reports.checklist import checklist as review
    from analytics.reports.checklist_forms import checklist_lines, write_checklist

    days = day_of(start, "--from"), day_of(end, "--to")
    found = review(open_store(store), Scope(seller, program, filer, marketplace, *days))
    say("\n".join(checklist_lines(found)) if out is None else write_checklist(found, out))


def switches(
    config: _Config = None,
    as_toml: Annotated[bool, typer.Option("--toml", help="Print a configuration with every switch.")] = False,
) -> None:
    """Show the open questions of the law, the answer taken to each, and the others there are."""
    from analytics.cli.switch_text import switch_lines, toml_lines
    from analytics.contracts.parameters import resolve_parameters
    from analytics.pipeline.scenario import read_config, scenario_of
    from analytics.screening import read_by

    taken = scenario_of(resolve_parameters(read_config(config)))
    say("\n".join(toml_lines(taken) if as_toml else switch_lines(taken, read_by())))


def landed_cost(
    program: Annotated[Path, typer.Argument(help="TOML or CSV: goods, parcels a month, what handling costs.")],
    dates: Annotated[
        list[str] | None, typer.Option("--date", metavar="DATE", help="Whose law; may repeat; today by default.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write every figure: .csv .parquet .xlsx .jsonl.")] = None,
    rules_dir: Annotated[Path | None, typer.Option("--rules", help="Folder of your own reference tables.")] = None,
    config: _Config = None,
) -> None:
    """Compare what a program costs: exemption, informal, formal and consolidated entry, under the law of any day."""
    from analytics.cli.landed_text import landed_lines
    from analytics.contracts.parameters import resolve_parameters
    from analytics.exposure.landed import landed_cost as compared
    from analytics.exposure.landed import read_program
    from analytics.pipeline.scenario import read_config
    from analytics.store.exporting import write_frame

    asked = [day for day in (day_of(text, "--date") for text in dates or []) if day is not None]
    today = datetime.now(ZoneInfo("America/New_York")).date()
    read = read_program(program)
    parameters = resolve_parameters(read_config(config))
    found = compared(read, asked or [today], rules_dir=rules_dir, parameters=parameters)
    say("\n".join(landed_lines(read, found)))
    if out is not None:
        note(str(write_frame(found.lazy(), out)))
