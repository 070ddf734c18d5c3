"""Points that jump as no body can: away from one picture to the next, and back."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import HIPS, SHOULDERS
from formcheck.core.poses import Floats
from formcheck.geometry.angles import middle

# Leg lengths off the straight way between the pictures before and after: beyond this, and beyond what the acceleration
# below allows, it was a jump. In clear pictures the middles of hips and shoulders stay below it in 99 of 100 pictures
# whatever the rate (rendered clips), in one with nearly no light left two of five are beyond.
_ROOM = 0.02
# Leg lengths a second squared, 8 m/s2: no trunk that is held by its own muscles turns round more quickly. Bouncing by
# 12 degrees twice a second just reaches it.
_ACCELERATION = 10.0
_OVER_S = 1.0


class JumpDistance:
    """How far points were off the straight way between the pictures before and after; known one picture late."""

    def __init__(self) -> None:
        self._t_s = np.empty(0)
        self._points = np.empty((0, 0, 2))

    def extend(self, t_s: Floats, points: Floats) -> tuple[Floats, Floats]:
        """(n, k) distance of the point of the picture before, for points (n, k, 2) at `t_s` (n,); NaN of the first two.

        The second array (n,) is what a unit of acceleration may add to that.
        """
        past = len(self._t_s)
        times = np.concatenate([self._t_s, t_s])
        places = np.concatenate([self._points.reshape(past, *points.shape[1:]), points])
        self._t_s, self._points = times[-2:], places[-2:]
        away, room = np.full(points.shape[:2], np.nan), np.full(len(points), np.nan)
        if len(times) < 3:
            return away, room
        before_s, after_s = np.diff(times)[:-1], np.diff(times)[1:]
        share = before_s / np.maximum(before_s + after_s, 1e-9)
        off = places[1:-1] - places[:-2] - share[:, None, None] * (places[2:] - places[:-2])
        away[2 - past :], room[2 - past :] = np.hypot(off[..., 0], off[..., 1]), before_s * after_s / 2.0
        return away, room


class JumpShare:
    """The share of the last second's pictures in which the trunk jumped away and back as no body can."""

    def __init__(self) -> None:
        self._away = JumpDistance()
        self._last_s = math.nan
        self._share = 0.0

    def extend(self, t_s: Floats, points_px: Floats, leg_px: Floats) -> Floats:
        """(n,) for points (n, 33, 2) at `t_s` (n,), all of one person; NaN before three pictures; `leg_px` (n,)."""
        trunk = np.stack([middle(points_px, HIPS), middle(points_px, SHOULDERS)], axis=1)
        away, room = self._away.extend(t_s, trunk)
        jumped = away.max(axis=1) / leg_px > np.maximum(_ROOM, _ACCELERATION * room)
        blends = -np.expm1(-np.diff(t_s, prepend=self._last_s) / _OVER_S)
        self._last_s = float(t_s[-1]) if len(t_s) else self._last_s
        out = []
        for jump, blend, known in zip(jumped.tolist(), blends.tolist(), (~np.isnan(room)).tolist(), strict=True):
            if known:
                self._share += blend * (jump - self._share)
            out.append(self._share if known else math.nan)
        return np.array(out)
