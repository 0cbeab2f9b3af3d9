"""What a description_mismatch flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: descriptions that read as goods of another chapter than the tariff number's."""

    shipments: int
    hts_chapter: str
    usual_chapter: str
    telling_words: str
    usual_shipments: int
    products: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    shipments = counted(flag.shipments, "shipment", "shipments")
    reads = f"The description of {shipments} reads as goods of chapter {flag.usual_chapter}"
    usual = f"({flag.telling_words}: {flag.usual_shipments} other shipments)"
    yield Sentence("another_chapter", f"{reads} {usual}; the tariff number is of chapter {flag.hts_chapter}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.products > 0:
        yield Sentence("product_given", "The product number is given: the seller can say what it is.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"chapter": flag.hts_chapter, "usual_chapter": flag.usual_chapter}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
