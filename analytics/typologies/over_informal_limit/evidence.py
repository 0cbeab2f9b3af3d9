"""What an over_informal_limit flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: an informal entry worth more than its limit."""

    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    proxy_count: int
    mailed_count: int
    is_certain: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    entry = "A mail item" if flag.mailed_count > 0 else "An informal entry"
    shipments = f" of {flag.shipments} shipments" if flag.shipments > 1 else ""
    worth, limit = (money(flag.limit_currency, amount) for amount in (flag.total_amount, flag.limit_amount))
    yield Sentence("over_limit", f"{entry}{shipments} is worth {worth}, over the informal limit of {limit}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if flag.proxy_count > 0:
        given = "It is not given here, and the declared value stands in; the customs value would settle it."
        yield Sentence("customs_value_unknown", f"The limit goes by the customs value. {given}")
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known, and the limit depends on it.")
    if flag.shipments > 1:
        text = "The shipments are taken for one entry because they bear one entry number."
        yield Sentence("one_entry_number", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"customs_value": flag.proxy_count == 0}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
