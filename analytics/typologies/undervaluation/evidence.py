"""What an undervaluation flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted, money, rounded

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments declared far below the usual price of the same goods."""

    shipments: int
    total_usd: Decimal
    usual_value_usd: Decimal
    usual_usd: Decimal
    peers: int
    fitted_count: int
    unweighed_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    shipments = counted(flag.shipments, "shipment is", "shipments are")
    declared = f"{shipments} declared at {money('USD', flag.total_usd)} together"
    price = f"({money('USD', Decimal(rounded(flag.usual_usd, 2)))} a unit, {flag.peers} shipments)"
    usual = f"at the usual price of the same goods of the same seller {price}"
    yield Sentence("below_usual_price", f"{declared}; {usual} it would be {money('USD', flag.usual_value_usd)}.")
    if flag.fitted_count > 0:
        each = "" if flag.fitted_count == 1 else " each"
        text = f"At that price {flag.fitted_count} of them would{each} be over the limit."
        yield Sentence("would_be_over_limit", text)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.unweighed_count > 0:
        unknown = f"The weight of {flag.unweighed_count} of them is not known"
        yield Sentence("weight_unknown", f"{unknown}: they may be a smaller pack.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"usual_value_usd": flag.usual_value_usd, "peers": flag.peers, "would_not_fit": flag.fitted_count}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
