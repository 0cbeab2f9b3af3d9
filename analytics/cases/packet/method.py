"""The method and its limits: rules in force, answers to open questions, versions, inputs, and what is not known."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from analytics.cases.packet.context import Context
from analytics.contracts.exposure import DUTIES
from analytics.contracts.switches import SWITCHES
from analytics.reports.wording import clean, counted, money, name_of
from analytics.showing import without_secrets
from analytics.typesetting.blocks import Block, Page, bullets, heading, paragraph, table

__all__ = ["method_page"]

_FIXED = (
    "The files hold what carriers and filers declared. Entry summaries, invoices and payments are not in them.",
    "An identity is a match of names, addresses and contacts. Two people may share them, and one person may not.",
    "Whether goods were entered, exported or returned later is known only where a file says so.",
    "Intent cannot be read from these files. No figure or sentence of this packet asserts it.",
    "A character that the font of these pages lacks is shown in Latin letters within angle quotes; the workbooks and "
    "the event log hold it as written.",
)


def method_page(context: Context, versions: dict[str, str]) -> Page:
    """Return the method of a case and its limits.

    Parameters
    ----------
    context : Context
        The case.
    versions : dict of str to str
        Of the packages that wrote the packet.
    """
    return Page(
        f"Case {context.dossier.case.case_id}: method and limits",
        [
            heading("Rules in force on the days of the case"),
            *_rules(context),
            heading("Rates of duty used"),
            *_rates(context),
            heading("Answers to open questions of law and method"),
            _answers(context),
            heading("What the figures assume"),
            *_assumptions(context),
            heading("What is not known"),
            bullets([*_unknown(context), *_FIXED]),
            heading("Versions"),
            _versions(context, versions),
            heading("Input files"),
            _inputs(context),
            heading("Parameters"),
            _parameters(context),
        ],
    )


def _rules(context: Context) -> list[Block]:
    rows = [
        [
            row["rule_id"],
            _limit(row),
            f"{row['origin_scope']}; {row['mode_scope']}",
            _span(row),
            row["source"],
            row["confidence"],
        ]
        for row in context.rules.iter_rows(named=True)
    ]
    if not rows:
        return [paragraph("No dated limit applies to the flags of this case.")]
    head = ["Rule", "Limit", "Origins; modes", "In force", "Citation", "Source seen"]
    notes = [f"{row['rule_id']}: {row['note']}" for row in context.rules.iter_rows(named=True) if row["note"]]
    return [table(head, rows, widths=[0.9, 0.9, 1.3, 1.4, 2.4, 0.9]), *([bullets(notes)] if notes else [])]


def _limit(row: dict[str, Any]) -> str:
    return money(row["limit_amount"], row["limit_currency"]) if row["limit_amount"] is not None else row["status"]


def _span(row: dict[str, Any]) -> str:
    end = f"before {row['valid_to']:%m/%d/%Y}" if row["valid_to"] else "open"
    return f"{row['valid_from']:%m/%d/%Y}, {end}"


def _rates(context: Context) -> list[Block]:
    duties = context.dossier.duties
    if duties.is_empty():
        return [paragraph("No duty is computed for this case.")]
    used = duties.group_by("layer", "source").agg(pl.col("shipment_uid").n_unique(), pl.col("is_unknown").any())
    rows = [
        [
            DUTIES.get(row["layer"], row["layer"]),
            row["source"],
            str(row["shipment_uid"]),
            "yes" if row["is_unknown"] else "no",
        ]
        for row in used.sort("layer", "source").iter_rows(named=True)
    ]
    return [
        table(
            ["Duty", "Source of the rate", "Shipments", "Some part unknown"], rows, widths=[2, 3, 0.8, 1.1], numbers=[2]
        )
    ]


def _answers(context: Context) -> Block:
    rows = []
    for switch in SWITCHES:
        answer = context.scenario.get(switch.name, switch.default)
        meaning = switch.answers.get(str(answer), str(answer))
        rows.append([switch.question, meaning, "default" if answer == switch.default else "chosen"])
    return table(["Question", "Answer taken", ""], rows, widths=[2.4, 3.2, 0.7])


def _assumptions(context: Context) -> list[Block]:
    sentences: dict[str, None] = {}
    for text in context.dossier.exposure["assumptions"]:
        sentences |= dict.fromkeys(map(str, json.loads(text)))
    return [bullets(sentences)] if sentences else [paragraph("No figure is computed.")]


def _unknown(context: Context) -> list[str]:
    found = context.dossier
    said = [f"{name_of(row['typology'])}: {row['tested']}." for row in context.not_tested.iter_rows(named=True)]
    unknown = found.owed.filter("is_unknown").height
    if unknown:
        said.insert(0, f"Duty or fee of {counted(unknown, 'shipment')} could not be computed in full.")
    said.append(
        f"{counted(context.rejected, 'row')} of the inputs were rejected, and {counted(context.unread, 'cell')} unread."
    )
    if found.left_out:
        said.append(
            f"{counted(found.left_out, 'further shipment')} of the subject are in no flag and not in this packet."
        )
    return said


def _versions(context: Context, versions: dict[str, str]) -> Block:
    run = context.run
    rows = [
        ["Program", run["program_version"]],
        ["Identity model", run["model_version"]],
        ["Reference tables (SHA-256)", run["rules_sha256"]],
        ["Run", f"{run['run_id']}, finished {run['finished_at']}"],
        ["Store", context.store_id or "no id"],
        *([f"Packet: {name}", version] for name, version in sorted(versions.items())),
    ]
    return table(["What", "Version"], rows, widths=[1.4, 4])


def _inputs(context: Context) -> Block:
    rows = [
        [
            without_secrets(str(item["path"])),
            item["sha256"],
            f"{item['read']:,}",
            f"{item['accepted']:,}",
            item["skipped"] or "",
        ]
        for item in context.inputs
    ]
    return table(
        ["File", "SHA-256", "Read", "Accepted", "Left out because"],
        rows,
        widths=[1.8, 2.6, 0.6, 0.8, 2],
        numbers=[2, 3],
    )


def _parameters(context: Context) -> Block:
    pairs = [[name, clean(str(value))] for name, value in sorted(context.parameters.items())]
    half = -(-len(pairs) // 2)
    rows = [[*left, *right] for left, right in zip(pairs[:half], [*pairs[half:], ["", ""]][:half], strict=True)]
    return table(["Parameter", "Value", "Parameter", "Value"], rows, widths=[1.6, 1.4, 1.6, 1.4])
