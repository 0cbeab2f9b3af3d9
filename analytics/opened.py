"""A store as a notebook holds it: tables, SQL, explanations and reports in one object."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.errors import UsageError
from analytics.store import InputFile, Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    import plotly.graph_objects as go

    from analytics.cases import Ledger
    from analytics.cases.packet.disclosure import Disclosure, Selection, Terms
    from analytics.explaining import Explanation
    from analytics.pipeline.session import Outcome
    from analytics.review.refitting import Refitting

__all__ = ["OpenedStore", "Run", "open_store"]


class OpenedStore(Store):
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

    def judge(
        self, one: str, other: str, verdict: str, *, by: str | None = None, note: str | None = None
    ) -> tuple[str, str]:
        """Say whether two spellings are one consignee; the next screening of this store applies it.

        Parameters
        ----------
        one, other : str
            Alias ids; an identity_id stands for its spelling on most shipments.
        verdict : {"same", "different", "unsure"}
            ``"unsure"`` takes back what was said before.
        by : str, optional
            Who judges; the name of the user where not given.
        note : str, optional
            Why.

        Returns
        -------
        tuple of str
            The two alias ids that were judged.

        Raises
        ------
        UsageError
            The verdict is none of the three, or the two are not two known spellings.
        """
        from analytics.review.judging import judge

        return judge(self, one, other, verdict, by=by, note=note)

    def review(self, count: int, out: str | Path) -> int:
        """Write a sheet of the pairs that a person should judge next, without scores.

        Parameters
        ----------
        count : int
            How many at most.
        out : path
            An XLSX file.

        Returns
        -------
        int
            Pairs in the sheet: those in most doubt and those on which most money hangs.
        """
        from analytics.review.sheet import write_sheet

        return write_sheet(self, count, Path(out))

    def take_review(self, file: str | Path, *, by: str | None = None) -> int:
        """Take back a filled-in review sheet; the next screening of this store applies it.

        Parameters
        ----------
        file : path
            The sheet; rows without a verdict are left for another time.
        by : str, optional
            Who judged; the name of the user where not given.

        Returns
        -------
        int
            Verdicts taken.

        Raises
        ------
        InputError
            A row is wrong; it is named, and nothing is taken.
        """
        from analytics.review.sheet import take_sheet

        return take_sheet(self, Path(file), by)

    def refit(self, *, dry_run: bool = False, by: str | None = None) -> Refitting:
        """Refit the model to what people judged; the next screening of this store uses it where it is adopted.

        Parameters
        ----------
        dry_run : bool, default=False
            Say what would come of it, and keep nothing.
        by : str, optional
            Who adopts it; the name of the user where not given.

        Returns
        -------
        Refitting
            Prints as text: the scores before and after on verdicts that were held back, and what spoke against it.
            It is adopted only if those scores are better, beyond chance, and no wrong merge is added.
        """
        from analytics.review.refitting import refit

        return refit(self, dry_run=dry_run, by=by)

    def withdraw_refit(self, *, by: str | None = None) -> str:
        """Withdraw the refit in force; the next screening of this store uses the model as it came.

        Parameters
        ----------
        by : str, optional
            Who withdraws it; the name of the user where not given.

        Returns
        -------
        str
            Name of the shifted model that is withdrawn.

        Raises
        ------
        UsageError
            None is in force.
        """
        from analytics.review.refitting import withdraw_refit

        return withdraw_refit(self, by=by)

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
            ``.html``, ``.xlsx`` or ``.json``; ``report-<week>.html`` in the store where not given.
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
