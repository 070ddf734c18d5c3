"""How the pictures of a stream follow each other in time."""

from __future__ import annotations

import bisect
import math
from collections import deque
from typing import NamedTuple

import numpy as np

from formcheck.core.poses import Floats
from formcheck.geometry.missing import filled

_GAP_S = 2.0  # a single longer step is a gap in the stream and says nothing of its rate
_FORGET_S = 0.8  # how slowly the rate forgets, ...
_FORGET_STEPS = 2.0  # ... but not before so many steps have gone by
_KNOWN_S = 0.25  # pictures may come in bursts: what was seen for less says nothing
_USUAL_S = 1.0  # the usual step is the median over so long ...
_FEWEST = 5  # ... of no fewer than these


class FrameTiming(NamedTuple):
    """Per frame, each (T,).

    step_s   seconds since the frame before; 0 for the first one and where the clock went back.
    fps      pictures a second: counted over the time they took, older ones counting less and less; NaN while not known.
    usual_s  median step of the last second: of a steady camera, the step between two pictures of which none was lost;
             NaN while not known.
    """

    step_s: Floats
    fps: Floats
    usual_s: Floats


class FrameTimer:
    """Measures the frame rate of a stream, any number of frames at a time."""

    def __init__(self) -> None:
        self._last_s = math.nan
        self._pictures = self._elapsed_s = self._known_s = 0.0
        self._gap_before = False
        self._recent: deque[tuple[float, float]] = deque()
        self._sorted: list[float] = []

    def extend(self, t_s: Floats) -> FrameTiming:
        """The timing at the times `t_s` (T,), which follow those of the last call."""
        step_s = np.diff(t_s, prepend=self._last_s)
        rates, usual = [], []
        for now_s, step in zip(t_s.tolist(), step_s.tolist(), strict=True):
            self._count(step)
            self._remember(now_s, step)
            rates.append(self._pictures / self._elapsed_s if self._known_s >= _KNOWN_S else math.nan)
            usual.append(self._sorted[len(self._sorted) // 2] if len(self._sorted) >= _FEWEST else math.nan)
        if len(t_s):
            self._last_s = float(t_s[-1])
        return FrameTiming(np.maximum(0.0, filled(step_s)), np.array(rates), np.array(usual))

    def _count(self, step_s: float) -> None:
        """One picture more, after `step_s`."""
        gap = step_s > _GAP_S
        # A second gap in a row is no gap: so rarely do the pictures come.
        if step_s >= 0 and (not gap or self._gap_before):
            mean_s = self._elapsed_s / self._pictures if self._pictures else 0.0
            kept = math.exp(-step_s / max(_FORGET_S, _FORGET_STEPS * mean_s))
            self._pictures = self._pictures * kept + 1.0
            self._elapsed_s = self._elapsed_s * kept + step_s
            self._known_s += step_s
        self._gap_before = gap

    def _remember(self, now_s: float, step_s: float) -> None:
        if step_s >= 0:
            self._recent.append((now_s, step_s))
            bisect.insort(self._sorted, step_s)
        while self._recent and not 0 <= now_s - self._recent[0][0] <= _USUAL_S:
            _, gone_s = self._recent.popleft()
            del self._sorted[bisect.bisect_left(self._sorted, gone_s)]
