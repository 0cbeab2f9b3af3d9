"""What the tests of reports share: one browser."""

from tests.browser import browser

__all__ = ["browser"]
