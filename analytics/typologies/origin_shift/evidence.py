"""What an origin_shift flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, percent

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
    new_rise: Decimal
    old_rise: Decimal
    usual_place: str | None
    still_sent_count: int
    sent_elsewhere_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    is_claimed = flag.gain == "exemption"
    event = "whose exemption ended that day" if is_claimed else "whose added duty began or rose that day"
    before = f"Of {flag.before_count} shipments of these goods before {flag.changed_from}"
    others = " and other countries" if flag.origins > 1 else ""
    came = f"{flag.shipments} {'came under the exemption' if is_claimed else 'were entered'}"
    after = f"since then {came} as goods of {flag.first_origin}{others}"
    yield Sentence("origin_changed", f"{before}, {flag.before_suspended} were of an origin {event}; {after}.")
    if flag.new_rise > 0:
        rose = f"The added duty rose by {percent(flag.old_rise)} of the value on goods of the old origin"
        yield Sentence("less_dearer", f"{rose}, and by {percent(flag.new_rise)} on those of the new one.")
    if flag.still_sent_count > 0:
        still = f"{flag.still_sent_count} of the {flag.shipments} are still sent from {flag.usual_place}"
        yield Sentence("sent_from_as_before", f"{still}, as all were before.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.after_suspended > 0:
        still = f"{flag.after_suspended} shipments of the same goods still come as goods of the old origin"
        yield Sentence("old_origin_still_comes", f"{still}: both are told apart.")
    if flag.sent_elsewhere_count > 0:
        moved = f"{flag.sent_elsewhere_count} of the {flag.shipments} are no longer sent from {flag.usual_place}"
        yield Sentence("sent_from_elsewhere", f"{moved}: the goods may come from a new factory or supplier.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"before": flag.before_count, "origins": flag.origins, "still_sent_as_before": flag.still_sent_count}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
