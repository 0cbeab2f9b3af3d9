"""Folders that are put in place as a whole: a reader finds the old one or the new one, and never half of either."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["put_folder", "sweep_unfinished"]


def put_folder(target: Path, files: Mapping[str, bytes], *, keep: Path | None = None) -> Path:
    """Write a folder beside its place, and then put it there.

    Where another one lies there, that is moved away first: a run that is killed in between leaves neither in place, and
    the next one writes it again.

    Parameters
    ----------
    target : Path
        The folder.
    files : mapping of str to bytes
        All that it holds, by path within it. Nobody but their owner reads them.
    keep : Path, optional
        Where the folder that lies there goes; without it, it is removed.

    Returns
    -------
    Path
        The folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name, content in files.items():
            _write(fresh / name, content)
        if target.exists():
            _move_away(target, keep, fresh)
        fresh.replace(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    sweep_unfinished(target)
    return target


def sweep_unfinished(target: Path) -> None:
    """Remove what killed runs left beside the place of a folder."""
    for rest in target.parent.glob(f".{target.name}.*"):
        if rest.is_dir():
            shutil.rmtree(rest, ignore_errors=True)


def _move_away(target: Path, keep: Path | None, fresh: Path) -> None:
    away = keep or fresh.with_name(f"{fresh.name}.old")
    away.parent.mkdir(parents=True, exist_ok=True)
    if away.exists():  # the same report was kept before: it holds nothing else
        shutil.rmtree(away)
    target.replace(away)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
