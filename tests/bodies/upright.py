"""Exercises on the feet, on hands and feet, and on one knee, that are none of the stretches."""

from __future__ import annotations

from tests.bodies.exercise import Exercise, taking_turns
from tests.bodies.skeleton import HANGING, Limb, To, body, foot, mirrored

STAND = body()
_APART = (foot(0.0, 0.5, toe=(0.0, 30.0)), foot(0.0, 0.5, toe=(0.0, 30.0)))
_STRADDLE = body(legs=_APART, arms=(Limb((0.0, 85.0)), Limb((0.0, 85.0))))
_STEP = (foot(0.45, 0.08), foot(-0.45, 0.08, toe=(0.0, 30.0)))  # left leg in front


def _down(x: float, out: float, y: float = 0.12) -> To:
    """An arm to a place near the floor."""
    return To((x, y, out), bend=(180.0, 20.0))


TRIANGLE = body(
    hip=(0.0, None, -0.10),
    trunk=(90.0, 72.0),
    lean=30.0,
    legs=(_APART[0], foot(0.0, 0.5, toe=(0.0, 85.0))),
    arms=(Limb((90.0, 0.0)), _down(0.05, 0.58, 0.2)),
)
REVERSED_TRIANGLE = body(
    trunk=(6.0, 0.0),
    twist=-80.0,
    legs=_STEP,
    arms=(_down(0.5, 0.0, 0.2), Limb((90.0, 0.0))),
)
WINDMILL = body(
    hip=(-0.14, None, 0.0),
    trunk=(8.0, 22.0),
    twist=-55.0,
    legs=_APART,
    arms=(_down(0.05, -0.42, 0.26), Limb((95.0, 30.0))),
)
SIDE_BEND_TO_FOOT = body(
    hip=(0.0, None, -0.08),
    trunk=(80.0, 62.0),
    lean=22.0,
    legs=_APART,
    arms=(Limb((90.0, -40.0)), _down(0.02, 0.5, 0.3)),
)
STRADDLE_FOLD = body(
    hip=(-0.16, None, 0.0), trunk=(-42.0, 0.0), legs=_APART, arms=(_down(0.12, 0.15), _down(0.12, 0.15))
)
SIDE_BEND = body(trunk=(90.0, 28.0), arms=(Limb((90.0, -35.0)), Limb((-88.0, 0.0))))
WARRIOR_1 = body(
    hip=(0.05, 0.60, 0.0),
    legs=(foot(0.50, 0.1), foot(-0.58, 0.1, toe=(0.0, 45.0))),
    arms=(Limb((90.0, 5.0)), Limb((90.0, 5.0))),
)
WARRIOR_2 = body(
    hip=(0.0, 0.62, 0.12),
    legs=(foot(0.0, 0.62, toe=(0.0, 10.0)), foot(0.0, 0.72, toe=(0.0, 88.0), bend=(0.0, 85.0))),
    arms=(Limb((0.0, 88.0)), Limb((0.0, 88.0))),
)
WARRIOR_3 = body(
    trunk=(4.0, 0.0), legs=(foot(0.02, 0.04), Limb((176.0, 4.0))), arms=(Limb((8.0, 3.0)), Limb((8.0, 3.0)))
)
HIGH_LUNGE = body(
    hip=(0.05, 0.55, 0.0),
    trunk=(75.0, 0.0),
    legs=(foot(0.48, 0.1), foot(-0.66, 0.1, up=0.08, toe=(-50.0, 0.0))),
    arms=(Limb((88.0, 5.0)), Limb((88.0, 5.0))),
)
LUNGE_OVER_THE_LEG = body(
    hip=(-0.02, 0.52, 0.0),
    trunk=(25.0, 0.0),
    legs=(foot(0.42, 0.1), foot(-0.72, 0.1, up=0.08, toe=(-55.0, 0.0))),
    arms=(_down(0.55, 0.22), _down(0.55, 0.22)),
)
LOW_LUNGE = body(
    hip=(0.12, 0.38, 0.0),
    trunk=(82.0, 0.0),
    legs=(foot(0.48, 0.1), Limb((-130.0, 0.0), (182.0, 0.0), (182.0, 0.0))),
    arms=(Limb((-40.0, 0.0), (0.0, 0.0)), Limb((-40.0, 0.0), (0.0, 0.0))),
)
HALF_SPLITS = body(
    hip=(0.0, 0.47, 0.0),
    trunk=(32.0, 0.0),
    legs=(To((0.68, 0.08, 0.1), (90.0, 0.0), (75.0, 0.0)), Limb((-93.0, 0.0), (181.0, 0.0), (181.0, 0.0))),
    arms=(_down(0.55, 0.2), _down(0.55, 0.2)),
)
PYRAMID = body(hip=(-0.02, None, 0.0), trunk=(-28.0, 0.0), legs=_STEP, arms=(_down(0.45, 0.15), _down(0.45, 0.15)))
DOWNWARD_DOG = body(
    hip=(0.0, 0.80, 0.0),
    trunk=(-36.0, 0.0),
    legs=(foot(-0.36), foot(-0.36)),
    arms=(Limb((-40.0, 3.0)), Limb((-40.0, 3.0))),
)
PLANK = body(
    hip=(0.0, 0.46, 0.0),
    trunk=(18.0, 0.0),
    legs=(To((-0.74, 0.19, 0.1), (-90.0, 0.0), (-55.0, 0.0)),) * 2,
    arms=(To((0.50, 0.05, 0.17), (180.0, 0.0)),) * 2,
)
WALL_FOLD = body(hip=(-0.05, None, 0.0), trunk=(0.0, 0.0), arms=(Limb((8.0, 3.0)),) * 2)
BENT_ROW = body(
    hip=(-0.22, 0.75, 0.0),
    trunk=(35.0, 0.0),
    legs=(foot(), foot()),
    arms=(Limb((-150.0, 8.0), (-80.0, 0.0)),) * 2,
)
PICKING_UP = body(hip=(-0.28, 0.55, 0.0), trunk=(22.0, 0.0), arms=(_down(0.26, 0.14), _down(0.26, 0.14)))
TYING_A_SHOE = body(
    hip=(-0.1, None, 0.0),
    trunk=(30.0, 0.0),
    legs=(foot(0.36, 0.1, up=0.42), foot(-0.08)),
    arms=(To((0.42, 0.58, 0.1), (-160.0, 20.0)),) * 2,
)
TEACHER = body(
    hip=(-0.2, 0.82, 0.0),
    trunk=(12.0, 0.0),
    arms=(To((0.45, 0.35, 0.12), (180.0, 20.0)), To((0.45, 0.35, 0.12), (180.0, 20.0))),
)
SQUAT = body(hip=(-0.28, 0.52, 0.0), trunk=(55.0, 0.0), arms=(Limb((5.0, 0.0)),) * 2)
DEEP_SQUAT = body(
    hip=(-0.22, 0.26, 0.0),
    trunk=(60.0, 0.0),
    legs=(foot(0.0, 0.2, toe=(0.0, 25.0), bend=(10.0, 35.0)),) * 2,
    arms=(Limb((-30.0, 0.0), (20.0, -20.0)),) * 2,
)
DEADLIFT = body(hip=(-0.24, 0.80, 0.0), trunk=(12.0, 0.0), arms=(Limb((-90.0, 4.0)),) * 2)
GOOD_MORNING = body(hip=(-0.20, 0.83, 0.0), trunk=(20.0, 0.0), arms=(Limb((-120.0, 50.0), (30.0, 0.0)),) * 2)
ONE_LEG_DEADLIFT = body(
    hip=(-0.04, 0.85, 0.0),
    trunk=(12.0, 0.0),
    legs=(foot(0.02, 0.06), Limb((188.0, 4.0), (183.0, 4.0))),
    arms=(Limb((-90.0, 4.0)),) * 2,
)
SWING_BACK = body(hip=(-0.26, 0.76, 0.0), trunk=(25.0, 0.0), arms=(Limb((-120.0, -10.0)),) * 2)
SWING_UP = body(arms=(Limb((0.0, -14.0)),) * 2)
STRIDE = body(
    hip=(0.0, None, 0.0),
    trunk=(86.0, 0.0),
    legs=(foot(0.30, 0.08, toe=(15.0, 0.0)), foot(-0.32, 0.08, up=0.05, toe=(-35.0, 0.0))),
    arms=(Limb((-105.0, 0.0), (-85.0, 0.0)), Limb((-72.0, 0.0), (-45.0, 0.0))),
)
RUN = body(
    trunk=(84.0, 0.0),
    legs=(foot(0.0, 0.08), Limb((-10.0, 0.0), (-100.0, 0.0))),
    arms=(Limb((-60.0, 0.0), (25.0, 0.0)), Limb((-130.0, 0.0), (-40.0, 0.0))),
)
JACK = body(legs=(foot(0.0, 0.42, toe=(0.0, 15.0)),) * 2, arms=(Limb((90.0, 15.0)),) * 2)
QUAD_STRETCH = body(
    legs=(foot(0.0, 0.08), Limb((-94.0, 0.0), (118.0, 0.0))), arms=(HANGING, To((-0.22, 0.78, 0.12), (180.0, 0.0)))
)
KNEE_UP = body(
    legs=(foot(0.0, 0.06), Limb((28.0, 0.0), (-95.0, 0.0))), arms=(To((0.34, 1.02, -0.08), (-60.0, 40.0)),) * 2
)
LEG_FORWARD = body(
    trunk=(96.0, 0.0), legs=(foot(0.0, 0.06), Limb((-12.0, 0.0), (-18.0, 0.0))), arms=(Limb((0.0, 60.0)), HANGING)
)
LEG_BACK = body(
    trunk=(76.0, 0.0), legs=(foot(0.0, 0.06), Limb((-125.0, 0.0), (-140.0, 0.0))), arms=(Limb((0.0, 60.0)), HANGING)
)
CALF_STRETCH = body(
    hip=(0.1, 0.82, 0.0),
    trunk=(66.0, 0.0),
    legs=(foot(0.36), foot(-0.30)),
    arms=(To((0.80, 1.25, 0.15), (-90.0, 10.0)),) * 2,
)
STEP_UP = body(
    hip=(0.05, 0.86, 0.0),
    trunk=(72.0, 0.0),
    legs=(foot(0.34, up=0.36), foot(-0.12, up=0.04, toe=(-25.0, 0.0))),
    arms=(Limb((-60.0, 0.0), (10.0, 0.0)), Limb((-115.0, 0.0), (-60.0, 0.0))),
)
STEPPED_UP = body(hip=(0.34, None, 0.0), legs=(foot(0.34, up=0.36), foot(0.34, up=0.36)))


