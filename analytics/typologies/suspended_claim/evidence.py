"""What a suspended_claim flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: an exemption claimed on a day on which none was on offer."""

    total_usd: Decimal
    window_start: date
    exemption_basis: str
    coverage: str | None
    left_out_goods: str | None
    left_out_source: str | None
    heading: str | None
    is_sent_by_seller: bool
    is_origin_known: bool
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    claimed = f"The exemption is claimed for a shipment worth {money('USD', flag.total_usd)}"
    where = "" if flag.is_certain else f" {flag.coverage}"
    text = f"{claimed} that arrived on {flag.window_start}, when none was on offer{where}."
    yield Sentence("none_on_offer", text)
    if flag.is_sent_by_seller:
        rule = "The personal exemption is for goods that accompany a traveler (19 USC 1321(a)(2)(B))"
        yield Sentence("sent_by_seller", f"{rule}; a seller sent these.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if not flag.is_certain:
        text = "Origin or mode is not known; elsewhere the exemption was still on offer that day."
        yield Sentence("origin_or_mode_unknown", text)
    if flag.exemption_basis == "entry_type":
        yield Sentence("read_from_entry_type", "The claim is read from the entry type; no claim was handed in.")
    if flag.left_out_goods is not None:
        heading = f"Tariff heading {flag.heading} may be goods that the suspension leaves out"
        yield Sentence("goods_left_out", f"{heading}: {flag.left_out_goods.lower()} ({flag.left_out_source}).")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"claim": flag.exemption_basis, "origin_known": flag.is_origin_known}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
