"""The shipments of a case, the days they add up to, and who they were for as written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from analytics.contracts.fields import shown_of_consignee
from analytics.store import Store

if TYPE_CHECKING:
    from analytics.cases.states import Case

__all__ = ["day_totals", "excluded_because", "shipments_of_case", "shipments_of_flags"]

_COLUMNS = (
    "shipment_uid", "shipment_id", "house_bill", "master_bill", "entry_number", "entry_type", "exemption_claimed",
    "exemption_basis", "mode", "carrier_code", "filer_code", "port_of_entry", "conveyance_id", "seller_id",
    "seller_name", "marketplace", "shipper_name", "shipper_address", "buyer_name", "importer_name", "order_id",
    "order_issuer", "description", "hts_code", "origin_country", "quantity", "declared_value", "currency", "value_usd",
    "customs_value_usd", "is_customs_value_proxy", "line_count", "order_date", "estimated_arrival_date",
    "arrival_date", "released_date", "released_at", "date_basis", *shown_of_consignee(),
    "alias_id", "identity_id", "party_class", "source_file",
    "source_line",
)  # fmt: skip
_SUBJECTS = {
    "identity": "identity_id",
    "seller": "seller_id",
    "filer": "filer_code",
    "consignee": "alias_id",
    "shipment": "shipment_uid",
}
_LOT = "([-_/. ]([0-9]{1,2}|[A-Z]))?"
_UNKNOWN_ISSUER = "not known"
_ISSUERS = ("order_issuer", "seller_id", "marketplace", "seller_name")
_OF_DAYS = {
    "arrival_date": "day",
    "total_amount": "total",
    "limit_amount": "limit",
    "limit_currency": "currency",
}
_DAYS = (
    "day", "total", "total_usd", "limit", "currency", "rule_id", "identity_id", "pool", "coverage", "shipments",
    "oversize_count", "is_over_limit",
)  # fmt: skip
MOST_BESIDE = 500
"""Shipments of the subject that are in no flag: the latest so many are shown beside those that are."""


def shipments_of_case(store: Store, case: Case, subject: str, excluded: dict[str, str]) -> tuple[pl.DataFrame, int]:
    """Return the shipments of a case: those of its flags, and others of its subject beside them.

    Parameters
    ----------
    store : Store
        Where they are.
    case : Case
        The case.
    subject : str
        Id of the subject as it is called today.
    excluded : dict
        ``shipment_uid`` set aside to the reason given.

    Returns
    -------
    tuple
        The shipments with ``seller``, ``in_flags`` (flag ids joined by a comma; empty beside the flags),
        ``is_included`` and ``exclude_reason``, by day; and how many others were left out.
    """
    flagged = _in_flags(store, case.flag_ids)
    every = store.table("shipments")
    others = every.filter(_is_of(case.subject_kind, subject)).select("arrival_date", "shipment_uid").collect()
    beside = others.join(flagged, on="shipment_uid", how="anti")
    latest = beside.sort("arrival_date", "shipment_uid", descending=True).head(MOST_BESIDE)
    return _shown(store, flagged, latest["shipment_uid"], excluded), beside.height - latest.height


def shipments_of_flags(store: Store, flag_ids: Iterable[str], excluded: dict[str, str]) -> pl.DataFrame:
    """Return the shipments of some flags, with the same columns.

    Parameters
    ----------
    store : Store
        Where they are.
    flag_ids : iterable of str
        The flags.
    excluded : dict
        ``shipment_uid`` set aside to the reason given.
    """
    return _shown(store, _in_flags(store, flag_ids), [], excluded)


def _in_flags(store: Store, flag_ids: Iterable[str]) -> pl.DataFrame:
    rows = store.table("flag_shipments").filter(pl.col("flag_id").is_in(list(flag_ids))).collect()
    return rows.group_by("shipment_uid").agg(in_flags=pl.col("flag_id").sort().str.join(", "))


def _shown(store: Store, flagged: pl.DataFrame, beside: Iterable[str], excluded: dict[str, str]) -> pl.DataFrame:
    wanted = [*flagged["shipment_uid"], *beside]
    told = store.table("shipments").filter(pl.col("shipment_uid").is_in(wanted)).select(_COLUMNS).collect()
    known = pl.DataFrame(
        {"shipment_uid": list(excluded), "exclude_reason": list(excluded.values())},
        schema={"shipment_uid": pl.String, "exclude_reason": pl.String},
    )
    shown = (
        told.join(flagged, on="shipment_uid", how="left")
        .join(known, on="shipment_uid", how="left")
        .with_columns(
            pl.col("in_flags").fill_null(""),
            is_included=~pl.col("shipment_uid").is_in(list(excluded)),
            seller=pl.coalesce("seller_name", "seller_id"),
        )
    )
    return shown.sort("arrival_date", "shipment_uid")


def _is_of(kind: str, subject: str) -> pl.Expr:
    if kind == "order":
        return _is_of_order(subject)
    column = _SUBJECTS.get(kind)
    if column is None:
        return pl.lit(value=False)
    is_named = (pl.col("seller_name") == subject) if kind == "seller" else pl.lit(value=False)
    return (pl.col(column) == subject) | is_named


def _is_of_order(subject: str) -> pl.Expr:
    """Return whether a shipment is of an order: its number, or that of a lot of it, and its issuer where one is known.

    Orders are told apart in ``int_shipments__keyed_to_orders``; here they are looked up by what their key shows.
    """
    number, _, issuer = subject.partition(", issuer ")
    is_number = _folded("order_id").str.contains(f"^{re.escape(number.upper())}{_LOT}$")
    if not issuer or issuer.startswith(_UNKNOWN_ISSUER):
        return is_number
    return is_number & pl.any_horizontal(*(_folded(name) == issuer.upper() for name in _ISSUERS))


def _folded(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.to_uppercase().fill_null("")


def excluded_because(events: pl.DataFrame, excluded: tuple[str, ...]) -> dict[str, str]:
    """Return the reason that was given last for each shipment that is set aside."""
    reasons = dict.fromkeys(excluded, "")
    for body in events.filter(pl.col("kind") == "excluded").sort("seq")["body"]:
        said = json.loads(body)
        if said.get("shipment_uid") in reasons:
            reasons[said["shipment_uid"]] = str(said.get("reason") or "")
    return reasons


def day_totals(store: Store, shipments: pl.DataFrame) -> pl.DataFrame:
    """Return what the exempted shipments of each consignee and day of the case add up to, and the limit of that day.

    Returns
    -------
    polars.DataFrame
        ``day``, ``total`` (in ``currency``), ``total_usd``, ``limit`` (null where no exemption was available),
        ``currency``, ``rule_id``, ``identity_id``, ``pool``, ``coverage``, ``shipments``, ``oversize_count``,
        ``is_over_limit``.
    """
    days = shipments.select("identity_id", day="arrival_date").drop_nulls().unique()
    of_identities = pl.col("identity_id").is_in(days["identity_id"].unique().to_list())
    totals = store.table("daily_totals").filter(of_identities).rename(_OF_DAYS).collect()
    found = totals.join(days, on=["identity_id", "day"], how="semi").select(_DAYS)
    return found.sort("day", "identity_id", "pool", "rule_id", "coverage")
