"""Plants twelve names at one address in a week, and as many with a unit each, as in a block of flats."""

from __future__ import annotations

import polars as pl

from analytics.traffic.consignees import FREE, new_place
from analytics.traffic.injector import Injector
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]

_CROWD = 12


def _crowded_addresses(injector: Injector, schemes: int) -> None:
    """Twelve names at one address in a week; as often with a unit for each, as in a block of flats."""
    persons = injector.world.people.persons.filter(~pl.col("is_firm"))
    for number, group in zip(range(2 * schemes), injector.groups(["week", "mode"], _CROWD, FREE), strict=False):
        chosen, place = group[:_CROWD].tolist(), new_place(injector)
        draws = injector.rng.integers(0, len(persons), (2, _CROWD))
        for at, row in enumerate(chosen):
            given, family = persons["given"][int(draws[0, at])], persons["family"][int(draws[1, at])]
            unit = f"Apt {at + 1}" if number % 2 else None
            injector.put(row, **{**place, "consignee_address2": unit}, consignee_name=f"{given} {family}")
            injector.persons[row] = f"h{number:05}{at:02}"
        if number % 2 == 0:
            injector.true("address_hub", number, chosen, deliberate=False)


SCHEME = Scheme(injected=(Injected(_crowded_addresses, 1.5, place=40),))
"""What is planted, and what is true of any shipments."""
