"""Shaking of the joints, from unsmoothed points."""

from __future__ import annotations

import math

import numpy as np
from scipy import signal

from formcheck.core.landmarks import TREMOR_JOINTS as JOINTS
from formcheck.core.measures import SHAKING_FPS
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.tracking.jumps import Away
from formcheck.tracking.pace import Pace

_BAND_HZ = (4.0, 10.0)
_WINDOW_S = 0.25  # time constant of the mean square; what was followed for less says nothing yet
_JUMP = 2.5  # at most so many times the mean square counts as one sample of it
_SURE = 0.6
_QUIET = 0.05  # leg lengths a second: below the model's own jitter
_OTHER_RATE = 0.1  # the filter is designed anew when the frame rate is off by more than this share
# A step may be off by this share of the usual one and by the rounding of the stamps: the camera is steady then.
_UNEVEN, _ROUNDED_S = 0.3, 0.001
_BRIDGED_S = 0.075  # lost pictures are bridged by straight lines up to here: two steps of 30 pictures a second
# Leg lengths off the straight way between the pictures before and after: shaking of 3 cm at 10 Hz stays below that.
_WILD = 0.05
_WILD_SHARE, _WILD_OVER_S = 0.05, 1.0  # from two such pictures in a second on a joint is not followed but guessed


