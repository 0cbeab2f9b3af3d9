"""Plants consignees that are figures, keys or nobody, and ZIP codes of another state."""

from __future__ import annotations

from analytics.traffic.consignees import FREE, NO_CONTACT
from analytics.traffic.injector import Injector
from analytics.traffic.lists import read_table, read_words
from analytics.traffic.scheme import Injected, Scheme

__all__ = ["SCHEME"]


def _invented_consignees(injector: Injector, schemes: int) -> None:
    """Names of figures, keys and nobody; ZIP codes of another state; and one slip in a ZIP code, meant by nobody."""
    words, states = read_words("patterns.toml"), sorted(set(read_table("places.csv")["state"]))
    for number, row in zip(range(schemes), injector.singles(FREE), strict=False):
        kind = ("figures", "keys", "nobody", "zip", "slip")[number % 5]
        state = str(injector.cell("consignee_state", row))
        if kind in words:
            injector.put(row, consignee_name=injector.draw(words[kind]), **NO_CONTACT)
            injector.persons[row] = f"x{number:07}"
        else:
            far = [other for other in states if other[0] != state[0]]
            injector.put(row, consignee_state=injector.draw(far))
        injector.true("fictitious_consignee", row, [row], deliberate=kind != "slip")


SCHEME = Scheme(injected=(Injected(_invented_consignees, 6, place=70),))
"""What is planted, and what is true of any shipments."""
