"""An input opened and understood: its rows as the mapping wants them, which column is which, how values are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.errors import InputError, MissingColumns, UnreadableFile
from analytics.ingest.factor_marks import with_factor_marks
from analytics.ingest.fitting import with_fitting_choices
from analytics.ingest.headings import ColumnPlan, understand
from analytics.ingest.left_out import without_footers
from analytics.ingest.profile import Readings, profile
from analytics.ingest.questions import Asked, Question, as_error, in_quotes
from analytics.ingest.row_choice import chosen_rows
from analytics.ingest.sources import Source, open_source
from analytics.ingest.spool import Spool
from analytics.ingest.tables import RawTable
from analytics.ingest.templates import Template, recognised_template, template_named, with_template
from analytics.ingest.weights import with_weight_unit
from analytics.ingest.wrappers import unwrapped

__all__ = ["Opened", "open_input"]


_NOTHING: tuple[Question, ...] = ()


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
        What had to be assumed to open it at all: that it has no headings.
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
        plan, readings, questions = self.looked_at(spool, file)
        if questions and self.looks_like:
            raise self._as_template(self.looks_like, spool, file)
        if questions:
            raise as_error(self.source.name, questions)
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
        plan, questions = self._understood(spool)
        asked, readings = Asked(self.source.name, [*self.asked_first, *questions]), Readings({}, {})
        with asked.later():
            plan = with_factor_marks(self.source.name, spool, plan, self.source.settings, file)
        with asked.later():
            readings = profile(self.source.name, spool, plan, self.source.settings, self.table.typed, file)
        return plan, readings, with_fitting_choices(asked.once(), spool)

    def _understood(self, spool: Spool) -> tuple[ColumnPlan, list[Question]]:
        """Decide which column is which by the headings and what stands under them."""
        settings = self.source.settings
        plan, questions = understand(self.table.headings, settings, spool.contents())
        if settings.template is not None:
            questions = template_named(settings.template).asked(questions, self.table.headings)
        return plan, questions

    def _as_template(self, template: Template, spool: Spool, file: str) -> InputError:
        """Return the error that offers a known export, with what is still open once it is taken."""
        settings = replace(self.source.settings, template=template.name)
        *_, still = open_input(replace(self.source, settings=settings)).looked_at(spool, file)
        offer = Question("template", f"this looks like {template.named}", (f"template = {in_quotes(template.name)}",))
        return as_error(self.source.name, [offer, *still])


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


def _opened(source: Source) -> Opened:
    source = replace(source, settings=with_template(None, source.settings))
    try:
        opened, asked_first = open_source(source), _NOTHING
    except UnreadableFile as error:
        asked_first = tuple(item for item in error.questions if isinstance(item, Question))
        if not asked_first:
            raise
        source = replace(source, settings=replace(source.settings, header_row=(0,)))
        opened = open_source(source)
    settings = with_template(opened.headings, source.settings)
    source = replace(source, settings=with_weight_unit(source.name, opened.headings, settings))
    plan, questions = understand(opened.headings, source.settings)
    table = without_footers(source.name, chosen_rows(source.name, unwrapped(opened, plan), source.settings), plan)
    if source.settings.template is not None:
        questions = template_named(source.settings.template).asked(questions, table.headings)
        return Opened(source, table, plan, questions)
    looks_like = recognised_template(table.headings)
    if looks_like:
        table.notes.append(f"this looks like {looks_like.named}; try --template {looks_like.name}")
    return Opened(source, table, plan, questions, looks_like, asked_first)
