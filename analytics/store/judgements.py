"""What people judged, as the store remembers it: rows are added, none is changed."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import Judgements
from analytics.store.state import StoreState

__all__ = ["judged"]


def judged(root: Path, state: StoreState) -> pl.DataFrame:
    """Return every judgement, oldest first.

    Parameters
    ----------
    root : Path
        The store.
    state : StoreState
        What is in it.

    Returns
    -------
    polars.DataFrame
        Columns of `analytics.contracts.identities.Judgements`.
    """
    parts = [pl.read_parquet(root / folder / "judgements.parquet", glob=False) for folder in state.judgements]
    return pl.concat([empty_frame(Judgements), *parts]).sort("judged_at", "alias_id_l", "alias_id_r")
