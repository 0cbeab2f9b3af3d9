"""Check a store file by file, or repair it."""

from __future__ import annotations

__all__ = ["PLACE"]

PLACE = 200
"""Among the verbs of the help."""
