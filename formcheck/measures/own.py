"""What is learnt of a person while they get ready, to compare them with themselves later."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Bools, Floats
from formcheck.geometry.smoothing import RunningMedian
from formcheck.measures.back import TYPICAL_UPRIGHT, UPRIGHT_BOUNDS

# A leg at rest on the floor: the hip joint lies higher than the ankle. Median of the rendered bodies.
TYPICAL_REST_DEG = -7.0
_STEP = 0.002  # share of the value in each frame: slow enough not to follow the way into the stretch


class Rest:
    """Whether a body is at rest: no angle further than 1.5 degrees from its own average of the last 0.3 s."""

    _OVER_S = 0.3
    _DEG = 1.5

    def __init__(self) -> None:
        self._last_s = math.nan
        self._average: list[float] = []

    def extend(self, t_s: Floats, angles_deg: Floats) -> Bools:
        """(T,) for angles (T, n)."""
        rest = np.zeros(len(t_s), dtype=bool)
        for i, (now_s, angles) in enumerate(zip(t_s.tolist(), angles_deg.tolist(), strict=True)):
            if any(math.isnan(angle) for angle in angles):
                continue
            blend = min(1.0, (now_s - self._last_s) / self._OVER_S) if self._average else 1.0
            self._last_s = now_s
            old = self._average or angles
            self._average = [mean + blend * (angle - mean) for mean, angle in zip(old, angles, strict=True)]
            rest[i] = all(abs(angle - mean) < self._DEG for angle, mean in zip(angles, self._average, strict=True))
        return rest


class UprightBack:
    """The curvature a person's back reads while they stand upright, kept within plausible bounds."""

    _LEAN_DEG = 12.0

    def __init__(self) -> None:
        self._median = RunningMedian(_STEP)

    def extend(self, curve: Floats, trunk_deg: Floats, at_rest: Bools) -> Floats:
        """(T,) upright curvature as known at each frame."""
        own = np.empty_like(curve)
        upright = at_rest & (trunk_deg < self._LEAN_DEG)
        for i in range(len(curve)):
            # The median moves in shares of its value, so it is kept away from 0.
            value = self._median.update(float(curve[i]) + 1.0 if upright[i] else math.nan) - 1.0
            own[i] = TYPICAL_UPRIGHT if math.isnan(value) else min(max(value, UPRIGHT_BOUNDS[0]), UPRIGHT_BOUNDS[1])
        return own


class UprightTrunk:
    """How far off the vertical a person's trunk line reads while they stand upright.

    The model puts the hips in front of the joint, by up to 7 degrees of trunk line on heavier bodies; hinging
    forward up to the level the same offset stays.
    """

    _UPRIGHT_DEG = 12.0
    TRUE_DEG = 1.5  # what rendered bodies that stand at ease really lean
    _BOUND_DEG = 8.0

    def __init__(self) -> None:
        self._median = RunningMedian(_STEP)

    def extend(self, lean_deg: Floats, standing: Bools) -> Floats:
        """(T,) degrees to add, for signed leans forward (T,) and whether both legs are straight below the body."""
        offset = np.empty_like(lean_deg)
        at_rest = standing & (np.abs(lean_deg) < self._UPRIGHT_DEG)
        for i in range(len(lean_deg)):
            value = self._median.update(float(lean_deg[i]) + 90.0 if at_rest[i] else math.nan) - 90.0
            known = 0.0 if math.isnan(value) else self.TRUE_DEG - value
            offset[i] = min(max(known, -self._BOUND_DEG), self._BOUND_DEG)
        return offset


class LyingTrunk:
    """How the shoulder line and the head of a person lie while both legs rest on the floor."""

    def __init__(self) -> None:
        self._medians = (RunningMedian(_STEP), RunningMedian(_STEP))

    def extend(self, values: tuple[Floats, Floats], at_rest: Bools) -> tuple[Floats, Floats]:
        """Changes of both values (T,) since then; NaN while nothing was learnt."""
        changes = (np.empty_like(values[0]), np.empty_like(values[0]))
        for median, value, change in zip(self._medians, values, changes, strict=True):
            for i in range(len(value)):
                change[i] = value[i] + 1.0 - median.update(float(value[i]) + 1.0 if at_rest[i] else math.nan)
        return changes


class RestingLegs:
    """The elevation each leg reads while both lie on the floor.

    A camera that looks down and not quite from the side sees the floor itself tilted; measured from the person's
    own resting legs, a lifted leg reads the same from everywhere.
    """

    def __init__(self) -> None:
        # The median moves in shares of its value, so it is kept away from 0.
        self._medians = (RunningMedian(_STEP), RunningMedian(_STEP))

    def extend(self, leg_deg: Floats, at_rest: Bools) -> Floats:
        """(T, 2) resting elevation as known at each frame, for `leg_deg` (T, 2); `at_rest` (T,) both on the floor."""
        rest = np.empty_like(leg_deg)
        for i in range(len(leg_deg)):
            for side, median in enumerate(self._medians):
                value = median.update(float(leg_deg[i, side]) + 90.0 if at_rest[i] else math.nan) - 90.0
                rest[i, side] = TYPICAL_REST_DEG if math.isnan(value) else value
        return rest
