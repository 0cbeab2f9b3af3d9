"""The counter-evidence, each with what was done about it, and what would change the flags."""

from __future__ import annotations

from typing import Any

from analytics.cases.packet.context import Context
from analytics.cases.packet.story import WORK, answers_to, told
from analytics.typesetting.blocks import Block, Page, bullets, heading, notice, paragraph, table

__all__ = ["counter_page"]

_NOTHING = "No answer on record."


def counter_page(context: Context) -> Page:
    """Return the counter-evidence of a case."""
    found = context.dossier
    blocks = [
        *_against(context),
        heading("What was done in the case"),
        *_done(context),
        heading("What would change the flags"),
        bullets(found.would_change) if found.would_change else paragraph("No flag stands."),
        heading("Shipments set aside"),
        *_aside(context),
    ]
    return Page(f"Case {found.case.case_id}: counter-evidence", blocks)


def _against(context: Context) -> list[Block]:
    found = context.dossier
    if found.answers.is_empty():
        return [paragraph("The flags that stand name no counter-evidence.")]
    rows = [
        [row["code"], _text(row), row["flag_ids"], "\n".join(answers_to(found.events, row["code"])) or _NOTHING]
        for row in found.answers.iter_rows(named=True)
    ]
    open_codes = [row[0] for row in rows if row[3] == _NOTHING]
    return [
        paragraph("Each sentence speaks against a flag. A note that names its code, such as E-1a2b, answers it."),
        table(
            ["Code", "What speaks against the flags", "Flags", "What was done about it"], rows, widths=[0.7, 3, 1.4, 3]
        ),
        *([notice(f"{len(open_codes)} of {len(rows)} have no answer on record.")] if open_codes else []),
    ]


def _text(row: dict[str, Any]) -> str:
    return f"{row['text']} ({row['source']})" if row["source"] else str(row["text"])


def _done(context: Context) -> list[Block]:
    rows = told(context.dossier.events, WORK)
    if not rows:
        return [paragraph("Nothing is on record beyond the opening of the case.")]
    return [table(["When", "Who", "What"], rows, widths=[1.4, 0.9, 4.5])]


def _aside(context: Context) -> list[Block]:
    aside = context.dossier.shipments.filter(~context.dossier.shipments["is_included"])
    if aside.is_empty():
        return [paragraph("None.")]
    rows = [
        [row["shipment_id"], f"{row['arrival_date']:%m/%d/%Y}", f"{row['value_usd']:,.2f}", row["exclude_reason"] or ""]
        for row in aside.iter_rows(named=True)
    ]
    return [table(["Shipment", "Arrived", "Value (USD)", "Reason"], rows, widths=[1.4, 0.8, 0.9, 3.6], numbers=[2])]
