"""Shaking of the joints, from unsmoothed points."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import TREMOR_JOINTS as JOINTS
from formcheck.core.measures import SHAKING_FPS
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.signals.band_power import BandPass, MeanSquare, whole_steps
from formcheck.tracking.frame_timing import FrameTiming
from formcheck.tracking.jumps import JumpDistance

_BAND_HZ = (4.0, 10.0)
# Faster than any body shakes: what a joint does there is the model's own jitter, which is about as strong at all
# frequencies. So much of it must lie in the band of shaking too; jitter falls a little with frequency.
_BEYOND_HZ = (11.0, 15.0)
_FALLS = 1.2
_JITTER_S = 0.5  # time constant of its mean square
_WINDOW_S = 0.25  # time constant of the mean square; what was followed for less says nothing yet
_SURE = 0.6
_QUIET = 0.05  # leg lengths a second: below the model's own jitter
# Leg lengths off the straight way between the pictures before and after: shaking of 3 cm at 10 Hz stays below that.
_WILD = 0.05
_WILD_SHARE, _WILD_OVER_S = 0.05, 1.0  # from two such pictures in a second on a joint is not followed but guessed


class TremorFilter:
    """Speed of each joint within 4 to 10 Hz, root mean square over about a quarter of a second. Jumps are clipped.

    What all joints do together is taken out first: that is the camera shaking, not the body. A Butterworth band
    pass of order 2 for the step between pictures at hand; below 25 frames a second the band cannot be seen.

    A point that is half hidden, as of a leg that a helper holds, jitters without being moved. Jitter has all
    frequencies, so what it does beyond the band tells how much of it is within, which is taken out.

    The filter wants even steps. Cameras whose rate drifts and stamps that are rounded are even enough, and speeds are
    taken over the true steps; a lost picture now and then is put back on the straight line. Where steps are neither
    even nor multiples of the usual one (pictures that arrive in bursts, stamped on arrival) nothing can be told, and
    the filter begins anew.
    """

    def __init__(self) -> None:
        self._band = BandPass(*_BAND_HZ)
        self._square = MeanSquare(len(JOINTS), over_s=_WINDOW_S, quiet=_QUIET)
        self._beyond = BandPass(*_BEYOND_HZ, most=0.48)
        self._jitter = MeanSquare(len(JOINTS), over_s=_JITTER_S, quiet=_QUIET)
        self._jitter_within = 0.0  # times what is beyond the band
        self._last: Floats = np.zeros((len(JOINTS), 2))
        self._last_s = -math.inf
        self._away = JumpDistance()
        self._wild = np.zeros(len(JOINTS))
        self._unsettled_s = np.full(len(JOINTS), -math.inf)

    def extend(self, t_s: Floats, points_px: Floats, leg_px: Floats, visibility: Floats, timing: FrameTiming) -> Floats:
        """(T, 8) for points (T, 33, 2), leg length (T,) and visibility (T, 33); NaN where it cannot be told.

        A joint that is unsure starts from rest: only what is surely seen for a while can shake.
        """
        out = np.full((len(t_s), len(JOINTS)), np.nan)
        with np.errstate(invalid="ignore"):
            # The usual step as well: of a faster camera that loses pictures it may be too long to see the bands.
            fast = (timing.fps >= SHAKING_FPS) & (timing.usual_s > 0) & (timing.usual_s <= 1.0 / SHAKING_FPS)
        used = np.flatnonzero(~np.isnan(points_px[:, 0, 0]) & fast)
        if not len(used):
            return out
        times, usual_s, leg_px = t_s[used], timing.usual_s[used], leg_px[used]
        joints, unsure = points_px[used][:, JOINTS], visibility[used][:, JOINTS] < _SURE
        steps = np.diff(times, prepend=self._last_s)
        parts, anew = whole_steps(steps, usual_s, self._band.step_s)
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
        designed_s = self._band.step_s
        for band in (self._band, self._beyond):
            band.begin(usual_s, joints.shape)
        if self._band.step_s != designed_s:
            self._jitter_within = _FALLS * self._band.noise_power() / self._beyond.noise_power()
        self._square.begin()
        self._jitter.begin()
        self._last, self._last_s = joints, now_s

    def _through(self, joints: Floats, leg_px: Floats, times: Floats, parts: Ints, unsure: Bools) -> Floats:
        """(n, 8) for joints (n, 8, 2) of frames without a gap; `parts` (n,) of a step are filtered one by one."""
        if not len(joints):
            return np.empty((0, len(JOINTS)))
        step_s = np.diff(times, prepend=self._last_s)
        speed = np.diff(joints, axis=0, prepend=self._last[None])
        speed /= (np.maximum(step_s, 1e-6) * leg_px)[:, None, None]
        self._last, self._last_s = joints[-1].copy(), float(times[-1])
        speed, unsure = np.repeat(speed, parts, axis=0), np.repeat(unsure, parts, axis=0)
        squares = self._square.extend(_own_power(self._band.extend(speed)), unsure, usual_s := self._band.step_s)
        jitter = self._jitter.extend(_own_power(self._beyond.extend(speed)), unsure, usual_s)
        shaking = np.maximum(squares - self._jitter_within * jitter, 0.0)
        return np.asarray(np.sqrt(shaking[np.cumsum(parts) - 1]))


def _own_power(band: Floats) -> Floats:
    """(n, 8) squares of speeds (n, 8, 2) in a band, without what all joints do together."""
    # Of the two middle speeds the one nearer to rest: half of the joints may shake together, the rest are still.
    # Within the band only, where there is little noise to move the middle.
    middle = np.sort(band, axis=1)[:, 3:5]
    own = band - np.take_along_axis(middle, np.abs(middle).argmin(axis=1)[:, None], axis=1)
    return np.asarray((own**2).sum(axis=2))
