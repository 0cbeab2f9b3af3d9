"""Spark's own machine, for the tests that need it."""

import os

from tests.debian import program


def java_or_none() -> None:
    """Install Java where it is missing and that is allowed; without it fail where the tests must run, else skip."""
    if "JAVA_HOME" not in os.environ:
        program(("java",), "default-jre-headless")
