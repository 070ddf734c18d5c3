"""Shaking of the joints, from unsmoothed points."""

from __future__ import annotations

import math

import numpy as np
from scipy import signal

from formcheck.core.landmarks import TREMOR_JOINTS as JOINTS
from formcheck.core.poses import Floats

_BAND_HZ = (4.0, 10.0)
_FORGET_S = 0.5
_WINDOW_S = 0.25  # time constant of the mean square
_JUMP = 2.5  # at most so many times the mean square counts as one sample of it
_SURE = 0.6
_QUIET = 0.05  # leg lengths a second: below the model's own jitter


class TremorFilter:
    """Speed of each joint within 4 to 10 Hz, root mean square over about a quarter of a second. Jumps are clipped.

    What all joints do together is taken out first: that is the camera shaking, not the body. A Butterworth band
    pass of order 2 for the frame rate at hand; below 25 frames a second the band cannot be seen and the result
    is NaN.
    """

    def __init__(self) -> None:
        self._rate = math.nan
        self._sections: Floats | None = None
        self._state: Floats | None = None
        self._last: Floats | None = None
        self._last_s = -math.inf
        self._square = np.zeros(len(JOINTS))

    def extend(self, t_s: Floats, points: Floats, visibility: Floats, fps: Floats) -> Floats:
        """(T, 8) for points (T, 33, 2) in leg lengths, visibility (T, 33); NaN where the joints were not seen.

        A joint that is unsure starts from rest: only what is surely seen for a while can shake.
        """
        out = np.full((len(t_s), len(JOINTS)), np.nan)
        seen = ~np.isnan(points[:, 0, 0])
        for i in range(len(t_s)):
            if seen[i] and fps[i] >= 24.5:
                out[i] = self._one(float(t_s[i]), points[i, JOINTS], float(fps[i]))
                self._square[visibility[i, JOINTS] < _SURE] = 0.0
        return out

    def _one(self, t_s: float, joints: Floats, fps: float) -> Floats:
        step_s = t_s - self._last_s
        self._last_s = t_s
        if self._sections is None or abs(fps / self._rate - 1) > 0.1:
            self._rate = fps
            high = min(_BAND_HZ[1], 0.45 * fps)
            self._sections = signal.butter(2, (_BAND_HZ[0], high), btype="bandpass", fs=fps, output="sos")
            self._state = None
        if self._state is None or self._last is None or step_s > _FORGET_S:
            self._state = np.zeros((len(self._sections), *joints.shape, 2))
            self._last = joints
            self._square[:] = 0.0
        speed = (joints - self._last) * fps
        self._last = joints
        # Of the two middle speeds the one nearer to rest: half of the joints may shake together, the rest are still.
        middle = np.sort(speed, axis=0)[3:5]
        speed = speed - np.take_along_axis(middle, np.abs(middle).argmin(axis=0)[None], axis=0)
        band, self._state = _filter_one(self._sections, speed, self._state)
        blend = 1.0 / (1.0 + _WINDOW_S * fps)
        # A point that jumps once and back rings in the filter; what counts is motion that goes on.
        now = np.minimum((band**2).sum(axis=1), _JUMP * self._square + _QUIET**2)
        self._square = self._square + blend * (now - self._square)
        return np.sqrt(self._square)


def _filter_one(sections: Floats, value: Floats, state: Floats) -> tuple[Floats, Floats]:
    """One sample through second-order sections (direct form II transposed); state (sections, ..., 2)."""
    state = state.copy()
    for k, (b0, b1, b2, _, a1, a2) in enumerate(sections):
        out = b0 * value + state[k, ..., 0]
        state[k, ..., 0] = b1 * value - a1 * out + state[k, ..., 1]
        state[k, ..., 1] = b2 * value - a2 * out
        value = out
    return value, state
