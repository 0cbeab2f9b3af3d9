"""The verbs. Each loads what it needs when it is called, so that ``--help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli import app_verbs, case_verbs, store_verbs
from analytics.cli.asked import day_of
from analytics.cli.checking_verbs import reconcile, tune
from analytics.cli.input_verbs import TEMPLATE, inspect, templates, with_template
from analytics.cli.law_verbs import checklist, landed_cost, rules, switches
from analytics.cli.model_verb import model
from analytics.cli.narration import note, say, say_json, told
from analytics.errors import UsageError

if TYPE_CHECKING:
    from analytics.opened import Run

__all__ = ["evaluate", "explain", "export", "judge", "refit", "register", "report", "review", "screen", "synth"]

_Store = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
_DEFAULT_STORE = Path("splitship-store")


def register(app: typer.Typer) -> None:
    """Hang every verb on the command."""
    asked_of_data = (screen, inspect, templates, report, checklist, export, explain, evaluate, synth)
    asked_of_people = (judge, review, refit, tune, reconcile)
    for verb in (*asked_of_data, rules, switches, landed_cost, *asked_of_people, model):
        app.command()(verb)
    store_verbs.register(app)
    case_verbs.register(app)
    app.command(name="app")(app_verbs.app)
    app.callback()(_root)


def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Find shipments split to stay under a duty-free or informal-entry limit, under the law in force on the day."""
    if version:
        from importlib.metadata import version as installed

        say(installed("splitship"))
        raise typer.Exit


def screen(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INPUT]...", help="Files, folders, globs, URLs; else what is stored."),
    ] = None,
    store: _Store = _DEFAULT_STORE,
    mapping: Annotated[list[Path] | None, typer.Option("--map", help="TOML: which heading is which column.")] = None,
    template: TEMPLATE = None,
    rules_dir: Annotated[Path | None, typer.Option("--rules", help="Folder of your own reference tables.")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="TOML with [scenario] and [parameters].")] = None,
    regime: Annotated[str, typer.Option(help="Whose law is applied: us, eu, uk, ca, au, jp, kr, nz.")] = "us",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First arrival day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last arrival day.")] = None,
    engine: Annotated[str, typer.Option(help="What runs the SQL.")] = "duckdb",
    resolve: Annotated[str | None, typer.Option(help="Who is compared: all, hot (who can matter), or auto.")] = None,
    memory: Annotated[str | None, typer.Option(help="Most memory, such as 8GB.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Most threads.")] = None,
    keep: Annotated[
        bool | None, typer.Option("--keep/--no-keep", help="Keep tables in between: the next addition takes less.")
    ] = None,
    progress: Annotated[bool, typer.Option("--progress/--no-progress", help="Tell how far it is.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run record on standard output.")] = False,
) -> None:
    """Screen shipments and say what was found; the tables go to the store."""
    from analytics.cli.summary import mapping_lines, summary_lines
    from analytics.screening import screen as run_screening

    with told(progress) as teller:
        run = run_screening(
            inputs or [],
            store,
            mappings=with_template(mapping, template),
            rules=rules_dir,
            config=config,
            regime=regime,
            start=day_of(start, "--from"),
            end=day_of(end, "--to"),
            engine=engine,  # type: ignore[arg-type]  # checked there, with a message of its own
            resolve=resolve,  # type: ignore[arg-type]
            memory=memory,
            threads=threads,
            keep=keep,
            progress=teller,
            understood=lambda inputs: note("\n".join(mapping_lines(inputs))),
        )
    note()
    note("\n".join(summary_lines(run)) if run.changed else f"nothing new: the store is as run {run.run_id} left it")
    _follow(run)
    if as_json:
        say_json(run.last_run.as_row())


def _follow(run: Run) -> None:
    """Bring the cases of a store up to the run, where it has any; the run stands whatever becomes of that."""
    from analytics.cases.lookup import has_cases, url_in_use
    from analytics.errors import LedgerError

    url = url_in_use()
    if not has_cases(run, url):
        return
    try:
        from analytics.cases import open_ledger

        told = open_ledger(run, url).followed
    except LedgerError as error:
        note(f"the cases do not follow yet: {error} They will when they are next opened.")
    else:
        note(str(told))


