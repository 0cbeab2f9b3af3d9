"""Where a page was measured."""

from __future__ import annotations

import platform
from importlib.metadata import version

from analytics.engines import machine

__all__ = ["where"]


def where(*packages: str) -> str:
    """Say which cores, memory and versions a measurement had: those of the container that it ran in."""
    versions = (f"{name} {version(name.lower())}" for name in packages)
    memory = f"{machine.memory() / 1024**3:.0f} GB"
    return f"{', '.join([f'{machine.cores()} cores', memory, f'Python {platform.python_version()}', *versions])}."
