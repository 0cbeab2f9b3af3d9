"""What an entry_type_switching flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from analytics.wording import Evidence, Sentence

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: a seller whose shipments went over to a lighter entry route."""

    shipments: int
    switched_on: date
    before_count: int
    before_other: int
    after_count: int
    lighter_route: str


def _reason(flag: Measures) -> Iterator[Sentence]:
    is_claimed = flag.lighter_route == "exemption"
    before, after = (
        ("were entered", "claim the exemption") if is_claimed else ("were on formal entries", "are on informal entries")
    )
    seen = f"Of {flag.before_count} shipments of this seller within the limit before {flag.switched_on}"
    since = f"of {flag.after_count} since then nearly all {after} ({flag.shipments} are named here)"
    yield Sentence("lighter_route", f"{seen}, {flag.before_other} {before}; {since}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.lighter_route == "exemption":
        text = "To claim an exemption that is on offer is lawful; why it was not claimed before may be the question."
        yield Sentence("claim_is_lawful", text)
    else:
        text = "Informal entry within its limit is lawful; why formal entry was chosen before may be the question."
        yield Sentence("informal_entry_is_lawful", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"before": flag.before_count, "after": flag.after_count}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
