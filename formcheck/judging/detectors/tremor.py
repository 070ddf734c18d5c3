"""`steady`: joints that shake."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import TREMOR_JOINTS
from formcheck.core.measures import SHAKING_FPS, Measures
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation, unseen

QUIET_PER_S = 0.12  # how quickly the quiet of a person is learnt: share of the value a second
# Of `Measures.jumpy`. Real shaking moves joints back and forth as well, five centimetres at 6 Hz read 0.2; and a
# picture that is hardly lit shakes all of the body alike, which does not count.
_WILD = 0.35


class TremorDetector(HoldDetector):
    """Joints faster than `warn` times their own quiet speed between 4 and 10 Hz, for a second.

    The quiet speed is learnt while the body is at rest. The model's own jitter sets its floor: a joint that is
    tracked better than that is not asked to be quieter.
    """

    # Leg lengths a second. Better than the floor the model does not track a joint; worse than the ceiling it is
    # not tracked but shaking, which must not be learnt as the person's norm. See docs/accuracy.md.
    FLOOR, CEILING = 0.09, 0.14
    _LEARN_S = 1.5
    _FEWEST_PAIRS = 2  # one that may shake, and one to hold it against
    # A part of the body that shakes moves both of its joints, a point that is badly tracked jitters alone:
    # shoulders, hips, left knee and ankle, right knee and ankle of `TREMOR_JOINTS`.
    _PAIRS = ((0, 1), (2, 3), (4, 6), (5, 7))

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        limits = rule.limits_by_name
        self._ok, self._warn, self._unsafe = limits["ok"], limits["warn"], limits["unsafe"]
        self._quiet = [math.nan] * len(TREMOR_JOINTS)
        self._scale = [1.0 / self.FLOOR] * len(TREMOR_JOINTS)  # one over the quiet, bounded
        self._learnt_s = 0.0
        self._tremor: list[list[float]] = []
        self._reasons: list[int] = []

    def extend(self, _stretch: Stretch, measures: Measures, _target: Target) -> None:
        """Take the speeds of the joints, and where they say nothing."""
        reason = np.where(measures.jumpy > _WILD, int(Reason.TOO_NOISY), int(Reason.SEEN))
        reason = np.where(measures.camera_moves, int(Reason.CAMERA_MOVES), reason)
        reason = np.where(measures.fps >= SHAKING_FPS, reason, int(Reason.TOO_SLOW))
        self._tremor, self._reasons = measures.tremor.tolist(), first_reason(measures.picture_seen, reason).tolist()

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """How many times its quiet the body shakes in the frame."""
        tremor = self._tremor[frame.i]
        if not frame.held:
            self._learn(frame.step_s, tremor)
            return None
        reason = self._reasons[frame.i]
        if reason != Reason.SEEN:
            return unseen(self._warn, reason)
        ratio = [speed * scale for speed, scale in zip(tremor, self._scale, strict=True)]
        known = [pair for a, b in self._PAIRS if (pair := ratio[a] * ratio[b]) == pair]
        if len(known) < self._FEWEST_PAIRS or self._learnt_s < self._LEARN_S:
            return unseen(self._warn, Reason.NOT_LEARNT)
        # Some part always rests, on the floor or on its feet. What shakes there too is the camera or the model.
        times = math.sqrt(max(known)) - 1.5 * max(0.0, math.sqrt(min(known)) - 1.0)
        if times < self._ok:
            self._learn(frame.step_s, tremor)
        verdict = Verdict.UNSAFE if times > self._unsafe else Verdict.WARN if times > self._warn else Verdict.OK
        if self._ok < times <= self._warn:
            verdict = Verdict.BETWEEN
        return Observation(verdict, times, self._warn, times - self._warn)

    def _learn(self, step_s: float, tremor: list[float]) -> None:
        """Take in a frame of a body at rest (8,); joints that are hidden are NaN."""
        share = QUIET_PER_S * step_s
        low, high = self.FLOOR, self.CEILING
        known = False
        for joint, speed in enumerate(tremor):
            if speed == speed:  # noqa: PLR0124 not NaN; this runs for every joint of every frame
                quiet = self._quiet[joint]
                reach = share * quiet  # as `towards` does it
                quiet = quiet + reach if speed - quiet > reach else quiet - reach if quiet - speed > reach else speed
                self._quiet[joint] = quiet
                self._scale[joint] = 1.0 / (low if quiet < low else high if quiet > high else quiet)  # noqa: FURB136 twice as fast as min
                known = True
        if known:
            self._learnt_s += step_s