def report(
    store: _Store = _DEFAULT_STORE,
    week: Annotated[
        str | None, typer.Option(help="ISO week such as 2025-W11; the last one with data by default.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, instead of a week.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    out: Annotated[str, typer.Option(help="File or URL to write: .html, .xlsx or .json.")] = "splitship-report.html",
) -> None:
    """Write the weekly risk report; its path is printed on standard output."""
    from analytics.cases.lookup import cases_of_flags, url_in_use
    from analytics.ingest.remote import shown, written_to
    from analytics.opened import open_store
    from analytics.reports import report as write_report

    opened, days = open_store(store), (day_of(start, "--from"), day_of(end, "--to"))
    cases = cases_of_flags(opened, url_in_use())
    with written_to(out) as file:
        write_report(opened, week=week, start=days[0], end=days[1], out=file, cases=cases)
    say(shown(out))


def export(
    table: Annotated[str, typer.Argument(help="Name of a table, such as flags.")],
    store: _Store = _DEFAULT_STORE,
    out: Annotated[
        str | None, typer.Option(help="File or URL: .csv .parquet .xlsx .jsonl; CSV to standard output by default.")
    ] = None,
) -> None:
    """Take a table out of the store."""
    from analytics.ingest.remote import shown
    from analytics.opened import open_store
    from analytics.store.exporting import export as take_out

    written = take_out(open_store(store), table, out)
    if written is not None:
        say(shown(written))


def synth(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    shipments: Annotated[int, typer.Option(min=1, help="How many.")] = 20_000,
    weeks: Annotated[int, typer.Option(min=1, help="Over how many weeks.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Make shipments with planted schemes and their truth."""
    from analytics.synth import synthesize

    note(str(synthesize(out, shipments=shipments, weeks=weeks, seed=seed)))
    say(out)


def evaluate(
    truth: Annotated[Path, typer.Argument(help="Folder that synth wrote.")],
    store: _Store = _DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Measure the store's findings against the truth."""
    from analytics.evaluation import evaluate as measure
    from analytics.opened import open_store

    result = measure(truth, open_store(store))
    say(result.to_json() if as_json else result.to_text())


def explain(
    subject: Annotated[str, typer.Argument(metavar="ID", help="A flag_id, identity_id or alias_id.")],
    other: Annotated[str | None, typer.Argument(metavar="[ID]", help="A second alias_id: why one, or why not.")] = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Say why a flag, an identity or a pair of spellings is as it is."""
    from analytics.opened import open_store

    say(str(open_store(store).explain(subject, other)))


def judge(
    one: Annotated[str, typer.Argument(metavar="A", help="An alias_id, or an identity_id.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    same: Annotated[bool, typer.Option("--same", help="Both are one consignee.")] = False,
    different: Annotated[bool, typer.Option("--different", help="They are two.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="Nobody can tell; takes back what was said before.")] = False,
    text: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who judges; the user's name by default.")] = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Say whether two spellings are one consignee; it outranks the model from the next screening on."""
    from analytics.opened import open_store

    said = [name for name, given in (("same", same), ("different", different), ("unsure", unsure)) if given]
    if len(said) != 1:
        raise UsageError(f"{len(said)} verdicts given. Give one of --same, --different, --unsure.")
    left, right = open_store(store).judge(one, other, said[0], by=by, note=text)
    note(f"kept: {left} and {right}: {said[0]}. To apply it: splitship screen --store {store}")


def review(
    count: Annotated[int | None, typer.Option("--next", metavar="N", min=1, help="Write the next N pairs.")] = None,
    out: Annotated[Path, typer.Option(help="The sheet to write.")] = Path("splitship-review.xlsx"),
    filled: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Take back a filled-in sheet.")] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who judged; the user's name by default.")] = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Ask a person about the pairs that matter most: a sheet out, and the verdicts back in."""
    from analytics.opened import open_store

    if (count is None) == (filled is None):
        raise UsageError("say which way: --next N writes a sheet, --in FILE takes one back.")
    opened = open_store(store)
    if filled is not None:
        taken = opened.take_review(filled, by=by)
        note(f"{taken:,} verdicts kept. To apply them: splitship screen --store {store}")
    elif count is not None:
        note(f"{opened.review(count, out):,} pairs to judge")
        say(out)


def refit(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it; keep nothing.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back the refit in force.")] = False,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who decides; the user's name by default.")] = None,
    store: _Store = _DEFAULT_STORE,
) -> None:
    """Refit the model to what people judged; adopted only where it does better on verdicts held back from it."""
    from analytics.opened import open_store

    if dry_run and withdraw:
        raise UsageError("--dry-run and --withdraw were both given. Give one of them.")
    opened = open_store(store)
    apply = f"To apply it: splitship screen --store {store}"
    if withdraw:
        note(f"withdrawn: {opened.withdraw_refit(by=by)}. {apply}")
        return
    found = opened.refit(dry_run=dry_run, by=by)
    say(found)
    if found.is_adopted:
        note(apply)
