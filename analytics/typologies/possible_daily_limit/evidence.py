"""What a possible_daily_limit flag says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.wording import Evidence, Sentence, rounded, share

__all__ = ["EVIDENCE", "Agreement", "Measures", "agreement"]


class Measures(NamedTuple):
    """What was measured of a flag: identities of one day that are over the limit if they are one party.

    ``name``, ``unit``, ``phone``, ``email`` and ``kind`` are of the pair that is least likely to be one party.
    """

    window_start: date
    shipments: int
    total_amount: Decimal
    limit_amount: Decimal
    limit_currency: str
    identity_count: int
    identities_over_limit: int
    probability: float
    pairs: str
    name: str | None
    unit: str | None
    phone: str | None
    email: str | None
    kind: str | None
    pairs_of_one: int
    pairs_of_two: int
    is_barely_learned: bool
    is_certain: bool


_NAMES = {
    "same": "names of the same letters",
    "slip": "names one slip apart",
    "initial": "a name that is initial and surname of the other",
    "variant": "variants of one given name",
    "close": "names a few slips apart",
    "alike": "names that resemble each other",
    "two names": "known names of two people",
    "other": "different names",
}
_KINDS = {"elsewhere": "different addresses"}
_UNITS = {"same": "the same unit", "other": "different units"}
_PHONES = {"same": "the same phone", "slip": "phones one digit apart", "other": "different phones"}
_EMAILS = {
    "same": "the same e-mail address",
    "slip": "e-mail addresses a slip apart",
    "other": "different e-mail addresses",
}


class Agreement(NamedTuple):
    """Levels of the signs by which two identities may be one party; None where a sign cannot be compared.

    Attributes
    ----------
    name, unit, phone, email : str or None
        How far they agree.
    kind : str or None
        Of what kind their place is.
    """

    name: str | None
    kind: str | None
    unit: str | None
    phone: str | None
    email: str | None


def agreement(signs: Agreement) -> str:
    """Say what agrees between two identities and what does not.

    >>> agreement(Agreement("slip", "dwelling", "same", None, "other"))
    'names one slip apart, the same unit, different e-mail addresses'
    """
    told = zip((_NAMES, _KINDS, _UNITS, _PHONES, _EMAILS), signs, strict=True)
    return ", ".join(texts[level] for texts, level in told if level in texts)


def _reason(flag: Measures) -> Iterator[Sentence]:
    arrived = f"{flag.shipments} shipments of {flag.identity_count} identities arrived on {flag.window_start}"
    yield Sentence("same_day", f"{arrived}, together worth {flag.total_amount} {flag.limit_currency}.")
    over = (
        "One identity is over the limit by itself; the rest are further lots over the limit of"
        if flag.identities_over_limit
        else "They are over the limit of"
    )
    alike = agreement(Agreement(flag.name, flag.kind, flag.unit, flag.phone, flag.email))
    party = f"only if these identities are one party (probability {share(flag.probability)}): {alike}"
    yield Sentence("over_limit_if_one_party", f"{over} {flag.limit_amount} {party}.")
    weighed = "The day and the values were weighed too; they are weighed for such leads alone, never for identity."
    yield Sentence("day_weighed", weighed)


def _counter_reasons(flag: Measures) -> Iterator[Sentence]:
    text = "The identities are held apart. A review of the pairs named here would settle it."
    yield Sentence("held_apart", text)
    if flag.is_barely_learned:
        known = f"The file tells of {flag.pairs_of_one + flag.pairs_of_two} pairs known to be one party or two"
        yield Sentence("barely_learned", f"{known}; what is usual is mostly taken from shipped figures.")
    if not flag.is_certain:
        yield Sentence("origin_or_mode_unknown", "Origin or mode is not known for some of them.")


def _attributes(flag: Measures) -> dict[str, object]:
    return {
        "identities": flag.identity_count,
        "identities_over_limit": flag.identities_over_limit,
        "pairs": [_pair(*pair.split(" ")) for pair in flag.pairs.split("|")],
        "pairs_learned_of_one": flag.pairs_of_one,
        "pairs_learned_of_two": flag.pairs_of_two,
        "probability": Decimal(rounded(flag.probability, 3)),
    }


def _pair(left: str, right: str, probability: str) -> dict[str, object]:
    return {"alias_id_l": left, "alias_id_r": right, "probability": Decimal(probability)}


EVIDENCE = Evidence(Measures, _reason, _counter_reasons, _attributes)
"""What a flag of this typology says."""
