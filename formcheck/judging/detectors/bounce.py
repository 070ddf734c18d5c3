"""`no-bounce`: swings there and back in the hold."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation, unseen
from formcheck.judging.view import FRONTAL_DEG
from formcheck.signals.jitter import Jitter
from formcheck.signals.turning_points import HalfCycle, HalfCycleFinder

MIN_FPS = 14.5  # 15 pictures a second; a little less, as clocks jitter
# Why somebody may have swung unseen, where the body itself is in the picture.
_UNFOLLOWED = (Reason.TOO_NOISY, Reason.CAMERA_MOVES, Reason.TOO_DARK, Reason.BLURRED, Reason.TOO_SMALL)
_FEW_FPS = 25.0  # with fewer pictures the median of three would flatten quick swings


class BounceDetector(HoldDetector):
    """Two cycles of 0.5 to 3 Hz within three seconds, more than `warn` degrees from end to end.

    Points that jump about make swings of their own, three or four times as large as their spread: nothing is said of
    swings below that, nor that there are none where those of twice the limit would be hidden. Whoever could not be
    followed for a moment may have swung: that there are none is told again when two cycles would have been seen since.
    """

    _HALF_CYCLES, _CYCLES_S = 4, 3.0  # two cycles within three seconds
    _SHORTEST_S, _LONGEST_S = 0.5 / 3.0, 0.5 / 0.5
    _OVER_S = 1.2
    _NOISE = 4.0  # spreads
    _AGAIN_S = 2.0  # two cycles of one a second

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._warn_deg = limits["warn"]
        self._finder = HalfCycleFinder(smallest=limits["ok"])
        self._jitter = Jitter()
        self._blind: tuple[float, int] = (-math.inf, Reason.SEEN)  # until when, and why
        self._swings: deque[HalfCycle] = deque()
        self._count = 0
        self._frames: list[tuple[float, float, int]] = []  # swing angle, pictures a second, why not

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """Take the angle that swings, and where it cannot be judged."""
        swing_deg = stretch.swing(measures, target)
        reason = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        reason = np.where(measures.noisy, int(Reason.TOO_NOISY), reason)
        reason = np.where(measures.camera_moves, int(Reason.CAMERA_MOVES), reason)
        reason = np.where(measures.yaw_deg > FRONTAL_DEG, int(Reason.NOT_SIDE_ON), reason)
        reason = np.where(np.isnan(swing_deg), int(Reason.TRUNK_HIDDEN), reason)
        reason = first_reason(measures.picture_seen, reason)
        self._frames = list(zip(swing_deg.tolist(), measures.fps.tolist(), reason.tolist(), strict=True))

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """The size of the swings that go on in the frame, 0 for none."""
        if not frame.held:
            return None
        value_deg, fps, reason = self._frames[frame.i]
        if reason != Reason.SEEN:
            if reason in _UNFOLLOWED:
                self.forget()
                self._blind = frame.t_s + self._AGAIN_S, reason
            return unseen(self._warn_deg, reason)
        self._take(frame.t_s, value_deg, fps)
        size = self._size(frame.t_s)
        badness = size - self._warn_deg
        if self._NOISE * self._jitter.spread > (size if badness > 0 else 2.0 * self._warn_deg):
            self._forget_swings()
            self._blind = frame.t_s + self._AGAIN_S, Reason.TOO_NOISY
            return unseen(self._warn_deg, Reason.TOO_NOISY)
        if badness <= 0 and frame.t_s < self._blind[0]:
            return unseen(self._warn_deg, self._blind[1])
        if badness <= 0:
            return Observation(Verdict.OK, size, self._warn_deg, badness)
        since_s, count = self._swings[0].start_s, self._count // 2
        return Observation(Verdict.WARN, size, self._warn_deg, badness, Reason.SEEN, since_s, count)

    def forget(self) -> None:
        """Forget the swings so far."""
        self._finder.reset()
        self._jitter.reset()
        self._forget_swings()

    def _forget_swings(self) -> None:
        self._swings.clear()
        self._count = 0

    def _take(self, t_s: float, value_deg: float, fps: float) -> None:
        self._jitter.update(t_s, value_deg)
        swing = self._finder.update(t_s, value_deg, robust=fps > _FEW_FPS)
        if swing is not None:
            lasted_s = swing.end_s - swing.start_s
            if lasted_s > self._LONGEST_S:
                self._forget_swings()
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
