"""The cover memo: what the case is about, what it puts at issue, what was decided, and what else is in the packet."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.cases.packet.context import Context
from analytics.cases.packet.story import decision_of, reviewer_of
from analytics.cases.states import DISMISSAL_REASONS, OUTCOMES
from analytics.cases.words import moment, us_day
from analytics.reports.wording import counted, money
from analytics.typesetting.blocks import Block, Page, bullets, facts, heading, notice, paragraph, signatures, table

__all__ = ["cover_memo"]

_UNKNOWN = "not known"


def cover_memo(context: Context, contents: Sequence[tuple[str, str]]) -> Page:
    """Return the cover memo.

    Parameters
    ----------
    context : Context
        The case.
    contents : sequence of tuple
        File name and what it holds, of every file of the packet.
    """
    found = context.dossier
    return Page(
        f"Case {found.case.case_id}: cover memo",
        [
            _who(context),
            heading("Summary"),
            *(paragraph(sentence) for sentence in found.sentences),
            notice(
                "Nothing in this packet asserts intent or fault. What the flags mean in law is for counsel to decide."
            ),
            heading("What may be at issue"),
            *_at_issue(context),
            heading("Decision"),
            *_decision(context),
            heading("Time limits"),
            *_clock(found.statute_clock),
            heading("In this packet"),
            table(["File", "What it holds"], contents, widths=[1, 2]),
            signatures(["Prepared by", "Reviewed by", "Date"]),
        ],
    )


def _who(context: Context) -> Block:
    case, dossier = context.dossier.case, context.dossier
    standing = dossier.flags.filter("stands").height
    rows = [
        ("Case", f"{case.case_id}, event {case.version} of {moment(case.last_event_at)}"),
        ("Subject", f"{case.subject_kind} {dossier.subject}"),
        ("State", _state(context)),
        ("Flags", f"{standing:,} standing; {dossier.flags.height - standing:,} gone or covered by a dismissal"),
        ("Opened", f"{moment(case.opened_at)}, by {case.opened_by}"),
        ("Assigned to", case.assignee or "nobody"),
        ("Edition", f"{context.edition}{_masked(context)}"),
        ("Screening", f"run {context.run['run_id']} of {moment(context.run['finished_at'])}"),
    ]
    return facts(rows)


def _masked(context: Context) -> str:
    return ": names are pseudonyms; addresses and contacts are hidden" if context.dossier.is_masked else ""


def _state(context: Context) -> str:
    case = context.dossier.case
    outcome = OUTCOMES.get(case.outcome or "", case.outcome)
    return f"{case.state.replace('_', ' ')}{f': {outcome}' if outcome else ''}"


def _at_issue(context: Context) -> list[Block]:
    dossier = context.dossier
    loss = dossier.disclosure
    of_flags = dossier.shipments.filter(pl.col("in_flags") != "")
    value = money(sum(of_flags["value_usd"].to_list()) or None)
    if loss is None:
        return [paragraph(f"Shipments in flags: {of_flags.height}, worth {value}. The flags put no duty at issue.")]
    high = _UNKNOWN if loss.is_unknown else money(loss.loss_ceiling)
    rows = [
        ["Value of the shipments in flags", "", value, ""],
        ["Loss of duty and fees", money(loss.loss_floor), money(loss.loss_base), high],
        ["Interest", "", _UNKNOWN if loss.interest is None else money(loss.interest), ""],
        ["Tender of a prior disclosure", "", _UNKNOWN if loss.tender is None else money(loss.tender), ""],
    ]
    told = table(["USD", "Low", "Base", "High"], rows, widths=[2.4, 1, 1, 1], numbers=[1, 2, 3])
    return [told, bullets(_caveats(context))]


def _caveats(context: Context) -> list[str]:
    loss, aside = context.dossier.disclosure, len(context.dossier.case.excluded_shipments)
    said = [f"Each of the {loss.shipments if loss else 0} shipments counts once, whatever flags it is in."]
    if loss and loss.is_unknown:
        said.append("Some part could not be computed and is in no figure, so the high is not known.")
    if loss and loss.interest is None:
        said.append("Interest is left out: no day is given up to which it runs, or no rate reaches that day.")
    if aside:
        verb = "is" if aside == 1 else "are"
        said.append(f"{counted(aside, 'shipment').capitalize()} that a person set aside {verb} still in these figures.")
    return said


def _decision(context: Context) -> list[Block]:
    decision = decision_of(context.dossier.events) if context.dossier.case.outcome else None
    if decision is None:
        return [paragraph("No decision stands.")]
    reason = decision.get("reason")
    rows = [
        ("Outcome", OUTCOMES.get(decision["outcome"], decision["outcome"])),
        ("Decided", f"{decision['by']}, {moment(decision['at'])}"),
        ("Reason", DISMISSAL_REASONS.get(reason, reason) if reason else ""),
        ("Scope", decision.get("scope") if reason else ""),
        *((name.capitalize(), decision.get(name) or "") for name in ("evidence", "note")),
        ("Second review", reviewer_of(context.dossier.events) or "none on record"),
    ]
    return [facts((label, str(value)) for label, value in rows if value)]


def _clock(clock: pl.DataFrame) -> list[Block]:
    """Return the time limits of a case, each once: from the first to the last shipment that it is about."""
    once = clock.group_by("kind", "wording", "counted_from", "source", "confidence").agg(
        pl.col("first_end").min(), pl.col("last_end").max()
    )
    rows = [
        [row["wording"], _ends(row), row["source"], row["confidence"]]
        for row in once.sort("last_end", "wording", "source", nulls_last=True).iter_rows(named=True)
    ]
    if not rows:
        return [paragraph("No flag of the case puts duty or fees at issue, so no limit is counted.")]
    return [table(["What ends", "When", "Source", "Source seen"], rows, widths=[2.2, 1.8, 1.6, 0.8])]


def _ends(row: dict[str, object]) -> str:
    first, last = row["first_end"], row["last_end"]
    if last is None:
        return f"counted from {row['counted_from']}, which the file does not tell"
    return us_day(last) if first == last else f"{us_day(first)} to {us_day(last)}"  # type: ignore[arg-type]
