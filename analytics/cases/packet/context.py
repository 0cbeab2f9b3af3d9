"""What the pages of one packet are written from: the dossier, and what the store knows of its last run and its law."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.cases.dossier import Dossier
from analytics.reports.tables import scenario_of_last
from analytics.store import Store
from analytics.store.state import read_state

__all__ = ["Context", "context_of"]


@dataclass(frozen=True)
class Context:
    """What the pages of one packet are written from.

    Attributes
    ----------
    dossier : Dossier
        The case.
    store_id : str
        Which store; empty where it has no id yet.
    run : dict
        The last row of ``runs``.
    inputs : list of dict
        The input files of every run, in the order they were read.
    scenario, parameters : mapping
        What the last run was told.
    rules : polars.DataFrame
        Rows of ``ref_limits`` that the flags and day totals come under.
    not_tested : polars.DataFrame
        Typologies that the run could not test, with the reason.
    rejected, unread : int
        Rows and cells of the inputs that could not be read.
    """

    dossier: Dossier
    store_id: str
    run: dict[str, Any]
    inputs: list[dict[str, Any]]
    scenario: Mapping[str, Any]
    parameters: Mapping[str, Any]
    rules: pl.DataFrame
    not_tested: pl.DataFrame
    rejected: int
    unread: int

    @property
    def edition(self) -> str:
        """Masked or unmasked."""
        return "masked" if self.dossier.is_masked else "unmasked"


def context_of(store: Store, dossier: Dossier) -> Context:
    """Return what the pages of a packet are written from."""
    runs = store.table("runs").sort("finished_at", "run_id").collect()
    last = runs.row(-1, named=True)
    status = store.table("typology_status").sort("typology").collect()
    return Context(
        dossier=dossier,
        store_id=read_state(store.root).store_id or "",
        run=last,
        inputs=[item for text in runs["inputs"] for item in json.loads(text)],
        scenario=scenario_of_last(runs),
        parameters=dict(json.loads(last["settings"]).get("parameters", {})),
        rules=_rules(store, dossier),
        not_tested=status.filter(pl.col("tested") != "yes").select("typology", "tested"),
        rejected=int(store.table("rejected").select(pl.len()).collect().item()),
        unread=int(store.table("unread_cells").select(pl.len()).collect().item()),
    )


def _rules(store: Store, dossier: Dossier) -> pl.DataFrame:
    """Return the limits that were in force on a day of the case and that a flag or a day total names."""
    flags = dossier.flags.filter("stands")
    named = {part for rule in (*flags["rule_id"], *dossier.day_totals["rule_id"]) for part in rule.split("+")}
    days = dossier.shipments["arrival_date"].to_list()
    rows = store.table("ref_limits").sort("valid_from", "rule_id").collect()
    chosen = pl.Series([any(part.startswith(rule) for part in named) for rule in rows["rule_id"]], dtype=pl.Boolean)
    if not days:
        return rows.clear()
    is_open = pl.col("valid_to").is_null() | (pl.col("valid_to") > min(days))
    return rows.filter(chosen).filter(is_open, pl.col("valid_from") <= max(days))
