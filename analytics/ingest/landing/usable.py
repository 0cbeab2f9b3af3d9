"""Inputs of which nothing can be used: the call fails, so that nobody takes an empty result for a clean one."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.errors import InputError, UnreadableFile
from analytics.ingest.landing.validate import MESSAGES
from analytics.ingest.questions import Question, as_error, setting
from analytics.ingest.records import InputRecord

__all__ = ["require_usable"]

_OWN_KEY = setting("columns", "shipment_id", "{file}:{row}")
_WITH_OWN_KEY = {
    "two_versions": "Rows under one shipment number name several consignees or days. Let each row be a shipment of its "
    "own, if it is",
    "lines_disagree": "The lines of one shipment disagree on its consignee or day. Let each row be a shipment of its "
    "own, if it is",
    "key_conflict": "The shipment numbers belong to other consignees and days already. Let each row be a shipment of "
    "its own, if each file numbers its rows anew",
}
"""What to do about reasons that a key of each row's own mends, by reason."""


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
    problems = [error for item in inputs if item.skipped is None and (error := _problem(item))]
    if problems:
        questions = tuple(question for error in problems for question in error.questions)
        raise UnreadableFile("\n".join([*map(str, problems), "Nothing of this call was kept."]), questions)


def _problem(item: InputRecord) -> InputError | None:
    altered = item.reasons.get("key_altered", 0)
    if 2 * altered > item.read:
        heading = item.columns.get("shipment_id", "shipment_id")
        return _without_key(
            item,
            f"{altered:,} of {item.read:,} shipment numbers lost digits in a spreadsheet (they look like 7.74512E+11). "
            f"Export the file again with {heading!r} formatted as text. Where it cannot be, let each row be a shipment "
            "of its own",
        )
    if item.read and not item.accepted and not item.repeated:
        reason, counted = _ranked(item)[0][0], ", ".join(f"{count:,} {reason}" for reason, count in _ranked(item))
        text = f"all {item.read:,} rows were rejected ({counted})"
        if reason in _WITH_OWN_KEY:
            return _without_key(item, f"{text}. {_WITH_OWN_KEY[reason]}")
        return UnreadableFile(f"{item.path}: {text}. Correct the most frequent, {reason}: {MESSAGES[reason]}")
    return None


def _without_key(item: InputRecord, text: str) -> InputError:
    return as_error(item.path, [Question("shipment_id", text, (_OWN_KEY,), is_ambiguous=False)])


def _ranked(item: InputRecord) -> list[tuple[str, int]]:
    return sorted(item.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
