"""Who signs a report."""

from __future__ import annotations

__all__ = ["HEADINGS", "ROLES"]

HEADINGS = ("Role", "Name", "Signature", "Date")
"""Of the lines."""
ROLES = ("Prepared by", "Reviewed by")
"""Who signs, one line each."""
