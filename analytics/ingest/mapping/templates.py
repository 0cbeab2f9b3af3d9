"""Known exports: a TOML file each beside this module, with the headings it is recognised by and how it is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from analytics.errors import UsageError
from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.mapping.settings import SourceSettings, block_settings
from analytics.ingest.questions import Question, setting
from analytics.ingest.words.references import matches
from analytics.ingest.words.wordlists import plain

__all__ = ["CONFIDENCES", "Template", "recognised_template", "template_named", "templates", "with_template"]

CONFIDENCES = ("documented", "seen", "unverified")
"""How the headings of a known export are known, the surest first."""
_FOLDER = "known"


@dataclass(frozen=True)
class Template:
    """One known export.

    Attributes
    ----------
    name : str
        As in ``--template NAME``.
    title : str
        What it is called in a message.
    about : str
        What a user should know of it.
    confidence : str
        How its headings are known: documented, seen in public material, or unverified.
    headings_from : str
        Where they are documented or were seen.
    headings : tuple of str
        Headings that together tell this export from others.
    columns : mapping
        Canonical column to what may be written for it, the first counts whose headings are there.
    choices : mapping
        Canonical column to the headings that may stand for it: only the user knows which.
    settings : SourceSettings
        All else.
    """

    name: str
    title: str
    about: str
    confidence: str
    headings_from: str
    headings: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    choices: Mapping[str, Sequence[str]]
    settings: SourceSettings

    @property
    def named(self) -> str:
        """Its title with its article."""
        return f"{'an' if self.title[0] in 'AEIOaeio' else 'a'} {self.title}"

    def asked(self, questions: Sequence[Question], headings: Sequence[str]) -> list[Question]:
        """Return questions with the choices that this export offers.

        Parameters
        ----------
        questions : sequence of Question
            What is open.
        headings : sequence of str
            Of the input.
        """
        return [self._asked(question, headings) for question in questions]

    def _asked(self, question: Question, headings: Sequence[str]) -> Question:
        ways = [way for way in self.choices.get(question.about, ()) if _is_there(way, headings)]
        if not ways:
            return question
        column = question.about
        text = f"{self.named} has no {column}; say what stands for it"
        offered = tuple(setting("columns", column, way) for way in ways)
        constants = tuple(choice for choice in question.choices if choice.startswith("constants."))
        return replace(question, text=text, choices=offered + constants, candidates=())

    def settings_for(self, headings: Sequence[str]) -> SourceSettings:
        """Return how this export is read, as far as its headings are there.

        Parameters
        ----------
        headings : sequence of str
            Of the input.
        """
        columns = {
            column: found
            for column, ways in self.columns.items()
            if (found := next((way for way in ways if _is_there(way, headings)), None)) is not None
        }
        fill_down = tuple(name for name in self.settings.fill_down or () if matches(name, headings)) or None
        kept = {name: texts for name, texts in self.settings.where.items() if matches(name, headings)}
        left = {name: texts for name, texts in self.settings.where_not.items() if matches(name, headings)}
        return replace(self.settings, columns=columns, fill_down=fill_down, where=kept, where_not=left)


def _is_there(written: str, headings: Sequence[str]) -> bool:
    return all(len(matches(name, headings)) == 1 for name in names_in(written))


@cache
def templates() -> tuple[Template, ...]:
    """Return the known exports by name."""
    found = sorted(files("analytics.ingest").joinpath(_FOLDER).iterdir(), key=lambda file: file.name)
    return tuple(
        _read(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")))
        for file in found
        if file.name.endswith(".toml")
    )


def _read(name: str, content: dict[str, Any]) -> Template:
    block = dict(content.get("source", {}))
    columns = {column: [way] if isinstance(way, str) else way for column, way in block.pop("columns", {}).items()}
    settings = block_settings({"match": "*", **block}, f"template {name}")
    said = {key: content[key] for key in ("title", "about", "confidence", "headings_from")}
    if said["confidence"] not in CONFIDENCES:
        raise UsageError(
            f"template {name}: confidence must be one of {', '.join(CONFIDENCES)}. Correct it in its file."
        )
    choices = content.get("choices", {})
    return Template(
        name, **said, headings=tuple(content["headings"]), columns=columns, choices=choices, settings=settings
    )


def template_named(name: str) -> Template:
    """Return one known export.

    Parameters
    ----------
    name : str
        As in ``--template NAME``.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    for template in templates():
        if template.name == name:
            return template
    known = ", ".join(template.name for template in templates())
    raise UsageError(f"unknown template {name!r}. Known templates: {known}.")


def recognised_template(headings: Sequence[str]) -> Template | None:
    """Return the known export that an input's headings are of: the one that asks for most of them.

    Parameters
    ----------
    headings : sequence of str
        Of the input.
    """
    there = {plain(heading) for heading in headings}
    fitting = [template for template in templates() if {plain(heading) for heading in template.headings} <= there]
    return max(fitting, key=lambda template: len(template.headings), default=None)


def with_template(headings: Sequence[str] | None, settings: SourceSettings) -> SourceSettings:
    """Return settings with those of their template underneath: what the mapping says itself stands.

    Parameters
    ----------
    headings : sequence of str or None
        Of the input; None before it is opened, when only how to open it is asked.
    settings : SourceSettings
        With ``template``.
    """
    if settings.template is None:
        return settings
    template = template_named(settings.template)
    under = template.settings_for(headings) if headings is not None else template.settings
    default = SourceSettings()
    names: tuple[str, ...] = ("header_row", "delimiter", "encoding", "date_format", "timezone", "decimal", "rows")
    if headings is not None:
        names += ("where", "where_not", "fill_down", "fill_within", "footer_rows", "places", "weight_unit")
    taken = {name: getattr(under, name) for name in names if getattr(settings, name) == getattr(default, name)}
    return replace(
        settings,
        columns={**under.columns, **settings.columns} if headings is not None else settings.columns,
        constants={**under.constants, **settings.constants},
        **taken,
    )
