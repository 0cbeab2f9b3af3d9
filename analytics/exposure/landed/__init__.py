"""What a program costs to bring in: under the exemption, informally, formally, or many parcels on one entry."""

from __future__ import annotations

from analytics.exposure.landed.comparing import WAYS, landed_cost
from analytics.exposure.landed.program import Goods, Handling, Program, read_program

__all__ = ["WAYS", "Goods", "Handling", "Program", "landed_cost", "read_program"]
