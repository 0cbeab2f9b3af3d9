"""The folder of a week: written once, and again only where its figures are no longer those that were printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analytics.reports.as_json import plain
from analytics.reports.folders import put_folder, sweep_unfinished
from analytics.reports.mailing import MANIFEST, digest, manifest_of, read_manifest, written_forms
from analytics.reports.section import Contents
from analytics.reports.sections.page_one import SECTION as PAGE_ONE
from analytics.store import Store
from analytics.weekly.changes import last_printed, measure_changes
from analytics.wording.weekly import Changes, changes_page

__all__ = ["Printed", "WeekFolder"]

_CHANGES = "changes.md"
_MASKED = "masked"
_EARLIER = "earlier"
_FLAG = ("flag_id", "typology", "strength", "window_end", "shipments", "total_usd")
_VALUE = ("floor_usd", "base_usd", "ceiling_usd", "is_unknown")


@dataclass(frozen=True)
class Printed:
    """What became of the folder of a week.

    Attributes
    ----------
    folder : Path
        The folder.
    is_written : bool
        It was written now; else it stands as printed.
    kept : Path or None
        Where the one that was printed before lies.
    """

    folder: Path
    is_written: bool
    kept: Path | None = None


@dataclass(frozen=True)
class WeekFolder:
    """One week of a store, to be written below a folder of weeks.

    Attributes
    ----------
    store : Store
        The store.
    out : Path
        The folder of weeks.
    contents : Contents
        The open edition of the report.
    masked : Contents
        The masked one.
    is_masked : bool
        Write the masked edition alone.
    """

    store: Store
    out: Path
    contents: Contents
    masked: Contents
    is_masked: bool = False

    @property
    def folder(self) -> Path:
        """Its place."""
        return self.out / self.contents.period.label

    @cached_property
    def changes(self) -> Changes:
        """What changed since the report that was written last, as it was when this was first asked."""
        return measure_changes(self.contents, self.store, last_printed(self.out, self.store))

    def write(self) -> Printed:
        """Write it where it is not there, is not whole, was printed with other figures, or an earlier week changed.

        The one that was printed with other figures is kept under ``earlier``, by the run it was written from.
        """
        sweep_unfinished(self.folder)
        told = read_manifest(self.folder)
        week = self._digest()
        keep = None
        if told is not None and _is_whole(self.folder, told):
            if told.get("week_sha256") == week and not self.changes.earlier:
                return Printed(self.folder, is_written=False)
            keep = self.out / _EARLIER / f"{self.folder.name}-{told['run_id']}-{str(told['week_sha256'])[:8]}"
        files = self._files()
        files[MANIFEST] = manifest_of(self.masked if self.is_masked else self.contents, files, week_sha256=week)
        put_folder(self.folder, files, keep=keep)
        return Printed(self.folder, is_written=True, kept=keep)

    def _files(self) -> dict[str, bytes]:
        page = changes_page(self.changes).encode()
        forms = written_forms(self.masked)
        if self.is_masked:
            return {**forms, _CHANGES: page}
        masked = {**forms, MANIFEST: manifest_of(self.masked, forms)}
        of_masked = {f"{_MASKED}/{name}": content for name, content in masked.items()}
        return {**written_forms(self.contents), **of_masked, _CHANGES: page}

    def _digest(self) -> str:
        """Return a digest of the figures of the week: what a rewritten folder would say otherwise.

        A run that leaves them as they are, such as one that read a later week, is no reason to print it again.
        """
        flags = self.contents.tables.flags.filter(self.contents.period.holds("window_end")).sort("flag_id")
        page = self.contents.of(PAGE_ONE)
        told: dict[str, Any] = {
            "now": plain(self.contents.headline.now),
            "flags": plain(flags.select(*_FLAG, *_VALUE)),
            "owing": plain(page.owing),
            "leads": [page.leads, page.explained],
            "before": [plain(page.week.flags_before), plain(page.moved.steps)],
            "marks": [self.is_masked, self.contents.is_privileged],
        }
        return digest(json.dumps(told, sort_keys=True).encode())


def _is_whole(folder: Path, told: dict[str, Any]) -> bool:
    """Tell whether every file of a manifest is there as it was written."""
    try:
        return all(digest((folder / name).read_bytes()) == is_["sha256"] for name, is_ in told["files"].items())
    except (OSError, KeyError, TypeError):
        return False
