"""Whether the leg that the model calls left is the person's left one.

The model takes the legs of some lying people for each other, for whole holds and in both looks, and nothing in its own
visibility says so. In a side view two things are sure: which side of the body is turned to the camera, and which leg is
the higher one (lying: the raised one; standing: the one in front or on the bench). So one question is left, whether the
higher leg is the one near the camera. What is seen of it is added up in log odds:

- which leg the model takes for the near one, at every height on the way up and in the hold. On rendered bodies it never
  took a far raised leg for near, but some near ones for far, most of all where the other foot is out of the picture.
  Its depth tells this whatever the legs were called since (`tracking.sides` may have exchanged them);
- the leg on the floor: from above the floor the near leg is seen lower in the picture than the far one, so the leg that
  stays behind lies lower, or higher, than both together did at rest;
- perspective: the near shank is the longer one.

Every weight is bounded; docs/accuracy.md tells how they were found.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from formcheck.core.poses import Body, Floats
from formcheck.kinematics.baseline import TYPICAL_REST_DEG
from formcheck.kinematics.legs_seen import LegsSeen

_APART_DEG = 15.0  # legs closer together cannot be told apart
_HEIGHT_DEG = 15.0  # at legs so much further apart the model decides anew
# Lying, beyond this height (further than in any clip) the leg goes toward the head. If the body lies a little turned,
# that alone takes it nearer to the camera than the other leg, or farther; what was seen on the way up still counts.
_OVERHEAD_DEG = 105.0
_CLEAR_DEG = 30.0  # below it a crossing of the legs is one, and beyond it the leg on the floor alone is told
_GAP_S, _FORGET_S = 0.5, 2.0
_ALONE_S = 1.0  # what a picture stands for that follows no other
_SWITCH_S = 0.3  # legs together, or a body turned round, for so long: what was raised before says nothing any more

_TAKE_S, _SEEN_S = 0.3, 1.0  # a term has 63 % of its weight after so long: frames that follow each other err alike
_MOST_TAKEN = 3.5
_LIFTED_DEG = 7.0  # a leg higher than this above its rest does not lie on the floor
_LEARN_S, _LEARNT_S = 3.0, 0.3
_FROM_ABOVE = 0.08  # between both knees at rest, in leg lengths: a camera at the height of the floor sees none
_TURNED = 0.5  # mean of what is said of the trunk from which on the side that is turned to the camera is sure


class _LogOddsScale(NamedTuple):
    """A reading as log odds: 0 at `middle`, one less for every `unit` more, never beyond `bound`."""

    middle: float
    unit: float
    bound: float

    def odds(self, value: float) -> float:
        return max(-self.bound, min(self.bound, (self.middle - value) / self.unit))


# How far the knee of the leg on the floor is below the line of the trunk, in leg lengths: against what both knees were
# at rest, and where nobody saw them at rest.
_OWN_FLOOR: Final = _LogOddsScale(0.045, 0.02, 2.0)
_ANY_FLOOR: Final = _LogOddsScale(0.12, 0.035, 1.2)
_SHANKS: Final = _LogOddsScale(0.02, 0.1, 1.0)  # logarithm of the shank on the floor over the raised one


class LegLabels:
    """Log odds that left and right of the legs are as they are called, from all that was seen so far."""

    def __init__(self) -> None:
        self._last_s = -math.inf
        self._forget()

    def extend(self, body: Body) -> Floats:
        """(T,) for further frames: positive where the labels are rather right, NaN where the legs cannot be told apart.

        Each value stands on everything seen since the legs were last together; they must not be added up.
        """
        seen = LegsSeen.of(body)
        out = np.full(len(body), np.nan)
        for i in np.flatnonzero(seen.there).tolist():
            step_s = float(body.t_s[i]) - self._last_s
            self._last_s = float(body.t_s[i])
            if step_s > _FORGET_S:
                self._forget()
            out[i] = self._frame(seen, i, step_s if step_s < _GAP_S else _ALONE_S)
        return out

    def _forget(self) -> None:
        self._raised, self._rest = _RaisedLeg(), _FloorReference()
        self._way, self._other_way_s, self._together_s = 0, 0.0, 0.0
        self._higher, self._apart_deg = -1, 0.0

    def _frame(self, seen: LegsSeen, i: int, step_s: float) -> float:
        if not self._same_way(int(seen.way[i]), step_s):
            return math.nan
        apart_deg, higher = float(seen.apart_deg[i]), int(seen.higher[i])
        crossed = higher != self._higher and max(apart_deg, self._apart_deg) < _CLEAR_DEG
        self._higher, self._apart_deg = higher, apart_deg
        self._together_s = self._together_s + step_s if apart_deg < _APART_DEG else 0.0
        if crossed or self._together_s >= _SWITCH_S:
            self._raised = _RaisedLeg()
        if seen.at_rest[i]:
            self._rest.add(seen, i, step_s)
        if apart_deg < _APART_DEG:
            return math.nan
        self._raised.add(seen, i, step_s, self._rest)
        return self._raised.near * (1.0 if seen.named_near[i] else -1.0)

    def _same_way(self, way: int, step_s: float) -> bool:
        """Whether the body still lies or stands the way it did; a lasting change starts anew."""
        if way == self._way:
            self._other_way_s = 0.0
            return True
        self._other_way_s += step_s
        if self._way and self._other_way_s < _SWITCH_S:
            return False
        self._forget()
        self._way = way
        return True


class _RunningMean:
    """A mean over time, of which the last seconds count if `over_s` is given."""

    def __init__(self) -> None:
        self.value = 0.0
        self.seconds = 0.0

    def add(self, value: float, step_s: float, over_s: float = math.inf) -> None:
        self.seconds += step_s
        if self.seconds > 0:
            self.value += min(1.0, step_s / min(self.seconds, over_s)) * (value - self.value)

    def odds(self, settle_s: float) -> float:
        """The mean, less as long as it is young."""
        return self.value * (1.0 - math.exp(-self.seconds / settle_s))


class _FloorReference:
    """How the knees lay below the line of the trunk, and the legs to the level, while both legs were on the floor."""

    def __init__(self) -> None:
        self._below, self._between, self._leg_deg = _RunningMean(), _RunningMean(), _RunningMean()

    def add(self, seen: LegsSeen, i: int, step_s: float) -> None:
        one, other = seen.knees_below[i].tolist()
        self._below.add((one + other) / 2.0, step_s, _LEARN_S)
        self._between.add(abs(one - other), step_s, _LEARN_S)
        self._leg_deg.add(float(seen.leg_deg[i].mean()), step_s, _LEARN_S)

    def odds(self, seen: LegsSeen, i: int) -> float:
        """Log odds that the higher leg is near, from the other one; NaN unless that lies straight on the floor."""
        lower = 1 - int(seen.higher[i])
        learnt = self._below.seconds >= _LEARNT_S
        floor_deg = self._leg_deg.value if learnt else TYPICAL_REST_DEG
        if not (seen.lying[i] and seen.straight[i, lower] and seen.leg_deg[i, lower] < floor_deg + _LIFTED_DEG):
            return math.nan
        below = float(seen.knees_below[i, lower])
        if not learnt:
            return _ANY_FLOOR.odds(below)
        return _OWN_FLOOR.odds(below - self._below.value) * min(1.0, self._between.value / _FROM_ABOVE)


class _RaisedLeg:
    """What was seen of the leg that is raised now."""

    def __init__(self) -> None:
        self._taken: dict[int, _RunningMean] = {}
        self._floor, self._shanks, self._trunk = _RunningMean(), _RunningMean(), _RunningMean()

    def add(self, seen: LegsSeen, i: int, step_s: float, rest: _FloorReference) -> None:
        apart_deg = float(seen.apart_deg[i])
        if seen.lying[i] and float(seen.leg_deg[i].max()) > _OVERHEAD_DEG:
            return
        self._taken.setdefault(int(apart_deg // _HEIGHT_DEG), _RunningMean()).add(float(seen.taken[i]), step_s)
        self._trunk.add(float(seen.trunk[i]), step_s)
        if apart_deg < _CLEAR_DEG:
            return
        floor, shanks = rest.odds(seen, i), float(seen.shanks[i])
        if not math.isnan(floor):
            self._floor.add(floor, step_s)
        if not math.isnan(shanks):
            self._shanks.add(_SHANKS.odds(shanks), step_s)

    @property
    def near(self) -> float:
        """Log odds that it is the leg nearer to the camera; nothing where the trunk is turned some other way."""
        taken = sum(mean.odds(_TAKE_S) for mean in self._taken.values())
        taken = max(-_MOST_TAKEN, min(_MOST_TAKEN, taken))
        sure = max(0.0, min(1.0, self._trunk.value / _TURNED))
        return sure * (taken + self._floor.odds(_SEEN_S) + self._shanks.odds(_SEEN_S))
