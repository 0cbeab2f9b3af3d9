"""Whom or what a flag is about: the subject that a case gathers its flags under."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.store import Store

__all__ = ["PERSONAL_KINDS", "Facts", "facts_of", "with_subjects"]

_KINDS = ("order", "seller", "filer", "carrier", "route", "consignee", "address", "warehouse", "shipment", "entry")
PERSONAL_KINDS = ("address", "consignee", "other")
"""Kinds of subject whose id names somebody: whoever may see no name could guess it by a search."""
_TAIL = (
    r", (?:week of |from |bought |gifts from |quarter from |use \d|entry type |product |goods |chapter "
    r"|\d{4}-\d{2}-\d{2}|(?:standard|gift|personal)\b|entries$|informal entry$|over the informal limit$|[A-Z]{3} \d).*$"
)
"""What of a flag's subject tells when, which pool or which goods, and not whom it is about."""


def with_subjects(flags: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``subject_kind`` and ``subject_id`` to flags.

    Parameters
    ----------
    flags : polars.LazyFrame
        ``identity_id`` and ``subject``, as published.

    Returns
    -------
    polars.LazyFrame
        A flag of a person is about the identity. Else its subject says what it is about: an order with its issuer, a
        seller, a filer, an address …; what names neither is about all of its text.
    """
    bare = pl.col("subject").str.replace(_TAIL, "")
    kind, named = bare.str.extract(r"^(\w+) "), bare.str.replace(r"^\w+ ", "")
    is_known = kind.is_in(_KINDS).fill_null(value=False)
    return flags.with_columns(
        subject_kind=pl.when(pl.col("identity_id").is_not_null())
        .then(pl.lit("identity"))
        .when(is_known)
        .then(kind.replace("warehouse", "address"))
        .otherwise(pl.lit("other")),
        subject_id=pl.coalesce("identity_id", pl.when(is_known).then(named).otherwise(bare)),
    )


@dataclass(frozen=True)
class Facts:
    """What the ledger has to know of the flags of a run.

    Attributes
    ----------
    flags : polars.DataFrame
        ``flag_id``, ``typology``, ``strength``, ``total_usd``, ``subject_kind``, ``subject_id``; by ``flag_id``.
    """

    flags: pl.DataFrame

    def of(self, kind: str, subject: str) -> list[str]:
        """Return the flags of a subject, sorted."""
        found = self.flags.filter(subject_kind=kind, subject_id=subject)
        return found["flag_id"].to_list()


def facts_of(store: Store) -> Facts:
    """Return the flags that stand, each with whom it is about; a flag that is explained is none for the ledger."""
    columns = ("flag_id", "typology", "strength", "total_usd", "subject_kind", "subject_id")
    flags = with_subjects(store.table("flags").filter(~pl.col("is_suppressed")))
    return Facts(flags.select(columns).sort("flag_id").collect())
