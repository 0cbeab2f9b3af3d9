"""Plants goods nobody has bought, for a warehouse, and goods there c/o their owners."""

from __future__ import annotations

from analytics.traffic.consignees import FREE, new_place
from analytics.traffic.injector import Injector
from analytics.traffic.lists import read_words
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _unsold_stock(injector: Injector, schemes: int) -> None:
    """Goods nobody has bought, for a warehouse, together over the limit; as often c/o their owners, each a person."""
    words = read_words("patterns.toml")
    for number, group in zip(range(2 * schemes), injector.groups(["date"], 3, FREE), strict=False):
        chosen, place = group[:3].tolist(), new_place(injector)
        name = f"{injector.draw(words['firms'])} {injector.draw(words['warehouses'])}"
        for at, row in enumerate(chosen):
            owner = f"{words['owners'][(number + at) % len(words['owners'])]} c/o " if number % 2 else ""
            injector.put(row, **place, consignee_name=owner + name, order_id=None, order_issuer=None)
            injector.put(row, declared_value="330.00", customs_value=None)
            injector.fact(row, cents=33_000, order=-1)
            injector.persons[row] = f"w{number:06}{at if number % 2 else ''}"
            injector.fact(row, person=-1 - number if number % 2 == 0 else -1_000_000 - 4 * number - at)
        if number % 2 == 0:
            injector.true("warehouse_consignee", number, chosen)
            for row in chosen:
                injector.fact(row, deliberate=True)


SCHEME = Scheme(injected=(Injected(_unsold_stock, 3, place=50),))
"""What is planted, and what is true of any shipments."""
