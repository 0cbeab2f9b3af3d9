"""What a duplicate_entry flag says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, money

__all__ = ["EVIDENCE", "Measures"]


class Measures(NamedTuple):
    """What was measured of a flag: one house bill that was entered twice.

    ``way`` says how: claim entered (under the exemption, then with duty), claim entered lower, other value (the same
    goods and quantity), parts (entries that differ), again (all else).
    """

    way: str
    shipments: int
    entries: int
    amounts: int
    descriptions: int
    consignees: int
    is_maybe_cut: bool
    claimed_usd: Decimal | None
    entered_usd: Decimal | None
    lowest_usd: Decimal
    highest_usd: Decimal


def _reason(flag: Measures) -> Iterator[Sentence]:
    if flag.way.startswith("claim entered"):
        yield from _claim_entered(flag)
        return
    text = f"One house bill was entered under {flag.entries} entry numbers, on {flag.shipments} shipments."
    yield Sentence("several_entries", text)
    if flag.way == "other value":
        goods = "The goods and their quantity are the same, and the values are not"
        values = f"{money('USD', flag.lowest_usd)} and {money('USD', flag.highest_usd)}"
        yield Sentence("entered_at_other_value", f"{goods}: {values}.")


def _claim_entered(flag: Measures) -> Iterator[Sentence]:
    claimed = f"One house bill was claimed under the exemption at {money('USD', flag.claimed_usd)}"
    entered = f"{claimed} and entered with duty at {money('USD', flag.entered_usd)}"
    yield Sentence("claimed_and_entered", f"{entered}, on {flag.shipments} shipments.")
    if flag.way == "claim entered lower":
        yield Sentence("entered_lower", "The value fell between the claim and the entry.")


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    yield from _by_way(flag)
    if flag.consignees > 1:
        allowed = "goods of one bill may be entered apart for each (19 CFR 141.52(a), 141.54)"
        yield Sentence("several_consignees", f"The entries are for {flag.consignees} consignees; {allowed}.")
    elif flag.is_maybe_cut:
        parts = "The informal entries may be of parts of the bill that are alike, and then nothing was entered twice"
        yield Sentence("parts_alike", f"{parts}; the quantities on the bill would settle it.")


def _by_way(flag: Measures) -> Iterator[Sentence]:
    if flag.way == "claim entered":
        text = "A claim that customs withholds has to be entered anew; the value did not fall."
        yield Sentence("claim_withheld", text)
    elif flag.way == "claim entered lower":
        text = "A claim that customs withholds has to be entered anew, and customs value may be below retail value."
        yield Sentence("claim_withheld", text)
    elif flag.way == "other value":
        text = "One entry may have been canceled, or corrected the other; the entry summaries would settle it."
        yield Sentence("may_be_corrected", text)
    elif flag.amounts > 1 or flag.descriptions > 1:
        text = "The shipments differ in value or description: one bill may have been entered in parts."
        yield Sentence("entered_in_parts", text)


def _attributes(flag: Measures) -> dict[str, object]:
    return {"entries": flag.entries, "way": flag.way}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
