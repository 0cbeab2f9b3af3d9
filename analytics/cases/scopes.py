"""What a dismissal covers beyond the day it was decided: these flags, a pair, an address, a seller with a typology."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.errors import UsageError
from analytics.store import Store

__all__ = ["FLAGS_ONLY", "Scope", "covered", "parse_scope"]

FLAGS_ONLY = "flags"
_FORMS = "flags, pair:ALIAS,ALIAS, address:ALIAS or seller:SELLER,TYPOLOGY"
_PLACE = ("consignee_address", "consignee_address2", "consignee_city", "consignee_postal_code")


@dataclass(frozen=True)
class Scope:
    """What a dismissal covers.

    Attributes
    ----------
    kind : str
        flags, pair, address or seller.
    values : tuple of str
        Two aliases, an alias at the address, or a seller and a typology; none where only the flags are covered.
    """

    kind: str = FLAGS_ONLY
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it as `parse_scope` reads it."""
        return f"{self.kind}:{','.join(self.values)}" if self.values else self.kind


def parse_scope(text: str) -> Scope:
    """Read a scope.

    Parameters
    ----------
    text : str
        ``flags``; ``pair:a1,a2``: flags that need these two aliases to be one; ``address:a1``: flags all of whose
        shipments go to the address of this alias; ``seller:S1,vague_description``: such flags on that seller alone.

    Raises
    ------
    UsageError
        It is none of these.
    """
    kind, _, rest = text.partition(":")
    head, _, tail = rest.rpartition(",")
    values = {FLAGS_ONLY: (), "pair": (head, tail), "address": (rest,), "seller": (head, tail)}.get(kind)
    if values is None or not all(values) or (kind == FLAGS_ONLY and rest):
        raise UsageError(f"scope {text!r} is none. Write {_FORMS}.")
    return Scope(kind, tuple(sorted(values)) if kind == "pair" else values)


def covered(store: Store, scope: Scope, flag_ids: list[str]) -> set[str]:
    """Return which of some flags a scope covers; those of the decision itself are no matter of this.

    Parameters
    ----------
    store : Store
        As screened last.
    scope : Scope
        Of a dismissal.
    flag_ids : list of str
        Flags that stand.
    """
    if scope.kind == FLAGS_ONLY or not flag_ids:
        return set()
    rows = store.table("flag_shipments").filter(pl.col("flag_id").is_in(flag_ids)).select("flag_id", "shipment_uid")
    shipments = rows.join(store.table("shipments"), on="shipment_uid")
    judged = shipments.group_by("flag_id").agg(_covers(store, scope).alias("is_covered")).filter("is_covered")
    found = set(judged.select("flag_id").collect()["flag_id"])
    return found & _of_typology(store, scope) if scope.kind == "seller" else found


def _covers(store: Store, scope: Scope) -> pl.Expr:
    if scope.kind == "pair":
        return pl.all_horizontal(*((pl.col("alias_id") == alias).any() for alias in scope.values))
    if scope.kind == "seller":
        return _is_seller(scope.values[0]).all()
    places = store.table("aliases").filter(alias_id=scope.values[0]).select(_PLACE).collect()
    if places.is_empty():
        return pl.lit(value=False).any()
    here = places.row(0, named=True)
    return pl.all_horizontal(*(pl.col(name).eq_missing(pl.lit(here[name])) for name in _PLACE)).all()


def _is_seller(seller: str) -> pl.Expr:
    return pl.any_horizontal(
        *((pl.col(name) == seller).fill_null(value=False) for name in ("seller_id", "seller_name"))
    )


def _of_typology(store: Store, scope: Scope) -> set[str]:
    return set(store.table("flags").filter(typology=scope.values[1]).select("flag_id").collect()["flag_id"])
