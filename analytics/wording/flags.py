"""What is said of every flag alike, and put together with what its typology says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analytics.wording.evidence import Sentence
from analytics.wording.figures import share
from analytics.wording.texts import as_list, as_object, joined_lists, joined_objects

__all__ = ["SEPARATOR", "Flag", "flag_text"]

SEPARATOR = "|"
"""Stands between texts of one kind that a flag has several of."""


class Flag(NamedTuple):
    """What is known of a flag whatever its typology.

    Attributes
    ----------
    reason : str
        What its typology says of it.
    counter_reasons, attributes, codes : str
        The same, as JSON.
    innocent_codes, innocent_reasons : str or None
        Innocent explanations that its shipments show.
    cut_codes, cut_reasons : str or None
        Single things without which it falls.
    cut_statement : str or None
        The fewest shipments without which it would not stand.
    benign : str or None
        Where the same is seen and nothing is wrong.
    falls_at_threshold : float or None
        The loosest identity threshold at which no part of it is over the limit.
    fallen_bases : str or None
        Dates by which it would not stand.
    needs_matches : bool
        It is weaker than its typology would have it, for it needs matches that are not proven.
    likely_probability : float or None
        That of the one match it needs.
    likely_alias_l, likely_alias_r : str or None
        The aliases of that match.
    doubtful_link : float or None
        Probability of the weakest match of its identity, where that is doubtful.
    near_midnight_hours : int
        What counts as near midnight.
    shipments, aliases, carriers, filers, modes, orders, ports, sellers : int
        How many it has.
    mail_count, other_date_count, assumed_claim_count, near_midnight_count : int
        Shipments by mail, without a day of arrival, without a claim or entry type, near midnight.
    owner_count, proxy_value_count, care_of_count : int
        Shipments of a buyer or importer, without a transaction value, in care of another.
    """

    reason: str
    counter_reasons: str
    attributes: str
    codes: str
    innocent_codes: str | None
    innocent_reasons: str | None
    cut_codes: str | None
    cut_reasons: str | None
    cut_statement: str | None
    benign: str | None
    falls_at_threshold: float | None
    fallen_bases: str | None
    needs_matches: bool
    likely_probability: float | None
    likely_alias_l: str | None
    likely_alias_r: str | None
    doubtful_link: float | None
    near_midnight_hours: int
    shipments: int
    aliases: int
    carriers: int
    filers: int
    modes: int
    orders: int
    ports: int
    sellers: int
    mail_count: int
    other_date_count: int
    assumed_claim_count: int
    near_midnight_count: int
    owner_count: int
    proxy_value_count: int
    care_of_count: int


def flag_text(flag: Flag) -> tuple[str, str, str, str]:
    """Return reason, counter-reasons, attributes and codes of a flag: what is common to all and what is its own."""
    before = [*_coded(flag.innocent_codes, flag.innocent_reasons)]
    after = [*_resting(flag), *_matched(flag), *_counted(flag), *_standing(flag)]
    counters = joined_lists(
        as_list(text for _, text in before), flag.counter_reasons, as_list(text for _, text in after)
    )
    codes = joined_lists(flag.codes, as_list(code for code, _ in (*before, *after)))
    return flag.reason, counters, joined_objects(as_object(_attributes(flag)), flag.attributes), codes


def _coded(codes: str | None, texts: str | None) -> Iterator[Sentence]:
    if codes and texts:
        yield from map(Sentence, codes.split(SEPARATOR), texts.split(SEPARATOR))


def _resting(flag: Flag) -> Iterator[Sentence]:
    """Say without what it would not stand."""
    yield from _coded(flag.cut_codes, flag.cut_reasons)
    if flag.falls_at_threshold is not None:
        stricter = f"At the stricter identity threshold of {flag.falls_at_threshold}"
        yield Sentence("falls_at_threshold", f"{stricter} no part of it is over the limit.")
    if flag.fallen_bases is not None:
        yield Sentence("falls_by_date", f"It would not stand by another date: {flag.fallen_bases}.")
    if flag.other_date_count > 0:
        shipments = f"{flag.other_date_count} of {flag.shipments} shipments"
        yield Sentence("other_date", f"{shipments} carry no arrival date; another date is used.")


def _matched(flag: Flag) -> Iterator[Sentence]:
    """Say which matches it needs, and what would settle them."""
    if flag.needs_matches and flag.likely_probability is not None:
        match = f"a match that is likely and not proven (probability {share(flag.likely_probability)})"
        verb = f"splitship judge {flag.likely_alias_l} {flag.likely_alias_r}, with --same or --different"
        yield Sentence("needs_match", f"Inferred, because it needs {match}. To settle it: {verb}.")
    elif flag.needs_matches:
        needs = "Inferred, because it needs matches that are likely and not proven."
        yield Sentence("needs_matches", f"{needs} To settle them: splitship review --next 20.")
    if flag.doubtful_link is not None:
        rests = "The weakest match between these aliases has probability"
        yield Sentence("doubtful_link", f"{rests} {share(flag.doubtful_link)}.")


def _counted(flag: Flag) -> Iterator[Sentence]:
    """Say for how many of its shipments something is assumed, or may be otherwise."""
    if flag.assumed_claim_count > 0:
        shipments = f"For {flag.assumed_claim_count} of the shipments"
        yield Sentence("claim_assumed", f"{shipments} neither claim nor entry type is given; a claim is assumed.")
    if flag.near_midnight_count > 0:
        arrived = f"arrived within {flag.near_midnight_hours} hours of midnight"
        text = f"{flag.near_midnight_count} of the shipments {arrived}; by another clock they belong to another day."
        yield Sentence("near_midnight", text)
    if flag.owner_count > 0:
        shipments = f"For {flag.owner_count} of the shipments"
        yield Sentence("owner_is_person", f"{shipments} the party is the buyer or importer named, not the consignee.")
    if flag.proxy_value_count > 0:
        shipments = f"For {flag.proxy_value_count} of the shipments"
        yield Sentence("proxy_value", f"{shipments} the declared value is used in place of the transaction value.")
    if flag.care_of_count > 0:
        text = (
            f"{flag.care_of_count} of the shipments are addressed in care of another; the owner may be another party."
        )
        yield Sentence("care_of", text)


def _standing(flag: Flag) -> Iterator[Sentence]:
    if flag.cut_statement is not None:
        yield Sentence("smallest_cut", flag.cut_statement)
    if flag.benign is not None:
        yield Sentence("innocent_elsewhere", f"Also seen where nothing is wrong: {flag.benign}.")


def _attributes(flag: Flag) -> dict[str, object]:
    return {
        "aliases": flag.aliases,
        "carriers": flag.carriers,
        "filers": flag.filers,
        "mail_mixed": 0 < flag.mail_count < flag.shipments,
        "modes": flag.modes,
        "orders": flag.orders,
        "ports": flag.ports,
        "sellers": flag.sellers,
    }
