"""What is learnt of a person while they get ready, to compare them with themselves later."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Bools, Floats
from formcheck.geometry.smoothing import RunningMedian

# A leg at rest on the floor: the hip joint lies higher than the ankle. Median of the rendered bodies.
TYPICAL_REST_DEG = -7.0
_DOWN_DEG = 12.0
_STEP = 0.002  # a share of about 84 degrees, so 5 degrees a second at most


class RestingLegs:
    """The elevation each leg reads while both lie on the floor.

    A camera that looks down and not quite from the side sees the floor itself tilted; measured from the person's
    own resting legs, a lifted leg reads the same from everywhere.
    """

    def __init__(self) -> None:
        # The median moves in shares of its value, so it is kept away from 0.
        self._medians = (RunningMedian(_STEP), RunningMedian(_STEP))

    def extend(self, leg_deg: Floats, lying: Bools) -> Floats:
        """(T, 2) resting elevation as known at each frame, for `leg_deg` (T, 2)."""
        rest = np.empty_like(leg_deg)
        down = lying & (np.abs(leg_deg).max(axis=1) < _DOWN_DEG)
        for i in range(len(leg_deg)):
            for side, median in enumerate(self._medians):
                value = median.update(float(leg_deg[i, side]) + 90.0 if down[i] else math.nan) - 90.0
                rest[i, side] = TYPICAL_REST_DEG if math.isnan(value) else value
        return rest
