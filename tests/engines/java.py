"""Spark's own machine, for the tests that need it."""

import os
import shutil
import subprocess

import pytest


def java_or_none() -> None:
    """Install Java where it is missing and that is allowed; without it fail where the tests must run, else skip."""
    if shutil.which("java") is None and os.environ.get("CI"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "default-jre-headless"]):
            subprocess.run(command, check=False, capture_output=True, timeout=600)
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Java; as root: apt-get install default-jre-headless")
