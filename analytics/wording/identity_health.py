"""What is said of how identities hang together, what became of them, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.wording.prose import counted, day, listed, percent

__all__ = [
    "APART",
    "CHANGES",
    "JOINED",
    "LARGEST",
    "LEAD",
    "MEANINGS",
    "NOTHING",
    "THRESHOLDS",
    "WAITING",
    "changes_text",
    "hanging_text",
    "scores_text",
    "sizes_text",
]

LEAD = (
    "An identity is the aliases that matching holds to be one consignee. Large identities and those that depend on one "
    "match are where a mistake would cost most: look there first."
)
NOTHING = "No identity in this store."
APART, JOINED = "Two identities", "One identity"
THRESHOLDS = {"high": "loosest", "central": "as reported", "low": "strictest"}
"""The identity thresholds that are marked, by their standing."""
LARGEST = "The largest identities"
CHANGES = "What became of identities, run by run"
WAITING = "Waiting for clerical review"
MEANINGS = {
    "run_id": "The run",
    "run_day": "Its day, in New York",
    "event": "created, merged, split or renamed",
    "cause": "data, model or human",
    "identities": "Identities to which it happened",
}
"""What the columns of the sheet mean."""


def sizes_text(identities: int, alone: int, bridged: int, largest: int) -> str:
    """Say how large identities are, and how many depend on one link.

    Parameters
    ----------
    identities, alone : int
        All, and those of one alias.
    bridged : int
        Those that fall in two without one link.
    largest : int
        Aliases of the largest.
    """
    several = identities - alone
    hanging = f" Of {several:,} with several aliases, {bridged:,} fall in two without one link." if several else ""
    return (
        f"{counted(identities, 'identity', 'identities').capitalize()}; {percent(alone / identities)} have one alias. "
        f"The largest has {counted(largest, 'alias', 'aliases')}.{hanging} Both scales are logarithmic: a tail that "
        "bends upwards on the right is a sign of wrong merges."
    )


def scores_text(links: int, doubtful: int, thresholds: Sequence[tuple[str, float]]) -> str:
    """Say how many compared pairs are in doubt, and what the marks are.

    Parameters
    ----------
    links, doubtful : int
        Pairs that were scored, and those between the loosest and the strictest threshold.
    thresholds : sequence of tuple of str and float
        What each mark is called, and where it stands.
    """
    marks = listed(f"{place}: {name} ({threshold:g})" for place, (name, threshold) in enumerate(thresholds, start=1))
    marked = f" Identity thresholds: {marks}." if thresholds else ""
    return (
        f"{counted(links, 'pair').capitalize()} of aliases scored near the threshold or above it. Another threshold "
        f"would decide otherwise on {doubtful:,} of them.{marked}"
    )


def changes_text(run_day: date, created: int, merged: int, split: int) -> str:
    """Say what the last run did to identities."""
    merges = counted(merged, "merge")
    return (
        f"Last run ({day(run_day)}): {counted(created, 'identity', 'identities')} created, {merges}, "
        f"{counted(split, 'split')}."
    )


def hanging_text(noun: str, flags: int, hanging: int, open_flags: int) -> str:
    """Say how many flags would not stand without one match, and how many of those matches nobody has judged.

    Parameters
    ----------
    noun : str
        Over which stretch.
    flags : int
        Flags that rest on who the consignee is.
    hanging, open_flags : int
        Those that depend on one match, and those of them whose match nobody has judged.
    """
    if not flags:
        return f"No flag of the {noun} rests on who the consignee is."
    return (
        f"Of {counted(flags, 'flag')} of the {noun} that rest on who the consignee is, {hanging:,} "
        f"({percent(hanging / flags)}) would not stand without one match; nobody has judged the match of "
        f"{open_flags:,} of them."
    )
