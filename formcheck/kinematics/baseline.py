"""What is learnt of a person while they get ready, to compare them with themselves later."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Bools, Floats
from formcheck.geometry.missing import filled
from formcheck.kinematics.back import TYPICAL_UPRIGHT, UPRIGHT_BOUNDS
from formcheck.signals.running_median import SlowMedian

# A leg at rest on the floor: the hip joint lies higher than the ankle. Median of the rendered bodies.
TYPICAL_REST_DEG = -7.0
PER_S = 0.06  # share of the value a second: slow enough not to follow the way into the stretch


class RestingState:
    """Whether a body is at rest: no angle further than 1.7 degrees from its own average of the 0.3 s before.

    A body that moves on steadily is at rest below 5.6 degrees a second, whatever the rate. Pictures that come more
    rarely than 0.3 s are compared with the one before.
    """

    _OVER_S = 0.3
    _DEG = 1.7

    def __init__(self) -> None:
        self._last_s = math.nan
        self._average: list[float] = []

    def extend(self, t_s: Floats, angles_deg: Floats) -> Bools:
        """(T,) for angles (T, n)."""
        rest = np.zeros(len(t_s), dtype=bool)
        known = np.flatnonzero(~np.isnan(angles_deg).any(axis=1))
        if not len(known):
            return rest
        times, angles = t_s[known], angles_deg[known]
        blends = np.clip(filled(np.diff(times, prepend=self._last_s)) / self._OVER_S, 0.0, 1.0).tolist()
        self._average = self._average or angles[0].tolist()
        self._last_s = float(times[-1])
        off = []
        for column, average in enumerate(self._average):
            line = []
            for blend, angle in zip(blends, angles[:, column].tolist(), strict=True):
                line.append(angle - average)
                average += blend * (angle - average)  # noqa: PLW2901 the same average, one frame on
            self._average[column] = average
            off.append(line)
        rest[known] = (np.abs(np.transpose(off)) < self._DEG).all(axis=1)
        return rest


class UprightBack:
    """The curvature a person's back reads while they stand upright, kept within plausible bounds."""

    _LEAN_DEG = 12.0

    def __init__(self) -> None:
        self._median = SlowMedian(PER_S)

    def extend(self, step_s: Floats, curve: Floats, trunk_deg: Floats, at_rest: Bools) -> Floats:
        """(T,) upright curvature as known at each frame; `step_s` (T,) is the time since the frame before."""
        # The median moves in shares of its value, so it is kept away from 0.
        own = self._median.extend(step_s, curve + 1.0, at_rest & (trunk_deg < self._LEAN_DEG)) - 1.0
        return np.where(np.isnan(own), TYPICAL_UPRIGHT, np.clip(own, *UPRIGHT_BOUNDS))


class UprightHips:
    """How far a person's hips are read in front of the line from the shoulders to the ankles while they stand upright.

    True joints of rendered people who stand at ease lie on that line to within 1.5 degrees. The camera's tilt and a
    lean of the whole body do not change it.
    """

    _UPRIGHT_DEG = 12.0
    TYPICAL_DEG = 3.6  # median of the rendered bodies
    _BOUNDS_DEG = (0.0, 6.0)

    def __init__(self) -> None:
        self._median = SlowMedian(PER_S)

    def extend(self, step_s: Floats, lean_deg: Floats, leg_deg: Floats, standing: Bools) -> Floats:
        """(T,) bend at the hips in degrees as known at each frame, hips in front positive.

        `lean_deg` (T,) is the signed lean forward, `leg_deg` (T, 2) the line from hip to ankle above the level,
        `standing` (T,) whether both legs are straight below the body, `step_s` (T,) the time since the frame before.
        """
        bend_deg = -90.0 - leg_deg.mean(axis=1) - lean_deg
        at_rest = standing & (np.abs(lean_deg) < self._UPRIGHT_DEG)
        # The median moves in shares of its value, so it is kept away from 0.
        own_deg = self._median.extend(step_s, bend_deg + 90.0, at_rest) - 90.0
        return np.where(np.isnan(own_deg), self.TYPICAL_DEG, np.clip(own_deg, *self._BOUNDS_DEG))


class UprightLean:
    """How far a person who stands at rest leans in the picture, from the ankles to the shoulders: the camera's tilt."""

    _FEET_TOGETHER = 0.2  # leg lengths; who stands in a step leans

    def __init__(self) -> None:
        self._median = SlowMedian(PER_S)

    def extend(self, step_s: Floats, lean_deg: Floats, feet_apart: Floats, standing: Bools) -> Floats:
        """(T,) lean in degrees as known at each frame, forward positive, NaN before; all (T,), see `UprightHips`."""
        taken = standing & (feet_apart < self._FEET_TOGETHER)
        # The median moves in shares of its value, so it is kept away from 0.
        return np.asarray(self._median.extend(step_s, lean_deg + 90.0, taken) - 90.0)


class RestingLegs:
    """The elevation each leg reads while both lie on the floor.

    A camera that looks down and not quite from the side sees the floor itself tilted; measured from the person's
    own resting legs, a lifted leg reads the same from everywhere.
    """

    def __init__(self) -> None:
        # The median moves in shares of its value, so it is kept away from 0.
        self._medians = (SlowMedian(PER_S), SlowMedian(PER_S))

    def extend(self, step_s: Floats, leg_deg: Floats, at_rest: Bools) -> Floats:
        """(T, 2) resting elevation as known at each frame, for `leg_deg` (T, 2); `at_rest` (T,) both on the floor.

        `step_s` (T,) is the time since the frame before.
        """
        legs = zip(self._medians, leg_deg.T + 90.0, strict=True)
        rest = np.column_stack([median.extend(step_s, leg, at_rest) for median, leg in legs]) - 90.0
        return np.where(np.isnan(rest), TYPICAL_REST_DEG, rest)
