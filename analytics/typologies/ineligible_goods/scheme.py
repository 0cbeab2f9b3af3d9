"""Plants drinks and tobacco under the exemption, and the same goods entered."""

from __future__ import annotations

from analytics.traffic.injector import EXEMPT, SOLD, Injector
from analytics.traffic.lists import read_words
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _barred_goods(injector: Injector, schemes: int) -> None:
    """Drinks and tobacco under the exemption; and, as often, entered."""
    barred = read_words("patterns.toml")["barred"]
    for number, row in zip(range(2 * schemes), injector.singles(EXEMPT & SOLD), strict=False):
        goods = barred[int(injector.rng.integers(0, len(barred)))]
        injector.put(row, hts_code=goods["hts_code"], description=goods["description"])
        if number % 2:
            injector.put(row, entry_type="11", exemption_claimed="false", mode=_not_by_mail(injector, row))
            injector.fact(row, entry="11", claim=False)
        else:
            injector.true("ineligible_goods", row, [row])


def _not_by_mail(injector: Injector, row: int) -> str:
    mode = str(injector.cell("mode", row))
    return "air" if mode == "mail" else mode


SCHEME = Scheme(injected=(Injected(_barred_goods, 5, place=100),))
"""What is planted, and what is true of any shipments."""
