"""Mints the ids of new identities from their first aliases."""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl

__all__ = ["AT_A_TIME", "new_ids"]

AT_A_TIME = 131_072
"""Rows of a batch."""
_DIGITS = 16


def new_ids(aliases: pl.Series, taken: pl.Series) -> pl.Series:
    """Ids minted from aliases; minted again with a stroke where another identity bears it, which is hardly ever."""
    ids = pl.concat(
        [pl.Series("identity_id", [], dtype=pl.String)]
        + [
            pl.Series("identity_id", [_minted(alias) for alias in aliases[start : start + AT_A_TIME]])
            for start in range(0, len(aliases), AT_A_TIME)
        ]
    )
    borne = taken.unique()
    marks = np.sort(pl.concat([ids, borne.alias("identity_id")]).hash(seed=3).to_numpy())
    if not (marks[1:] == marks[:-1]).any():
        return ids
    return pl.Series("identity_id", _made_unique(ids.to_list(), aliases.to_list(), set(borne)), dtype=pl.String)


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
