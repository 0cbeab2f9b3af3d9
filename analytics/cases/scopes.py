"""What a dismissal covers beyond the day it was decided: these flags, a pair, an address, a seller with a typology."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.errors import UsageError
from analytics.store import Store
from analytics.traits.facilities import ADDRESS, place_keys

__all__ = ["FLAGS_ONLY", "Scope", "covered", "parse_scope", "require_known"]

FLAGS_ONLY = "flags"
_FORMS = "flags, pair:ALIAS,ALIAS, address:ALIAS or seller:SELLER,TYPOLOGY"


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
        ``flags``; ``pair:a1,a2``: flags on shipments of these two aliases and of no other, which neither alone puts
        over a limit in USD; ``address:a1``: flags all of whose shipments go to the house and unit of this alias;
        ``seller:S1,vague_description``: such flags on shipments of that seller alone.

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
    if kind == "pair" and head == tail:
        raise UsageError("a pair needs two different aliases. splitship export aliases lists them.")
    return Scope(kind, tuple(sorted(values)) if kind == "pair" else values)


def require_known(store: Store, scope: Scope) -> None:
    """Raise `UsageError` where a scope names an alias that the store does not have, or no typology: it covers nothing.

    Parameters
    ----------
    store : Store
        As screened last.
    scope : Scope
        Of a dismissal.
    """
    if scope.kind == "seller":
        known = sorted(store.table("ref_typologies").select("typology").collect()["typology"].unique())
        if scope.values[1] not in known:
            raise UsageError(f"typology {scope.values[1]!r} is none. Write one of: {', '.join(known)}.")
        return
    found = store.table("aliases").filter(pl.col("alias_id").is_in(scope.values)).select("alias_id").collect()
    if missing := sorted(set(scope.values) - set(found["alias_id"])):
        raise UsageError(f"alias {missing[0]!r} is not in the store. splitship export aliases lists those that are.")


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
    if scope.kind == "pair":
        return found - _of_one_alias(store, shipments)
    return found & _of_typology(store, scope) if scope.kind == "seller" else found


def _covers(store: Store, scope: Scope) -> pl.Expr:
    if scope.kind == "pair":
        both = ((pl.col("alias_id") == alias).any() for alias in scope.values)
        return pl.all_horizontal(*both, pl.col("alias_id").is_in(scope.values).all())
    if scope.kind == "seller":
        return _is_seller(scope.values[0]).all()
    return pl.col("alias_id").is_in(_aliases_at(store, scope.values[0])).all()


def _of_one_alias(store: Store, shipments: pl.LazyFrame) -> set[str]:
    """Return the flags that one alias alone gives: its shipments are worth more than the limit, or there is none."""
    limits = store.table("flags").select("flag_id", "limit_amount", "limit_currency")
    alone = shipments.group_by("flag_id", "alias_id").agg(pl.col("value_usd").sum()).join(limits, on="flag_id")
    is_usd = (pl.col("limit_currency") == "USD").fill_null(value=False)
    stands = ~is_usd | pl.col("limit_amount").is_null() | (pl.col("value_usd") > pl.col("limit_amount"))
    return set(alone.filter(stands).select("flag_id").collect()["flag_id"])


def _aliases_at(store: Store, alias: str) -> list[str]:
    """Return the aliases at the address of one, however house, street and unit are written; none where it has none."""
    aliases = store.table("aliases").select("alias_id", *ADDRESS).collect()
    placed = pl.concat([aliases.select("alias_id"), place_keys(aliases)], how="horizontal").drop_nulls("place_key")
    here = placed.filter(alias_id=alias).select("place_key", "unit_key")
    return placed.join(here, on=["place_key", "unit_key"], nulls_equal=True)["alias_id"].to_list()


def _is_seller(seller: str) -> pl.Expr:
    return pl.any_horizontal(
        *((pl.col(name) == seller).fill_null(value=False) for name in ("seller_id", "seller_name"))
    )


def _of_typology(store: Store, scope: Scope) -> set[str]:
    return set(store.table("flags").filter(typology=scope.values[1]).select("flag_id").collect()["flag_id"])
