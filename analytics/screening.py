"""Registers the steps of a screening. The only room that knows all the others; it holds no logic of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from analytics.contracts.steps import Step
from analytics.contracts.switches import SWITCHES
from analytics.engines.models import load_models
from analytics.exposure import exposure_step
from analytics.identity import MODEL_VERSION, identity_step, keys_step
from analytics.opened import Run
from analytics.pipeline.options import Options, Progress, Understood
from analytics.pipeline.preview import Preview, preview
from analytics.pipeline.session import run_session
from analytics.pipeline.steps import sql_step
from analytics.rulebook.owners import owner_step
from analytics.traits import goods_traits_step, party_traits_step
from analytics.typologies.evidence import evidence_step
from analytics.typologies.registry import steps as typology_steps
from analytics.wording.steps import wording_steps

__all__ = ["peek", "read_by", "registered_steps", "republish", "screen"]

_VIEWS = {
    "excess_reading": ("the report", "the summary"),
    "look_back_years": ("the call",),
    "retention_years": ("the checklist",),
}
"""What reads a switch and is no step."""
_MODEL_FOLDERS = ("10_staging", "20_intermediate", "typologies", "30_marts", "90_checks")


def registered_steps() -> list[Step]:
    """Return every step of a screening, in no order: what each reads decides when it runs."""
    models = load_models(*_MODEL_FOLDERS)
    written_in_python = [owner_step(), keys_step(), identity_step(), party_traits_step(), goods_traits_step()]
    written_in_python += [exposure_step(), *typology_steps(), evidence_step(), *wording_steps()]
    return [*map(sql_step, models.values()), *written_in_python]


def read_by() -> dict[str, tuple[str, ...]]:
    """Return, for each switch, the steps and views that read it, sorted; a switch that nobody reads has none."""
    found = {switch.name: list(_VIEWS.get(switch.name, ())) for switch in SWITCHES}
    for step in registered_steps():
        for name in step.params:
            if name in found:
                found[name].append(step.name)
    return {name: tuple(sorted(readers)) for name, readers in found.items()}


def screen(
    inputs: str | Path | Sequence[str | Path] = (),
    store: str | Path = "splitship-store",
    *,
    mappings: Sequence[str | Path] = (),
    rules: str | Path | None = None,
    config: str | Path | None = None,
    regime: str = "us",
    start: date | None = None,
    end: date | None = None,
    engine: Literal["duckdb", "spark"] = "duckdb",
    resolve: Literal["auto", "all", "hot"] | None = None,
    memory: str | None = None,
    threads: int | None = None,
    keep: bool | None = None,
    progress: Progress | None = None,
    understood: Understood | None = None,
) -> Run:
    """Screen shipments: who received what on which day, and what goes round a limit.

    Parameters
    ----------
    inputs : path or sequence of paths, optional
        Files (CSV, Parquet, XLSX, JSON Lines, gzip too), folders, globs, or ``postgresql://`` URLs. With none, what is
        in the store is screened anew where a setting, a rule or a judgement has changed.
    store : path, default="splitship-store"
        Where tables are kept. Inputs screened before are skipped; new ones are added to what is there.
    mappings : sequence of paths
        TOML files that say which heading is which column.
    rules : path, optional
        Folder of your own reference tables; a file there replaces the table of that name as a whole.
    config : path, optional
        TOML with ``[parameters]``.
    regime : str, default="us"
        Whose law is applied.
    start, end : date, optional
        First and last arrival day to screen, America/New_York.
    engine : {"duckdb", "spark"}
        What runs the SQL.
    resolve : {"auto", "all", "hot"}, optional
        Which consignees are compared: everybody, or, for regime us, those who can pass a limit together
        (`analytics.identity.candidates.pruning`); what needs everybody is then not tested, and said to be. What
        ``config`` says where not given, else ``"auto"``: everybody up to five million of them
        (``most_compared_whole``).
    memory : str, optional
        Most memory the engine may use, such as ``"8GB"``; it spills to disk past that.
    threads : int, optional
        Most threads.
    keep : bool, optional
        Whether tables in between stay in the store, so that what is added later makes anew only what it touches. They
        take some six times what the published ones do. As the store has it where not given; a new one keeps none.
    progress : callable, optional
        Called with (step, done, total) before each step.
    understood : callable, optional
        Called with the inputs and how each was understood, before anything is made of them.

    Returns
    -------
    Run
        The opened store, with the figures of this run.

    Raises
    ------
    SplitshipError
        Any of its kinds (`analytics.errors`); the store is then as it was before.
    """
    listed = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    options = Options.checked(
        listed,
        store,
        mappings=mappings,
        rules=rules,
        config=config,
        regime=regime,
        start=start,
        end=end,
        engine=engine,
        resolve=resolve,
        memory=memory,
        threads=threads,
        keep=keep,
        progress=progress,
        understood=understood,
    )
    outcome = run_session(options, registered_steps(), MODEL_VERSION)
    return Run(options.store, outcome)


def republish(store: str | Path) -> Run:
    """Make the tables of a store again from the rows in it, with the settings of its last run.

    Parameters
    ----------
    store : path
        A store in which something has been screened.

    Returns
    -------
    Run
        The opened store.

    Raises
    ------
    SplitshipError
        Any of its kinds; the store is then as it was before.
    """
    options = Options.of_last_run(Path(store))
    outcome = run_session(options, registered_steps(), MODEL_VERSION)
    return Run(options.store, outcome)


def peek(store: str | Path, table: str, rows: int = 10, *, progress: Progress | None = None) -> Preview:
    """Make one table out of what is in a store, an intermediate one too, and return its first rows.

    Parameters
    ----------
    store : path
        A store in which something has been screened; nothing is written to it.
    table : str
        Any table that a step of a screening writes (``splitship model`` lists them).
    rows : int, default=10
        Most rows to return, by the grain of the table.
    progress : callable, optional
        Called with (step, done, total) before each step.

    Returns
    -------
    Preview
        The rows, and how many the table has.

    Raises
    ------
    SplitshipError
        Any of its kinds: no such table, no store.
    """
    options = replace(Options.of_last_run(Path(store)), progress=progress)
    return preview(options, registered_steps(), table, rows, MODEL_VERSION)
