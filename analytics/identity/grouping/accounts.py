"""Aliases under one account number of one issuer: links that outrank scores, unless several consignees share it."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.identity.records.arrays import Ends, Numbers
from analytics.identity.records.hashing import NOTHING
from analytics.identity.records.records import Records
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rules import at_two_addresses, clearly_others
from analytics.identity.scoring.scored import over_pairs

__all__ = ["MAX_NAMES", "account_links", "trusted_accounts"]

MAX_NAMES, MAX_ADDRESSES = 8, 12
"""An account written with more names or addresses than this is shared, and joins nobody."""
STRANGERS = 2
"""Aliases with clearly other names from which an account joins nobody; one at another address counts as two."""


def account_links(records: Records, *, trusted_only: bool = True) -> Ends:
    """Records under one account number of one issuer, unless many names or addresses share it.

    Parameters
    ----------
    records : Records
        The parties.
    trusted_only : bool
        False gives those that many share as well.
    """
    held = np.flatnonzero((records.hash("issuer") != NOTHING) & (records.hash("account") != NOTHING))
    known = records.values(("issuer", "account", "name", "address"), held).with_columns(record=pl.Series(held))
    spread = pl.col("name").n_unique() <= MAX_NAMES, pl.col("address").n_unique() <= MAX_ADDRESSES
    grouped = known.group_by("issuer", "account").agg(
        is_trusted=(spread[0] & spread[1]) | (not trusted_only), first=pl.col("record").min(), record=pl.col("record")
    )
    links = grouped.filter("is_trusted").explode("record").filter(pl.col("record") != pl.col("first")).sort("record")
    return links["first"].to_numpy(), links["record"].to_numpy()


def trusted_accounts(records: Records) -> Ends:
    """Account links, without the accounts of several consignees.

    An account under which one alias has another name and another address joins nobody, however few share it; another
    name at the same address may be a slip of one household.
    """
    first, other = account_links(records)
    if not len(first):
        return first, other
    weights = over_pairs(records, first, other, _strangeness)["strangeness"].to_numpy()
    strangers = np.bincount(first, weights=weights, minlength=len(records.content))
    kept = strangers[first] < STRANGERS
    return first[kept], other[kept]


def _strangeness(records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """How much each pair says that an account is shared: all where both name and address are another's."""
    found = compare(Pairs(records, left, right))
    others, elsewhere = clearly_others(found), at_two_addresses(found)
    return pl.DataFrame({"strangeness": others * np.where(elsewhere, STRANGERS, 1)})
