"""Plants goods of one seller and price, some of them at a third of it, and smaller packs that may cost less."""

from __future__ import annotations

from analytics.traffic.injector import EXEMPT, SOLD, Injector, money
from analytics.traffic.lists import Ints
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_STEADY, _LOW = 14, 3
_LOWEST_CENTS, _MOST_CENTS = 2_000, 15_000


def _low_prices(injector: Injector, schemes: int) -> None:
    """Goods that a seller sends at one price, some of them at a third of it; a smaller pack may cost less."""
    for number, group in zip(
        range(schemes), injector.groups(["seller"], _STEADY + 2 * _LOW, EXEMPT & SOLD), strict=False
    ):  # fmt: skip
        price = int(injector.rng.integers(_LOWEST_CENTS, _MOST_CENTS))
        product = f"L{injector.facts['seller'][int(group[0])]}-{number}"
        low, rest = _of_one_week(injector, group)
        for row in rest[:_STEADY].tolist():
            _priced(injector, row, product, int(price * injector.rng.uniform(0.97, 1.03)), 0.4)
        for row in rest[_STEADY : _STEADY + 1].tolist():
            _priced(injector, row, product, price * 2 // 5, 0.15)
        for row in low.tolist():
            _priced(injector, row, product, int(price * injector.rng.uniform(0.15, 0.4)), 0.4)
        injector.true("undervaluation", product, low)


def _of_one_week(injector: Injector, group: Ints) -> tuple[Ints, Ints]:
    """Part the rows into at most three of one week, and the others."""
    weeks = injector.rows["week"].gather(group)
    most = weeks.value_counts(sort=True).sort("count", "week", descending=[True, False])["week"][0]
    is_in = (weeks == most).to_numpy()
    low = group[is_in][:_LOW]
    return low, group[[row not in set(low.tolist()) for row in group.tolist()]]


def _priced(injector: Injector, row: int, product: str, cents: int, kilograms: float) -> None:
    injector.put(
        row,
        product_id=product,
        quantity="1",
        weight_kg=f"{kilograms:.3f}",
        declared_value=money(cents),
        customs_value=None,
    )
    injector.fact(row, cents=cents)


SCHEME = Scheme(injected=(Injected(_low_prices, 1.5, place=10),))
"""What is planted, and what is true of any shipments."""
