"""Rows that a column of statuses calls cancelled or void: never counted as shipments in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache

from analytics.ingest.headings.columns.settling import Case
from analytics.ingest.questions import Question, in_quotes, setting
from analytics.ingest.words.wordlists import codes, plain

__all__ = ["ask_about_cancelled", "read_mapped_statuses"]

_ACTION = "record_action"
_CANCELLED, _RETURNED, _REFUNDED = "cancelled_stem", "returned_stem", "refunded_stem"
_AROUND = "(?:is|was|order|shipment|package|parcel|label|item|entry|at|on|date|time|flag|indicator|status|yn)*"
_WITHOUT_BLANKS = "\u2e80"
"""Scripts from here on write words without blanks between them."""
_MOST_STATUSES = 1000
"""A column of more different cells holds no statuses."""


def ask_about_cancelled(case: Case, chosen: Collection[int]) -> dict[str, Question]:
    """Ask what rows are that a heading of statuses, or one such as Voided, calls cancelled or returned.

    Parameters
    ----------
    case : Case
        The input; all columns are settled.
    chosen : collection of int
        Headings by which the mapping keeps rows or leaves them out.
    """
    if _ACTION in case.uses or not case.contents.is_known:
        return {}
    used = {*case.taken, *chosen, *(use.heading for use in case.uses.values())}
    free = [
        at for at, name in enumerate(case.names) if at not in used and (_is_status(name) or _names_cancelling(name))
    ]
    written = {at: cells for at in free if len(cells := case.contents.counts(at)) <= _MOST_STATUSES}
    for ask in (_cancelled, _returned):
        for at, cells in written.items():
            if question := ask(case, at, cells):
                return {_ACTION: question}
    for at, cells in written.items():
        _note_refunded(case, at, cells)
    return {}


def read_mapped_statuses(case: Case) -> None:
    """Let a record action that the mapping takes from a heading of statuses know which of them cancel.

    Parameters
    ----------
    case : Case
        Its use of ``record_action`` is changed, unless every cell is an action by itself.
    """
    use = case.uses.get(_ACTION)
    if use is None or use.heading is None or not case.contents.is_known:
        return
    written = case.contents.counts(use.heading)
    if not written.keys() <= codes(_ACTION).keys():
        cancels = _cancelling(case.names[use.heading], written)
        case.uses[_ACTION] = replace(use, cancels=tuple(sorted(cancels)))


def _cancelled(case: Case, at: int, written: Mapping[str, int]) -> Question | None:
    cells = _cancelling(case.names[at], written)
    if not cells:
        return None
    text = (
        f"{case.names[at]!r} says of {_rows(written, cells)} that the shipment was cancelled or voided. Read as such, "
        "they do not count and take back an earlier row under the same number; else they count as shipments"
    )
    answers = setting("columns", _ACTION, case.names[at]), setting("columns", _ACTION, "")
    return case.question(_ACTION, text, *answers)


def _returned(case: Case, at: int, written: Mapping[str, int]) -> Question | None:
    cells = [cell for cell in written if _stems(_RETURNED).search(cell)]
    if not cells:
        return None
    text = (
        f"{case.names[at]!r} says of {_rows(written, cells)} that the shipment was returned. It counts where it "
        "arrived before it went back"
    )
    stems = [f"{stem}*" for stem in codes(_RETURNED) if any(stem in cell for cell in cells)]
    without = f"where_not = {{ {in_quotes(case.names[at])} = [{', '.join(map(in_quotes, stems))}] }}"
    return case.question(_ACTION, text, setting("columns", _ACTION, ""), without)


def _note_refunded(case: Case, at: int, written: Mapping[str, int]) -> None:
    cells = [cell for cell in written if _stems(_REFUNDED).search(cell)]
    if cells:
        case.notes.append(f"{case.names[at]!r} says of {_rows(written, cells)} that they were refunded: they count")


def _rows(written: Mapping[str, int], cells: Iterable[str]) -> str:
    count = sum(written[cell] for cell in cells)
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _cancelling(heading: str, written: Mapping[str, int]) -> set[str]:
    """Return the cells, in lower case, that call a row cancelled: by their words, or under a heading that does."""
    if _names_cancelling(heading):
        nothing = {word for word, meaning in codes("boolean").items() if meaning == "false"} | codes("nothing").keys()
        return written.keys() - nothing
    return {cell for cell in written if codes(_ACTION).get(cell) == "cancel" or _stems(_CANCELLED).search(cell)}


@cache
def _is_status(heading: str) -> bool:
    word = plain(heading)
    return any(word.startswith(known) or word.endswith(known) for known in codes("status_heading"))


@cache
def _names_cancelling(heading: str) -> bool:
    """Tell whether a heading such as Voided or Cancelled At says by itself what a filled cell means."""
    stems = "|".join(map(re.escape, codes(_CANCELLED)))
    return bool(re.fullmatch(rf"{_AROUND}(?:{stems})[^\W\d_]{{0,9}}?{_AROUND}", plain(heading)))


@cache
def _stems(kind: str) -> re.Pattern[str]:
    """Return what finds a word that begins with a stem and is not denied, also where no blank stands before words."""
    stems = sorted(codes(kind), key=len, reverse=True)
    spaced = "|".join(re.escape(stem) for stem in stems if stem < _WITHOUT_BLANKS)
    joined = "|".join(re.escape(stem) for stem in stems if stem >= _WITHOUT_BLANKS) or "(?!)"
    return re.compile(rf"(?<!not )(?<!non )(?<!non-)(?<![^\W_])(?:{spaced})|(?<![未没非])(?:{joined})")
