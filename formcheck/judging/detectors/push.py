"""`gentle-push`: how a helper moves the leg."""

from __future__ import annotations

from collections import deque

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.quantity import first_reason, pick
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation, unseen

MIN_FPS = 4.5  # with fewer pictures a push of a moment is spread over a step


class PushDetector(HoldDetector):
    """How fast a helper moves the leg further up within a hold, or a jump after a rest."""

    told_s = 4.0  # a jerk is over before anybody has read of it
    _OVER_S = 0.2
    _REST_S, _REST_DEG = 1.0, 1.5

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._warn_deg_s, self._unsafe_deg_s, self._jump_deg = limits["warn"], limits["unsafe"], limits["jump"]
        self._past: deque[tuple[float, float]] = deque()
        self._frames: list[tuple[float, int]] = []  # elevation, why not

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """Take the elevation of the raised leg, and where it cannot be judged."""
        leg = stretch.stretched(measures, target)
        seen = pick(measures.leg_seen, leg)
        slow = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        raise_deg = stretch.depth(measures, target)
        hidden = np.where(np.isnan(raise_deg), int(Reason.LEG_HIDDEN), int(Reason.SEEN))
        reason = first_reason(seen, measures.view_seen, hidden, slow)
        self._frames = list(zip(raise_deg.tolist(), reason.tolist(), strict=True))

    def forget(self) -> None:
        """Forget where the leg was."""
        self._past.clear()

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How fast the leg goes up in the frame."""
        if not frame.held:
            return None
        t_s, (raise_deg, reason) = frame.t_s, self._frames[frame.i]
        if reason != Reason.SEEN:
            return unseen(self._warn_deg_s, reason)
        past = self._past
        past.append((t_s, raise_deg))
        while past[0][0] < t_s - self._REST_S - self._OVER_S - 0.05:
            past.popleft()
        then_s, then_deg = next((one for one in reversed(past) if one[0] <= t_s - self._OVER_S), past[0])
        rate = (raise_deg - then_deg) / (t_s - then_s) if t_s - then_s >= self._OVER_S / 2 else 0.0
        badness = rate - self._warn_deg_s
        if not (badness > 0 or self._jumped(then_s, raise_deg - then_deg)):
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
