"""A store as a notebook holds it: tables, SQL, explanations and reports in one object.

Its calls lie in three classes, by what they do: `analytics.notebook.asking` asks and writes nothing to the tables,
`analytics.notebook.reviewing` takes verdicts of people, and what is handed to others is here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.calls import checked, checked_methods
from analytics.errors import UsageError
from analytics.notebook.asking import Asking
from analytics.notebook.reviewing import Reviewing
from analytics.store import InputFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    import plotly.graph_objects as go

    from analytics.cases import Case, Ledger
    from analytics.cases.packet.disclosure import Disclosure, Selection, Terms
    from analytics.explaining import Explanation
    from analytics.notebook.figures import Figures
    from analytics.pipeline.session import Outcome

__all__ = ["OpenedStore", "Run", "open_store"]


@checked_methods
class OpenedStore(Asking, Reviewing):
    """The tables of a store, with explanations and reports."""

    @cached_property
    def cases(self) -> Ledger:
        """The cases of the store, up to its last run: open, assign, note, attach, snooze, decide, reopen.

        They lie in the store, or in the database of a team that the environment variable ``SPLITSHIP_CASES`` names.
        `analytics.cases.open_ledger` opens them for somebody else than the user.
        """
        from analytics.cases import open_ledger
        from analytics.cases.lookup import url_in_use

        return open_ledger(self, url_in_use())

    @property
    def figures(self) -> Figures:
        """Every chart of the report, and those of an identity, a pair and a flag, by name; printed, it lists them."""
        from analytics.notebook.figures import Figures

        return Figures(self)

    def promote(self, flag_id: str, *, note: str | None = None) -> Case:
        """Open a case on the subject of a flag, or return the open one.

        Parameters
        ----------
        flag_id : str
            The flag.
        note : str, optional
            Why.

        Returns
        -------
        Case

        Raises
        ------
        UsageError
            The store has no such flag.
        """
        return self.cases.open(flag_id, note=note)

    def explain(self, subject: str, other: str | None = None) -> Explanation:
        """Say why something is as it is.

        Parameters
        ----------
        subject : str
            A flag_id, an identity_id or an alias_id.
        other : str, optional
            A second alias: why the two are one consignee, or why not.

        Returns
        -------
        Explanation
            Prints as text; its parts are frames. A pair and an identity have a `figure` too.

        Raises
        ------
        UsageError
            The store holds nothing of that id.
        """
        from analytics.explaining import explain

        return explain(self, subject, other)

    def report(
        self,
        week: str | None = None,
        *,
        out: str | Path | None = None,
        is_privileged: bool = False,
        is_masked: bool = False,
    ) -> Path:
        """Write the weekly risk report.

        Parameters
        ----------
        week : str, optional
            ISO week such as ``"2025-W11"``; the last one with data where not given.
        out : path, optional
            ``.html``, ``.pdf``, ``.xlsx`` or ``.json``; ``report-<week>.html`` in the store where not given.
        is_privileged : bool, default=False
            Mark it as prepared at the request of counsel.
        is_masked : bool, default=False
            Write the masked edition: pseudonyms for parties, no addresses and contact details, the same figures.

        Returns
        -------
        Path
            The file written.
        """
        from analytics.cases.lookup import case_book, url_in_use
        from analytics.reports import report

        book, file = case_book(self, url_in_use()), Path(out) if out is not None else None
        return report(self, week=week, out=file, book=book, is_privileged=is_privileged, is_masked=is_masked)

    def mail_ready(
        self, folder: str | Path, week: str | None = None, *, is_masked: bool = True, is_privileged: bool = False
    ) -> Path:
        """Write every form of the weekly risk report, with a manifest, into a folder of their own.

        Parameters
        ----------
        folder : path
            Put in place as a whole; a report that was written there before is replaced.
        week : str, optional
            ISO week such as ``"2025-W11"``; the last one with data where not given.
        is_masked : bool, default=True
            Write the masked edition: pseudonyms for parties, no addresses and contact details, the same figures.
        is_privileged : bool, default=False
            Mark it as prepared at the request of counsel.

        Returns
        -------
        Path
            The folder.
        """
        from analytics.cases.lookup import case_book, url_in_use
        from analytics.reports.mailing import mail_ready

        book = case_book(self, url_in_use())
        return mail_ready(self, Path(folder), week=week, book=book, is_masked=is_masked, is_privileged=is_privileged)

    def tornado(self, flag_ids: Sequence[str] | None = None) -> go.Figure:
        """Draw which assumption makes the difference to duty and fees, the widest on top.

        Parameters
        ----------
        flag_ids : sequence of str, optional
            The flags it is about; those that totals count where not given. Of flags that share shipments the largest
            counts.

        Returns
        -------
        plotly.graph_objects.Figure
            A duty that is void is drawn hollow: no figure allows for it.
        """
        from analytics.reports.drawn import plotly_figure
        from analytics.reports.sections.owed.charts import tornado_chart
        from analytics.reports.sections.owed.measures import drivers_of

        return plotly_figure(tornado_chart(drivers_of(self, flag_ids)))

    def prior_disclosure(
        self,
        flag_ids: Sequence[str] | None = None,
        *,
        interest_usd: Decimal | str | int | None = None,
        selection: Selection | None = None,
        terms: Terms | None = None,
    ) -> Disclosure:
        """Compute what a prior disclosure would tender, and write the document that counsel completes.

        Parameters
        ----------
        flag_ids : sequence of str, optional
            The flags it is about; where not given, those that totals count: no lead and none that is explained.
        interest_usd : Decimal, str or int, optional
            Interest as customs or counsel computed it; else that at the rates of ref_interest_rates, else none.
        selection : Selection, optional
            Flags, cases, typologies, sellers and days (`analytics.cases.packet.disclosure.Selection`).
        terms : Terms, optional
            Who discloses and in which role, the day of disclosure, the day up to which interest runs
            (`analytics.cases.packet.disclosure.Terms`).

        Returns
        -------
        Disclosure
            Prints its figures as text. ``write(out)`` writes PDF, DOCX and workbook.

        Raises
        ------
        UsageError
            A flag, typology, role or day is wrong, no flag is left, or the interest is not an amount.
        UnknownCase
            A case is not known.
        """
        from analytics.cases.packet.disclosure import Selection, Terms, disclose

        asked = selection or Selection()
        if flag_ids is not None:
            asked = replace(asked, flags=(*asked.flags, *flag_ids))
        return disclose(self, self._cases_that_exist, asked, terms or Terms(), interest_usd)

    def packet(self, case_id: str, out: str | Path, *, is_masked: bool = False) -> Path:
        """Write the packet of a case: what counsel files.

        Parameters
        ----------
        case_id : str
            Such as ``"C000001"``.
        out : str or Path
            The zip to write.
        is_masked : bool, default=False
            Pseudonyms for names, no addresses and contact details.

        Returns
        -------
        Path
            The file written. The same store and case give the same bytes.

        Raises
        ------
        UnknownCase
            There is no case of that number.
        """
        from analytics.cases.packet import write_packet

        ledger = self._cases_that_exist()
        if not is_masked:
            ledger.viewed(case_id, "packet with names")
        return write_packet(self, ledger, case_id, out, masked=is_masked)

    def _cases_that_exist(self) -> Ledger:
        from analytics.cases.lookup import has_cases, url_in_use

        if not has_cases(self, url_in_use()):
            raise UsageError("this store has no cases. Open one: splitship cases open FLAG")
        return self.cases


class Run(OpenedStore):
    """What a screening left: the opened store, and the figures of the run.

    Parameters
    ----------
    root : Path
        The store.
    outcome : Outcome
        What the session did.
    """

    def __init__(self, root: Path, outcome: Outcome) -> None:
        super().__init__(root)
        self.run_id: str = outcome.run_id
        self.changed: bool = outcome.changed
        self.inputs: list[InputFile] = outcome.inputs

    @property
    def read(self) -> int:
        """Rows read in this run."""
        return sum(item.read for item in self.inputs)

    @property
    def accepted(self) -> int:
        """Rows accepted in this run."""
        return sum(item.accepted for item in self.inputs)

    @property
    def rejected(self) -> int:
        """Rows rejected in this run."""
        return sum(item.rejected for item in self.inputs)

    @property
    def repeated(self) -> int:
        """Rows that repeat an earlier one with equal content."""
        return sum(item.repeated for item in self.inputs)

    def _figures(self) -> list[tuple[str, object]]:
        counts = [(name, getattr(self, name)) for name in ("read", "accepted", "rejected", "repeated")]
        return [*counts, *super()._figures()]


@checked
def open_store(path: str | Path) -> OpenedStore:
    """Open what a screening left behind.

    Parameters
    ----------
    path : str or Path
        The folder given to ``splitship screen --store``.

    Returns
    -------
    OpenedStore

    Raises
    ------
    StoreMissing
        Nothing has been screened into that folder.
    """
    return OpenedStore(path)
