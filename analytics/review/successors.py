"""What became of an identity that was merged into another."""

from __future__ import annotations

import json

import polars as pl

from analytics.store import Store

__all__ = ["successor"]


def successor(store: Store, subject: str) -> str:
    """Return the identity that a retired one has become.

    Parameters
    ----------
    store : Store
        Where it was.
    subject : str
        Any id.

    Returns
    -------
    str
        The id itself where it stands, or was never an identity that merged.
    """
    standing = set(store.table("identities").select("identity_id").collect()["identity_id"])
    merged = store.table("identity_changes").filter(pl.col("event") == "merged").sort("run_id", maintain_order=True)
    heirs = {
        retired: heir
        for heir, came_from in merged.select("identity_id", "from_ids").collect().iter_rows()
        for retired in json.loads(came_from)
        if retired != heir
    }
    while subject not in standing and subject in heirs:
        subject = heirs.pop(subject)
    return subject