def _held(name, pose, label="other", start=STAND, **more):
    return Exercise(name, label, pose, start, **more)


def _both_sides(name, pose, start, **more):
    path = taking_turns(pose, start, 1.3, 1, 3.0) + taking_turns(mirrored(pose), start, 1.3, 1, 3.0)
    return Exercise(name, "other", pose, start, path=path, **more)


ON_THE_FEET = (
    _held("triangle", TRIANGLE, start=_STRADDLE, hold_s=7.0),
    _held("triangle reversed", REVERSED_TRIANGLE, start=body(legs=_STEP), hold_s=6.0),
    _both_sides("windmill", WINDMILL, _STRADDLE),
    Exercise(
        "windmill, quick",
        "other",
        WINDMILL,
        _STRADDLE,
        path=[
            *taking_turns(WINDMILL, _STRADDLE, 0.7, 1, 0.3),
            *taking_turns(mirrored(WINDMILL), _STRADDLE, 0.7, 1, 0.3),
        ]
        * 2,
    ),
    _both_sides("side bend to the foot, straddle", SIDE_BEND_TO_FOOT, _STRADDLE),
    _held("straddle fold", STRADDLE_FOLD, start=_STRADDLE, hold_s=6.0),
    _both_sides("side bend", SIDE_BEND, STAND),
    _held("warrior 1", WARRIOR_1, hold_s=6.0),
    _held("warrior 2", WARRIOR_2, start=_STRADDLE, hold_s=6.0),
    _held("warrior 3", WARRIOR_3, hold_s=6.0),
    _held("high lunge", HIGH_LUNGE, hold_s=6.0),
    _held("lunge over the leg", LUNGE_OVER_THE_LEG, hold_s=6.0),
    _held("low lunge", LOW_LUNGE, hold_s=6.0),
    _held("half splits", HALF_SPLITS, start=LOW_LUNGE, hold_s=7.0),
    _held("pyramid", PYRAMID, "either standing", start=body(legs=_STEP), hold_s=7.0),
    _held("downward dog", DOWNWARD_DOG, start=PLANK, hold_s=7.0),
    _held("plank", PLANK, start=DOWNWARD_DOG, hold_s=7.0, height_m=0.6),
    _held("hands on the wall, L", WALL_FOLD, hold_s=6.0),
    Exercise(
        "bent-over row",
        "other",
        BENT_ROW,
        STAND,
        path=[
            (1.5, _ROW_LOW := body(hip=(-0.22, 0.75, 0.0), trunk=(35.0, 0.0), arms=(Limb((-92.0, 0.0)),) * 2)),
            *taking_turns(BENT_ROW, _ROW_LOW, 0.8, 4, 0.2),
            (1.5, STAND),
        ],
    ),
    _held("picking up, knees bent", PICKING_UP, hold_s=0.6, way_s=1.2),
    _held("tying a shoe, foot on a bench", TYING_A_SHOE, hold_s=6.0),
    _held("teacher over somebody", TEACHER, hold_s=5.0),
    _held("squat", SQUAT, hold_s=4.0),
    Exercise("squats", "other", SQUAT, STAND, path=taking_turns(SQUAT, STAND, 1.0, 4, 0.3)),
    _held("deep squat", DEEP_SQUAT, hold_s=7.0),
    Exercise("deadlifts", "either toe-touch", DEADLIFT, STAND, path=taking_turns(DEADLIFT, STAND, 1.5, 3, 0.6)),
    Exercise(
        "good mornings", "either toe-touch", GOOD_MORNING, STAND, path=taking_turns(GOOD_MORNING, STAND, 1.5, 3, 0.6)
    ),
    _held("good morning, held", GOOD_MORNING, "either toe-touch", hold_s=4.0),
    _held("single-leg deadlift", ONE_LEG_DEADLIFT, hold_s=4.0),
    Exercise(
        "kettlebell swing",
        "other",
        SWING_BACK,
        STAND,
        photo="either toe-touch",
        path=taking_turns(SWING_BACK, SWING_UP, 0.55, 8),
    ),
    Exercise("walking", "other", STRIDE, STAND, path=taking_turns(STRIDE, mirrored(STRIDE), 0.55, 8)),
    Exercise("running in place", "other", RUN, STAND, path=taking_turns(RUN, mirrored(RUN), 0.32, 12)),
    Exercise("jumping jacks", "other", JACK, STAND, path=taking_turns(JACK, STAND, 0.45, 8)),
    _both_sides("quad stretch", QUAD_STRETCH, STAND),
    _both_sides("standing knee to chest", KNEE_UP, STAND),
    Exercise("leg swing", "other", LEG_FORWARD, STAND, path=taking_turns(LEG_FORWARD, LEG_BACK, 0.7, 6)),
    _both_sides("calf stretch at a wall", CALF_STRETCH, STAND),
    Exercise(
        "step-ups", "other", STEP_UP, STAND, path=[(0.8, STEP_UP), (0.8, STEPPED_UP), (0.8, STEP_UP), (0.8, STAND)] * 2
    ),
)
