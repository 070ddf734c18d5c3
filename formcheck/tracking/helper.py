"""Whether somebody else helps: hands or shoulders at the raised lower leg of the followed person."""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from formcheck.core.poses import Floats, Ints, PoseBlock
from formcheck.geometry.contact import apart, hand_gap

_REACH = 0.35  # leg lengths from the lower leg; hands that hold it are read within 0.1, half hidden ones within 0.3
_LONGEST_LOOK_S = 0.4  # a picture counts for no longer, so that one alone never makes a helper
# Seconds of hands at the leg that take it from nobody to somebody: whoever walks by passes the leg in less.
_MOST_S = 1.0


class _Seen(IntEnum):
    """What a picture shows of anybody else."""

    NOBODY = 0
    ELSEWHERE = 1
    AT_THE_LEG = 2


# What a second of each counts for. The model loses a helper who kneels behind the leg in more pictures than not: a
# quarter of them is enough to stay one. Hands that are seen elsewhere say more than hands that are not found.
_COUNTS = (-0.1, -0.5, 1.0)


class HelperBelief:
    """How sure it is that somebody helps the followed person, 0 to 1; from a half on they do.

    Every picture with hands at the leg is evidence for it, every other one against it, by the seconds that it lasts and
    bounded on both sides: so it takes a second of hands at the leg to begin, and ten without anybody to end.
    """

    def __init__(self) -> None:
        self._for_s = math.nan

    def extend(self, block: PoseBlock, rows: Ints, leg_px: Floats, step_s: Floats) -> Floats:
        """(T,) the belief, 0 before anybody was seen.

        `rows` (T,) is the row of the followed person in the block, -1 where they are not there; `leg_px` (T,) their leg
        length; `step_s` (T,) the seconds since the frame before.
        """
        seen = _seen(block, rows, leg_px).tolist()
        steps = np.minimum(step_s, _LONGEST_LOOK_S).tolist()
        out = []
        for now, step, there in zip(seen, steps, (rows >= 0).tolist(), strict=True):
            if there and math.isnan(self._for_s):
                # A single picture is all that there is of a photo.
                self._for_s = 0.0 if now == _Seen.AT_THE_LEG else -_MOST_S
            elif there:
                self._for_s = min(_MOST_S, max(-_MOST_S, self._for_s + _COUNTS[now] * step))
            out.append(0.0 if math.isnan(self._for_s) else (self._for_s / _MOST_S + 1.0) / 2.0)
        return np.array(out)


def _seen(block: PoseBlock, rows: Ints, leg_px: Floats) -> Ints:
    """(T,) what each frame shows of anybody but the followed person, as `_Seen`."""
    seen = np.zeros(len(rows), dtype=np.int64)
    frame_of = np.repeat(np.arange(len(rows)), np.diff(block.first))
    others = np.flatnonzero((rows[frame_of] >= 0) & (rows[frame_of] != np.arange(len(frame_of))))
    if len(others):
        frames = frame_of[others]
        there, body = block.points_px[others], block.points_px[rows[frames]]
        at_the_leg = hand_gap(there, body) < _REACH * leg_px[frames]
        now = np.where(at_the_leg, _Seen.AT_THE_LEG, _Seen.ELSEWHERE)
        np.maximum.at(seen, frames, np.where(apart(there, body), now, _Seen.NOBODY))
    return seen
