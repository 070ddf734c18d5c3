"""Whether somebody else helps: hands or shoulders near the legs of the followed person."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import ANKLES, KNEES, SHOULDERS, WRISTS
from formcheck.core.poses import Floats, Ints, PoseBlock
from formcheck.geometry.angles import length

_OVER_S = 5.0  # longer than it takes to walk past
_REACH = 0.35  # leg lengths
_LONGEST_STEP_S = 2.0  # for longer no picture stands
_KNEES_AND_ANKLES = np.concatenate([KNEES, ANKLES])
_HANDS_AND_SHOULDERS = np.concatenate([WRISTS, SHOULDERS])


class HelperShare:
    """The share of the last seconds in which somebody else was within reach of the legs.

    The plain mean over the time in which the person was seen, until there are five seconds of it; from then on what is
    older counts less and less.
    """

    def __init__(self) -> None:
        self._share = math.nan
        self._seen_s = 0.0

    def extend(self, block: PoseBlock, rows: Ints, leg_px: Floats, step_s: Floats) -> Floats:
        """(T,) the share, 0 before anybody was seen.

        `rows` (T,) is the row of the followed person in the block, -1 where they are not there; `leg_px` (T,) their leg
        length; `step_s` (T,) the seconds since the frame before.
        """
        near = _near(block, rows, leg_px).tolist()
        steps = np.minimum(step_s, _LONGEST_STEP_S).tolist()
        out = []
        for now, step, there in zip(near, steps, (rows >= 0).tolist(), strict=True):
            if there and math.isnan(self._share):
                self._share = now
            elif there and step > 0:
                self._seen_s += step
                young = self._seen_s <= _OVER_S
                self._share += (step / self._seen_s if young else -math.expm1(-step / _OVER_S)) * (now - self._share)
            out.append(0.0 if math.isnan(self._share) else self._share)
        return np.array(out)


def _near(block: PoseBlock, rows: Ints, leg_px: Floats) -> Floats:
    """(T,) 1 where somebody else's hands or shoulders are near the knees or ankles, else 0."""
    near = np.zeros(len(rows))
    frame_of = np.repeat(np.arange(len(rows)), np.diff(block.first))
    others = np.flatnonzero((rows[frame_of] >= 0) & (rows[frame_of] != np.arange(len(frame_of))))
    frames = frame_of[others]
    if len(others):
        hands = block.points_px[others][:, _HANDS_AND_SHOULDERS]
        legs = block.points_px[rows[frames]][:, _KNEES_AND_ANKLES]
        gaps = length(hands[:, :, None], legs[:, None]).reshape(len(others), -1).min(axis=1)
        near[frames[gaps < _REACH * leg_px[frames]]] = 1.0
    return near
