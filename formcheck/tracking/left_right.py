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
_MOST_VOTES_S = 3.0  # how much the past weighs against a change of mind, ...
_CHANGE_S = 0.5  # ... which takes so much more of the contrary
_LONGEST_STEP_S = 0.2  # a picture has no longer vote: where they come rarely, one alone must not change a mind
_FORGET_S = 2.0  # not seen for longer it may be somebody else


class LegRepair:
    """Finds the frames in which the legs are exchanged."""

    def __init__(self) -> None:
        self._last: Floats | None = None  # as the model called them
        self._last_s = -math.inf
        self._exchanged = False
        self._votes_s = 0.0  # positive: the legs are called rightly

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
            step_s = now_s - self._last_s
            if step_s <= _FORGET_S:
                # Against the repaired frame before: what was exchanged there is the other way round.
                kept, swapped = (crossed[i], same[i]) if self._exchanged else (same[i], crossed[i])
                if apart[i] > _APART / 2:
                    if swapped < _CLEARLY * kept:
                        self._exchanged = True
                    elif kept < _CLEARLY * swapped:
                        self._exchanged = False
            else:
                self._exchanged = False
                self._votes_s = step_s = 0.0
            if apart[i] > _APART:
                self._vote(max(0.0, min(step_s, _LONGEST_STEP_S)))
            exchanged[i] = self._exchanged
            self._last_s = now_s
        self._last = legs[-1].copy() if len(legs) else self._last
        return exchanged

    def _vote(self, step_s: float) -> None:
        votes_s = self._votes_s + (-step_s if self._exchanged else step_s)
        self._votes_s = max(-_MOST_VOTES_S, min(_MOST_VOTES_S, votes_s))
        if self._votes_s < -_CHANGE_S:
            # The model has insisted for long: it was the beginning that was wrong.
            self._exchanged = not self._exchanged
            self._votes_s = -self._votes_s


def _way(one: Floats, other: Floats) -> Floats:
    """(K,) sum of the distances between points (K, ..., 2)."""
    way = one - other
    return np.asarray(np.hypot(way[..., 0], way[..., 1]).reshape(len(way), -1).sum(axis=1))
