"""Days that pass a limit only if identities held apart are one: who may be one, how likely it is, and from what."""

from __future__ import annotations

from analytics.typologies.possible_daily_limit.places import places_step
from analytics.typologies.possible_daily_limit.step import possible_days_step

__all__ = ["places_step", "possible_days_step"]
