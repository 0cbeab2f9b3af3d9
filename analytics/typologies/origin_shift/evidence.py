"""What an origin_shift flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: goods of a seller whose origin changed on the day on which it became dearer."""

    shipments: int
    changed_from: date
    before_count: int
    before_suspended: int
    after_suspended: int
    origins: int
    first_origin: str
    gain: str


def _reason(flag: Measures) -> Iterator[Sentence]:
    is_claimed = flag.gain == "exemption"
    event = "whose exemption ended that day" if is_claimed else "whose added duty began or rose that day"
    before = f"Of {flag.before_count} shipments of these goods before {flag.changed_from}"
    others = " and other countries" if flag.origins > 1 else ""
    came = f"{flag.shipments} {'came under the exemption' if is_claimed else 'were entered'}"
    after = f"since then {came} as goods of {flag.first_origin}{others}"
    yield Sentence("origin_changed", f"{before}, {flag.before_suspended} were of an origin {event}; {after}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.after_suspended > 0:
        still = f"{flag.after_suspended} shipments of the same goods still come as goods of the old origin"
        yield Sentence("old_origin_still_comes", f"{still}: both are told apart.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"before": flag.before_count, "origins": flag.origins}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
