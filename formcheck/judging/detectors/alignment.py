"""Posture: each frame is judged by itself."""

from __future__ import annotations

import math
from itertools import repeat

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.judging.detectors.port import HoldDetector, ObservedFrame
from formcheck.judging.faults import Observation

MIN_FPS = 0.8  # silent with less than one picture a second; a little less, as clocks jitter


class AlignmentDetector(HoldDetector):
    """Holds the reading of its rule against its limits, frame by frame."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._said: list[Observation] = []

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """Read the rule on all of the frames."""
        reading = stretch.reading(self.rule, measures, target)
        slow = measures.fps < MIN_FPS  # not where the rate is unknown yet
        verdict = np.where(slow, int(Verdict.UNSEEN), reading.verdict)
        reason = np.where(slow, int(Reason.TOO_SLOW), reading.reason)
        rows = (verdict, reading.value, reading.limit, reading.badness, reason)
        errors = reading.error.tolist()
        self._said = list(map(Observation, *(row.tolist() for row in rows), repeat(math.nan), repeat(None), errors))

    def observe(self, frame: ObservedFrame) -> Observation | None:
        """What was read in the frame, in a hold or not: a hold may turn out to have begun here."""
        return self._said[frame.i]
