"""The elements of a prior disclosure (19 CFR 162.74(b)), as far as the files tell them; counsel completes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.cases.packet.blocks import Block, Page, bullets, heading, notice, paragraph, signatures, table
from analytics.cases.packet.context import Context
from analytics.cases.words import packages, us_day
from analytics.reports.wording import counted, listed, money, short

__all__ = ["NEEDED_BY", "disclosure_page"]

NEEDED_BY = ("disclosure_filed", "referred_to_counsel")
"""Outcomes that need this page."""
_MOST_ROWS = 200
_OWED = ("Shipment", "Arrived", "Duty", "Fee", "Loss", "")
_FOLLOW = {
    "entry_number": "entry numbers",
    "house_bill": "house bills",
    "hts_code": "tariff numbers",
    "origin_country": "origins",
}
"""What a disclosure names, and a file often lacks."""


def disclosure_page(context: Context) -> Page:
    """Return the elements of a prior disclosure."""
    flagged = context.dossier.shipments.filter(pl.col("in_flags") != "", pl.col("is_included"))
    blocks = [
        notice(
            "A working paper for counsel. Whether a violation occurred, whether a statement was false and whether to "
            "disclose is for counsel to decide. Nothing in this packet asserts intent or fault."
        ),
        heading("1. Class or kind of merchandise"),
        *_merchandise(flagged),
        heading("2. Entries, or ports and approximate dates"),
        *_entries(flagged),
        heading("3. Statements, omissions or acts at issue, how and when"),
        *_statements(context, flagged),
        heading("4. True information, and what will follow"),
        *_true(context, flagged),
        heading("5. Tender"),
        *_tender(context, flagged),
        signatures(["Counsel", "Disclosing party", "Date"]),
    ]
    return Page(f"Case {context.dossier.case.case_id}: elements of a prior disclosure", blocks)


def _merchandise(flagged: pl.DataFrame) -> list[Block]:
    kinds = flagged.group_by("hts_code", "origin_country").agg(
        pl.col("description").drop_nulls().unique().sort().head(4), shipments=pl.len(), value=pl.col("value_usd").sum()
    )
    ordered = kinds.sort("value", "hts_code", "origin_country", descending=[True, False, False])
    rows = [
        [
            row["hts_code"] or "not given",
            short("; ".join(row["description"]), 120) or "not described",
            row["origin_country"] or "not given",
            str(row["shipments"]),
            money(row["value"]),
        ]
        for row in ordered.iter_rows(named=True)
    ]
    head = ["Tariff number", "As described", "Origin", "Packages", "Value"]
    return [table(head, rows, widths=[1.1, 3.4, 0.7, 0.8, 1], numbers=[3, 4])]


def _entries(flagged: pl.DataFrame) -> list[Block]:
    missing = flagged["entry_number"].null_count()
    rows = [
        [
            row["entry_number"] or "",
            row["entry_type"] or "",
            row["port_of_entry"] or "not given",
            f"{row['arrival_date']:%m/%d/%Y}",
            row["shipment_id"],
            row["house_bill"] or "",
        ]
        for row in flagged.head(_MOST_ROWS).iter_rows(named=True)
    ]
    said = (
        f"The files give no entry number for {packages(missing)}; these are named by port and date of arrival."
        if missing
        else "Every package has an entry number."
    )
    more = flagged.height - _MOST_ROWS
    rest = [paragraph(f"{packages(more)} more: see 03_entries.xlsx.")] if more > 0 else []
    head = ["Entry number", "Type", "Port", "Arrived", "Shipment", "House bill"]
    return [paragraph(said), table(head, rows, widths=[1.1, 0.5, 0.9, 0.9, 1.4, 1.4]), *rest]


def _statements(context: Context, flagged: pl.DataFrame) -> list[Block]:
    claimed = flagged.filter(pl.col("exemption_claimed"))
    days = [us_day(day) for day in claimed["arrival_date"].unique().sort().to_list()]
    when = listed(days) if len(days) <= 8 else f"{counted(len(days), 'day')} from {days[0]} to {days[-1]}"
    bases = listed(base.replace("_", " ") for base in claimed["exemption_basis"].drop_nulls().unique().sort())
    said = [
        f"An exemption from duty was claimed for {packages(claimed.height)}, arrived on {when} (known from: {bases}).",
        *context.dossier.reasons,
    ]
    if claimed.is_empty():
        said = ["No claim of an exemption is in the files.", *context.dossier.reasons]
    return [
        bullets(said),
        paragraph("To be completed by counsel: who made each statement, how it came about, and whether it was false."),
    ]


def _true(context: Context, flagged: pl.DataFrame) -> list[Block]:
    sums = [
        f"{us_day(row['day'])}: {packages(row['shipments'])} for one consignee, together worth "
        f"{money(row['total'], row['currency'])}."
        for row in context.dossier.day_totals.filter("is_over_limit").iter_rows(named=True)
    ]
    missing = [label for column, label in _FOLLOW.items() if flagged[column].null_count()]
    proxies = flagged.filter("is_customs_value_proxy").height
    follow = [f"Not in the files for every package: {listed(missing)}."] if missing else []
    follow += (
        ["The totals of a day include packages that were set aside."] if context.dossier.case.excluded_shipments else []
    )
    follow += [f"Customs value not given for {packages(proxies)}; the declared value stands in."] if proxies else []
    return [
        bullets([*sums, *follow] or ["See 03_entries.xlsx."]),
        paragraph(
            "Information unknown at the time of disclosure is to be provided within 30 days of the initial disclosure; "
            "an extension may be requested (19 CFR 162.74(b)(4))."
        ),
    ]


def _tender(context: Context, flagged: pl.DataFrame) -> list[Block]:
    loss = context.dossier.disclosure
    if loss is None:
        return [paragraph("The flags put no duty or fee at issue, so no loss is computed.")]
    listed_here = context.dossier.owed.join(flagged, on="shipment_uid", how="semi")
    names = dict(flagged.select("shipment_uid", "shipment_id").iter_rows())
    rows = [_owed(row, names) for row in listed_here.head(_MOST_ROWS).iter_rows(named=True)]
    here = sum((row["duty_base_usd"] + row["fee_usd"] for row in listed_here.iter_rows(named=True)), Decimal(0))
    high = "not known" if loss.is_unknown else money(loss.loss_ceiling)
    tender = "not known" if loss.tender is None else money(loss.tender)
    interest = "not computed" if loss.interest is None else money(loss.interest)
    return [
        bullets(
            [
                f"Loss of duty and fees of the packages listed here: {money(here)}.",
                f"Of all {loss.shipments:,} packages in flags: {money(loss.loss_base)} (low {money(loss.loss_floor)}; "
                f"high {high}). Interest: {interest}. Tender with interest: {tender}.",
                "04_loss_of_duties.xlsx computes the loss of each package; those set aside can be left out there.",
                "The actual loss is tendered with the disclosure, or within 30 days after CBP notifies its calculation "
                "(19 CFR 162.74(c)).",
            ]
        ),
        table(_OWED, rows, widths=[1.5, 1, 1, 0.8, 1, 1.3], numbers=[2, 3, 4]),
    ]


def _owed(row: dict[str, Any], names: dict[str, str]) -> list[str]:
    amounts = (row["duty_base_usd"], row["fee_usd"], row["duty_base_usd"] + row["fee_usd"])
    unknown = "some part unknown" if row["is_unknown"] else ""
    return [names[row["shipment_uid"]], f"{row['arrival_date']:%m/%d/%Y}", *map(money, amounts), unknown]
