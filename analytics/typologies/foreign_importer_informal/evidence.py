"""What a foreign_importer_informal flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: informal entries of a week, of one importer of record who is abroad.

    ``given_count`` counts the shipments that give the importer's country; of the others a party of the same name
    tells it. ``is_in_force`` is false while the bar is ordered and no rule carries it out.
    """

    shipments: int
    entries: int
    total_usd: Decimal
    importer_country: str
    is_named: bool
    given_count: int
    is_in_force: bool


def _reason(flag: Measures) -> Iterator[Sentence]:
    entries = "1 informal entry" if flag.entries == 1 else f"{flag.entries} informal entries"
    verb = "names" if flag.entries == 1 else "name"
    abroad = f"an importer of record in {flag.importer_country}, outside the United States"
    yield Sentence("importer_abroad", f"{entries} worth {money('USD', flag.total_usd)} {verb} {abroad}.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    if not flag.is_in_force:
        lead = "Not in force: the executive order works by rulemaking, and the tables hold no rule that carries it out."
        yield Sentence("no_rule_in_force", f"{lead} Until one holds, such importers may enter informally.")
    if flag.given_count < flag.shipments:
        missing = f"For {flag.shipments - flag.given_count} of the shipments the importer's country is not given"
        yield Sentence(
            "country_of_namesake", f"{missing}; the shipper has the importer's name, and its country counts."
        )
    if not flag.is_named:
        yield Sentence(
            "importer_not_named", "No importer is named; the entries of the week may be of several importers."
        )


def _attributes(flag: Measures) -> dict[str, object]:
    return {"importer_country": flag.importer_country, "country_given": flag.given_count, "in_force": flag.is_in_force}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
