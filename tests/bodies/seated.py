"""Exercises in sitting that are none of the stretches, and somebody who teaches another one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.bodies.exercise import Exercise
from tests.bodies.lying import LONG as LYING_LONG
from tests.bodies.skeleton import Limb, To, body
from tests.bodies.upright import STAND, TEACHER

_LONG = Limb((-2.0, 4.0), None, (85.0, 5.0))
_WIDE = Limb((-2.0, 48.0), None, (85.0, 20.0))
_FOLDED_IN = Limb((6.0, 62.0), (10.0, -75.0), (60.0, 10.0))
_BACK = Limb((2.0, 60.0), (178.0, 10.0), (170.0, 20.0))
_ON_LAP = Limb((-60.0, 5.0), (-20.0, 0.0))


def sitting(left=_LONG, right=_LONG, *, trunk=(90.0, 0.0), arms=(_ON_LAP, _ON_LAP), seat_m=0.10, **more) -> np.ndarray:
    """On the floor, or on a seat."""
    return body(hip=(0.0, seat_m, 0.0), trunk=trunk, legs=(left, right), arms=arms, **more)


def _hands(x: float, y: float = 0.15, out: float = 0.1) -> tuple[To, To]:
    return To((x, y, out), (-120.0, 40.0)), To((x, y, out), (-120.0, 40.0))


SIT = sitting()
FOLD = sitting(trunk=(32.0, 0.0), arms=_hands(0.78), nod=10.0)
STRADDLE = sitting(_WIDE, _WIDE, trunk=(50.0, 0.0), arms=_hands(0.6, 0.06))
STRADDLE_SIDE = sitting(
    _WIDE, _WIDE, trunk=(80.0, 50.0), arms=(Limb((100.0, -50.0)), To((0.45, 0.12, 0.55), (0.0, 30.0)))
)
HEAD_TO_KNEE = sitting(_LONG, _FOLDED_IN, trunk=(35.0, -4.0), arms=_hands(0.75, 0.18, 0.05), nod=10.0)
HURDLER = sitting(_LONG, _BACK, trunk=(38.0, -4.0), arms=_hands(0.74, 0.18, 0.05))
TWIST = sitting(
    _LONG,
    Limb((62.0, 0.0), (-62.0, 0.0), (0.0, 0.0)),
    twist=-60.0,
    arms=(To((0.2, 0.4, -0.2), (-90.0, 0.0)), To((-0.3, 0.1, 0.1), (180.0, 0.0))),
)
_SHIN = Limb((2.0, 4.0), (-90.0, 2.0), (0.0, 0.0))
_OUT = Limb((-32.0, 4.0), None, (60.0, 0.0))
CHAIR = sitting(_SHIN, _SHIN, seat_m=0.48)
CHAIR_LEG_OUT = sitting(_OUT, _SHIN, trunk=(58.0, 0.0), seat_m=0.48, arms=_hands(0.5, 0.45))
CHAIR_KNEE_STRAIGHT = sitting(Limb((2.0, 4.0), (-2.0, 4.0)), _SHIN, trunk=(94.0, 0.0), seat_m=0.48)


def _held(name, pose, start=SIT, label="other", **more):
    return Exercise(name, label, pose, start, **{"hold_s": 6.0, "height_m": 0.7, **more})


SITTING = (
    _held("seated forward fold", FOLD, hold_s=7.0),
    _held("straddle sit, fold", STRADDLE, sitting(_WIDE, _WIDE)),
    _held("straddle sit, to the side", STRADDLE_SIDE, sitting(_WIDE, _WIDE)),
    _held("head to knee", HEAD_TO_KNEE, sitting(_LONG, _FOLDED_IN), hold_s=7.0),
    _held("hurdler", HURDLER, sitting(_LONG, _BACK)),
    _held("seated twist", TWIST),
    _held("chair, leg out", CHAIR_LEG_OUT, CHAIR, hold_s=7.0, height_m=0.9),
    _held("chair, knee straightened", CHAIR_KNEE_STRAIGHT, CHAIR, height_m=0.9),
    _held("sitting on a chair", CHAIR, CHAIR, height_m=0.9),
    _held("long sitting", SIT, SIT),
)


def _there(points: np.ndarray, x: float, z: float = 0.0) -> np.ndarray:
    return np.asarray(points + np.array([x, 0.0, z]))


TEACHING = (
    replace(
        Exercise("teacher over somebody who lies", "other", TEACHER, STAND, height_m=0.9),
        beside=_there(LYING_LONG, 0.35, -0.3),
    ),
    Exercise("somebody who lies, teacher upright", "other", LYING_LONG, LYING_LONG, beside=_there(STAND, -0.2, -0.6)),
)
