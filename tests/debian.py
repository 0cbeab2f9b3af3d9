"""Programs that a test needs and Python has no package of: where they are, or installed by Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import NoReturn

import pytest

__all__ = ["install", "missing", "program"]


def program(names: tuple[str, ...], package: str) -> str:
    """Return the path of a program by one of its names; root has it installed where it is not there."""
    if _found(names) is None:
        install(package)
    return _found(names) or missing(f"no {names[0]}; as root: apt-get install {package}")


def install(package: str) -> None:
    """Install a package of Debian, where root may; another worker that installs is waited for."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
        frontend = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ([*apt, "update"], [*apt, "install", "-y", package]):
            subprocess.run(command, check=False, capture_output=True, timeout=600, env=frontend)


def missing(reason: str) -> NoReturn:
    """Fail where everything must be there, skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _found(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)
