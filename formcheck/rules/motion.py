"""The rules on movement: bouncing, shaking, leaving. A watch gets the limits of its rule; without them it is silent."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.measures import Reason
from formcheck.core.rules import Verdict
from formcheck.geometry.swings import Swing, SwingFinder
from formcheck.rules.faults import FaultClock
from formcheck.rules.hold import PAUSE_S
from formcheck.rules.view import FRONTAL_DEG

MIN_FPS = 14.5  # RULES: 15 pictures a second; a little less, as clocks jitter
_FEW_FPS = 25.0  # with fewer pictures the median of three would flatten quick swings
NEVER = math.inf


class BounceWatch:
    """`no-bounce`: two cycles of 0.5 to 3 Hz within three seconds, more than `warn` degrees from end to end."""

    _CYCLES_S = 3.0
    _SHORTEST_S, _LONGEST_S = 0.5 / 3.0, 0.5 / 0.5
    _OVER_S = 1.2

    def __init__(self, *, ok: float = NEVER, warn: float = NEVER) -> None:
        self._warn_deg = warn
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
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self._warn_deg, reason)
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
        clock.update(t_s, step_s, Verdict.OK, size, self._warn_deg, Reason.SEEN)
        if size > self._warn_deg:
            clock.raise_fault(Verdict.WARN, self._swings[0].start_s, t_s, size, self._warn_deg)
            clock.faults[-1].count = self._count // 2


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
        self._fast_deg_s = hint
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
        if rate > self._fast_deg_s or (rate > self._MOVING_DEG_S and self._stopped):
            clock.raise_fault(Verdict.HINT, then_s, t_s, rate, self._fast_deg_s)
        if rate > self._MOVING_DEG_S:
            self._moved = True
            self._stopped_s = math.nan
        elif abs(rate) < self._STOPPED_DEG_S and self._moved:
            self._stopped_s = t_s if math.isnan(self._stopped_s) else self._stopped_s
            self._stopped = self._stopped or t_s - self._stopped_s > self._STOP_S
        if trunk_deg < self._UP_DEG or t_s - self._left_s > self._GIVE_UP_S:
            self._left_s = math.nan


class PushWatch:
    """`gentle-push`: how fast a helper moves the leg further up within a hold, or a jump after a rest."""

    _OVER_S = 0.2
    _REST_S, _REST_DEG = 1.0, 1.5

    def __init__(self, *, warn: float = NEVER, unsafe: float = NEVER, jump: float = NEVER) -> None:
        self._warn_deg_s, self._unsafe_deg_s, self._jump_deg = warn, unsafe, jump
        self._past: deque[tuple[float, float]] = deque()

    def reset(self) -> None:
        """Forget a hold that is over."""
        self._past.clear()

    def update(self, clock: FaultClock, t_s: float, step_s: float, raise_deg: float, reason: Reason) -> None:
        """Take in a frame of a hold; the elevation of the raised leg in degrees."""
        if reason != Reason.SEEN or math.isnan(raise_deg):
            clock.update(t_s, step_s, Verdict.UNSEEN, math.nan, self._warn_deg_s, reason or Reason.LEG_HIDDEN)
            return
        self._past.append((t_s, raise_deg))
        while self._past[0][0] < t_s - self._REST_S - self._OVER_S - 0.05:
            self._past.popleft()
        then_s, then_deg = next((one for one in reversed(self._past) if one[0] <= t_s - self._OVER_S), self._past[0])
        rate = (raise_deg - then_deg) / (t_s - then_s) if t_s - then_s >= self._OVER_S / 2 else 0.0
        clock.update(t_s, step_s, Verdict.OK, max(0.0, rate), self._warn_deg_s, Reason.SEEN)
        rested = [deg for t, deg in self._past if t <= then_s]
        jumped = (
            len(rested) > 1
            and then_s - self._past[0][0] >= 0.9 * self._REST_S
            and max(rested) - min(rested) < self._REST_DEG
            and raise_deg - then_deg > self._jump_deg
        )
        if rate > self._warn_deg_s or jumped:
            level = Verdict.UNSAFE if rate > self._unsafe_deg_s else Verdict.WARN
            clock.raise_fault(level, then_s, t_s, rate, self._warn_deg_s)
