"""Types of the arrays that identity works on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ends", "Floats", "Mask", "Numbers"]

Numbers = NDArray[np.int64]
"""Numbers of records, pairs or groups."""
Ends = tuple[Numbers, Numbers]
"""The left and the right records of pairs."""
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
