"""Draws a sample from below the line of a typology, alike from groups of like scores, and writes the sheet."""

from __future__ import annotations

import getpass
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

from analytics.contracts.ddl import empty_frame
from analytics.contracts.logs import Tunings
from analytics.errors import UsageError, did_you_mean
from analytics.store import Store, append_log, read_log
from analytics.tuning.sheets import write_sample

__all__ = ["draw_sample", "stratified"]

_STRATA = 4


def draw_sample(
    store: Store, typology: str, count: int, out: Path, *, seed: int | None = None, by: str | None = None
) -> tuple[str, int]:
    """Draw candidates below the line, write them down, and write the sheet that asks about them.

    Parameters
    ----------
    store : Store
        With the table ``candidates``.
    typology : str
        Whose line.
    count : int
        How many; rounded up to the same number from each group.
    out : Path
        An XLSX file.
    seed : int, optional
        Of the draw; one is made from the run and the samples before where not given. It is kept either way.
    by : str, optional
        Who draws; the name of the user where not given.

    Returns
    -------
    tuple
        The sample's id, and how many candidates are in it.

    Raises
    ------
    UsageError
        The typology has no candidates, or none below its line.
    """
    candidates = store.table("candidates").collect()
    below = candidates.filter(pl.col("typology") == typology, ~pl.col("is_above")).sort("score", "candidate_id")
    if below.is_empty():
        known = ", ".join(sorted(candidates["typology"].unique())) or "none"
        near = did_you_mean(typology, candidates["typology"].unique()) or f"Typologies with candidates: {known}."
        raise UsageError(f"nothing of {typology!r} lies below its line. {near}")
    past = read_log(store.root, "tunings")
    sample_id = f"t{past['sample_id'].n_unique() + 1:04d}"
    seed = _seed(store.last_run.run_id, sample_id) if seed is None else seed
    drawn = stratified(below, count, seed)
    head = {
        "sample_id": sample_id, "event": "drawn", "done_by": by or getpass.getuser(),
        "done_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "run_id": store.last_run.run_id, "seed": seed, "population": below.height,
        "strata": drawn["stratum"].n_unique(),
    }  # fmt: skip
    rows = drawn.with_columns(pl.lit(value).alias(name) for name, value in head.items()).with_columns(
        verdict=pl.lit(None, pl.String), note=pl.lit(None, pl.String), score=pl.col("score").clip(0, 1)
    )
    write_sample(store, sample_id, drawn, out)
    append_log(store.root, "tunings", rows.select(empty_frame(Tunings).columns))
    return sample_id, drawn.height


def stratified(below: pl.DataFrame, count: int, seed: int) -> pl.DataFrame:
    """Draw the same number from each of four groups of equal size, lowest scores first.

    Parameters
    ----------
    below : polars.DataFrame
        The candidates, by score.
    count : int
        How many in all; all there are where that is less.
    seed : int
        Of the draw.

    Returns
    -------
    polars.DataFrame
        Those drawn, with ``stratum`` from 1.
    """
    rng = np.random.default_rng(seed)
    strata = min(_STRATA, count, below.height)
    groups = np.array_split(np.arange(below.height), strata)
    each = -(-min(count, below.height) // strata)
    chosen = [np.sort(rng.choice(group, min(each, len(group)), replace=False)) for group in groups]
    parts = [
        below[rows.tolist()].with_columns(stratum=pl.lit(number, pl.Int64)) for number, rows in enumerate(chosen, 1)
    ]
    return pl.DataFrame(pl.concat(parts))


def _seed(run_id: str, sample_id: str) -> int:
    return int(hashlib.sha256(f"{run_id} {sample_id}".encode()).hexdigest()[:8], 16)
