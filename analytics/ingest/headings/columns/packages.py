"""Which number tells shipments apart, where one number stands over several packages that have numbers of their own."""

from __future__ import annotations

import polars as pl

from analytics.ingest.headings.columns.plans import Claim
from analytics.ingest.headings.columns.settling import Case, Verdict
from analytics.ingest.words.wordlists import codes, plain

__all__ = ["shipment_id"]


def shipment_id(case: Case, claim: Claim) -> Verdict:
    """Take a shipment number; ask where several packages under it have tracking numbers.

    Under one number their values are one shipment, which may be over the limit alone and is then no split.

    Parameters
    ----------
    case : Case
        The input.
    claim : Claim
        The best claim on the shipment number.
    """
    others = [other for other in case.free("shipment_id") if other is not claim and _names_packages(case, other)]
    if not others or "line_no" in case.claims or "line_no" in case.uses or _names_packages(case, claim):
        return claim.use
    for other in others:
        if count := _shared(case, claim.heading, other.heading):
            return case.question(
                "shipment_id",
                f"{count:,} numbers under {case.shown(claim)} stand over several of {case.shown(other)}. Under the "
                "first their values are one shipment, under the second each is a shipment of its own",
                case.answer("shipment_id", other),
                case.answer("shipment_id", claim),
            )
    return claim.use


def _names_packages(case: Case, claim: Claim) -> bool:
    return any(word in plain(case.names[claim.heading]) for word in codes("package_word"))


def _shared(case: Case, shipment: int, package: int) -> int:
    """Count the shipment numbers over several package numbers."""
    contents = case.contents
    if not contents.is_known:
        return 0
    groups = contents.grouped([contents.text(shipment)], {"packages": contents.text(package).n_unique()})
    return groups.filter(pl.col("packages") > 1).height
