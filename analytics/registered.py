"""The steps of a screening, registered in one place; the only room that knows all that make tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analytics.contracts.steps import Step
from analytics.contracts.switches import SWITCHES
from analytics.engines.models import load_models
from analytics.exposure import exposure_step
from analytics.identity import MODEL_VERSION, identity_step, keys_step
from analytics.pipeline.options import Options, Progress
from analytics.pipeline.preview import Preview, preview
from analytics.pipeline.steps import sql_step
from analytics.rulebook.owners import owner_step
from analytics.traits import goods_traits_step, party_traits_step
from analytics.typologies.evidence import evidence_step
from analytics.typologies.registry import steps as typology_steps
from analytics.wording.steps import wording_steps

__all__ = ["peek", "read_by", "registered_steps"]

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
