"""What a duplicate_entry flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: one house bill under several entry numbers."""

    shipments: int
    entries: int
    amounts: int
    descriptions: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    text = f"One house bill was entered under {flag.entries} entry numbers, on {flag.shipments} shipments."
    yield Sentence("several_entries", text)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.amounts > 1 or flag.descriptions > 1:
        text = "The shipments differ in value or description: one bill may have been entered in parts."
        yield Sentence("entered_in_parts", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"entries": flag.entries}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
