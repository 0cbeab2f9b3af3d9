"""Orders of a shop without a truth, to learn from."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from analytics.statistics.habits import Habits, learn_habits

START, DAYS = date(2024, 1, 1), 180


def honest_orders(seed: int, persons: int = 400) -> tuple[pl.DataFrame, dict[str, frozenset[str]]]:
    """People who order by a pace of their own, worth about the same each time, from a thousand products."""
    rng = np.random.default_rng(seed)
    rows, goods = [], {}
    for person in range(persons):
        pace, middle = rng.gamma(1.5, 0.02), rng.normal(5.5, 0.6)
        days = np.flatnonzero(rng.random(DAYS) < pace)
        days = np.sort(np.concatenate([days, days[rng.random(len(days)) < 0.08]]))  # some order twice on one day
        for day in days:
            uid = f"o{len(rows):05d}"
            value = round(float(np.exp(rng.normal(middle, 0.4))), 2)
            rows.append((uid, f"p{person:04d}", "shop", START + timedelta(days=int(day)), value))
            goods[uid] = frozenset(rng.choice(1000, rng.integers(1, 12), replace=False).astype(str).tolist())
    orders = pl.DataFrame(
        rows, schema=["order_uid", "identity_id", "seller_key", "arrival_date", "value_usd"], orient="row"
    )
    orders = orders.sort("arrival_date", maintain_order=True).with_columns(
        serial_stem=pl.lit("6 O"), serial_no=1000 + pl.int_range(pl.len())
    )
    return orders.with_columns(orders_of_person=pl.len().over("identity_id")), goods


def compared(orders: pl.DataFrame, goods: dict[str, frozenset[str]], window: int = 10) -> pl.DataFrame:
    """What int_orders__compared_with_those_before holds, by plain loops."""
    rows = []
    for _, of_it in orders.sort("arrival_date", "serial_no").group_by("identity_id", maintain_order=True):
        listed = of_it.to_dicts()
        for place, row in enumerate(listed[1:], start=1):
            before = [it for it in listed[:place] if (row["arrival_date"] - it["arrival_date"]).days < window]
            earlier = frozenset().union(*(goods.get(it["order_uid"], frozenset()) for it in before))
            own, last = goods.get(row["order_uid"], frozenset()), listed[place - 1]
            rows.append((
                row["order_uid"], row["identity_id"], "shop", len(listed),
                (row["arrival_date"] - last["arrival_date"]).days, row["serial_no"] - last["serial_no"],
                len(own) or None, len(earlier) or None, len(own & earlier) if earlier else None,
            ))  # fmt: skip
    schema = {
        "order_uid": pl.String, "identity_id": pl.String, "seller_key": pl.String, "orders_of_person": pl.Int64,
        "gap_days": pl.Int64, "serial_gap": pl.Int64, "products": pl.Int64, "earlier_products": pl.Int64,
        "shared_products": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture(scope="session")
def habits() -> Habits:
    orders, goods = honest_orders(1)
    return learn_habits(orders, compared(orders, goods), 10)
