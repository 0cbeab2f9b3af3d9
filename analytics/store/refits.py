"""Refits of the model as the store remembers them: adopted and withdrawn, rows are added, none is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Refit, Refits
from analytics.store.state import StoreState

__all__ = ["REFIT_FILE", "in_force", "log_table", "refit_log", "refit_table"]

REFIT_FILE = "refit.json"


def refit_log(root: Path, state: StoreState) -> list[dict[str, Any]]:
    """Return what happened to refits, oldest first: each what `splitship refit` wrote as plain JSON."""
    return [json.loads((root / folder / REFIT_FILE).read_text(encoding="utf-8")) for folder in state.refits]


def in_force(root: Path, state: StoreState, model_version: str) -> dict[str, Any] | None:
    """Return the refit that applies to a model.

    Parameters
    ----------
    root : Path
        The store.
    state : StoreState
        What is in it.
    model_version : str
        The model that comes with the program; a refit of another model says nothing about this one.

    Returns
    -------
    dict or None
        None where none was adopted, the last was withdrawn, or it was of another model.
    """
    log = refit_log(root, state)
    last = log[-1] if log else None
    return last if last and last["event"] == "adopted" and last["base"] == model_version else None


def refit_table(refit: dict[str, Any] | None) -> pl.DataFrame:
    """Return a refit as the table that the identity step reads; empty where there is none."""
    schema = empty_frame(Refit).schema
    if refit is None:
        return pl.DataFrame(schema=schema)
    terms = {"prior": refit["prior"], **{name: factor - 1 for name, factor in refit["factors"].items()}}
    rows = [(refit["version"], term, float(shift)) for term, shift in sorted(terms.items())]
    return pl.DataFrame(rows, schema=schema, orient="row")


def log_table(log: list[dict[str, Any]]) -> pl.DataFrame:
    """Return the log as the published table ``refits``."""
    schema = empty_frame(Refits).schema
    rows = [[number, *(entry.get(name) for name in list(schema)[1:])] for number, entry in enumerate(log, start=1)]
    return pl.DataFrame(rows, schema=schema, orient="row")
