"""Inputs of which nothing can be used: the call fails, so that nobody takes an empty result for a clean one."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.errors import UnreadableFile
from analytics.ingest.records import InputRecord
from analytics.ingest.validate import MESSAGES

__all__ = ["require_usable"]

_ADVICE = {
    "two_versions": "Rows under one shipment number name several consignees or days. If each row is a shipment of its "
    'own, set in a mapping file (--map): columns = { shipment_id = "{file}:{row}" }',
    "lines_disagree": "The lines of one shipment disagree on its consignee or day. If each row is a shipment of its "
    'own, set in a mapping file (--map): columns = { shipment_id = "{file}:{row}" }',
    "key_conflict": "The shipment numbers belong to other consignees and days already. If each file numbers its rows "
    'anew, set in a mapping file (--map): columns = { shipment_id = "{file}:{row}" }',
}
"""What to do about reasons whose message names the rows, by reason."""


def require_usable(inputs: Sequence[InputRecord]) -> None:
    """Raise where an input gave no row, or where a spreadsheet took digits from most of its shipment numbers.

    Parameters
    ----------
    inputs : sequence of InputRecord
        What became of the rows of each input. An input without rows, or of repeats alone, is sound.

    Raises
    ------
    UnreadableFile
        An input is of no use; the message counts the reasons and says what to do.
    """
    problems = [text for item in inputs if item.skipped is None and (text := _problem(item))]
    if problems:
        raise UnreadableFile("\n".join([*problems, "Nothing of this call was kept."]))


def _problem(item: InputRecord) -> str | None:
    altered = item.reasons.get("key_altered", 0)
    if 2 * altered > item.read:
        heading = item.columns.get("shipment_id", "shipment_id")
        return (
            f"{item.path}: {altered:,} of {item.read:,} shipment numbers lost digits in a spreadsheet (they look like "
            f"7.74512E+11). Export the file again with {heading!r} formatted as text. If another heading holds an "
            'unshortened number, name it in a mapping file (--map): columns = { shipment_id = "Heading" }'
        )
    if item.read and not item.accepted and not item.repeated:
        counted = ", ".join(f"{count:,} {reason}" for reason, count in _ranked(item))
        return f"{item.path}: all {item.read:,} rows were rejected ({counted}). {_advice(item)}"
    return None


def _ranked(item: InputRecord) -> list[tuple[str, int]]:
    return sorted(item.reasons.items(), key=lambda pair: (-pair[1], pair[0]))


def _advice(item: InputRecord) -> str:
    """Say what to do about the most frequent reason."""
    reason = _ranked(item)[0][0]
    return _ADVICE.get(reason) or f"{reason}: {MESSAGES[reason]}"
