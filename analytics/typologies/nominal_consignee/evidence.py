"""What a nominal_consignee flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments to a firm that moves goods for others, with no owner named."""

    shipments: int
    name_kind: str
    name_words: str
    ordered_count: int
    is_entered: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    filed = "Informal entries are filed for" if flag.is_entered else "The exemption is claimed for"
    firm = f'whose consignee is by its name a {flag.name_kind} ("{flag.name_words}")'
    text = f"{filed} {flag.shipments} shipments {firm}, and no buyer or owner is given."
    yield Sentence("owner_not_named", text)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.ordered_count > 0:
        ordered = f"{flag.ordered_count} of them carry an order number"
        yield Sentence("ordered", f"{ordered}: a buyer exists and may be named elsewhere.")
    yield Sentence("read_from_name", "What a firm does is read from its name.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"kind_of_consignee": flag.name_kind}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
