"""What a warehouse_consignee flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: shipments of a day to one warehouse, each within a limit and over it together."""

    window_start: date
    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    name_words: str
    sellers: int
    uncertain_count: int


def _reason(flag: Measures) -> Iterator[Sentence]:
    arrived = f'{flag.shipments} shipments for one warehouse ("{flag.name_words}") arrived on {flag.window_start}'
    owner = "under the exemption, with no order, buyer or owner named"
    limit = f"each is within the limit of {money(flag.limit_currency, flag.limit_amount)}"
    text = f"{arrived} {owner}; {limit} and together they are worth {flag.total_amount}."
    yield Sentence("over_limit_together", text)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.sellers > 1:
        owned = "if each still owns its goods and is named to customs, each counts on its own"
        yield Sentence("several_sellers", f"The goods are of {flag.sellers} sellers: {owned}.")
    if flag.uncertain_count > 0:
        text = "Origin or mode is not known for some shipments; elsewhere there was no exemption."
        yield Sentence("origin_or_mode_unknown", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"sellers_of_day": flag.sellers}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
