"""What a vague_description flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: descriptions of a seller and week that do not tell what the goods are."""

    shipments: int
    claims_of_week: int
    phrases: int
    first_phrase: str
    phrase_source: str
    coded_count: int
    is_entered: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    of_week = f"{flag.shipments} of {flag.claims_of_week} {'entries' if flag.is_entered else 'claims'} of the week"
    like = " or the like" if flag.phrases > 1 else ""
    told = f'tells no more than "{flag.first_phrase}"{like} ({flag.phrase_source})'
    yield Sentence("vague", f"The description of {of_week} {told}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.coded_count > 0:
        coded = f"{flag.coded_count} of {flag.shipments} carry a tariff number"
        yield Sentence("tariff_number_given", f"{coded}, which tells more than the words.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"claims_of_week": flag.claims_of_week, "phrases": flag.phrases}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
