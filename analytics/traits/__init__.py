"""What of names, addresses and descriptions SQL is no place for: they are looked at word by word."""

from __future__ import annotations

from analytics.traits.consignees import party_traits_step
from analytics.traits.goods import goods_traits_step

__all__ = ["goods_traits_step", "party_traits_step"]
