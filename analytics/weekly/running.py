"""A run of one week: look, screen, follow, write; safe to be started again at any point."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.calls import checked
from analytics.cases.catching_up import caught_up
from analytics.cases.lookup import case_book, url_in_use
from analytics.days import today as day_in_new_york
from analytics.errors import RunsAlready, StoreLocked, UsageError
from analytics.ingest.mapping.settings import load_mappings
from analytics.ingest.sources.remote import is_url
from analytics.opened import Run
from analytics.pipeline.options import Progress
from analytics.reports.periods import Period, week_named
from analytics.reports.section import Contents
from analytics.showing import one_line
from analytics.store import InputFile
from analytics.store.state import read_state
from analytics.weekly.inbox import Held, look
from analytics.weekly.printing import Printed, WeekFolder
from analytics.weekly.taking import Taken, Taking
from analytics.weekly.weeks import week_of
from analytics.wording.prose import counted, listed
from analytics.wording.weekly import last_line, without_week

__all__ = ["HELD_UP", "WeekRun", "run_week"]

HELD_UP = 3
"""Exit code of a run that is done but for files that need an answer."""
_LOCK = ".weekly.lock"
_MOST_NAMED = 3


@dataclass(frozen=True)
class WeekRun:
    """What a run did.

    Attributes
    ----------
    week : str or None
        The week, such as ``2026-W47``; None where no week that is over has data.
    printed : Printed or None
        Its folder, and whether it was written now.
    read : list of InputFile
        Files that were read, with their rows.
    held : list of Held
        Files that hold up themselves, each with what to do.
    unfinished : list of str
        Files that are still being written: the next run reads them.
    is_new : bool
        Something was screened.
    cases : str
        What became of the cases, in a line; empty where there are none.
    line : str
        All of it in one line, for a mail or a monitor.
    """

    week: str | None
    printed: Printed | None
    read: list[InputFile]
    held: list[Held]
    unfinished: list[str]
    is_new: bool
    cases: str
    line: str

    @property
    def exit_code(self) -> int:
        """0 where all is done, 3 where files are held up."""
        return HELD_UP if self.held else 0


@checked
def run_week(
    inbox: str | Path,
    store: str | Path,
    out: str | Path,
    *,
    mappings: Sequence[str | Path] = (),
    week: str | None = None,
    is_masked: bool = False,
    is_privileged: bool = False,
    rules: str | Path | None = None,
    config: str | Path | None = None,
    regime: str | None = None,
    memory: str | None = None,
    threads: int | None = None,
    keep: bool | None = None,
    watch: float = 2.0,
    today: date | None = None,
    progress: Progress | None = None,
) -> WeekRun:
    """Screen what is new in a folder, and write the last week that is over.

    It may be killed at any point and run again: the store holds all of a screening or nothing, and the folder of the
    week is put in place as a whole.

    Parameters
    ----------
    inbox : path
        Folder in which new files are put; it is read and never written to.
    store : path
        The store; made where there is none.
    out : path
        Folder of the weeks: the report goes to ``OUT/2026-W47``.
    mappings : sequence of paths
        TOML files that say which heading is which column.
    week : str, optional
        ISO week to be written; the last one that is over, America/New_York, and has data where not given.
    is_masked : bool, default=False
        Write the masked edition alone.
    is_privileged : bool, default=False
        Mark the report as prepared at the request of counsel.
    rules, config, regime
        As for `analytics.screen`; those of the last run into the store where not given.
    memory, threads, keep
        As for `analytics.screen`.
    watch : float, default=2.0
        Seconds to watch files that were written within the last minute.
    today : date, optional
        The day in New York; by the clock where not given.
    progress : callable, optional
        Told of each step of a screening.

    Returns
    -------
    WeekRun
        With the line that says all of it.

    Raises
    ------
    RunsAlready
        Another run works on these folders.
    SplitshipError
        Any other of its kinds: the call is wrong, or the screening failed.
    """
    places = _Places.checked(inbox, store, out)
    load_mappings(mappings)  # a mapping that is wrong holds up everything, not each file
    asked = None if week is None else week_named(week)
    bounds = {"memory": memory, "threads": threads, "keep": keep}
    settings = {"rules": rules, "config": config, "regime": regime}
    with places.held():
        waiting = look(places.inbox, read_state(places.store).files, watch=watch)
        try:
            taken = Taking(places.store, mappings, settings, bounds, progress).take(waiting)
        except StoreLocked as error:
            raise RunsAlready(str(error)) from error
        if taken.run is None:
            return _nothing(taken)
        cases = caught_up(taken.run, url_in_use())
        period = asked or week_of(taken.run, today or day_in_new_york())
        if period is None:
            return _nothing(taken, cases)
        folder = _folder(taken.run, places.out, period, is_masked, is_privileged)
        changes, printed = folder.changes, folder.write()
        line = last_line(changes, _files(taken, printed), one_line(str(printed.folder)))
        return _told(taken, line, period.label, printed, cases)


@dataclass(frozen=True)
class _Places:
    inbox: Path
    store: Path
    out: Path

    @classmethod
    def checked(cls, inbox: str | Path, store: str | Path, out: str | Path) -> _Places:
        """Return the folders of a call, or say what is wrong with them."""
        for name, place in (("--inbox", inbox), ("--store", store), ("--out", out)):
            if is_url(str(place)):
                raise UsageError(f"{name}: a URL is no folder. Name a folder of this machine.")
        places = cls(Path(inbox), Path(store), Path(out))
        for name, place in (("--store", places.store), ("--out", places.out)):
            if place.resolve().is_relative_to(places.inbox.resolve()):
                raise UsageError(f"{name} {place} lies in the inbox: its files would be read. Name a folder beside it.")
        return places

    def held(self) -> AbstractContextManager[object]:
        """Take hold of the folder of weeks, for one run at a time."""
        self.out.mkdir(parents=True, exist_ok=True)
        try:
            return FileLock(self.out / _LOCK, timeout=0).acquire()
        except Timeout as error:
            raise RunsAlready(
                f"{self.out}: another weekly run is at work. It goes on; run this one again later."
            ) from error


def _folder(store: Run, out: Path, period: Period, is_masked: bool, is_privileged: bool) -> WeekFolder:
    book = case_book(store, url_in_use())
    plain, masked = (
        Contents(store, period, book, is_privileged=is_privileged, is_masked=which) for which in (False, True)
    )
    return WeekFolder(store, out, plain, masked, is_masked)


def _nothing(taken: Taken, cases: str = "") -> WeekRun:
    return _told(taken, without_week(_files(taken, None)), None, None, cases)


def _told(taken: Taken, line: str, week: str | None, printed: Printed | None, cases: str) -> WeekRun:
    is_new = taken.run is not None and taken.run.changed
    return WeekRun(week, printed, taken.read, taken.held, taken.unfinished, is_new, cases, line)


def _rejected(taken: Taken) -> str:
    rejected, rows = (sum(getattr(item, name) for item in taken.read) for name in ("rejected", "read"))
    return f" ({rejected:,} of {counted(rows, 'row')} rejected)" if rejected else ""


def _files(taken: Taken, printed: Printed | None) -> str:
    """Say in few words what became of the files."""
    parts = [f"{counted(len(taken.read), 'file')} read{_rejected(taken)}" if taken.read else "nothing new"]
    if printed is not None and not printed.is_written:
        parts.append("the report stands as printed")
    for names, what in (([held.name for held in taken.held], "held up"), (taken.unfinished, "still being written")):
        if names:
            named = [one_line(name) for name in names[:_MOST_NAMED]]
            more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
            parts.append(f"{counted(len(names), 'file')} {what}: {listed([*named, *more])}")
    return ", ".join(parts)
