"""The rules on unrest: shaking joints and swaying hips. A watch gets the limits of its rule."""

from __future__ import annotations

import math

from formcheck.core.landmarks import TREMOR_JOINTS
from formcheck.core.measures import SHAKING_FPS, Reason
from formcheck.core.rules import Verdict
from formcheck.geometry.smoothing import RunningMedian
from formcheck.rules.faults import FaultClock
from formcheck.rules.motion import MIN_FPS, NEVER

_QUIET_STEP = 0.004  # how quickly the quiet of a person is learnt: share of the value in each frame


class ShakeWatch:
    """`steady`: joints faster than `warn` times their own quiet speed between 4 and 10 Hz, for a second.

    The quiet speed is learnt while the body is at rest. The model's own jitter sets its floor: a joint that is
    tracked better than that is not asked to be quieter.
    """

    # Leg lengths a second. Better than the floor the model does not track a joint; worse than the ceiling it is
    # not tracked but shaking, which must not be learnt as the person's norm. See docs/accuracy.md.
    FLOOR, CEILING = 0.09, 0.14
    _LEARN_S = 1.5
    # A part of the body that shakes moves both of its joints, a point that is badly tracked jitters alone:
    # shoulders, hips, left knee and ankle, right knee and ankle of `TREMOR_JOINTS`.
    _PAIRS = ((0, 1), (2, 3), (4, 6), (5, 7))

    def __init__(self, *, ok: float = NEVER, warn: float = NEVER, unsafe: float = NEVER) -> None:
        self._ok, self._warn, self._unsafe = ok, warn, unsafe
        self._quiet = [math.nan] * len(TREMOR_JOINTS)
        self._scale = [1.0 / self.FLOOR] * len(TREMOR_JOINTS)  # one over the quiet, bounded
        self._learnt_s = 0.0

    def learn(self, step_s: float, tremor: list[float]) -> None:
        """Take in a frame of a body at rest (8,); joints that are hidden are NaN."""
        quiets, scales = self._quiet, self._scale
        low, high = self.FLOOR, self.CEILING
        known = False
        for joint, speed in enumerate(tremor):
            if speed == speed:  # noqa: PLR0124 not NaN; this runs for every joint of every frame
                quiet = quiets[joint]
                reach = _QUIET_STEP * quiet  # as `towards` does it
                quiet = quiet + reach if speed - quiet > reach else quiet - reach if quiet - speed > reach else speed
                quiets[joint] = quiet
                scales[joint] = 1.0 / (low if quiet < low else high if quiet > high else quiet)  # noqa: FURB136 twice as fast as min
                known = True
        if known:
            self._learnt_s += step_s

    def update(self, clock: FaultClock, t_s: float, step_s: float, tremor: list[float], fps: float) -> None:
        """Take in a frame of a hold."""
        ratio = [speed * scale for speed, scale in zip(tremor, self._scale, strict=True)]
        pairs = [ratio[a] * ratio[b] for a, b in self._PAIRS]
        known = [pair for pair in pairs if pair == pair]  # noqa: PLR0124 not NaN
        if len(known) < 2 or self._learnt_s < self._LEARN_S or not fps >= SHAKING_FPS:
            slow = not fps >= SHAKING_FPS
            reason = Reason.TOO_SLOW if slow else Reason.NOT_LEARNT
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self._warn, reason)
            return
        # Some part always rests, on the floor or on its feet. What shakes there too is the camera or the model.
        times = math.sqrt(max(known)) - 1.5 * max(0.0, math.sqrt(min(known)) - 1.0)
        if times < self._ok:
            self.learn(step_s, tremor)
        verdict = Verdict.UNSAFE if times > self._unsafe else Verdict.WARN if times > self._warn else Verdict.OK
        if self._ok < times <= self._warn:
            verdict = Verdict.BETWEEN
        clock.update(t_s, step_s, verdict, times, self._warn, Reason.SEEN)


class SwayWatch:
    """`balance`: hips that sway between 0.3 and 2 Hz by more than `warn` times the person's own quiet, or a step.

    The band is the difference of two exponential averages. The quiet is learnt at rest; what the model cannot
    follow better is its floor, and three floors its ceiling, so that swaying from the start is not the norm.
    """

    FLOOR, CEILING = 0.003, 0.006  # leg lengths; rendered bodies in balance read 0.001 to 0.005
    _FAST_S, _SLOW_S, _WINDOW_S = 0.08, 0.5, 0.7

    def __init__(self, *, ok: float = NEVER, warn: float = NEVER) -> None:
        self._ok, self._warn = ok, warn
        self._quiet = RunningMedian(_QUIET_STEP)
        self._fast = self._slow = math.nan
        self._square = 0.0

    def follow(self, step_s: float, sway: float, *, at_rest: bool) -> None:
        """Take in a frame, in a hold or not; `sway` in leg lengths."""
        if math.isnan(sway):
            return
        if math.isnan(self._fast) or step_s <= 0:
            self._fast = self._slow = sway
            self._square = 0.0
        self._fast += min(1.0, step_s / self._FAST_S) * (sway - self._fast)
        self._slow += min(1.0, step_s / self._SLOW_S) * (sway - self._slow)
        self._square += min(1.0, step_s / self._WINDOW_S) * ((self._fast - self._slow) ** 2 - self._square)
        if at_rest:
            self._quiet.update(math.sqrt(self._square))

    def update(self, clock: FaultClock, t_s: float, step_s: float, reason: Reason, fps: float) -> None:
        """Judge a frame of a hold."""
        if reason != Reason.SEEN or not fps >= MIN_FPS:
            blind = reason if reason != Reason.SEEN else Reason.TOO_SLOW
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self._warn, blind)
            return
        quiet = self.FLOOR if math.isnan(self._quiet.value) else self._quiet.value
        times = math.sqrt(self._square) / min(max(quiet, self.FLOOR), self.CEILING)
        verdict = Verdict.WARN if times > self._warn else Verdict.BETWEEN if times > self._ok else Verdict.OK
        clock.update(t_s, step_s, verdict, times, self._warn, Reason.SEEN)
