"""What an address_hub flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: consignees that share an address within a week."""

    shipments: int
    hub_names: int
    is_entered: bool
    place_kind: str | None
    owned_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    way = "on informal entries" if flag.is_entered else "under the exemption"
    text = f"{flag.hub_names} consignees got {flag.shipments} shipments {way} at one address in one week"
    yield Sentence("many_names", f"{text}, and no unit tells them apart.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.place_kind is not None:
        yield Sentence("known_place", f"The address is listed as {flag.place_kind.replace('_', ' ')}.")
    if flag.owned_count > 0:
        owned = f"{flag.owned_count} of the shipments name an owner, in care of the address"
        yield Sentence("owner_named", f"{owned}. That owner is the consignee.")
    yield Sentence("address_is_no_identity", "Address equality alone is never identity.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"names": flag.hub_names, "place": flag.place_kind or "not listed"}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
