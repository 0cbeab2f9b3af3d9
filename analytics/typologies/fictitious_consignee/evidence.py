"""What a fictitious_consignee flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted

__all__ = ["EVIDENCE", "Measures"]


_SIGNS = {
    "nobody": "the name stands for nobody",
    "cartoon": "it is the name of a cartoon figure",
    "comic": "it is the name of a comic figure",
    "story": "it is the name of a figure in a story",
    "stand-in": "the name is a stand-in",
    "keys": "the name is a row of keys",
    "one_letter": "the name is one letter over and over",
    "digits": "the name is mostly digits",
    "no_address": "the address holds no word",
    "no_such_zip": "no ZIP code begins so",
    "zip_state": "such ZIP codes are in another state",
}


class Measures(NamedTuple):
    """What was measured of a flag: a consignee whose name or address may be invented."""

    shipments: int
    shipments_of_party: int
    signs: str
    sign_count: int
    claimed_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    seen = flag.signs.split("+")
    signs = "; ".join(text for sign, text in _SIGNS.items() if sign in seen)
    shipments = counted(flag.shipments, "shipment", "shipments")
    yield Sentence("no_party", f"The consignee of {shipments} may not be a person or a place: {signs}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    others, unclaimed = flag.shipments_of_party - flag.shipments, flag.shipments - flag.claimed_count
    if others > 0:
        text = f"{others} other shipments of the same consignee are written without this: it may be a slip."
        yield Sentence("may_be_slip", text)
    if flag.sign_count == 1:
        yield Sentence("one_sign", "It is one sign alone.")
    if unclaimed > 0:
        text = f"For {unclaimed} of them no exemption is claimed; the identity of the consignee matters less there."
        yield Sentence("not_claimed", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"signs": flag.signs}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
