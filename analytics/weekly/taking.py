"""Screens what is new: a file that needs an answer or cannot be read holds up itself, and the others are screened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.errors import InputError, RulesError, UsageError
from analytics.opened import Run
from analytics.pipeline.options import Progress
from analytics.screening import add, prove
from analytics.store import InputFile
from analytics.store.state import read_state
from analytics.weekly.inbox import Held, Inbox, Waiting

__all__ = ["Taken", "Taking"]

_NOTHING_KEPT = "\nNothing of this call was kept."


@dataclass
class Taken:
    """What became of an inbox.

    Attributes
    ----------
    run : Run or None
        The store after it; None where nothing has ever been screened into it.
    held : list of Held
        Files that hold up themselves.
    unfinished : list of str
        Files that are still being written.
    """

    run: Run | None = None
    held: list[Held] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def read(self) -> list[InputFile]:
        """The inputs that were read."""
        return [item for item in self.run.inputs if item.skipped is None] if self.run is not None else []


class _GrewError(Exception):
    """Somebody wrote to a file while it was read."""


@dataclass(frozen=True)
class Taking:
    """How the files of an inbox are screened.

    Attributes
    ----------
    store : Path
        Where to.
    mappings : sequence of paths
        TOML files that say which heading is which column.
    settings : mapping
        ``rules``, ``config`` and ``regime``, as `analytics.screening.add` has them.
    bounds : mapping
        ``memory``, ``threads`` and ``keep``, in the same way.
    progress : callable or None
        Told of each step.
    """

    store: Path
    mappings: Sequence[str | Path] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    bounds: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress | None = None

    def take(self, inbox: Inbox) -> Taken:
        """Screen the new files of an inbox; without any, the store anew where a rule or a judgement has changed.

        Parameters
        ----------
        inbox : Inbox
            As it was looked at.

        Raises
        ------
        SplitshipError
            The run failed for a reason that is none of a single file; the store is then as it was.
        """
        taken = Taken(held=list(inbox.held), unfinished=list(inbox.unfinished))
        files = list(inbox.new)
        while files or self._has_runs():
            try:
                taken.run = self._screened(files)
                break
            except _GrewError:
                taken.unfinished += [file.name for file in files if not file.is_still]
                files = [file for file in files if file.is_still]
            except RulesError:
                raise
            except (InputError, UsageError):
                found = [held for file in files if (held := self._held(file)) is not None]
                if not found:
                    raise
                taken.held += found
                files = [file for file in files if file.name not in {held.name for held in found}]
        taken.held.sort(key=lambda held: held.name)
        return taken

    def _has_runs(self) -> bool:
        return bool(read_state(self.store).runs)

    def _screened(self, files: Sequence[Waiting]) -> Run:
        def still(_: list[InputFile]) -> None:
            if not all(file.is_still for file in files):
                raise _GrewError

        paths = [file.path for file in files]
        return add(
            paths, self.store, mappings=self.mappings, progress=self.progress, understood=still,
            **self.settings, **self.bounds,
        )  # fmt: skip

    def _held(self, file: Waiting) -> Held | None:
        """Say why a file by itself cannot be screened; None where it can."""
        try:
            prove(file.path, self.store, mappings=self.mappings, **self.settings)
        except RulesError:
            raise
        except (InputError, UsageError) as error:
            return Held(file.name, str(error).removesuffix(_NOTHING_KEPT))
        return None
