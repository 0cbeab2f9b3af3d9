"""What the typologies need and SQL is no place for: names, addresses and descriptions looked at word by word."""

from __future__ import annotations

from analytics.typologies.goods import goods_traits_step
from analytics.typologies.possible_daily_limit import places_step, possible_days_step
from analytics.typologies.traits import party_traits_step

__all__ = ["goods_traits_step", "party_traits_step", "places_step", "possible_days_step"]
