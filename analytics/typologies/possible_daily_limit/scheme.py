"""Plants nothing of its own: what is left to find are the days over the limit that no daily_limit flag names."""

from __future__ import annotations

from analytics.traffic.scheme import Scheme

__all__ = ["SCHEME"]


SCHEME = Scheme(left_by="daily_limit")
"""What is planted, and what is true of any shipments."""
