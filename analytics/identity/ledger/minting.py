"""Mints the ids of new identities from their first aliases."""

from __future__ import annotations

import hashlib

import duckdb
import numpy as np
import polars as pl

__all__ = ["AT_A_TIME", "new_ids"]

AT_A_TIME = 1_000_000
"""Aliases that are hashed together."""
_DIGITS = 16


def new_ids(aliases: pl.Series, taken: pl.Series) -> pl.Series:
    """Ids minted from aliases; minted again with a stroke where another identity bears it, which is hardly ever."""
    ids = _all_minted(aliases)
    borne = taken.unique()
    marks = np.sort(pl.concat([ids, borne.alias("identity_id")]).hash(seed=3).to_numpy())
    if not (marks[1:] == marks[:-1]).any():
        return ids
    return pl.Series("identity_id", _made_unique(ids.to_list(), aliases.to_list(), set(borne)), dtype=pl.String)


def _all_minted(aliases: pl.Series) -> pl.Series:
    """What `_minted` says of each, by the engine's own hash: a third of the time."""
    ids = [pl.Series("identity_id", [], dtype=pl.String)]
    with duckdb.connect() as engine:
        for start in range(0, len(aliases), AT_A_TIME):
            rows = engine.from_arrow(aliases[start : start + AT_A_TIME].to_frame("alias").to_arrow())
            made = rows.project(f"'i' || left(md5(alias), {_DIGITS}) as identity_id").to_arrow_table()
            ids.append(pl.DataFrame(pl.from_arrow(made))["identity_id"])
    return pl.concat(ids)


def _made_unique(ids: list[str], aliases: list[str], taken: set[str]) -> list[str]:
    """Ids none of which is another's."""
    for place, alias in enumerate(aliases):
        strokes = 0
        while ids[place] in taken:
            strokes += 1
            ids[place] = _minted(alias + "'" * strokes)
        taken.add(ids[place])
    return ids


def _minted(text: str) -> str:
    return "i" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:_DIGITS]
