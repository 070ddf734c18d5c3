"""`come-up-safely`: the way up after a hold."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import LateObservation, ObservedFrame
from formcheck.judging.faults import Observation, unseen
from formcheck.judging.stillness import PAUSE_S
from formcheck.judging.view import FRONTAL_DEG

MIN_FPS = 4.5  # with fewer pictures the speed is that of a mean over the whole way
_ON_THIGHS = 0.15  # leg lengths from the middle of a thigh to a wrist whose hand rests on it, as on rendered people


class _TrunkFrame(NamedTuple):
    """Where the trunk was: why its speed is not seen (`reason`), and whether the `hands` carry it."""

    t_s: float
    trunk_deg: float
    reason: int
    hands: bool


class LeavingDetector:
    """Faster than `hint` degrees a second on the way up, or in stops and starts.

    A rest with the hands on the thighs, or on something beside the body, is how one should come up: no stop.
    That a hold was left is known for sure only seconds later, so the way up is kept and looked at then.
    """

    after_hold = True
    told_s = 4.0
    _OVER_S = 0.3
    _UP_DEG = 30.0
    _MOVING_DEG_S, _STOPPED_DEG_S, _STOP_S = 25.0, 5.0, 0.5
    _GIVE_UP_S = 8.0

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._fast_deg_s = rule.limits_by_name["hint"]
        self._past: deque[_TrunkFrame] = deque()
        self._frames: list[_TrunkFrame] = []
        self._left_s = math.nan
        self._held = False  # in what may be a hold
        self._kept: list[LateObservation] = []  # what was seen meanwhile
        self._stopped_s = math.nan
        self._stopped = self._moved = False

    def extend(self, _stretch: Stretch, measures: Measures, _target: Target) -> None:
        """Take the trunk line, where it is seen from the side."""
        trunk_deg = np.where(measures.yaw_deg <= FRONTAL_DEG, measures.trunk_deg, np.nan)
        slow = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        hands = measures.supported | (measures.hands_to_thighs < _ON_THIGHS)
        columns = (measures.t_s, trunk_deg, first_reason(measures.picture_seen, slow), hands)
        self._frames = [_TrunkFrame(*row) for row in zip(*(one.tolist() for one in columns), strict=True)]

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
        for i, one in enumerate(kept):
            if one.t_s > end_s and not math.isnan(self._left_s) and (seen := self._step(kept[: i + 1])):
                late.append((one.t_s, one.t_s - kept[i - 1].t_s, seen))
        return late

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How fast the trunk comes up in the frame, None unless it is on its way up."""
        now = self._frames[frame.i]
        if math.isnan(now.trunk_deg):
            return None
        self._past.append(now)
        while self._past[0].t_s < now.t_s - PAUSE_S - 1.0:
            self._past.popleft()
        seen = None if math.isnan(self._left_s) else self._step(list(self._past))
        if self._held and seen is not None:
            self._kept.append((now.t_s, frame.step_s, seen))
        return None if self._held else seen

    def _step(self, past: list[_TrunkFrame]) -> Observation | None:
        now = past[-1]
        then = next((one for one in reversed(past) if one.t_s <= now.t_s - self._OVER_S), past[0])
        if now.t_s - then.t_s < self._OVER_S / 2:
            return None
        rate = (then.trunk_deg - now.trunk_deg) / (now.t_s - then.t_s)
        self._stopped &= not now.hands
        jerky = rate > self._MOVING_DEG_S and self._stopped
        self._note(now, rate)
        if now.reason != Reason.SEEN:
            return unseen(self._fast_deg_s, now.reason)
        badness = rate - self._fast_deg_s
        if badness > 0 or jerky:
            return Observation(Verdict.HINT, rate, self._fast_deg_s, badness, Reason.SEEN, then.t_s)
        return Observation(Verdict.OK, rate, self._fast_deg_s, badness)

    def _note(self, now: _TrunkFrame, rate: float) -> None:
        """Keep whether the way up was interrupted, and whether it is over."""
        if rate > self._MOVING_DEG_S:
            self._moved = True
            self._stopped_s = math.nan
        elif now.hands:
            self._stopped_s = math.nan
        elif abs(rate) < self._STOPPED_DEG_S and self._moved:
            self._stopped_s = now.t_s if math.isnan(self._stopped_s) else self._stopped_s
            self._stopped = self._stopped or now.t_s - self._stopped_s > self._STOP_S
        if now.trunk_deg < self._UP_DEG or now.t_s - self._left_s > self._GIVE_UP_S:
            self._left_s = math.nan
