"""`no-bounce`: swings there and back in the hold."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation, unseen
from formcheck.judging.view import FRONTAL_DEG
from formcheck.signals.turning_points import HalfCycle, HalfCycleFinder

MIN_FPS = 14.5  # 15 pictures a second; a little less, as clocks jitter
_FEW_FPS = 25.0  # with fewer pictures the median of three would flatten quick swings


class BounceDetector(HoldDetector):
    """Two cycles of 0.5 to 3 Hz within three seconds, more than `warn` degrees from end to end."""

    _HALF_CYCLES, _CYCLES_S = 4, 3.0  # two cycles within three seconds
    _SHORTEST_S, _LONGEST_S = 0.5 / 3.0, 0.5 / 0.5
    _OVER_S = 1.2

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._warn_deg = limits["warn"]
        self._finder = HalfCycleFinder(smallest=limits["ok"])
        self._swings: deque[HalfCycle] = deque()
        self._count = 0
        self._frames: list[tuple[float, float, int]] = []  # swing angle, pictures a second, why not

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """Take the angle that swings, and where it cannot be judged."""
        swing_deg = stretch.swing(measures, target)
        reason = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        reason = np.where(measures.noisy, int(Reason.TOO_NOISY), reason)
        reason = np.where(measures.yaw_deg > FRONTAL_DEG, int(Reason.NOT_SIDE_ON), reason)
        reason = np.where(np.isnan(swing_deg), int(Reason.TRUNK_HIDDEN), reason)
        self._frames = list(zip(swing_deg.tolist(), measures.fps.tolist(), reason.tolist(), strict=True))

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """The size of the swings that go on in the frame, 0 for none."""
        if not frame.held:
            return None
        value_deg, fps, reason = self._frames[frame.i]
        if reason != Reason.SEEN:
            if reason == Reason.TOO_NOISY:
                self.forget()
            return unseen(self._warn_deg, reason)
        self._take(frame.t_s, value_deg, fps)
        size = self._size(frame.t_s)
        badness = size - self._warn_deg
        if badness <= 0:
            return Observation(Verdict.OK, size, self._warn_deg, badness)
        since_s, count = self._swings[0].start_s, self._count // 2
        return Observation(Verdict.WARN, size, self._warn_deg, badness, Reason.SEEN, since_s, count)

    def forget(self) -> None:
        """Forget the swings so far."""
        self._finder.reset()
        self._swings.clear()
        self._count = 0

    def _take(self, t_s: float, value_deg: float, fps: float) -> None:
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

    def _size(self, t_s: float) -> float:
        """Middle size of the last four swings, 0 where they do not follow each other or have stopped."""
        if len(self._swings) < self._HALF_CYCLES or t_s - self._swings[-1].end_s >= self._OVER_S:
            return 0.0
        last = list(self._swings)[-self._HALF_CYCLES :]
        if last[-1].end_s - last[0].start_s > self._CYCLES_S:
            return 0.0
        sizes = sorted(one.size for one in last)
        return math.fsum(sizes[1:3]) / 2.0
