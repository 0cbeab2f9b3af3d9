"""What an ineligible_goods flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: an exemption claimed for goods that cannot have it."""

    kind: str
    goods: str
    hts_code: str
    exemption_basis: str


def _reason(flag: Measures) -> Iterator[Sentence]:
    claimed = f"The exemption is claimed for a shipment under tariff number {flag.hts_code}"
    if flag.kind == "agency":
        yield Sentence("data_of_agency", f"{claimed}, {flag.goods}, of which another agency asks data.")
    else:
        yield Sentence("not_eligible", f"{claimed}, {flag.goods}, which cannot have it.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.kind in {"antidumping", "countervailing", "quota"}:
        text = "The tariff number alone does not decide whether goods are within the case."
        yield Sentence("number_does_not_decide", text)
    if flag.kind == "licence":
        text = "Another agency may have let them in; its papers are not in the data."
        yield Sentence("papers_of_agency_unseen", text)
    if flag.kind == "agency":
        text = "With the agency's data such goods may have it; the data are not in the file."
        yield Sentence("data_of_agency_unseen", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"class": flag.kind, "claim": flag.exemption_basis}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
