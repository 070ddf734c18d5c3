"""Exercises on the back, the side and the front that are none of the stretches."""

from __future__ import annotations

import numpy as np

from tests.bodies.exercise import Exercise, taking_turns
from tests.bodies.skeleton import Limb, To, body, grounded, mirrored, rolled

_FLOOR = (0.0, 0.11, 0.0)
_LONG = Limb((-2.0, 4.0), None, (75.0, 20.0))
_BENT = Limb((48.0, 2.0), (-52.0, 2.0), (0.0, 0.0))
_UP = Limb((86.0, 2.0), (84.0, 2.0))
_BESIDE = Limb((-3.0, 12.0))
_AT_HEAD = Limb((130.0, 60.0), (170.0, -55.0))


def lying(left=_LONG, right=_LONG, *, arms=(_BESIDE, _BESIDE), trunk=(178.0, 0.0), hip=_FLOOR, **more) -> np.ndarray:
    """On the back, the feet forward."""
    return body(hip=hip, trunk=trunk, legs=(left, right), arms=arms, nod=4.0, **more)


LONG, BENT = lying(), lying(_BENT, _BENT)
_TO_CHEST = Limb((128.0, 4.0), (-10.0, 2.0))
_HANDS_AT_KNEE = (To((0.02, 0.48, 0.10), (100.0, 50.0)), To((0.02, 0.48, -0.08), (100.0, 50.0)))
KNEE_TO_CHEST = lying(_TO_CHEST, arms=_HANDS_AT_KNEE)
KNEE_TO_CHEST_BENT = lying(_TO_CHEST, _BENT, arms=_HANDS_AT_KNEE)
BOTH_KNEES = lying(_TO_CHEST, _TO_CHEST, arms=(To((0.02, 0.48, 0.1), (100.0, 50.0)),) * 2)
FIGURE_FOUR = lying(
    Limb((95.0, 45.0), (10.0, -62.0), (80.0, 10.0)),
    Limb((100.0, 4.0), (-5.0, 4.0)),
    arms=(To((0.05, 0.32, 0.05), (110.0, 50.0)), To((0.05, 0.32, 0.18), (110.0, 50.0))),
)
FIGURE_FOUR_LOW = lying(Limb((70.0, 50.0), (-15.0, -60.0), (80.0, 10.0)), _BENT)
HAPPY_BABY = lying(
    *[Limb((140.0, 38.0), (88.0, 8.0), (180.0, 0.0))] * 2, arms=(To((-0.24, 0.62, 0.40), (90.0, 60.0)),) * 2
)
_CURLED = (160.0, 0.0)
BICYCLE = lying(Limb((110.0, 2.0), (0.0, 2.0)), Limb((18.0, 2.0)), arms=(_AT_HEAD, _AT_HEAD), trunk=_CURLED, twist=25.0)
DEAD_BUG = lying(Limb((90.0, 2.0), (0.0, 2.0)), Limb((14.0, 2.0)), arms=(Limb((175.0, 0.0)), Limb((90.0, 0.0))))
TABLE_TOP = lying(*[Limb((90.0, 2.0), (0.0, 2.0))] * 2, arms=(Limb((90.0, 0.0)),) * 2)
BOTH_UP = lying(_UP, _UP)
ONE_UP = lying(_UP, Limb((8.0, 2.0)))
SCISSOR = lying(Limb((70.0, 2.0)), Limb((15.0, 2.0)), arms=(To((0.05, 0.5, 0.1), (100.0, 40.0)),) * 2, trunk=_CURLED)
FLUTTER = lying(Limb((28.0, 2.0)), Limb((12.0, 2.0)))
BOTH_LOW = lying(*[Limb((12.0, 2.0))] * 2)
BOTH_30 = lying(*[Limb((30.0, 2.0))] * 2)


def _raised_pelvis(left, right, height=0.34):
    """Shoulders and feet carry it."""
    return grounded(lying(left, right, trunk=(206.0, 0.0), hip=(0.0, height, 0.0)))


