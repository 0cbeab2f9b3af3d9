"""An input opened and understood: its rows as the mapping wants them, which column is which, how values are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from analytics.errors import InputError, MissingColumns
from analytics.ingest.headings.left_out import without_footers
from analytics.ingest.headings.row_choice import chosen_rows
from analytics.ingest.headings.understanding import ColumnPlan, understand
from analytics.ingest.mapping.settings import SourceSettings, block_settings
from analytics.ingest.mapping.templates import Template, recognised_template, template_named, with_template
from analytics.ingest.mapping.weights import with_weight_unit
from analytics.ingest.privacy.spool import Spool
from analytics.ingest.questions import Asked, Question, as_error, in_quotes
from analytics.ingest.sources.inputs import Source, open_source
from analytics.ingest.tables import RawTable
from analytics.ingest.values.factor_marks import with_factor_marks
from analytics.ingest.values.fitting import with_fitting_choices
from analytics.ingest.values.group_rows import ask_to_fill_down
from analytics.ingest.values.profile import Readings, profile
from analytics.ingest.values.wrappers import unwrapped

__all__ = ["Opened", "open_input"]


_TO_OPEN = ("encoding", "delimiter", "header_row")
"""What a file is opened with."""


@dataclass(frozen=True)
class Opened:
    """One input, before its rows are read.

    Attributes
    ----------
    source : Source
        With what was found out about it in its settings.
    table : RawTable
        Its rows.
    plan : ColumnPlan
        Which column is which, as far as the headings tell.
    questions : list of Question
        What they leave open.
    looks_like : Template or None
        Known export that its headings are of, where none is named.
    asked_first : tuple of Question
        What had to be assumed to open it at all: its encoding, its delimiter, that it has no headings.
    """

    source: Source
    table: RawTable
    plan: ColumnPlan
    questions: list[Question]
    looks_like: Template | None = None
    asked_first: tuple[Question, ...] = ()

    def decided(self, spool: Spool, file: str) -> tuple[ColumnPlan, Readings]:
        """Decide which column is which and how values are read, from all rows.

        Parameters
        ----------
        spool : Spool
            The rows.
        file : str
            What ``{file}`` stands for.

        Raises
        ------
        InputError
            Something is unclear: everything that is, in one message.
        """
        plan, readings, questions = self._looked_at(spool, file)
        if questions and self.looks_like:
            name, named = self.looks_like.name, self.looks_like.named
            offer = Question("template", f"this looks like {named}", (f"template = {in_quotes(name)}",))
            questions = self._with_what_follows([*self.asked_first, offer], spool, file)
        if questions:
            raise as_error(self.source.name, self._with_what_follows(questions, spool, file))
        return plan, readings

    def looked_at(self, spool: Spool, file: str) -> tuple[ColumnPlan, Readings, list[Question]]:
        """Decide as much as the rows tell, and return what they leave open.

        Parameters
        ----------
        spool : Spool
            The rows.
        file : str
            What ``{file}`` stands for.
        """
        plan, readings, questions = self._looked_at(spool, file)
        return plan, readings, self._with_what_follows(questions, spool, file) if questions else questions

    def _looked_at(self, spool: Spool, file: str) -> tuple[ColumnPlan, Readings, list[Question]]:
        plan, questions = self._understood(spool)
        asked, readings = Asked(self.source.name, [*self.asked_first, *questions]), Readings({}, {})
        with asked.later():
            plan = with_factor_marks(self.source.name, spool, plan, self.source.settings, file)
        with asked.later():
            readings = profile(self.source.name, spool, plan, self.source.settings, self.table.typed, file)
        more = ask_to_fill_down(spool, plan, self.source.settings)
        return plan, readings, [*with_fitting_choices(asked.once(), spool), *more]

    def _understood(self, spool: Spool) -> tuple[ColumnPlan, list[Question]]:
        """Decide which column is which by the headings and what stands under them."""
        settings = self.source.settings
        plan, questions = understand(self.table.headings, settings, spool.contents())
        if settings.template is not None:
            questions = template_named(settings.template).asked(questions, self.table.headings)
        return plan, questions

    def _with_what_follows(self, questions: list[Question], spool: Spool, file: str) -> list[Question]:
        """Return questions and what is still open where each has its first answer, so that nobody is asked twice."""
        settings = self.source.settings
        for question in questions:
            if not question.choices:
                return questions
            settings = _with(settings, question.choices[0])
        try:
            *_, more = open_input(replace(self.source, settings=settings))._looked_at(spool, file)
        except InputError:
            return questions
        asked = {_key(question) for question in questions}
        return [*questions, *(question for question in more if _key(question) not in asked)]


def _key(question: Question) -> str:
    """Return the key of a mapping that answers a question."""
    return question.choices[0].partition(" = ")[0]


def open_input(source: Source) -> Opened:
    """Open an input and decide which heading is which column.

    Parameters
    ----------
    source : Source
        A file that is here, or a database table.

    Raises
    ------
    InputError
        It cannot be read, or the mapping does not fit it.
    MissingColumns
        It is a sheet that may be left out, and has not what every row needs.
    """
    if not source.is_optional:
        return _opened(source)
    try:
        opened = _opened(source)
        if any(not question.is_ambiguous for question in opened.questions):
            raise as_error(source.name, opened.questions)
    except InputError as error:
        if not error.questions:
            raise
        raise MissingColumns(str(error), error.questions) from None
    return opened


def _first_opened(source: Source) -> tuple[RawTable, Source, tuple[Question, ...]]:
    """Open an input; where that takes an answer, with the first that is offered, so that all else is asked too."""
    asked: dict[str, Question] = {}
    while True:
        try:
            return open_source(source), source, tuple(asked.values())
        except InputError as error:
            found = [item for item in error.questions if isinstance(item, Question) and item.about in _TO_OPEN]
            if not found or found[0].about in asked:
                raise
            asked[found[0].about] = found[0]
            source = replace(source, settings=_with(source.settings, found[0].choices[0]))


def _with(settings: SourceSettings, line: str) -> SourceSettings:
    """Return settings with one more, as a message offers it: a line such as ``encoding = "cp1252"``."""
    ((key, value),) = tomllib.loads(line).items()
    said = block_settings({"match": settings.match, key: value}, settings.origin)
    value, before = getattr(said, key), getattr(settings, key)
    changes: dict[str, Any] = {key: {**before, **value} if isinstance(value, Mapping) else value}
    return replace(settings, **changes)


def _opened(source: Source) -> Opened:
    source = replace(source, settings=with_template(None, source.settings))
    opened, source, asked_first = _first_opened(source)
    settings = with_template(opened.headings, source.settings)
    source = replace(source, settings=with_weight_unit(source.name, opened.headings, settings))
    plan, questions = understand(opened.headings, source.settings)
    table = without_footers(source.name, chosen_rows(source.name, unwrapped(opened, plan), source.settings), plan)
    if source.settings.template is not None:
        questions = template_named(source.settings.template).asked(questions, table.headings)
        return Opened(source, table, plan, questions, None, asked_first)
    looks_like = recognised_template(table.headings)
    if looks_like:
        table.notes.append(f"this looks like {looks_like.named}; try --template {looks_like.name}")
    return Opened(source, table, plan, questions, looks_like, asked_first)
