"""What is at stake in each flag: value, duty and fees, under each reading of what an excess means."""

from __future__ import annotations

from analytics.exposure.step import exposure_step

__all__ = ["exposure_step"]
