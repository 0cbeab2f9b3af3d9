"""What every row needs, and what is asked where an input has nothing that is understood as it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question, setting
from analytics.ingest.words.references import matches, others_for
from analytics.ingest.words.wordlists import codes, hints, plain

__all__ = ["missing", "wrongly_named"]

_WHO = ("consignee_name", "consignee_address")
_CONSIGNEE = "a row needs consignee_name with consignee_address, or consignee_id"
_DAYS = frozenset({"arrival_date", "estimated_arrival_date", "released_at"})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W_A-Za-z\d]+|#")
_MOST_SHOWN = 12


def missing(
    headings: Sequence[str],
    names: Sequence[str],
    filled: Collection[str],
    free: Sequence[int],
    asked: Collection[str],
    inside: Mapping[int, Sequence[str]] | None = None,
    contacts: Sequence[int] = (),
) -> list[Question]:
    """Ask for every column that a row needs and that nothing fills.

    Parameters
    ----------
    headings : sequence of str
        In the order of the input.
    names : sequence of str
        How each may be named in a message (`shown_names`).
    filled : collection of str
        Canonical columns that are filled, by a heading or a constant.
    free : sequence of int
        Positions of headings that no column is taken from.
    asked : collection of str
        Columns that are asked already.
    inside : mapping, optional
        Heading over lists of items to the paths at which they hold numbers.
    contacts : sequence of int
        Positions of headings that hold a phone number or e-mail address of the consignee.
    """
    made = {
        "declared_value": _sums(names, inside or {}),
        "consignee_name": _full_names(names, free),
    }
    found = [_question(column, headings, names, free, made.get(column, ())) for column in _lacking(filled, asked)]
    ids = {setting("columns", "consignee_id", names[at]): at for at in contacts}
    return [_or_by(question, ids) if question.about in _WHO else question for question in found]


def _or_by(question: Question, others: Mapping[str, int]) -> Question:
    """Return a question with more answers, after those that it has."""
    more = {choice: at for choice, at in others.items() if choice not in question.choices}
    return replace(question, choices=(*question.choices, *more), candidates=(*question.candidates, *more.values()))


def _sums(names: Sequence[str], inside: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the sums over items that may be the value, the likely ones first."""
    paths = [names[at] + path for at, found in inside.items() for path in found]
    return sorted((path for path in paths if _likeness("declared_value", path)), key=paths.index)


def _full_names(names: Sequence[str], free: Sequence[int]) -> list[str]:
    """Return a template for every two headings that differ in nothing but a first and a last name."""
    firsts = {found: names[at] for at in free if (found := _without(names[at], "given_name"))}
    lasts = {found: names[at] for at in free if (found := _without(names[at], "family_name"))}
    return [f"{{{firsts[party]}}} {{{lasts[party]}}}" for party in firsts if party in lasts]


def _without(name: str, kind: str) -> str:
    """Return a heading with a mark in place of such words; empty where it has none."""
    word = plain(name)
    found = next((written for written in sorted(codes(kind), key=len, reverse=True) if written in word), None)
    return word.replace(found, "*", 1) if found else ""


def _question(
    column: str, headings: Sequence[str], names: Sequence[str], free: Sequence[int], made: Sequence[str]
) -> Question:
    likely: dict[str, int | None] = {setting("columns", column, written): None for written in made}
    choices = likely | _choices(column, free or range(len(headings)), names, headings)
    return Question(column, _said(column, free, names), tuple(choices), False, tuple(choices.values()))


def _lacking(filled: Collection[str], asked: Collection[str]) -> list[str]:
    known = {*filled, *asked}
    lacking = [] if "shipment_id" in known else ["shipment_id"]
    if "record_action" in filled:
        return lacking
    lacking += [] if known & _DAYS else ["arrival_date"]
    lacking += [] if "declared_value" in known else ["declared_value"]
    if "consignee_id" not in known:
        lacking += [column for column in _WHO if column not in known]
    return lacking


def _said(column: str, free: Sequence[int], names: Sequence[str]) -> str:
    listed = [repr(names[at]) for at in free]
    more = f" and {len(listed) - _MOST_SHOWN} more" if len(listed) > _MOST_SHOWN else ""
    unused = f"Not used so far: {', '.join(listed[:_MOST_SHOWN])}{more}" if listed else "Every heading is used already"
    also = f" ({_CONSIGNEE})" if column in _WHO else ""
    data = (
        ". The first line looks like data, not headings"
        if names and all(name.startswith("column:") for name in names)
        else ""
    )
    return f"no heading is understood as {column}{also}{data}. {unused}"


def _choices(column: str, free: Sequence[int], names: Sequence[str], headings: Sequence[str]) -> dict[str, int | None]:
    """Return settings with the headings they take: the likely ones, then what is always possible, then the rest."""
    ranked = sorted(free, key=lambda at: (-_likeness(column, headings[at]), at))
    likely = {setting("columns", column, names[at]): at for at in ranked if _likeness(column, headings[at])}
    always: dict[str, int | None] = {}
    if column == "shipment_id":
        always[setting("columns", column, "{file}:{row}")] = None
    if column == "arrival_date":
        always[setting("constants", column, "2025-03-31")] = None
    if column in _WHO:
        ids = [at for at in free if _likeness("consignee_id", headings[at])]
        always |= {setting("columns", "consignee_id", names[at]): at for at in ids}
    return {**likely, **always, **{setting("columns", column, names[at]): at for at in ranked}}


def _likeness(column: str, heading: str) -> int:
    """Count the words of a heading that the column's own values tend to stand under."""
    words = {plain(word) or word for word in _WORD.findall(heading)}
    return sum(1 for hint in hints(column) if hint in words or (not hint.isascii() and hint in heading))


def wrongly_named(headings: Sequence[str], names: Sequence[str], settings: SourceSettings) -> dict[str, Question]:
    """Return what is asked of columns that the mapping takes from headings that are not there, or there twice."""
    asked: dict[str, Question] = {}
    for column, written in settings.columns.items():
        for name in names_in(written):
            found = matches(name, headings)
            if len(found) != 1:
                asked[column] = _wrong(column, written, name, len(found), headings, names, settings.origin)
                break
    return asked


def _wrong(
    column: str, written: str, name: str, count: int, headings: Sequence[str], names: Sequence[str], origin: str
) -> Question:
    if count:
        text = f"{origin} takes {column} from {name!r}, and {count} headings are {name!r}"
        others = [f"{name}#{number}" for number in range(1, count + 1)]
    else:
        text = f"{origin} takes {column} from {name!r}, and there is no such heading"
        others = others_for(name, headings, names)
    return Question(
        column, text, tuple(setting("columns", column, written.replace(name, other)) for other in others), count > 0
    )
