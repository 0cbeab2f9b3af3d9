"""Account numbers of consignees: which joined aliases, and which stand for several identities and joined nobody."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from analytics.store import Store

__all__ = ["account_lines", "shared_accounts"]

_NUMBER = ["consignee_id_issuer", "consignee_id"]


def shared_accounts(store: Store, numbers: Iterable[str] | None = None) -> pl.DataFrame:
    """Return the account numbers that stand for more than one identity.

    Parameters
    ----------
    store : Store
        An open store.
    numbers : iterable of str, optional
        Which are asked about; all of them where not given.

    Returns
    -------
    DataFrame
        ``consignee_id_issuer``, ``consignee_id``, ``identities``; most identities first.
    """
    aliases = store.table("aliases").filter(pl.col("consignee_id").is_not_null())
    if numbers is not None:
        aliases = aliases.filter(pl.col("consignee_id").is_in(list(numbers)))
    counted = aliases.group_by(_NUMBER).agg(identities=pl.col("identity_id").n_unique())
    shared = counted.filter(pl.col("identities") > 1).collect()
    return shared.sort("identities", *_NUMBER, descending=[True, False, False], nulls_last=True)


def account_lines(store: Store, aliases: pl.DataFrame) -> list[str]:
    """Say of each account number of some aliases what it did: join them, or stand for others too and join nobody.

    Parameters
    ----------
    store : Store
        An open store.
    aliases : DataFrame
        Rows of ``aliases``.
    """
    held = aliases.filter(pl.col("consignee_id").is_not_null())
    if held.is_empty():
        return []
    counted = held.group_by(_NUMBER).agg(aliases=pl.len())
    shared = shared_accounts(store, held["consignee_id"].unique())
    told = counted.join(shared, on=_NUMBER, how="left", nulls_equal=True).sort(_NUMBER)
    return [line for row in told.iter_rows(named=True) if (line := _line(row))]


def _line(row: dict[str, str | int | None]) -> str:
    number = f"consignee_id {row['consignee_id']}" + (
        f" of {row['consignee_id_issuer']}" if row["consignee_id_issuer"] else ", issuer unknown"
    )
    if row["identities"]:
        return f"{number}: it stands for {row['identities']} identities, so it joined nobody"
    if row["aliases"] == 1 or not row["consignee_id_issuer"]:
        return ""
    return f"{number}: the same on {row['aliases']} of these aliases, so they are one"
