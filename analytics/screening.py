"""The door of a screening: what is asked for is checked, run, and handed back as an opened store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from analytics.calls import checked
from analytics.errors import StoreMissing
from analytics.identity import MODEL_VERSION
from analytics.opened import Run
from analytics.pipeline.options import Options, Progress, Understood
from analytics.pipeline.session import prove_inputs, run_session
from analytics.registered import peek, read_by, registered_steps
from analytics.telling import told_in_notebook

__all__ = ["add", "peek", "prove", "read_by", "registered_steps", "republish", "screen"]


@checked
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
    progress: Progress | bool | None = None,
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
    progress : callable or bool, optional
        Called with (step, done, total) before each step. Where not given, a notebook shows a bar; False shows none.
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
    with told_in_notebook(progress) as report:
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
            progress=report,
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


def add(
    inputs: Sequence[str | Path],
    store: str | Path,
    *,
    mappings: Sequence[str | Path] = (),
    rules: str | Path | None = None,
    config: str | Path | None = None,
    regime: str | None = None,
    memory: str | None = None,
    threads: int | None = None,
    keep: bool | None = None,
    progress: Progress | None = None,
    understood: Understood | None = None,
) -> Run:
    """Screen further inputs into a store; what is not given is as in its last run.

    Parameters
    ----------
    inputs : sequence of paths
        As for `screen`; with none, what is in the store is screened anew where a rule or a judgement has changed.
    store : path
        A store, or where one will be.
    mappings, rules, config, memory, threads, keep, progress, understood
        As for `screen`.
    regime : str, optional
        Whose law is applied; ``us`` in a first run.

    Returns
    -------
    Run
        The opened store, with the figures of this run.

    Raises
    ------
    SplitshipError
        Any of its kinds; the store is then as it was before.
    """
    options = _as_last(
        inputs, store, mappings=mappings, rules=rules, config=config, regime=regime,
        memory=memory, threads=threads, keep=keep, progress=progress, understood=understood,
    )  # fmt: skip
    outcome = run_session(options, registered_steps(), MODEL_VERSION)
    return Run(options.store, outcome)


def prove(
    source: str | Path,
    store: str | Path,
    *,
    mappings: Sequence[str | Path] = (),
    rules: str | Path | None = None,
    config: str | Path | None = None,
    regime: str | None = None,
) -> None:
    """Read an input as `add` would, and keep nothing.

    Parameters
    ----------
    source : path
        A file.
    store, mappings, rules, config, regime
        As for `add`.

    Raises
    ------
    SplitshipError
        What a screening would raise of it.
    """
    prove_inputs(_as_last([source], store, mappings=mappings, rules=rules, config=config, regime=regime))


def _as_last(
    inputs: Sequence[str | Path],
    store: str | Path,
    *,
    rules: str | Path | None,
    config: str | Path | None,
    regime: str | None,
    **others: Any,
) -> Options:
    """Return the options of a call; what it does not give of rules and parameters is as in the last run, if any."""
    try:
        last = Options.of_last_run(Path(store))
    except StoreMissing:
        return Options.checked(inputs, store, rules=rules, config=config, regime=regime or "us", **others)
    law = regime or str(last.parameters["regime"])
    asked = Options.checked(inputs, store, rules=rules or last.rules, config=config, regime=law, **others)
    return asked if config or regime else replace(asked, parameters=last.parameters)
