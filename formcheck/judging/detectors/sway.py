"""`balance`: hips that sway over the foot they stand on."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.bounce import MIN_FPS
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.detectors.tremor import QUIET_PER_S
from formcheck.judging.faults import Observation, unseen
from formcheck.signals.running_median import towards


class SwayDetector(HoldDetector):
    """Hips that sway between 0.3 and 2 Hz by more than `warn` times the person's own quiet, or a step.

    The band is the difference of two exponential averages. The quiet is learnt at rest; what the model cannot
    follow better is its floor, and three floors its ceiling, so that swaying from the start is not the norm. Whoever
    holds on to something is not judged: that is what they are told to do.
    """

    FLOOR, CEILING = 0.003, 0.006  # leg lengths; rendered bodies in balance read 0.001 to 0.005
    _FAST_S, _SLOW_S, _WINDOW_S = 0.08, 0.5, 0.7

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._ok, self._warn = limits["ok"], limits["warn"]
        self._quiet = math.nan
        self._fast = self._slow = math.nan
        self._square = 0.0
        self._frames: list[tuple[float, int]] = []  # sway, why not

    def extend(self, _stretch: Stretch, measures: Measures, _target: Target) -> None:
        """Take the sway of the hips, and where it cannot be judged."""
        slow = np.where(measures.fps >= MIN_FPS, int(Reason.SEEN), int(Reason.TOO_SLOW))
        noisy = np.where(measures.noisy, int(Reason.TOO_NOISY), int(Reason.SEEN))
        moves = np.where(measures.camera_moves, int(Reason.CAMERA_MOVES), int(Reason.SEEN))
        held = np.where(measures.supported, int(Reason.SUPPORTED), int(Reason.SEEN))
        reason = first_reason(measures.feet_seen, measures.trunk_seen, measures.view_seen, held, slow, moves, noisy)
        self._frames = list(zip(measures.hip_sway.tolist(), reason.tolist(), strict=True))

    def begin(self) -> None:
        """Forget how the hips moved on the way in."""
        self._square = 0.0

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How many times its quiet the body sways in the frame."""
        sway, reason = self._frames[frame.i]
        if not math.isnan(sway):
            self._follow(frame.step_s, sway, at_rest=frame.held)
        if not frame.held:
            return None
        if reason != Reason.SEEN:
            return unseen(self._warn, reason)
        quiet = self.FLOOR if math.isnan(self._quiet) else self._quiet
        times = math.sqrt(self._square) / min(max(quiet, self.FLOOR), self.CEILING)
        verdict = Verdict.WARN if times > self._warn else Verdict.BETWEEN if times > self._ok else Verdict.OK
        return Observation(verdict, times, self._warn, times - self._warn)

    def _follow(self, step_s: float, sway: float, *, at_rest: bool) -> None:
        if math.isnan(self._fast) or step_s <= 0:
            self._fast = self._slow = sway
            self._square = 0.0
        self._fast += min(1.0, step_s / self._FAST_S) * (sway - self._fast)
        self._slow += min(1.0, step_s / self._SLOW_S) * (sway - self._slow)
        self._square += min(1.0, step_s / self._WINDOW_S) * ((self._fast - self._slow) ** 2 - self._square)
        if at_rest:
            # Never 0: it moves by a share of itself.
            self._quiet = max(1e-6, towards(self._quiet, math.sqrt(self._square), QUIET_PER_S * step_s))
