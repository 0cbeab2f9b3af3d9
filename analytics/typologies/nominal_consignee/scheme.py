"""Plants a forwarder in place of the buyers, four times in a week, and one that is so only twice or names them."""

from __future__ import annotations

from analytics.traffic.consignees import FREE, new_place
from analytics.traffic.injector import ENTERED, Injector
from analytics.traffic.lists import read_words
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _forwarders_as_consignees(injector: Injector, schemes: int) -> None:
    """A forwarder in place of the buyers, four times in a week; as often twice only."""
    words = read_words("patterns.toml")
    for number, group in zip(range(2 * schemes), injector.groups(["week", "mode"], 4, FREE), strict=False):
        chosen, place = group[: 2 if number % 2 else 4].tolist(), new_place(injector)
        name = f"{injector.draw(words['firms'])} {injector.draw(words['forwarders'])}"
        for row in chosen:
            injector.put(row, **place, consignee_name=name)
            injector.persons[row] = f"n{number:07}"
        if number % 2 == 0:
            injector.true("nominal_consignee", number, chosen)


def _forwarders_on_entries(injector: Injector, schemes: int) -> None:
    """The same on informal entries; as often the buyers are named beside the forwarder."""
    words = read_words("patterns.toml")
    for number, group in zip(range(2 * schemes), injector.groups(["week", "mode"], 4, ENTERED), strict=False):
        chosen, place = group[:4].tolist(), new_place(injector)
        name = f"{injector.draw(words['firms'])} {injector.draw(words['forwarders'])}"
        for row in chosen:
            if number % 2:
                injector.put(row, buyer_name=injector.cell("consignee_name", row))
            else:
                injector.persons[row] = f"m{number:07}"
            injector.put(row, **place, consignee_name=name)
        if number % 2 == 0:
            injector.true("nominal_consignee", f"entries {number}", chosen)


SCHEME = Scheme(injected=(Injected(_forwarders_as_consignees, 2, place=60), Injected(_forwarders_on_entries, 2)))
"""What is planted, and what is true of any shipments."""
