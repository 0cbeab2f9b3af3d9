"""A report ready to be mailed: every form of it, and a manifest that says what each file is and was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analytics.contracts.paths import sql_folder
from analytics.errors import UsageError
from analytics.reports.casebook import CaseBook
from analytics.reports.folders import put_folder
from analytics.reports.periods import choose_period
from analytics.reports.section import Contents
from analytics.reports.tables import Store
from analytics.reports.writing import ENDINGS, written

__all__ = ["MANIFEST", "digest", "mail_ready", "manifest_of", "read_manifest", "written_forms"]

FORMAT = 1
MANIFEST = "manifest.json"
_NAMES = {".html": "report.html", ".pdf": "report.pdf", ".xlsx": "report.xlsx", ".json": "figures.json"}
_NEEDS = {".pdf": "typst"}
"""Packages of extras without which a form is left out."""
_MODELS = ("30_marts", "typologies")
_DIGITS = 16


def mail_ready(
    store: Store,
    folder: Path,
    *,
    week: str | None = None,
    start: date | str | None = None,
    end: date | str | None = None,
    book: CaseBook | None = None,
    is_privileged: bool = False,
    is_masked: bool = True,
) -> Path:
    """Write every form of a report and its manifest into a folder of their own.

    Parameters
    ----------
    store, week, start, end, book, is_privileged
        As for `analytics.reports.report`.
    folder : Path
        Put in place as a whole; a report that was written there before is replaced.
    is_masked : bool, default=True
        Write the masked edition: pseudonyms for parties, no addresses and contact details, the same figures.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        The folder holds something else, or the week or the days cannot be understood.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and read_manifest(folder) is None)):
        raise UsageError(f"{folder}: holds something else than a report. Name a new folder, or an empty one.")
    period = choose_period(store, week=week, start=start, end=end)
    contents = Contents(store, period, book, is_privileged=is_privileged, is_masked=is_masked)
    files = written_forms(contents)
    return put_folder(folder, {**files, MANIFEST: manifest_of(contents, files)})


def written_forms(contents: Contents) -> dict[str, bytes]:
    """Return every form that can be written here, by file name.

    Parameters
    ----------
    contents : Contents
        What it is made from.
    """
    found = {ending: name for ending, name in _NAMES.items() if ending in ENDINGS}
    missing = {ending for ending, package in _NEEDS.items() if find_spec(package) is None}
    return {name: written(contents, ending) for ending, name in found.items() if ending not in missing}


def manifest_of(contents: Contents, files: Mapping[str, bytes], **more: Any) -> bytes:
    """Return the manifest of some files: what each is, and what it was made from.

    Parameters
    ----------
    contents : Contents
        What they were made from.
    files : mapping of str to bytes
        By path below the manifest.
    **more
        What else it says.
    """
    last = contents.tables.runs.row(-1, named=True) if contents.tables.runs.height else {}
    open_only = {} if contents.is_masked else {"store_id": contents.store_id}  # it keys the marks of the masked edition
    told = {
        "format": FORMAT,
        "week": contents.period.label,
        "start": str(contents.period.start),
        "end": str(contents.period.end),
        "is_masked": contents.is_masked,
        "is_privileged": contents.is_privileged,
        **open_only,
        "store_fingerprint": digest(f"fingerprint of {contents.store_id}".encode())[:_DIGITS],
        **{name: last.get(name) for name in ("run_id", "finished_at", "program_version", "model_version")},
        "rules_sha256": last.get("rules_sha256"),
        **more,
        "files": {name: {"sha256": digest(content), "bytes": len(content)} for name, content in sorted(files.items())},
        "sql_sha256": _models(),
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def _models() -> dict[str, str]:
    """Return a digest of each SQL model that makes a published table or the flags of a typology."""
    files = sorted(path for folder in _MODELS for path in (sql_folder() / folder).rglob("*.sql"))
    return {path.stem: digest(path.read_bytes())[:_DIGITS] for path in files}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder; None where it has none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("format") == FORMAT else None


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
