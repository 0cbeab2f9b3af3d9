"""A weight whose unit stands in a column of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question, as_error, setting
from analytics.ingest.words.references import matches, name_of
from analytics.ingest.words.wordlists import codes, heading_rows, plain

__all__ = ["with_weight_unit"]


def with_weight_unit(name: str, headings: Sequence[str], settings: SourceSettings) -> SourceSettings:
    """Return settings that read a weight with the unit beside it, where the mapping or the headings name one.

    Parameters
    ----------
    name : str
        The input, for messages.
    headings : sequence of str
        In the order of the input.
    settings : SourceSettings
        ``weight_unit`` of the mapping; else a heading such as Weight Unit is found.

    Raises
    ------
    InputError
        The mapping names a unit's heading that is not there.
    """
    written = settings.columns.get("weight_kg", "")
    weight = written or _weight(headings)
    if settings.weight_unit and len(matches(settings.weight_unit, headings)) != 1:
        raise as_error(name, [_not_there(headings, settings)])
    unit = settings.weight_unit or ("" if written else _unit(weight, headings))
    if not weight or not unit or "{" in weight or ("weight_kg" in settings.columns and not written):
        return settings
    return replace(settings, columns={**settings.columns, "weight_kg": f"{{{weight}}} {{{unit}}}"})


def _weight(headings: Sequence[str]) -> str:
    """Return the one heading over weights that says nothing of their unit."""
    known = {plain(row["heading"]) for row in heading_rows() if row["column"] == "weight_kg"}
    of_unit = {plain(row["heading"]) for row in heading_rows() if row["needs"] == "unit"}
    named = [at for at, heading in enumerate(headings) if plain(heading) in known | {"weightkg"}]
    return name_of(named[0], headings) if len(named) == 1 and plain(headings[named[0]]) in of_unit else ""


def _unit(weight: str, headings: Sequence[str]) -> str:
    """Return the one heading over the units of a weight."""
    words = {plain(word) for word in codes("weight_unit_heading")}
    words |= {plain(weight) + plain(word) for word in codes("unit_word")} if weight else set()
    named = [at for at, heading in enumerate(headings) if plain(heading) in words]
    return name_of(named[0], headings) if len(named) == 1 else ""


def _not_there(headings: Sequence[str], settings: SourceSettings) -> Question:
    text = f"{settings.origin}: weight_unit names {settings.weight_unit!r}, which is not one of the headings"
    units = [at for at, heading in enumerate(headings) if "unit" in plain(heading)]
    weight = _weight(headings) or "Weight"
    choices = [setting("columns", "weight_kg", f"{{{weight}}} {{{name_of(at, headings)}}}") for at in units]
    return Question("weight_kg", text, tuple(choices) or ('columns.weight_kg = ""',), is_ambiguous=False)
