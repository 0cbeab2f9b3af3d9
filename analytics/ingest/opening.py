"""An input opened and understood: its rows as the mapping wants them, which column is which, how values are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.ingest.factor_marks import with_factor_marks
from analytics.ingest.headings import ColumnPlan, understand
from analytics.ingest.profile import Readings, profile
from analytics.ingest.questions import Asked, Question
from analytics.ingest.row_choice import chosen_rows
from analytics.ingest.sources import Source, open_source
from analytics.ingest.spool import Spool
from analytics.ingest.tables import RawTable
from analytics.ingest.weights import with_weight_unit
from analytics.ingest.wrappers import unwrapped

__all__ = ["Opened", "open_input"]


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
        Which column is which, as far as that is certain.
    questions : list of Question
        What is not.
    """

    source: Source
    table: RawTable
    plan: ColumnPlan
    questions: list[Question]

    def decided(self, spool: Spool, file: str) -> tuple[ColumnPlan, Readings]:
        """Decide how values are read, from all rows.

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
        asked = Asked(self.source.name, list(self.questions))
        plan, readings = self.plan, Readings({}, {})
        with asked.later():
            plan = with_factor_marks(self.source.name, spool, plan, self.source.settings, file)
        with asked.later():
            readings = profile(self.source.name, spool, plan, self.source.settings, self.table.typed, file)
        asked.now()
        return plan, readings


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
    """
    opened = open_source(source)
    source = replace(source, settings=with_weight_unit(source.name, opened.headings, source.settings))
    plan, questions = understand(opened.headings, source.settings)
    table = chosen_rows(source.name, unwrapped(opened, plan), source.settings)
    return Opened(source, table, plan, questions)
