"""Small files that are replaced as a whole, so that a power cut leaves the old or the new one."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["replace_text"]


def replace_text(file: Path, text: str, *, mode: int = 0o666) -> None:
    """Replace a file in one step.

    Parameters
    ----------
    file : Path
        The file; its folder is there.
    text : str
        All of it.
    mode : int
        Who may read and write it, less what the user's mask takes away.
    """
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, mode), "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(file)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
