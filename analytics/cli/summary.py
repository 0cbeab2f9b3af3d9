"""What a screening found, for a tired person, in ten seconds."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from analytics.opened import Run
    from analytics.reports.headline import Value
    from analytics.store import InputFile

__all__ = ["amounts", "mapping_lines", "summary_lines"]

_WIDTH = 12
_MOST_NUMBERS = 3


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
    if not _height(run, "shipments"):
        return [*_intake(run), "", "nothing to judge: the store has no shipment"]
    return [*_intake(run), "", *_findings(run), "", *_exposure(run), *_scenario(run)]


def _scenario(run: Run) -> list[str]:
    """Name the legal positions that are not the default ones."""
    from analytics.reports.law import other_answers
    from analytics.reports.tables import scenario_of_last

    answers = other_answers(scenario_of_last(run.table("runs").collect()))
    lines = [f"    {question}: {answer}" for question, answer in answers]
    return ["", "legal positions other than the defaults:", *lines] if lines else []


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
    empty = [PurePath(item.path).name for item in run.inputs if not item.read and item.skipped is None]
    if empty:
        named = ", ".join(empty[:_MOST_NUMBERS] + ["…"] * (len(empty) > _MOST_NUMBERS))
        lines.append(_count("without rows", len(empty)) + f"   files with headings and no row below them: {named}")
    replaced = sum(item.replaced for item in run.inputs)
    if replaced:
        lines.append(_count("replaced", replaced) + "   accepted rows that amend a shipment of an earlier file")
    reformatted = sum(item.reformatted for item in run.inputs)
    if reformatted:
        tail = "accepted rows that may repeat an earlier row under a shipment number written in another way"
        lines.append(_count("reformatted", reformatted) + f"   {tail}")
    return lines + _unread(run)


def _unread(run: Run) -> list[str]:
    """Count optional cells that could not be read, by column and reason; nothing where all could."""
    cells: Counter[str] = Counter()
    for item in run.inputs:
        cells.update(item.unread)
    if not cells:
        return []
    tail = "   optional cells that could not be read; their rows are kept: splitship export unread_cells"
    ranked = sorted(cells.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        _count("unread cells", cells.total()) + tail,
        *(f"    {count:>{_WIDTH},}  {what}" for what, count in ranked),
    ]


def _findings(run: Run) -> list[str]:
    aliases = _height(run, "aliases")
    return [
        _count("shipments", _height(run, "shipments")),
        _count("identities", _height(run, "identities")) + f"   behind {aliases:,} aliases",
        *_joined(run),
        *_shared_accounts(run),
        *_in_part(run),
        *_judgements(run),
        *_refit(run),
        *_flags(run),
    ]


def _shared_accounts(run: Run) -> list[str]:
    """Count the account numbers that stand for several identities; nothing where there is none."""
    from analytics.reports.accounts import shared_accounts

    shared = shared_accounts(run)
    if shared.is_empty():
        return []
    every = shared["consignee_id"].unique(maintain_order=True)
    numbers = every.head(_MOST_NUMBERS).to_list() + ["…"] * (len(every) > _MOST_NUMBERS)
    return [
        _count("shared ids", shared.height)
        + f"   numbers of consignee_id that stand for several identities, used for no match: {', '.join(numbers)}"
    ]


def _flags(run: Run) -> list[str]:
    """Count flags that put a value at issue apart from those that do not; say what was not tested and why."""
    from analytics.reports.tables import read_tables

    tables = read_tables(run)
    status = tables.typology_status.join(tables.typologies, on="typology", how="left").sort("typology")
    is_lead = pl.col("reading") == "none"
    tested = status.filter(pl.col("tested") == "yes")
    lines = [_count("flags", tables.flags.height) + "   indicators: a lawyer decides what they mean"]
    lines += _kinds(tested.filter(~is_lead), tables.flags)
    if tables.explained.height:
        lines.append(_count("explained", tables.explained.height) + "   flags with an innocent explanation")
    lines.append(_count("leads", tables.leads.height) + "   they put no value at issue by themselves")
    lines += _kinds(tested.filter(is_lead | pl.col("typology").is_in(tables.leads["typology"].implode())), tables.leads)
    untested = status.filter(pl.col("tested") != "yes")
    if untested.height:
        lines.append(f"not tested       {untested.height:>14,}   of {status.height} typologies")
        lines += [f"    {'-':>{_WIDTH}}  {name}: {why}" for name, why in _reasons(untested)]
    return lines + _tested_in_part(tested)


def _tested_in_part(tested: pl.DataFrame) -> list[str]:
    """Name typologies that some shipments were not tested for: a cell was unread, or there was too little to learn."""
    if "note" not in tested.columns:
        return []
    noted = tested.filter(pl.col("note").str.contains("unread$|learn from$"))
    lines = [f"    {'-':>{_WIDTH}}  {name}: {note}" for name, note in noted.select("typology", "note").iter_rows()]
    return _judged_shares(tested) + ([_count("tested in part", noted.height), *lines] if lines else [])


def _judged_shares(tested: pl.DataFrame) -> list[str]:
    """Say on how many of the shipments each typology could be judged; nothing where all could be on all."""
    if "shipments" not in tested.columns:
        return []
    partly = tested.filter(pl.col("rows") < pl.col("shipments"))
    if partly.is_empty():
        return []
    shipments = int(partly["shipments"].max())  # type: ignore[arg-type]  # a count
    groups = partly.group_by("rows").agg(pl.col("typology").sort()).sort("rows", descending=True)
    lines = [f"    {rows:>{_WIDTH},}  {', '.join(names)}" for rows, names in groups.iter_rows()]
    return [f"judged on         of {shipments:,} shipments, those that carry what a typology needs", *lines]


def _kinds(tested: pl.DataFrame, flags: pl.DataFrame) -> list[str]:
    """Count the flags of each kind; kinds without one share a line."""
    counts = Counter(flags["typology"].to_list())
    lines = [f"    {counts[name]:>{_WIDTH},}  {name}" for name in tested["typology"] if counts[name]]
    none = [name for name in tested["typology"] if not counts[name]]
    return [*lines, f"    {0:>{_WIDTH}}  {', '.join(none)}"] if none else lines


def _reasons(untested: pl.DataFrame) -> list[tuple[str, str]]:
    said = untested["tested"].str.replace("^not (tested|testable on these entries): ", "")
    return list(zip(untested["typology"].to_list(), said.to_list(), strict=True))


def _judgements(run: Run) -> list[str]:
    """Say how many judgements hold, and never pass over one that could not be kept."""
    outcomes = Counter(run.table("judgements").collect()["outcome"].to_list())
    if not outcomes:
        return []
    told = [f"{outcomes[outcome]:,} {outcome}" for outcome in ("kept", "waiting", "contradicted") if outcomes[outcome]]
    tail = "   see which: splitship export judgements" if outcomes["contradicted"] else ""
    return [_count("judgements", sum(outcomes.values())) + f"   {', '.join(told)}{tail}"]


def _joined(run: Run) -> list[str]:
    """Say what new parties were compared with, or whom comparing everybody anew has changed."""
    how = run.last_run.settings["who_is_who"]
    if how["kind"] == "everybody":
        return _counted_anew(run)
    if how["kind"] == "pruned":
        tail = f"of {how['parties']:,} parties, who can pass a limit together; the others stand for themselves"
        return [_count("compared", how["regrouped_parties"]) + f"   {tail}"]
    tail = f"{how['compared_pairs']:,} pairs compared, names counted among {how['counted_parties']:,}"
    anew = f" of {how['parties']:,}; max_growth = 0 counts anew" if how["counted_parties"] != how["parties"] else ""
    return [_count("new parties", how["new_parties"]) + f"   {tail}{anew}"]


def _counted_anew(run: Run) -> list[str]:
    """Say how many identities are others because names were counted anew; nothing where none are."""
    changes = run.table("identity_changes").filter(pl.col("run_id") == run.run_id, pl.col("cause") == "model")
    others = changes.select(pl.len()).collect().item()
    tail = (
        "identities are others since names were counted and everybody compared anew: splitship export identity_changes"
    )
    return [_count("counted anew", others) + f"   {tail}"] if others else []


def _in_part(run: Run) -> list[str]:
    """Say how many tables were made in part; nothing where all were made anew."""
    made = run.last_run.settings.get("made", {})
    some = made.get("in part", 0) + made.get("as it was", 0)
    tail = f"of {sum(made.values())} tables are as they were but for what was added and what that touches"
    return [_count("kept", some) + f"   {tail}"] if some else []


def _refit(run: Run) -> list[str]:
    """Name the refit that was used; nothing where the model is as it came."""
    version = run.last_run.model_version
    return (
        [f"identity matching uses the refit {version}   to withdraw it: splitship refit --withdraw"]
        if "+" in version
        else []
    )


def _exposure(run: Run) -> list[str]:
    """Say what is at issue, as the report says it: a shipment in two flags counts once."""
    from analytics.reports.headline import amounts_of, value_at_issue
    from analytics.reports.tables import read_tables

    tables = read_tables(run)
    lines = []
    for component, title in (("value", "value at issue"), ("duty", "duty"), ("fees", "fees")):
        rows = amounts_of(tables, component, tables.flags)
        if rows.height:
            value = value_at_issue(rows, tables.flagged)
            lines.append(amounts(title, value, int(rows["is_unknown"].sum()), rows.height))
        if component == "value":
            lines += _by_strength(tables.flags, tables.flagged)
    return lines or ["exposure         no value at issue"]


def _by_strength(flags: pl.DataFrame, lots: pl.DataFrame) -> list[str]:
    """Keep what figures and rule decide apart from what rests on more; nothing where all flags are of one strength."""
    from analytics.reports.headline import at_issue_by_strength

    parts = at_issue_by_strength(flags, lots)
    return [
        f"    {strength:<11}  {_range(value)}   ({count:,} {'flag' if count == 1 else 'flags'})"
        for strength, (count, value) in parts.items()
        if len(parts) > 1
    ]


def _parts_unknown(flags: int) -> str:
    return (
        "1 flag has a part that cannot be computed"
        if flags == 1
        else f"{flags:,} flags have a part that cannot be computed"
    )


def amounts(title: str, value: Value, unknown: int, flags: int) -> str:
    """Say an amount with its range; where parts of some flags are unknown, that it is at least so much."""
    if unknown == flags and not value.ceiling:
        return f"{title:<15}  {'unknown':>14}   (it cannot be computed of any of {flags:,} flags)"
    if unknown:
        return (
            f"{title:<15}  {value.floor:>14,.2f} USD at least, base {value.base:,.2f} of what is known   "
            f"({_parts_unknown(unknown)}, so the most is not known)"
        )
    return f"{title:<15}  {_range(value)}"


def _range(value: Value) -> str:
    """Say from where to where an amount goes; an amount that goes nowhere once."""
    if value.floor == value.base == value.ceiling:
        return f"{value.base:>14,.2f} USD"
    return f"{value.floor:>14,.2f} to {value.ceiling:,.2f} USD, base {value.base:,.2f}"


def _count(title: str, count: int) -> str:
    return f"{title:<15}  {count:>14,}"


def _height(run: Run, table: str) -> int:
    return int(run.table(table).select(pl.len()).collect().item())
