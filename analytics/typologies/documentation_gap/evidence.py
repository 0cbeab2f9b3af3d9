"""What a documentation_gap flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments of a filer and week for which a paper is known to be missing."""

    shipments: int
    claims_of_week: int
    invoices: int
    transport_documents: int
    proofs_of_order: int
    importer_ids: int
    is_entered: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    missing = {
        "invoice": flag.invoices,
        "transport document": flag.transport_documents,
        "proof of order": flag.proofs_of_order,
        "importer number": flag.importer_ids,
    }
    papers = ", ".join(f"{paper} {count}" for paper, count in missing.items() if count > 0)
    of_week = f"{flag.shipments} of {flag.claims_of_week} {'entries' if flag.is_entered else 'claims'} of the week"
    yield Sentence("paper_missing", f"For {of_week} a paper is known to be missing: {papers}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    text = "Where the data say nothing of a paper, it is not counted as missing."
    yield Sentence("silence_is_not_counted", text)
    if flag.importer_ids > 0:
        text = "The importer number counts as missing where the filer gives it for other shipments."
        yield Sentence("importer_number_usual", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"claims_of_week": flag.claims_of_week}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
