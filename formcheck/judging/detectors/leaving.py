"""`come-up-safely`: the way up after a hold."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from formcheck.core.measures import Measures, Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import LateObservation, ObservedFrame
from formcheck.judging.faults import Observation, unseen
from formcheck.judging.stillness import PAUSE_S
from formcheck.judging.view import FRONTAL_DEG

MIN_FPS = 4.5  # with fewer pictures the speed is that of a mean over the whole way


class LeavingDetector:
    """Faster than `hint` degrees a second on the way up, or in stops and starts.

    That a hold was left is known for sure only seconds later, so the way up is kept and looked at then.
    """

    after_hold = True
    _OVER_S = 0.3
    _UP_DEG = 30.0
    _MOVING_DEG_S, _STOPPED_DEG_S, _STOP_S = 25.0, 5.0, 0.5
    _GIVE_UP_S = 8.0

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._fast_deg_s = rule.limits_by_name["hint"]
        self._past: deque[tuple[float, float, bool]] = deque()  # time, trunk, whether there are pictures enough
        self._frames: list[tuple[float, bool]] = []
        self._left_s = math.nan
        self._held = False  # in what may be a hold
        self._kept: list[LateObservation] = []  # what was seen meanwhile
        self._stopped_s = math.nan
        self._stopped = self._moved = False

    def extend(self, _stretch: Stretch, measures: Measures, _target: Target) -> None:
        """Take the trunk line, where it is seen from the side."""
        trunk_deg = np.where(measures.yaw_deg <= FRONTAL_DEG, measures.trunk_deg, np.nan)
        self._frames = list(zip(trunk_deg.tolist(), (measures.fps >= MIN_FPS).tolist(), strict=True))

    def begin(self) -> None:
        """Whoever holds again has not come up; whether it is a hold is known later."""
        self._held = True

    def abandon(self) -> Sequence[LateObservation]:
        """It was a stop on the way up."""
        late, self._kept, self._held = self._kept, [], False
        return late

    def end(self, end_s: float) -> Sequence[LateObservation]:
        """A hold was left at `end_s`."""
        self._held, self._kept = False, []
        self._left_s, self._stopped_s = end_s, math.nan
        self._stopped = self._moved = False
        kept, late = list(self._past), []
        for i, (t_s, _, _) in enumerate(kept):
            if t_s > end_s and not math.isnan(self._left_s) and (seen := self._step(kept[: i + 1])):
                late.append((t_s, t_s - kept[i - 1][0], seen))
        return late

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How fast the trunk comes up in the frame, None unless it is on its way up."""
        t_s, (trunk_deg, enough) = frame.t_s, self._frames[frame.i]
        if math.isnan(trunk_deg):
            return None
        self._past.append((t_s, trunk_deg, enough))
        while self._past[0][0] < t_s - PAUSE_S - 1.0:
            self._past.popleft()
        seen = None if math.isnan(self._left_s) else self._step(list(self._past))
        if self._held and seen is not None:
            self._kept.append((t_s, frame.step_s, seen))
        return None if self._held else seen

    def _step(self, past: list[tuple[float, float, bool]]) -> Observation | None:
        t_s, trunk_deg, enough = past[-1]
        then_s, then_deg, _ = next((one for one in reversed(past) if one[0] <= t_s - self._OVER_S), past[0])
        if t_s - then_s < self._OVER_S / 2:
            return None
        rate = (then_deg - trunk_deg) / (t_s - then_s)
        jerky = rate > self._MOVING_DEG_S and self._stopped
        self._note(t_s, trunk_deg, rate)
        if not enough:
            return unseen(self._fast_deg_s, Reason.TOO_SLOW)
        badness = rate - self._fast_deg_s
        if badness > 0 or jerky:
            return Observation(Verdict.HINT, rate, self._fast_deg_s, badness, Reason.SEEN, then_s)
        return Observation(Verdict.OK, rate, self._fast_deg_s, badness)

    def _note(self, t_s: float, trunk_deg: float, rate: float) -> None:
        """Keep whether the way up was interrupted, and whether it is over."""
        if rate > self._MOVING_DEG_S:
            self._moved = True
            self._stopped_s = math.nan
        elif abs(rate) < self._STOPPED_DEG_S and self._moved:
            self._stopped_s = t_s if math.isnan(self._stopped_s) else self._stopped_s
            self._stopped = self._stopped or t_s - self._stopped_s > self._STOP_S
        if trunk_deg < self._UP_DEG or t_s - self._left_s > self._GIVE_UP_S:
            self._left_s = math.nan
