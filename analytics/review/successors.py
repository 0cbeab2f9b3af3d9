"""What became of an identity that was merged into another."""

from __future__ import annotations

import json

import polars as pl

from analytics.store import Store

__all__ = ["successor", "successors"]


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
    return successors(store).get(subject, subject)


def successors(store: Store) -> dict[str, str]:
    """Return the identity that each retired one has become.

    Parameters
    ----------
    store : Store
        As screened last.
    """
    merged = store.table("identity_changes").filter(pl.col("event") == "merged").sort("run_id", maintain_order=True)
    heirs = {
        retired: heir
        for heir, came_from in merged.select("identity_id", "from_ids").collect().iter_rows()
        for retired in json.loads(came_from)
        if retired != heir
    }
    known = pl.col("identity_id").is_in([*heirs, *heirs.values()])
    standing = set(store.table("identities").filter(known).select("identity_id").collect()["identity_id"])
    return {retired: _last(retired, heirs, standing) for retired in heirs if retired not in standing}


def _last(subject: str, heirs: dict[str, str], standing: set[str]) -> str:
    seen = {subject}
    while subject not in standing and (heir := heirs.get(subject)) is not None and heir not in seen:
        subject = heir
        seen.add(subject)
    return subject
