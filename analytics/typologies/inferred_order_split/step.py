"""The step that looks for lots of one order where no order number tells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.contracts.steps import Engine, ParameterValue, Step
from analytics.statistics.groups import Candidate, Group, find_groups
from analytics.statistics.habits import learn_habits
from analytics.statistics.likelihood import Lot

__all__ = ["steps"]

_LOTS, _ORDERS = "int_lots__of_no_known_order", "int_orders__of_persons"
_COMPARED, _GOODS = "int_orders__compared_with_those_before", "int_goods__of_orders"
_OWNER = ("identity_id", "seller_key")
_GROUP = {
    "lots_key": pl.String, "identity_id": pl.String, "seller_key": pl.String, "score": pl.Float64,
    "pace": pl.Float64, "worth": pl.Float64, "goods": pl.Float64, "numbers": pl.Float64,
    "other_orders": pl.Int64, "knows_goods": pl.Boolean, "is_like_back_order": pl.Boolean,
    "is_like_repeat": pl.Boolean, "is_evenly_spaced": pl.Boolean,
}  # fmt: skip
_MEMBER = {"lots_key": pl.String, "shipment_uid": pl.String}


def steps() -> list[Step]:
    """Return the step that writes ``inferred_orders`` and ``inferred_order_lots``."""
    return [
        Step(
            name="inferred_orders",
            grain=("lots_key",),
            reads=(_LOTS, _ORDERS, _COMPARED, _GOODS),
            params=("lot_window_days", "max_lots_of_order", "min_candidate_score", "score_digits"),
            build=_build,
            also_writes=("inferred_order_lots",),
            description="One group of shipments that may be lots of one order, and what speaks for it.",
        )
    ]


def _build(engine: Engine, params: Mapping[str, ParameterValue]) -> None:
    lots = engine.frame(_LOTS)
    groups: list[tuple[tuple[str, str], Group]] = []
    if len(lots):
        groups = list(_groups(engine, lots, params))
    digits = int(str(params["score_digits"]))
    rows = [_row(owner, group, digits) for owner, group in groups]
    members = [(_key(group), member.lot.uid) for _, group in groups for member in group.members]
    engine.write("inferred_orders", pl.DataFrame(rows, schema=_GROUP, orient="row").sort("lots_key"))
    engine.write("inferred_order_lots", pl.DataFrame(members, schema=_MEMBER, orient="row").sort("shipment_uid"))


def _groups(
    engine: Engine, lots: pl.DataFrame, params: Mapping[str, ParameterValue]
) -> Iterator[tuple[tuple[str, str], Group]]:
    window = int(str(params["lot_window_days"]))
    orders = engine.frame(_ORDERS)
    habits = learn_habits(orders, engine.frame(_COMPARED), window)
    values = _values(orders.join(lots, on=_OWNER, how="semi"))
    goods = _goods(engine.frame(_GOODS).join(lots, left_on="order_uid", right_on="shipment_uid", how="semi"))
    ordered = lots.sort(*_OWNER, "pool", "limit_currency", "arrival_date", "serial_no", "shipment_uid")
    for (identity, seller, *_), of_it in ordered.group_by(*_OWNER, "pool", "limit_currency", maintain_order=True):
        owner = (str(identity), str(seller))
        candidates = [_candidate(row, goods) for row in of_it.iter_rows(named=True)]
        found = find_groups(
            candidates,
            values[owner],
            owner[1],
            habits,
            window=window,
            most=int(str(params["max_lots_of_order"])),
            least_score=float(str(params["min_candidate_score"])),
        )
        yield from ((owner, group) for group in found)


def _values(orders: pl.DataFrame) -> dict[tuple[str, str], dict[str, float]]:
    values: dict[tuple[str, str], dict[str, float]] = {}
    columns = (*_OWNER, "order_uid", pl.col("value_usd").cast(pl.Float64))
    for identity, seller, uid, value in orders.sort("order_uid").select(columns).iter_rows():
        values.setdefault((identity, seller), {})[uid] = value
    return values


def _goods(goods: pl.DataFrame) -> dict[str, frozenset[str]]:
    listed = goods.group_by("order_uid").agg("product_id")
    return {uid: frozenset(products) for uid, products in listed.iter_rows()}


def _candidate(row: Mapping[str, Any], goods: Mapping[str, frozenset[str]]) -> Candidate:
    serial = None if row["serial_no"] is None else (row["serial_stem"], row["serial_no"])
    uid, day = row["shipment_uid"], row["arrival_date"].toordinal()
    lot = Lot(uid, day, float(row["value_usd"]), goods.get(uid, frozenset()), serial)
    return Candidate(lot, _cents(row["amount"]), _cents(row["limit_amount"]))


def _cents(amount: Decimal) -> int:
    return int(amount * 100)


def _key(group: Group) -> str:
    return "+".join(sorted(member.lot.uid for member in group.members))


def _row(owner: tuple[str, str], group: Group, digits: int) -> tuple[object, ...]:
    weights = group.weights
    parts = (round(part, digits) for part in (weights.pace, weights.values, weights.goods, weights.numbers))
    return (
        _key(group),
        *owner,
        round(weights.score, digits),
        *parts,
        group.others,
        all(member.lot.goods for member in group.members),
        _is_like_back_order(group),
        _is_like_repeat(group),
        _is_evenly_spaced(group),
    )


def _is_like_back_order(group: Group) -> bool:
    """Say whether a small rest came after nearly all of it."""
    first, *rest = group.members
    return len(rest) == 1 and rest[0].lot.day > first.lot.day and rest[0].cents * 3 <= first.cents


def _is_like_repeat(group: Group) -> bool:
    """Say whether two of them are the same goods for the same money, or may be."""
    seen = [(member.cents, member.lot.goods) for member in group.members]
    return len(set(seen)) < len(seen)


def _is_evenly_spaced(group: Group) -> bool:
    days = [member.lot.day for member in group.members]
    gaps = {later - day for day, later in itertools.pairwise(days)}
    return len(days) > 2 and len(gaps) == 1 and 0 not in gaps
