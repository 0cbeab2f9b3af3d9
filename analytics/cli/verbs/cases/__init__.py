"""Investigate: cases on flags, who has them, and what is decided of them."""

from __future__ import annotations

__all__ = ["PLACE"]

PLACE = 250
"""Among the verbs of the help."""
