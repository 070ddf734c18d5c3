"""Repair of exchanged legs.

In side views the model now and then calls the left leg right and the right one left, for a frame or for a whole
hold. Two questions are kept apart: which leg is the one of the frame before (answered by the distance moved), and
which of the two is the left one (answered by what the model said most of the time while the legs were apart).
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import LEG_PAIRS
from formcheck.core.poses import Bools, Floats

# Knee, ankle, heel, toe: the hips are too close together to tell anything.
_TELLING = LEG_PAIRS[1:]
_APART = 0.25  # of a leg length: mean distance of the paired points from which the legs can be told apart
_CLEARLY = 0.6  # an exchange must shorten the way moved to less than this share
_MOST_VOTES = 90.0  # three seconds of video: how much the past weighs against a change of mind
_FORGET_S = 1.0


class LegRepair:
    """Finds the frames in which the legs are exchanged."""

    def __init__(self) -> None:
        self._last: Floats | None = None  # as the model called them
        self._last_s = -math.inf
        self._exchanged = False
        self._votes = 0.0

    def extend(self, t_s: Floats, points_px: Floats, leg_px: Floats) -> Bools:
        """(K,) whether left and right of the legs are to be exchanged, for points (K, 33, 2).

        `leg_px` (K,) is a leg length in the same picture, to judge distances by.
        """
        legs = points_px[:, _TELLING]
        apart = (_way(legs[:, :, 0], legs[:, :, 1]) / len(_TELLING) / leg_px).tolist()
        before = np.concatenate([legs[:1] if self._last is None else self._last[None], legs[:-1]])
        same, crossed = _way(legs, before).tolist(), _way(legs[:, :, ::-1], before).tolist()
        exchanged = np.empty(len(legs), dtype=bool)
        for i, now_s in enumerate(t_s.tolist()):
            if now_s - self._last_s <= _FORGET_S:
                # Against the repaired frame before: what was exchanged there is the other way round.
                kept, swapped = (crossed[i], same[i]) if self._exchanged else (same[i], crossed[i])
                if apart[i] > _APART / 2:
                    if swapped < _CLEARLY * kept:
                        self._exchanged = True
                    elif kept < _CLEARLY * swapped:
                        self._exchanged = False
            else:
                self._exchanged = False
                self._votes = 0.0
            if apart[i] > _APART:
                self._vote()
            exchanged[i] = self._exchanged
            self._last_s = now_s
        self._last = legs[-1].copy() if len(legs) else self._last
        return exchanged

    def _vote(self) -> None:
        self._votes += -1.0 if self._exchanged else 1.0
        self._votes = max(-_MOST_VOTES, min(_MOST_VOTES, self._votes))
        if self._votes < -_MOST_VOTES / 6:
            # The model has insisted for long: it was the beginning that was wrong.
            self._exchanged = not self._exchanged
            self._votes = -self._votes


def _way(one: Floats, other: Floats) -> Floats:
    """(K,) sum of the distances between points (K, ..., 2)."""
    way = one - other
    return np.asarray(np.hypot(way[..., 0], way[..., 1]).reshape(len(way), -1).sum(axis=1))
