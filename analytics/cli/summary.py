"""What a screening found, for a tired person, in ten seconds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from analytics.opened import Run
    from analytics.store import InputFile

__all__ = ["mapping_lines", "summary_lines"]

_WIDTH = 12


def mapping_lines(inputs: list[InputFile]) -> list[str]:
    """Say what was read as what: one block a file."""
    lines = []
    for item in inputs:
        if item.skipped:
            lines.append(f"{item.path}: skipped, {item.skipped}")
            continue
        renamed = [f"{heading} -> {column}" for column, heading in sorted(item.columns.items()) if heading != column]
        lines.append(
            f"{item.path}: {len(item.columns)} columns understood" + (", of them by another name:" if renamed else "")
        )
        lines += [f"    {text}" for text in renamed]
        lines += [f"    note: {text}" for text in item.notes]
    return lines


def summary_lines(run: Run) -> list[str]:
    """Say what was read and what was found."""
    return [*_intake(run), "", *_findings(run), "", *_exposure(run), *_scenario(run)]


def _scenario(run: Run) -> list[str]:
    """Say which open questions were answered otherwise than by default."""
    from analytics.reports.law import other_answers
    from analytics.reports.tables import scenario_of_last

    answers = other_answers(scenario_of_last(run.table("runs").collect()))
    lines = [f"    {question}: {answer}" for question, answer in answers]
    return ["", "answered otherwise than by default:", *lines] if lines else []


def _intake(run: Run) -> list[str]:
    lines = [
        _count("read", run.read),
        _count("accepted", run.accepted),
        _count("rejected", run.rejected),
    ]
    reasons: Counter[str] = Counter()
    for item in run.inputs:
        reasons.update(item.reasons)
    lines += [
        f"    {count:>{_WIDTH},}  {reason}"
        for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    lines.append(_count("repeated", run.repeated))
    return lines


def _findings(run: Run) -> list[str]:
    aliases = _height(run, "aliases")
    lines = [
        _count("shipments", _height(run, "shipments")),
        _count("identities", _height(run, "identities")) + f"   behind {aliases:,} spellings",
        *_judgements(run),
        _count("flags", _height(run, "flags")) + "   indicators: a lawyer decides what they mean",
    ]
    for row in run.table("typology_status").sort("typology").collect().iter_rows(named=True):
        tested = row["tested"] == "yes"
        lines.append(
            f"    {row['flags']:>{_WIDTH},}  {row['typology']}"
            if tested
            else f"    {'-':>{_WIDTH}}  {row['typology']}: {row['tested']}"
        )
    return lines


def _judgements(run: Run) -> list[str]:
    """Say how many judgements hold, and never pass over one that could not be kept."""
    outcomes = Counter(run.table("judgements").collect()["outcome"].to_list())
    if not outcomes:
        return []
    told = [f"{outcomes[outcome]:,} {outcome}" for outcome in ("kept", "waiting", "contradicted") if outcomes[outcome]]
    tail = "   see which: splitship export judgements" if outcomes["contradicted"] else ""
    return [_count("judgements", sum(outcomes.values())) + f"   {', '.join(told)}{tail}"]


def _exposure(run: Run) -> list[str]:
    """Say what is at issue, as the report says it: a shipment in two flags counts once."""
    from analytics.reports.headline import value_at_issue
    from analytics.reports.tables import of_each_flag, read_tables

    tables = read_tables(run)
    lines = []
    for component, title in (("value", "value at issue"), ("duty", "duty"), ("fees", "fees")):
        rows = tables.flags if component == "value" else of_each_flag(tables.exposure, component, tables.reading)
        if rows.is_empty():
            continue
        value = value_at_issue(rows, tables.flagged)
        unknown = int(rows["is_unknown"].sum())
        tail = f"   ({unknown:,} flags have a part that cannot be computed)" if unknown else ""
        lines.append(
            f"{title:<15}  {value.floor:>14,.2f} to {value.ceiling:,.2f} USD, headline {value.base:,.2f}{tail}"
        )
    return lines or ["exposure         nothing at issue"]


def _count(title: str, count: int) -> str:
    return f"{title:<15}  {count:>14,}"


def _height(run: Run, table: str) -> int:
    return int(run.table(table).select(pl.len()).collect().item())
