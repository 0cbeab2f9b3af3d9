"""Identities of two stores that hold each other's aliases: which merged, and which split."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.store import Store

__all__ = ["identity_moves"]

_SCHEMA: dict[str, Any] = dict.fromkeys(("event", "identity_id", "others", "cause"), pl.String)


def identity_moves(before: Store, now: Store) -> pl.DataFrame:
    """Return the identities that merged or split, by the aliases that both stores hold.

    Parameters
    ----------
    before, now : Store
        The two stores.

    Returns
    -------
    polars.DataFrame
        ``event``; ``identity_id``, of a merger the one now, of a split the one before; ``others``, the ids on the other
        side as JSON; ``cause``, which two stores do not tell.
    """
    columns = ["alias_id", "identity_id"]
    was, is_now = (store.table("aliases").select(columns).drop_nulls() for store in (before, now))
    pairs = was.rename({"identity_id": "then"}).join(is_now.rename({"identity_id": "now"}), on="alias_id")
    moves = pairs.select("then", "now").unique().collect()
    found = [_several(moves, "merged", "now", "then"), _several(moves, "split", "then", "now")]
    return pl.concat(found).sort("event", "identity_id")


def _several(moves: pl.DataFrame, event: str, one: str, other: str) -> pl.DataFrame:
    """Return the ids of one side that stand beside several of the other."""
    sides = moves.sort(one, other).group_by(one, maintain_order=True).agg(pl.col(other))
    several = sides.filter(pl.col(other).list.len() > 1)
    listed = pl.lit('["') + pl.col(other).list.join('", "') + pl.lit('"]')
    named = several.select(event=pl.lit(event), identity_id=one, others=listed)
    return named.with_columns(cause=pl.lit(None, pl.String)).select(list(_SCHEMA))