_BRIDGE_LEG = To((0.46, 0.08, 0.1), (70.0, 0.0), (0.0, 0.0))
BRIDGE = _raised_pelvis(_BRIDGE_LEG, _BRIDGE_LEG)
BRIDGE_ONE_LEG = _raised_pelvis(Limb((35.0, 2.0)), _BRIDGE_LEG)
BRIDGE_LEG_UP = _raised_pelvis(Limb((84.0, 2.0)), _BRIDGE_LEG)
PLOUGH = grounded(
    lying(
        *[Limb((206.0, 2.0), (202.0, 2.0), (250.0, 0.0))] * 2,
        trunk=(262.0, 0.0),
        hip=(0.0, 0.6, 0.0),
        arms=(Limb((10.0, 10.0)),) * 2,
    )
)
SHOULDER_STAND = grounded(
    lying(
        *[Limb((93.0, 2.0))] * 2, trunk=(258.0, 0.0), hip=(0.0, 0.6, 0.0), arms=(Limb((5.0, 15.0), (110.0, 0.0)),) * 2
    )
)
_SIDE_ARMS = (Limb((-30.0, 0.0)), Limb((178.0, 0.0), (178.0, 0.0)))
SIDE = rolled(lying(arms=_SIDE_ARMS), 90.0)
SIDE_LEG_UP = rolled(lying(Limb((2.0, 42.0)), arms=_SIDE_ARMS), 90.0)
SIDE_LEG_HIGH = rolled(lying(Limb((4.0, 72.0)), arms=_SIDE_ARMS), 90.0)
_PRONE_ARMS = (Limb((165.0, 40.0), (175.0, -35.0)),) * 2
_PRONE_LEG = Limb((0.0, 5.0), None, (0.0, 0.0))
PRONE = rolled(lying(_PRONE_LEG, _PRONE_LEG, arms=_PRONE_ARMS), 180.0)
PRONE_LEG_UP = rolled(lying(Limb((-26.0, 5.0), None, (-26.0, 0.0)), _PRONE_LEG, arms=_PRONE_ARMS), 180.0)
PRONE_CURL = rolled(lying(Limb((0.0, 5.0), (-95.0, 2.0)), _PRONE_LEG, arms=_PRONE_ARMS), 180.0)
_OPEN_ARMS = (Limb((170.0, 85.0)),) * 2
TWIST = grounded(
    lying(Limb((20.0, -62.0), (-15.0, -20.0)), Limb((-2.0, 4.0)), arms=_OPEN_ARMS, lean=55.0, hip=(0.0, 0.18, 0.0))
)
WIPER = grounded(
    lying(
        Limb((85.0, -50.0), (0.0, -20.0)),
        Limb((85.0, 50.0), (0.0, 20.0)),
        arms=_OPEN_ARMS,
        lean=30.0,
        hip=(0.0, 0.14, 0.0),
    )
)
WIPER_LONG = grounded(lying(Limb((88.0, -50.0)), Limb((88.0, 50.0)), arms=_OPEN_ARMS, lean=30.0, hip=(0.0, 0.14, 0.0)))
CRUNCH = lying(_BENT, _BENT, arms=(_AT_HEAD, _AT_HEAD), trunk=(148.0, 0.0))
SIT_UP = lying(_BENT, _BENT, arms=(Limb((0.0, 5.0)),) * 2, trunk=(78.0, 0.0))
BOAT = lying(*[Limb((42.0, 2.0))] * 2, arms=(Limb((5.0, 0.0)),) * 2, trunk=(130.0, 0.0), hip=(0.0, 0.12, 0.0))


def _held(name, pose, start=LONG, label="other", **more):
    return Exercise(name, label, pose, start, height_m=0.6, **{"hold_s": 6.0, **more})


def _turns(name, pose, start=LONG, *, other=None, each_s=0.8, times=5, rest_s=0.0, **more):
    other = mirrored(pose) if other is None else other
    path = [(1.2, pose), *taking_turns(other, pose, each_s, times, rest_s), (1.2, start)]
    return Exercise(name, "other", pose, start, path=path, height_m=0.6, **more)


ON_THE_FLOOR = (
    _held("knee to chest", KNEE_TO_CHEST, hold_s=7.0),
    _held("knee to chest, other foot down", KNEE_TO_CHEST_BENT, BENT, hold_s=7.0),
    _held("both knees to chest", BOTH_KNEES, BENT),
    _held("figure four", FIGURE_FOUR, BENT, hold_s=7.0),
    _held("figure four, foot down", FIGURE_FOUR_LOW, BENT),
    _held("happy baby", HAPPY_BABY, BENT),
    _turns("bicycle crunch", BICYCLE),
    _turns("dead bug", DEAD_BUG, TABLE_TOP, each_s=1.2, rest_s=0.4, times=3),
    _turns("legs lowered in turns", ONE_UP, photo="either supine", each_s=1.5, rest_s=0.3, times=2),
    _turns("legs lowered in turns, slowly", ONE_UP, photo="either supine", each_s=2.5, rest_s=1.5, times=1),
    _turns(
        "one leg lowered, both up",
        ONE_UP,
        BOTH_UP,
        other=BOTH_UP,
        photo="either supine",
        each_s=1.5,
        rest_s=0.5,
        times=2,
    ),
    _turns("scissors", SCISSOR, photo="either supine", each_s=0.7, rest_s=0.8, times=3),
    _turns("flutter kicks", FLUTTER, photo="either supine", each_s=0.3, times=12),
    _turns(
        "straight leg raises, repeated",
        lying(Limb((45.0, 2.0)), _BENT),
        BENT,
        other=lying(Limb((6.0, 2.0)), _BENT),
        photo="either beginner-supine",
        each_s=1.0,
        rest_s=0.2,
        times=4,
    ),
    _held("both legs up", BOTH_UP, hold_s=7.0),
    _turns("double leg lowering", BOTH_UP, other=BOTH_LOW, each_s=1.6, rest_s=0.3, times=2),
    _held("both legs at 30 degrees", BOTH_30),
    _held("bridge", BRIDGE, BENT),
    _held("single-leg bridge", BRIDGE_ONE_LEG, BENT),
    _held("bridge, leg straight up", BRIDGE_LEG_UP, BENT),
    _held("plough", PLOUGH),
    _held("shoulder stand", SHOULDER_STAND, hold_s=7.0),
    _turns("side-lying leg raise", SIDE_LEG_UP, SIDE, other=SIDE, each_s=1.0, rest_s=0.4, times=3),
    _held("side-lying leg held high", SIDE_LEG_HIGH, SIDE),
    _held("prone leg lift", PRONE_LEG_UP, PRONE),
    _held("prone knee bend", PRONE_CURL, PRONE),
    _held("supine twist", TWIST, hold_s=7.0),
    _turns("crunches", CRUNCH, BENT, other=BENT, each_s=0.8, rest_s=0.2, times=4),
    _turns("sit-ups", SIT_UP, BENT, other=BENT, each_s=1.2, rest_s=0.2, times=3),
    _held("boat", BOAT),
    _turns("windscreen wipers", WIPER, BENT, each_s=1.4, rest_s=0.4, times=2),
    _turns("windscreen wipers, straight legs", WIPER_LONG, BOTH_UP, each_s=1.4, rest_s=0.4, times=2),
)
