"""What an origin_mismatch flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted, percent

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments of one origin that were sent from another country."""

    shipments: int
    origin_country: str
    other_country: str
    sign_count: int
    shipped_count: int
    exported_count: int
    posted_count: int
    is_free: bool
    layer: str | None
    rate: Decimal | None
    claimed_rate: Decimal | None


def _reason(flag: Measures) -> Iterator[Sentence]:
    signs = {
        "by the shipper": flag.shipped_count,
        "by the country of export": flag.exported_count,
        "by the number of the mail item": flag.posted_count,
    }
    seen = ", ".join(f"{sign} {count}" for sign, count in signs.items() if count > 0)
    yield Sentence("sent_from_elsewhere", f"{_claimed(flag) if flag.is_free else _entered(flag)}: {seen}.")


def _claimed(flag: Measures) -> str:
    shipments = counted(flag.shipments, "shipment claims", "shipments claim")
    goods = f"the exemption as goods of {flag.origin_country}"
    return f"{shipments} {goods}, and came from {flag.other_country}, whose goods had none"


def _entered(flag: Measures) -> str:
    shipments = counted(flag.shipments, "shipment is", "shipments are")
    came = f"{shipments} entered as goods of {flag.origin_country}, and came from {flag.other_country}"
    rates = [percent(rate or Decimal(0)) for rate in (flag.rate, flag.claimed_rate)]
    return f"{came}, whose goods pay {rates[0]} of the value under {flag.layer}, not {rates[1]}"


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    yield Sentence("sent_is_not_made", "Where goods are sent from is not where they are made.")
    if flag.sign_count == 1:
        yield Sentence("one_sign", "It is one sign alone.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"origin_claimed": flag.origin_country, "sent_from": flag.other_country}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
