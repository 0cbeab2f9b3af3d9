"""What a daily_limit flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments of one identity and day, each within a limit and over it together."""

    window_start: date
    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    oversize_count: int
    is_certain: bool
    coverage: str | None
    fallen_bases: str | None
    mail_count: int | None
    stands_without_mail: bool | None
    ways_written: int | None
    is_seen_by_exact_match: bool | None


def _reason(flag: Measures) -> Iterator[Sentence]:
    arrived = f"{flag.shipments} shipments for one consignee arrived on {flag.window_start} under the exemption"
    limit = f"each within the limit of {money(flag.limit_currency, flag.limit_amount)}"
    yield Sentence("over_limit_together", f"{arrived}, {limit} and together worth {flag.total_amount}.")
    if flag.oversize_count > 0:
        aside = f"Set aside and not counted: {flag.oversize_count} over the limit alone."
        yield Sentence("oversize_set_aside", aside)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if not flag.is_certain:
        text = f"Origin or mode is not known for some shipments; the sum holds only {flag.coverage}."
        yield Sentence("origin_or_mode_unknown", text)
    if flag.fallen_bases is not None:
        text = f"The shipments are not over the limit on one day by another date: {flag.fallen_bases}."
        yield Sentence("falls_by_other_date", text)
    if flag.stands_without_mail is False:
        mail = "mail shipment" if flag.mail_count == 1 else "mail shipments"
        without = f"Without the {flag.mail_count} {mail} the sum is not over the limit"
        yield Sentence("mail_left_out", f"{without}; customs' own check leaves mail out.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "oversize_count": flag.oversize_count,
        "ways_written": flag.ways_written,
        "stands_without_mail": flag.stands_without_mail,
        "would_exact_name_show_it": flag.is_seen_by_exact_match,
    }


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
