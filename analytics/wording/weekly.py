"""What the run of a Monday says: one line for a mail or a monitor, and the page of what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.wording.moves import cause_title
from analytics.wording.prose import counted, days, dollars, listed

__all__ = ["Changes", "Earlier", "Figures", "ReadFile", "changes_page", "last_line", "without_week"]


_MOST_NAMED = 3


@dataclass(frozen=True)
class Figures:
    """The figures of a week that a line holds.

    Attributes
    ----------
    flags : int
        Flags that count.
    flags_before : int or None
        Those of the week before, as it stands now; None where the store has no data for it.
    value_usd : Decimal
        Value at issue, base.
    low_usd, base_usd, high_usd : Decimal
        Duty and fees that may be owed.
    is_open : bool
        A part of it cannot be computed.
    has_data : bool
        A shipment arrived in the week, or a flag ends in it.
    """

    flags: int
    flags_before: int | None
    value_usd: Decimal
    low_usd: Decimal
    base_usd: Decimal
    high_usd: Decimal
    is_open: bool
    has_data: bool


@dataclass(frozen=True)
class ReadFile:
    """A file that was read, with its rows."""

    name: str
    read: int
    accepted: int
    rejected: int
    repeated: int


@dataclass(frozen=True)
class Earlier:
    """What runs changed of one earlier week since the last report."""

    week: str
    appeared: int
    gone: int
    changed: int
    usd: Decimal
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What changed since the last report.

    Attributes
    ----------
    week : str
        Such as ``2026-W47``.
    start, end : date
        Its first and last day.
    run_id : str
        The run it is written from.
    since : str
        The run of the last report; empty where there is none.
    figures : Figures
        Of the week.
    moved : sequence of str
        Why the figure moved, in sentences.
    kinds : sequence of tuple
        Typology, flags and value at issue.
    earlier : sequence of Earlier
        Earlier weeks that runs changed.
    read : sequence of ReadFile
        Files that were read.
    in_cases : int
        Flags of the week that a case holds.
    """

    week: str
    start: date
    end: date
    run_id: str
    since: str
    figures: Figures
    moved: Sequence[str]
    kinds: Sequence[tuple[str, int, Decimal]]
    earlier: Sequence[Earlier]
    read: Sequence[ReadFile]
    in_cases: int


def last_line(changes: Changes, files: str, place: str) -> str:
    """Return the line with which a run ends.

    Parameters
    ----------
    changes : Changes
        Of the week.
    files : str
        What became of the files.
    place : str
        The folder.
    """
    return "; ".join([f"{changes.week}: {_figures(changes.figures)}", *_news(changes.earlier), files, place])


def _news(earlier: Sequence[Earlier]) -> list[str]:
    """Say what is new of earlier weeks since the last report: it is on no page one."""
    counts = ((sum(each.appeared for each in earlier), "new"), (sum(each.gone for each in earlier), "gone"))
    said = [f"{counted(number, 'flag')} {what}" for number, what in counts if number]
    weeks = [each.week for each in earlier if each.appeared or each.gone]
    named = listed([*weeks[:_MOST_NAMED], *([f"{len(weeks) - _MOST_NAMED} more"] * (len(weeks) > _MOST_NAMED))])
    return [f"earlier weeks: {listed(said)} ({named})"] if said else []


def without_week(files: str) -> str:
    """Return the line of a run where no week could be written."""
    return f"no report: no week that is over has data; {files}"


def _figures(figures: Figures) -> str:
    if not figures.has_data:
        return "no data for this week, so nothing can be said"
    found = f"{counted(figures.flags, 'flag')}{_against(figures)}"
    return f"{found}, {dollars(figures.value_usd)} at issue, {_owed(figures)}" if figures.flags else found


def _against(figures: Figures) -> str:
    if figures.flags_before is None:
        return " (no data for the week before)"
    change = figures.flags - figures.flags_before
    return f" ({change:+,} on the week before)" if change else " (as many as the week before)"


def _owed(figures: Figures) -> str:
    if figures.is_open:
        return f"at least {dollars(figures.low_usd)} may be owed"
    if figures.low_usd == figures.high_usd:
        return f"{dollars(figures.base_usd)} may be owed"
    return f"{dollars(figures.low_usd)} to {dollars(figures.high_usd)} may be owed"


def changes_page(changes: Changes) -> str:
    """Return the page of what changed, as Markdown.

    Parameters
    ----------
    changes : Changes
        What it says.
    """
    since = (
        f"since the last report (run {changes.since})" if changes.since else "in all runs: there is no report before"
    )
    found = _figures(changes.figures)
    parts = [
        f"# What changed: {changes.week}, {days(changes.start, changes.end)}",
        f"Written from run {changes.run_id}. Changes are counted {since}.",
        f"{found[:1].upper()}{found[1:]}.",
        "## Against the week before",
        *changes.moved,
        "## Flags of the week",
        _kinds(changes),
        "## Earlier weeks",
        _earlier(changes.earlier),
        "## Files read",
        _read(changes.read),
    ]
    return "\n\n".join(parts) + "\n"


def _kinds(changes: Changes) -> str:
    if not changes.kinds:
        return "None."
    rows = [(name, f"{flags:,}", dollars(usd)) for name, flags, usd in changes.kinds]
    flags, held = changes.figures.flags, changes.in_cases
    cases = f"{held:,} of {counted(flags, 'flag')} {'is' if held == 1 else 'are'} in a case, {flags - held:,} in none."
    return f"{_table(('Typology', 'Flags', 'Value at issue'), rows)}\n\n{cases}"


def _earlier(weeks: Sequence[Earlier]) -> str:
    if not weeks:
        return "No flag of an earlier week appeared, is gone or changed."
    rows = [
        (
            each.week, f"{each.appeared:,}", f"{each.gone:,}", f"{each.changed:,}", dollars(each.usd),
            listed(cause_title(cause).lower() for cause in each.causes),
        )
        for each in weeks
    ]  # fmt: skip
    again = f"Folders of earlier weeks stay as printed. To write one anew: splitship weekly … --week {weeks[-1].week}"
    head = ("Week", "New flags", "Gone", "Changed", "Value of their shipments", "Why")
    return f"{_table(head, rows)}\n\n{again}"


def _read(files: Sequence[ReadFile]) -> str:
    if not files:
        return "None."
    rows = [(f.name, *(f"{count:,}" for count in (f.read, f.accepted, f.rejected, f.repeated))) for f in files]
    return _table(("File", "Rows", "Accepted", "Rejected", "Repeated"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown; a stroke in a cell ends no column."""
    sides = [
        "---:" if place and all(row[place][:1].isdigit() or row[place][:1] in "\u2212$" for row in rows) else "---"
        for place in range(len(head))
    ]
    lines = [head, sides, *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
