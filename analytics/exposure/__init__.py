"""What is at stake in each flag: value, duty by layer, fees, penalty, and what ages out when."""

from __future__ import annotations

from analytics.exposure.penalties import manual_penalty
from analytics.exposure.settings import Settings
from analytics.exposure.step import exposure_step

__all__ = ["Settings", "exposure_step", "manual_penalty"]
