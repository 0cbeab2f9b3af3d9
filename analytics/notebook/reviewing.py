"""The calls by which people correct identities: verdicts, review sheets, refits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analytics.calls import checked_methods
from analytics.store import Store

if TYPE_CHECKING:
    from analytics.review.refitting import Refitting

__all__ = ["Reviewing"]


@checked_methods
class Reviewing(Store):
    """A store that takes verdicts on who is one consignee."""

    def judge(
        self, one: str, other: str, verdict: str, *, by: str | None = None, note: str | None = None
    ) -> tuple[str, str]:
        """Say whether two aliases are one consignee; the next screening of this store applies it.

        Parameters
        ----------
        one, other : str
            Alias ids; an identity_id stands for its alias on most shipments.
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
            The verdict is none of the three, or the two are not two known aliases.
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
