"""Repair of exchanged legs.

In side views the model now and then calls the left leg right and the right one left, for a frame or for a whole
hold. Two questions are kept apart: which leg is the one of the frame before (answered by the distance moved), and
which of the two is the left one (answered by what the model said most of the time while the legs were apart).
"""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import COUNT, EXCHANGED_LEGS, LEG_PAIRS
from formcheck.core.poses import Floats, Ints

# Knee, ankle, heel, toe: the hips are too close together to tell anything.
_TELLING = LEG_PAIRS[1:]
_APART = 0.25  # of a leg length: mean distance of the paired points from which the legs can be told apart
_CLEARLY = 0.6  # an exchange must shorten the way moved to less than this share
_MOST_VOTES = 90.0  # three seconds of video: how much the past weighs against a change of mind
_FORGET_S = 1.0


class LegRepair:
    """Undoes exchanged legs, one frame at a time."""

    def __init__(self) -> None:
        self._last: Floats | None = None
        self._last_s = 0.0
        self._exchanged = False
        self._votes = 0.0

    def order(self, t_s: float, points_px: Floats, leg_px: float) -> Ints:
        """Indices (33,) that put the points of this frame in the repaired order.

        `leg_px` is a leg length in the same picture, to judge distances by.
        """
        legs = points_px[_TELLING]
        apart = float(np.hypot(*(legs[:, 0] - legs[:, 1]).T).mean()) / leg_px
        if self._last is not None and t_s - self._last_s <= _FORGET_S:
            kept = float(np.hypot(*np.moveaxis(legs - self._last, -1, 0)).sum())
            crossed = float(np.hypot(*np.moveaxis(legs[:, ::-1] - self._last, -1, 0)).sum())
            # The frame before is kept in the repaired order, so "crossed" means: exchanged in this frame.
            if apart > _APART / 2:
                if crossed < _CLEARLY * kept:
                    self._exchanged = True
                elif kept < _CLEARLY * crossed:
                    self._exchanged = False
        else:
            self._exchanged = False
            self._votes = 0.0
        if apart > _APART:
            self._votes += -1.0 if self._exchanged else 1.0
            self._votes = max(-_MOST_VOTES, min(_MOST_VOTES, self._votes))
            if self._votes < -_MOST_VOTES / 6:
                # The model has insisted for long: it was the beginning that was wrong.
                self._exchanged = not self._exchanged
                self._votes = -self._votes
        self._last = legs[:, ::-1] if self._exchanged else legs
        self._last_s = t_s
        return EXCHANGED_LEGS if self._exchanged else np.arange(COUNT)
