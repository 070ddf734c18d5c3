"""`gentle-push`: how a helper moves the leg."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.quantity import first_reason, pick
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation, unseen
from formcheck.signals.jitter import Jitter

MIN_FPS = 4.5  # with fewer pictures a push of a moment is spread over a step


class PushDetector(HoldDetector):
    """How fast a helper moves the leg further up within a hold, or a jump after a rest.

    Further than it was in the last second: whoever lets it sink and lifts it again, or whose ankle was lost for a
    moment, is not pushed. Points that jump about make pushes of their own: nothing is said of those that could be.
    """

    told_s = 4.0  # a jerk is over before anybody has read of it
    _OVER_S = 0.2
    _REST_S, _REST_DEG = 1.0, 1.5
    _NOISE = 4.0  # spreads of a difference of two readings

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._warn_deg_s, self._unsafe_deg_s, self._jump_deg = limits["warn"], limits["unsafe"], limits["jump"]
        self._past: deque[tuple[float, float]] = deque()
        self._jitter = Jitter()
        self._frames: list[tuple[float, float, int]] = []  # elevation, the same unsmoothed, why not

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """Take the elevation of the raised leg, and where it cannot be judged."""
        leg = stretch.stretched(measures, target)
        seen = pick(measures.leg_seen, leg)
        slow = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        raise_deg = stretch.depth(measures, target)
        hidden = np.where(np.isnan(raise_deg), int(Reason.LEG_HIDDEN), int(Reason.SEEN))
        noisy = np.where(measures.noisy, int(Reason.TOO_NOISY), int(Reason.SEEN))
        moves = np.where(measures.camera_moves, int(Reason.CAMERA_MOVES), int(Reason.SEEN))
        reason = first_reason(seen, measures.view_seen, hidden, slow, moves, noisy)
        raw_deg = stretch.swing(measures, target)
        self._frames = list(zip(raise_deg.tolist(), raw_deg.tolist(), reason.tolist(), strict=True))

    def forget(self) -> None:
        """Forget where the leg was."""
        self._past.clear()
        self._jitter.reset()

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How fast the leg goes up in the frame."""
        if not frame.held:
            return None
        t_s, (raise_deg, raw_deg, reason) = frame.t_s, self._frames[frame.i]
        if reason != Reason.SEEN:
            return unseen(self._warn_deg_s, reason)
        past = self._past
        past.append((t_s, raise_deg))
        while past[0][0] < t_s - self._REST_S - self._OVER_S - 0.05:
            past.popleft()
        then_s = next((one[0] for one in reversed(past) if one[0] <= t_s - self._OVER_S), past[0][0])
        then_deg = max(deg for t, deg in past if t <= then_s)
        rate = (raise_deg - then_deg) / (t_s - then_s) if t_s - then_s >= self._OVER_S / 2 else 0.0
        badness = rate - self._warn_deg_s
        pushed = badness > 0 or self._jumped(then_s, raise_deg - then_deg)
        hidden_deg = self._NOISE * math.sqrt(2.0) * self._jitter.update(t_s, raw_deg)
        if hidden_deg > self._OVER_S * (rate if pushed else 2.0 * self._warn_deg_s):
            return unseen(self._warn_deg_s, Reason.TOO_NOISY)
        if not pushed:
            return Observation(Verdict.OK, max(0.0, rate), self._warn_deg_s, badness)
        level = Verdict.UNSAFE if rate > self._unsafe_deg_s else Verdict.WARN
        return Observation(level, rate, self._warn_deg_s, badness, Reason.SEEN, then_s)

    def _jumped(self, then_s: float, further_deg: float) -> bool:
        """Whether the leg went up that far at once after it had been at rest until `then_s`."""
        rested = [deg for t, deg in self._past if t <= then_s]
        return (
            len(rested) > 1
            and then_s - self._past[0][0] >= 0.9 * self._REST_S
            and max(rested) - min(rested) < self._REST_DEG
            and further_deg > self._jump_deg
        )