class TremorFilter:
    """Speed of each joint within 4 to 10 Hz, root mean square over about a quarter of a second. Jumps are clipped.

    What all joints do together is taken out first: that is the camera shaking, not the body. A Butterworth band
    pass of order 2 for the step between pictures at hand; below 25 frames a second the band cannot be seen.

    The filter wants even steps. Cameras whose rate drifts and stamps that are rounded are even enough, and speeds are
    taken over the true steps; a lost picture now and then is put back on the straight line. Where steps are neither
    even nor multiples of the usual one (pictures that arrive in bursts, stamped on arrival) nothing can be told, and
    the filter begins anew.
    """

    def __init__(self) -> None:
        self._usual_s = math.nan
        self._sections: Floats = np.zeros((0, 6))
        self._state: Floats | None = None
        self._last: Floats = np.zeros((len(JOINTS), 2))
        self._last_s = -math.inf
        self._square = [0.0] * len(JOINTS)
        self._away = Away()
        self._wild = np.zeros(len(JOINTS))
        self._unsettled_s = np.full(len(JOINTS), -math.inf)

    def extend(self, t_s: Floats, points_px: Floats, leg_px: Floats, visibility: Floats, pace: Pace) -> Floats:
        """(T, 8) for points (T, 33, 2), leg length (T,) and visibility (T, 33); NaN where it cannot be told.

        A joint that is unsure starts from rest: only what is surely seen for a while can shake.
        """
        out = np.full((len(t_s), len(JOINTS)), np.nan)
        with np.errstate(invalid="ignore"):
            fast = (pace.fps >= SHAKING_FPS) & (pace.usual_s > 0)
        used = np.flatnonzero(~np.isnan(points_px[:, 0, 0]) & fast)
        if not len(used):
            return out
        times, usual_s, leg_px = t_s[used], pace.usual_s[used], leg_px[used]
        joints, unsure = points_px[used][:, JOINTS], visibility[used][:, JOINTS] < _SURE
        steps = np.diff(times, prepend=self._last_s)
        parts, anew = self._parts(steps, usual_s)
        followed = self._followed(times, steps, joints, leg_px, anew[:, None] | unsure)
        speeds = np.empty((len(used), len(JOINTS)))
        start = 0
        for i in [*np.flatnonzero(anew).tolist(), len(used)]:
            one = slice(start, i)
            speeds[one] = self._through(joints[one], leg_px[one], times[one], parts[one], unsure[one])
            if i < len(used):
                self._begin(joints[i], float(times[i]), float(usual_s[i]))
            start = i
        out[used] = np.where(followed, speeds, np.nan)
        return out

    def _parts(self, steps: Floats, usual_s: Floats) -> tuple[Ints, Bools]:
        """(n,) how many of the usual steps each of the `steps` (n,) is, and where the filter begins anew."""
        parts = np.maximum(1.0, np.round(np.minimum(steps, _BRIDGED_S) / usual_s))
        anew = (np.abs(steps - parts * usual_s) > _UNEVEN * usual_s + _ROUNDED_S) | (steps > _BRIDGED_S)
        designed_s = self._usual_s
        for i, usual in enumerate(usual_s.tolist()):
            if not abs(usual / designed_s - 1.0) <= _OTHER_RATE:
                anew[i], designed_s = True, usual
        parts[anew] = 1.0
        return parts.astype(int), anew

    def _followed(self, times: Floats, steps: Floats, joints: Floats, leg_px: Floats, unsettled: Bools) -> Bools:
        """(n, 8) whether a joint was seen for a while and does not jump wildly; `unsettled` (n, 8) starts that anew."""
        since = np.maximum.accumulate(np.where(unsettled, times[:, None], self._unsettled_s), axis=0)
        self._unsettled_s = since[-1]
        away, _ = self._away.extend(times, joints)
        shares = np.empty(joints.shape[:2])
        blends = -np.expm1(-np.maximum(steps, 0.0) / _WILD_OVER_S)
        for wild, blend, row in zip(away > _WILD * leg_px[:, None], blends.tolist(), shares, strict=True):
            self._wild += blend * (wild - self._wild)
            row[:] = self._wild
        return np.asarray((times[:, None] - since >= _WINDOW_S) & (shares <= _WILD_SHARE))

    def _begin(self, joints: Floats, now_s: float, usual_s: float) -> None:
        """Start anew from joints (8, 2) at rest."""
        if not abs(usual_s / self._usual_s - 1.0) <= _OTHER_RATE:
            self._usual_s = usual_s
            fps = 1.0 / usual_s
            high = min(_BAND_HZ[1], 0.45 * fps)
            self._sections = signal.butter(2, (_BAND_HZ[0], high), btype="bandpass", fs=fps, output="sos")
        self._state = np.zeros((len(self._sections), 2, *joints.shape))
        self._last, self._last_s = joints, now_s
        self._square = [0.0] * len(JOINTS)

    def _through(self, joints: Floats, leg_px: Floats, times: Floats, parts: Ints, unsure: Bools) -> Floats:
        """(n, 8) for joints (n, 8, 2) of frames without a gap; `parts` (n,) of a step are filtered one by one."""
        if not len(joints) or self._state is None:
            return np.empty((0, len(JOINTS)))
        step_s = np.diff(times, prepend=self._last_s)
        speed = np.diff(joints, axis=0, prepend=self._last[None])
        speed /= (np.maximum(step_s, 1e-6) * leg_px)[:, None, None]
        self._last, self._last_s = joints[-1].copy(), float(times[-1])
        speed, unsure = np.repeat(speed, parts, axis=0), np.repeat(unsure, parts, axis=0)
        band, self._state = signal.sosfilt(self._sections, speed, axis=0, zi=self._state)
        # Of the two middle speeds the one nearer to rest: half of the joints may shake together, the rest are still.
        # Within the band only, where there is little noise to move the middle.
        middle = np.sort(band, axis=1)[:, 3:5]
        band -= np.take_along_axis(middle, np.abs(middle).argmin(axis=1)[:, None], axis=1)
        squares = self._mean_square((band**2).sum(axis=2), unsure)
        return np.asarray(np.sqrt(squares[np.cumsum(parts) - 1]))

    def _mean_square(self, power: Floats, unsure: Bools) -> Floats:
        """(n, 8) the running mean of the power (n, 8) of even steps."""
        share = self._usual_s / (self._usual_s + _WINDOW_S)
        # The mean square moves by `share` towards the new power. A point that jumps once and back rings in the filter,
        # and what counts is motion that goes on: so towards `_JUMP` times itself and a little at most.
        kept, most, little = 1.0 - share, 1.0 + (_JUMP - 1.0) * share, share * _QUIET**2
        squares, square = [], self._square
        for i, (new, doubt) in enumerate(zip((share * power).tolist(), unsure.any(axis=1).tolist(), strict=True)):
            square = [
                there if (there := old * kept + now) < (cap := old * most + little) else cap
                for old, now in zip(square, new, strict=True)
            ]
            squares.append(square)
            if doubt:
                square = [0.0 if hidden else old for old, hidden in zip(square, unsure[i].tolist(), strict=True)]
        self._square = square
        return np.array(squares)
