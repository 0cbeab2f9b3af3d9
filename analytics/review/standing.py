"""Up to which threshold an identity stays whole, and from which on it is joined with others, in words."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.store import Store

__all__ = ["standing_of_identity"]

_CERTAIN = "certain"
_SHOWN = 5


def standing_of_identity(store: Store, identity: str) -> list[str]:
    """Say what other thresholds make of an identity.

    Parameters
    ----------
    store : Store
        Where it is.
    identity : str
        Its id.

    Returns
    -------
    list of str
        Aliases bear the numbers that the explanation gives them: in the order of their ids, from 1.
    """
    about = store.table("identities").filter(pl.col("identity_id") == identity).collect().row(0, named=True)
    aliases = store.table("aliases").filter(pl.col("identity_id") == identity).sort("alias_id").collect()["alias_id"]
    parts = store.table("identity_parts").filter(pl.col("alias_id").is_in(aliases.to_list())).collect()
    thresholds = store.table("identity_thresholds").collect()
    return [*_upwards(about, aliases, parts, thresholds), *_downwards(store, about, parts)]


def _upwards(about: dict[str, Any], aliases: pl.Series, parts: pl.DataFrame, thresholds: pl.DataFrame) -> list[str]:
    survives = about["survives_to_threshold"]
    stricter = thresholds.filter(pl.col("threshold") > survives).sort("threshold")
    if stricter.is_empty():
        return ["It stays whole whatever threshold is set: no doubtful link holds it together."]
    number = {alias: place for place, alias in enumerate(aliases, start=1)}
    at = stricter["threshold"][0]
    fallen = parts.filter(threshold=at).group_by("part_id").agg("alias_id")["alias_id"].to_list()
    said = sorted(sorted(number[alias] for alias in part) for part in fallen)
    where = "if only what is certain counts" if stricter["standing"][0] == _CERTAIN else f"at {at:g}"
    shown = " | ".join(" ".join(f"[{place}]" for place in part) for part in said)
    return [f"It stays whole up to a threshold of {survives:g}; {where} it falls into {len(said)} parts: {shown}"]


def _downwards(store: Store, about: dict[str, Any], parts: pl.DataFrame) -> list[str]:
    joins = about["joins_at_threshold"]
    if joins is None:
        return ["No looser threshold that was tried joins it with another identity."]
    together = parts.filter(threshold=joins).select("part_id", "threshold").unique().lazy()
    members = store.table("identity_parts").join(together, on=["part_id", "threshold"]).select("alias_id")
    found = members.join(store.table("aliases"), on="alias_id").select("identity_id").unique().collect()
    others = sorted(set(found["identity_id"]) - {about["identity_id"]})
    shown = ", ".join(str(other) for other in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return [f"At a looser threshold of {joins:g} it would be one with {shown}{more}."]
