"""The chain of models, as the tests of the SQL have it."""

from tests.sql.conftest import chain, one_limit, pounds

__all__ = ["chain", "one_limit", "pounds"]
