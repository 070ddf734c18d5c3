"""Shaking of the joints, from unsmoothed points."""

from __future__ import annotations

import math

import numpy as np
from scipy import signal

from formcheck.core.landmarks import TREMOR_JOINTS as JOINTS
from formcheck.core.measures import SHAKING_FPS
from formcheck.core.poses import Bools, Floats

_BAND_HZ = (4.0, 10.0)
_FORGET_S = 0.5
_WINDOW_S = 0.25  # time constant of the mean square
_JUMP = 2.5  # at most so many times the mean square counts as one sample of it
_SURE = 0.6
_QUIET = 0.05  # leg lengths a second: below the model's own jitter
_OTHER_RATE = 0.1  # the filter is designed anew when the frame rate is off by more than this share


class TremorFilter:
    """Speed of each joint within 4 to 10 Hz, root mean square over about a quarter of a second. Jumps are clipped.

    What all joints do together is taken out first: that is the camera shaking, not the body. A Butterworth band
    pass of order 2 for the frame rate at hand; below 25 frames a second the band cannot be seen and the result
    is NaN.
    """

    def __init__(self) -> None:
        self._rate = math.nan
        self._sections: Floats = np.zeros((0, 6))
        self._state: Floats | None = None
        self._last: Floats = np.zeros((len(JOINTS), 2))
        self._last_s = -math.inf
        self._square = [0.0] * len(JOINTS)

    def extend(self, t_s: Floats, points: Floats, visibility: Floats, fps: Floats) -> Floats:
        """(T, 8) for points (T, 33, 2) in leg lengths, visibility (T, 33); NaN where the joints were not seen.

        A joint that is unsure starts from rest: only what is surely seen for a while can shake.
        """
        out = np.full((len(t_s), len(JOINTS)), np.nan)
        with np.errstate(invalid="ignore"):
            used = np.flatnonzero(~np.isnan(points[:, 0, 0]) & (fps >= SHAKING_FPS))
        joints, unsure = points[used][:, JOINTS], visibility[used][:, JOINTS] < _SURE
        times, rates = t_s[used].tolist(), fps[used].tolist()
        start = 0
        for i in range(len(used)):
            other_rate = not abs(rates[i] / self._rate - 1) <= _OTHER_RATE
            if other_rate or self._state is None or times[i] - self._last_s > _FORGET_S:
                out[used[start:i]] = self._through(joints[start:i], rates[start:i], unsure[start:i])
                start = i
                self._begin(joints[i], rates[i], other_rate=other_rate)
            self._last_s = times[i]
        out[used[start:]] = self._through(joints[start:], rates[start:], unsure[start:])
        return out

    def _begin(self, joints: Floats, fps: float, *, other_rate: bool) -> None:
        """Start anew from joints (8, 2) at rest, at another frame rate or after a gap."""
        if other_rate:
            self._rate = fps
            high = min(_BAND_HZ[1], 0.45 * fps)
            self._sections = signal.butter(2, (_BAND_HZ[0], high), btype="bandpass", fs=fps, output="sos")
        self._state = np.zeros((len(self._sections), 2, *joints.shape))
        self._last = joints
        self._square = [0.0] * len(JOINTS)

    def _through(self, joints: Floats, rates: list[float], unsure: Bools) -> Floats:
        """(n, 8) for joints (n, 8, 2) of frames without a gap."""
        if not len(joints) or self._state is None:
            return np.empty((0, len(JOINTS)))
        speed = np.diff(joints, axis=0, prepend=self._last[None]) * np.array(rates)[:, None, None]
        self._last = joints[-1].copy()
        # Of the two middle speeds the one nearer to rest: half of the joints may shake together, the rest are still.
        middle = np.sort(speed, axis=1)[:, 3:5]
        speed -= np.take_along_axis(middle, np.abs(middle).argmin(axis=1)[:, None], axis=1)
        band, self._state = signal.sosfilt(self._sections, speed, axis=0, zi=self._state)
        power = (band**2).sum(axis=2)
        share = 1.0 / (1.0 + _WINDOW_S * np.array(rates))
        # The mean square moves by `share` towards the new power. A point that jumps once and back rings in the filter,
        # and what counts is motion that goes on: so towards `_JUMP` times itself and a little at most.
        rows = zip(
            (share[:, None] * power).tolist(),
            (1.0 - share).tolist(),
            (1.0 + (_JUMP - 1.0) * share).tolist(),
            (share * _QUIET**2).tolist(),
            unsure.any(axis=1).tolist(),
            strict=True,
        )
        squares, square = [], self._square
        for i, (new, kept, most, little, doubt) in enumerate(rows):
            square = [
                there if (there := old * kept + now) < (cap := old * most + little) else cap
                for old, now in zip(square, new, strict=True)
            ]
            squares.append(square)
            if doubt:
                square = [0.0 if hidden else old for old, hidden in zip(square, unsure[i].tolist(), strict=True)]
        self._square = square
        return np.asarray(np.sqrt(squares))
