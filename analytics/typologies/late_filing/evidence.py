"""What a late_filing flag says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, counted

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: entries of a filer and week that were filed after their deadline."""

    shipments: int
    days_late: int
    wording: str
    dated_only_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    entries = counted(flag.shipments, "entry was", "entries were")
    days = counted(flag.days_late, "day", "days")
    yield Sentence("after_deadline", f"{entries} filed after the deadline, by up to {days}.")
    yield Sentence("deadline", f"{flag.wording}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.dated_only_count > 0:
        unknown = f"The hour of arrival is not known for {flag.dated_only_count} of them"
        yield Sentence("hour_unknown", f"{unknown}: days are compared, and an entry of the same day passes.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {"days_late": flag.days_late}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
