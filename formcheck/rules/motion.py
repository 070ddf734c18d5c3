"""The rules on movement: bouncing, shaking, leaving. A watch gets the limits of its rule; without them it is silent."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.landmarks import TREMOR_JOINTS
from formcheck.core.measures import Reason
from formcheck.core.poses import Floats
from formcheck.core.rules import Verdict
from formcheck.geometry.smoothing import RunningMedian
from formcheck.geometry.swings import Swing, SwingFinder
from formcheck.rules.faults import FaultClock
from formcheck.rules.hold import PAUSE_S

MIN_FPS = 14.5  # RULES: 15 pictures a second; a little less, as clocks jitter
MIN_FPS_SHAKING = 24.5
_FEW_FPS = 25.0  # with fewer pictures the median of three would flatten quick swings
NEVER = math.inf
FRONTAL_DEG = 60.0  # seen from the front, a swing forward and back is hardly one in the picture


class BounceWatch:
    """`no-bounce`: two cycles of 0.5 to 3 Hz within three seconds, more than `warn` degrees from end to end."""

    _CYCLES_S = 3.0
    _SHORTEST_S, _LONGEST_S = 0.5 / 3.0, 0.5 / 0.5
    _OVER_S = 1.2

    def __init__(self, *, ok: float = NEVER, warn: float = NEVER) -> None:
        self.WARN_DEG = warn
        self._finder = SwingFinder(smallest=ok)
        self._swings: deque[Swing] = deque()
        self._count = 0

    def reset(self) -> None:
        """Forget the swings of a hold that is over."""
        self._finder.reset()
        self._swings.clear()
        self._count = 0

    def update(self, clock: FaultClock, t_s: float, step_s: float, value_deg: float, fps: float, yaw: float) -> None:
        """Take in a frame of a hold."""
        if math.isnan(value_deg) or not fps >= MIN_FPS or yaw > FRONTAL_DEG:
            reason = Reason.NOT_SIDE_ON if yaw > FRONTAL_DEG else Reason.TOO_SLOW
            reason = Reason.TRUNK_HIDDEN if math.isnan(value_deg) else reason
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self.WARN_DEG, reason)
            return
        swing = self._finder.update(t_s, value_deg, robust=fps > _FEW_FPS)
        if swing is not None:
            lasted_s = swing.end_s - swing.start_s
            if lasted_s > self._LONGEST_S:
                self._swings.clear()
                self._count = 0
            elif lasted_s >= self._SHORTEST_S - 0.75 / fps:  # turning points fall between pictures
                self._swings.append(swing)
                self._count += 1
        while self._swings and t_s - self._swings[0].start_s > self._CYCLES_S + self._OVER_S:
            self._swings.popleft()
        size = 0.0
        if len(self._swings) >= 4 and t_s - self._swings[-1].end_s < self._OVER_S:
            last = list(self._swings)[-4:]
            if last[-1].end_s - last[0].start_s <= self._CYCLES_S:
                size = float(np.median([one.size for one in last]))
        clock.update(t_s, step_s, Verdict.OK, size, self.WARN_DEG, Reason.SEEN)
        if size > self.WARN_DEG:
            clock.raise_fault(Verdict.WARN, self._swings[0].start_s, t_s, size, self.WARN_DEG)
            clock.faults[-1].count = self._count // 2


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
        self.OK, self.WARN, self.UNSAFE = ok, warn, unsafe
        self._quiet = [RunningMedian(step=0.004) for _ in TREMOR_JOINTS]
        self._learnt_s = 0.0

    def learn(self, step_s: float, tremor: Floats) -> None:
        """Take in a frame of a body at rest; joints that are hidden are NaN."""
        if np.isnan(tremor).all():
            return
        self._learnt_s += step_s
        for median, speed in zip(self._quiet, tremor.tolist(), strict=True):
            median.update(speed)

    def update(self, clock: FaultClock, t_s: float, step_s: float, tremor: Floats, fps: float) -> None:
        """Take in a frame of a hold."""
        ratio = tremor / [min(max(median.value, self.FLOOR), self.CEILING) for median in self._quiet]
        pairs = [math.sqrt(ratio[a] * ratio[b]) for a, b in self._PAIRS]
        known = [pair for pair in pairs if not math.isnan(pair)]
        if len(known) < 2 or self._learnt_s < self._LEARN_S or not fps >= MIN_FPS_SHAKING:
            slow = not fps >= MIN_FPS_SHAKING
            reason = Reason.TOO_SLOW if slow else Reason.NOT_LEARNT
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self.WARN, reason)
            return
        # Some part always rests, on the floor or on its feet. What shakes there too is the camera or the model.
        times = max(known) - 1.5 * max(0.0, min(known) - 1.0)
        if times < self.OK:
            self.learn(step_s, tremor)
        verdict = Verdict.UNSAFE if times > self.UNSAFE else Verdict.WARN if times > self.WARN else Verdict.OK
        if self.OK < times <= self.WARN:
            verdict = Verdict.BETWEEN
        clock.update(t_s, step_s, verdict, times, self.WARN, Reason.SEEN)


class LeavingWatch:
    """`come-up-safely`: faster than `hint` degrees a second on the way up, or in stops and starts.

    That a hold was left is known for sure only seconds later, so the way up is kept and looked at then.
    """

    _OVER_S = 0.3
    _UP_DEG = 30.0
    _MOVING_DEG_S, _STOPPED_DEG_S, _STOP_S = 25.0, 5.0, 0.5
    _GIVE_UP_S = 8.0
    _SHOWN_S = 4.0

    def __init__(self, *, hint: float = NEVER) -> None:
        self.FAST_DEG_S = hint
        self._past: deque[tuple[float, float]] = deque()
        self._left_s = math.nan
        self._stopped_s = math.nan
        self._stopped = False
        self._moved = False

    def left(self, clock: FaultClock, left_s: float) -> None:
        """A hold was left at `left_s`, which lies in the past."""
        self._left_s = left_s
        self._stopped_s = math.nan
        self._stopped = self._moved = False
        kept = list(self._past)
        for i, (t_s, _) in enumerate(kept):
            if t_s > left_s and not math.isnan(self._left_s):
                self._step(clock, kept[: i + 1])

    def update(self, clock: FaultClock, t_s: float, trunk_deg: float) -> None:
        """Take in a frame, in a hold or not; the trunk in degrees from the vertical."""
        if clock.on and t_s - clock.faults[-1].end_s > self._SHOWN_S:
            clock.on = False
        if math.isnan(trunk_deg):
            return
        self._past.append((t_s, trunk_deg))
        while self._past[0][0] < t_s - PAUSE_S - 1.0:
            self._past.popleft()
        if not math.isnan(self._left_s):
            self._step(clock, list(self._past))

    def _step(self, clock: FaultClock, past: list[tuple[float, float]]) -> None:
        t_s, trunk_deg = past[-1]
        then_s, then_deg = next((one for one in reversed(past) if one[0] <= t_s - self._OVER_S), past[0])
        if t_s - then_s < self._OVER_S / 2:
            return
        clock.ok_s += t_s - past[-2][0]
        rate = (then_deg - trunk_deg) / (t_s - then_s)
        if rate > self.FAST_DEG_S or (rate > self._MOVING_DEG_S and self._stopped):
            clock.raise_fault(Verdict.HINT, then_s, t_s, rate, self.FAST_DEG_S)
        if rate > self._MOVING_DEG_S:
            self._moved = True
            self._stopped_s = math.nan
        elif abs(rate) < self._STOPPED_DEG_S and self._moved:
            self._stopped_s = t_s if math.isnan(self._stopped_s) else self._stopped_s
            self._stopped = self._stopped or t_s - self._stopped_s > self._STOP_S
        if trunk_deg < self._UP_DEG or t_s - self._left_s > self._GIVE_UP_S:
            self._left_s = math.nan


class SwayWatch:
    """`balance`: hips that sway between 0.3 and 2 Hz by more than `warn` times the person's own quiet, or a step.

    The band is the difference of two exponential averages. The quiet is learnt at rest; what the model cannot
    follow better is its floor, and three floors its ceiling, so that swaying from the start is not the norm.
    """

    FLOOR, CEILING = 0.003, 0.006  # leg lengths; rendered bodies in balance read 0.001 to 0.005
    _FAST_S, _SLOW_S, _WINDOW_S = 0.08, 0.5, 0.7

    def __init__(self, *, ok: float = NEVER, warn: float = NEVER) -> None:
        self.OK, self.WARN = ok, warn
        self._quiet = RunningMedian(step=0.004)
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
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self.WARN, blind)
            return
        quiet = self.FLOOR if math.isnan(self._quiet.value) else self._quiet.value
        times = math.sqrt(self._square) / min(max(quiet, self.FLOOR), self.CEILING)
        verdict = Verdict.WARN if times > self.WARN else Verdict.BETWEEN if times > self.OK else Verdict.OK
        clock.update(t_s, step_s, verdict, times, self.WARN, Reason.SEEN)


class PushWatch:
    """`gentle-push`: how fast a helper moves the leg further up within a hold, or a jump after a rest."""

    _OVER_S = 0.2
    _REST_S, _REST_DEG = 1.0, 1.5

    def __init__(self, *, warn: float = NEVER, unsafe: float = NEVER, jump: float = NEVER) -> None:
        self.WARN_DEG_S, self.UNSAFE_DEG_S, self.JUMP_DEG = warn, unsafe, jump
        self._past: deque[tuple[float, float]] = deque()

    def reset(self) -> None:
        """Forget a hold that is over."""
        self._past.clear()

    def update(self, clock: FaultClock, t_s: float, step_s: float, raise_deg: float, reason: Reason) -> None:
        """Take in a frame of a hold; the elevation of the raised leg in degrees."""
        if reason != Reason.SEEN or math.isnan(raise_deg):
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self.WARN_DEG_S, reason or Reason.LEG_HIDDEN)
            return
        self._past.append((t_s, raise_deg))
        while self._past[0][0] < t_s - self._REST_S - self._OVER_S - 0.05:
            self._past.popleft()
        then_s, then_deg = next((one for one in reversed(self._past) if one[0] <= t_s - self._OVER_S), self._past[0])
        rate = (raise_deg - then_deg) / (t_s - then_s) if t_s - then_s >= self._OVER_S / 2 else 0.0
        clock.update(t_s, step_s, Verdict.OK, max(0.0, rate), self.WARN_DEG_S, Reason.SEEN)
        rested = [deg for t, deg in self._past if t <= then_s]
        jumped = (
            len(rested) > 1
            and then_s - self._past[0][0] >= 0.9 * self._REST_S
            and max(rested) - min(rested) < self._REST_DEG
            and raise_deg - then_deg > self.JUMP_DEG
        )
        if rate > self.WARN_DEG_S or jumped:
            level = Verdict.UNSAFE if rate > self.UNSAFE_DEG_S else Verdict.WARN
            clock.raise_fault(level, then_s, t_s, rate, self.WARN_DEG_S)
