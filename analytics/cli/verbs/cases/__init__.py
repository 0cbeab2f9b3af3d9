"""Manage investigations: cases, assignments, decisions and packets."""

from __future__ import annotations

__all__ = ["PLACE"]

PLACE = 250
"""Among the verbs of the help."""
