"""Corrections of what the pose model is known to misread.

Each is the median over rendered bodies with exact truth (women and men, left and right, full model, side view);
`docs/accuracy.md` tells how they were found. They change angles, never landmarks. Another model makes other errors, so
they are left away where a recording tells of another one.
"""

from __future__ import annotations

import numpy as np

from formcheck.core.poses import Bools, Floats
from formcheck.geometry.missing import filled

# Folded forward beyond the level, the model puts the shoulders towards the arms and so reads the trunk line as
# lower than it is. Degrees read -> degrees too many.
_FOLD_READ_DEG = np.array([85.0, 95.0, 105.0, 115.0, 125.0, 135.0])
_FOLD_EXCESS_DEG = np.array([0.0, 3.2, 5.0, 6.0, 7.5, 8.0])

# A bent knee of somebody on their feet is read too straight: bend beyond this is that much larger than read.
_BEND_FROM_DEG = 8.0
_BEND_EXCESS = 0.2


# The hips are read in front of the joint. Upright that bends the line from shoulders to ankles, of which three fifths
# are the trunk line's share, as it is the shorter lever; leaning forward the hips go with the front of the thighs and
# are off by twice as much. From the third lean on the shoulders are more and more misread instead.
_BEND_LEANS_DEG, _PER_BEND = (0.0, 30.0, 50.0, 90.0), (0.6, 1.2, 1.2, 0.0)
# A round back carries the shoulders forward: degrees of trunk line too many, by curvature. The first is the error of
# the curve itself, no rendered back is rounder than the second; a garment may read so.
_ROUND_CURVE, _ROUND_EXCESS_DEG = (0.03, 0.20), 15.0
_ROUND_FADES_DEG = (50.0, 90.0)


def lean(lean_deg: Floats, hip_bend_deg: Floats, back_curve: Floats, on_floor: Bools) -> Floats:
    """Trunk line from the vertical with its sign, forward positive, corrected for where hips and shoulders are read.

    All (T,): `lean_deg` is the line as read, `hip_bend_deg` the bend at the hips that the person reads upright,
    `back_curve` the curvature of the back, NaN where unknown; of bodies `on_floor` the line is what was read.
    """
    ahead = np.interp(lean_deg, _BEND_LEANS_DEG, _PER_BEND) * hip_bend_deg
    rounded = np.interp(filled(back_curve), _ROUND_CURVE, (0.0, _ROUND_EXCESS_DEG))
    rounded *= np.interp(lean_deg, _ROUND_FADES_DEG, (1.0, 0.0))
    excess = np.interp(lean_deg, _FOLD_READ_DEG, _FOLD_EXCESS_DEG)
    return np.asarray(np.where(on_floor, lean_deg, lean_deg + ahead - rounded - excess))


# The hips are read in front of the joint, and above it where the thigh is raised: the line from hip to ankle reads too
# low by this much with the leg hanging and level.
_LEG_LINE_DEG, _LEG_LOW_DEG = (-90.0, 0.0), (1.5, 3.0)
# How far a straight knee is bent says nothing about the true one: rendered straight legs are bent by 1 to 8 degrees.
_STRAIGHT_BEND_DEG = 5.0


def thigh(leg_deg: Floats, knee_deg: Floats) -> Floats:
    """Elevation of the thigh above the level, on somebody who is not lying, from the whole leg and its knee.

    `leg_deg` is the line from hip to ankle above the level, `knee_deg` the corrected knee angle. A hip that is read
    beside the joint turns the line of the whole leg half as much as that of the thigh, and the knee not at all.
    """
    straight = np.interp(knee_deg, _BENCH_STRAIGHT_DEG, (0.0, 1.0))
    bend = straight * _STRAIGHT_BEND_DEG + (1.0 - straight) * (180.0 - knee_deg)
    # Thigh and shank are about as long, so each is turned by half the bend from the line between their ends.
    return np.asarray(leg_deg + np.interp(leg_deg, _LEG_LINE_DEG, _LEG_LOW_DEG) + bend / 2.0)


# A straight knee is read a little bent below a deep fold, and more so on a leg that rests on a bench in front.
_STRAIGHT_DEG = (158.0, 166.0)  # not below the first, fully from the second on
_UNDER_FOLD_DEG, _FOLD_FROM_DEG = 2.0, (85.0, 100.0)
_ON_BENCH_DEG, _BENCH_STRAIGHT_DEG = 4.0, (150.0, 158.0)


def standing_knee(knee_deg: Floats, on_foot: Bools, trunk_deg: Floats) -> Floats:
    """Knee angle (T, 2), corrected for legs that somebody stands on; `on_foot` (T, 2), `trunk_deg` (T,) as read."""
    bend = np.maximum(0.0, 180.0 - knee_deg - _BEND_FROM_DEG)
    straight = np.interp(knee_deg, _STRAIGHT_DEG, (0.0, 1.0))
    folded = np.interp(trunk_deg, _FOLD_FROM_DEG, (0.0, _UNDER_FOLD_DEG))[:, None]
    corrected = np.minimum(180.0, knee_deg - _BEND_EXCESS * bend + straight * folded)
    return np.asarray(np.where(on_foot, corrected, knee_deg))


# With the standing knee bent the hips sink behind the leg in front, and its knee is read more bent: of three bodies by
# 5.5, 8.6 and 11.5 degrees, against 4 on a standing leg that is straight.
_ON_BENCH_SUNK_DEG, _SUNK_KNEE_DEG = 8.0, (150.0, 130.0)
# Hands that hold a raised leg draw its ankle toward them: a straight knee of two bodies was read 8 and 10 degrees bent.
_HELD_DEG = 8.0


def bench_knee(knee_deg: Floats, on_bench: Bools) -> Floats:
    """Knee angle (T, 2), corrected for straight legs that rest on something in front; `on_bench` (T, 2).

    The other leg is the one that stands.
    """
    standing_deg = knee_deg[:, ::-1]
    sunk = np.interp(-standing_deg, np.negative(_SUNK_KNEE_DEG), (0.0, 1.0))
    excess = _ON_BENCH_DEG + sunk * (_ON_BENCH_SUNK_DEG - _ON_BENCH_DEG)
    return np.where(on_bench, _straighter(knee_deg, excess), knee_deg)


def held_knee(knee_deg: Floats, held: Bools) -> Floats:
    """Knee angle, corrected for straight legs that somebody else holds up; `held` of the same shape."""
    return np.where(held, _straighter(knee_deg, _HELD_DEG), knee_deg)


def _straighter(knee_deg: Floats, excess_deg: Floats | float) -> Floats:
    """Straight knees by so much straighter, bent ones as they are."""
    straight = np.interp(knee_deg, _BENCH_STRAIGHT_DEG, (0.0, 1.0))
    return np.asarray(np.minimum(180.0, knee_deg + excess_deg * straight))


# Soles are read too high by 0.025 leg lengths and hands that hang at the feet too low by 0.045.
_REACH_TOO_SHORT = 0.07


def reach(read: Floats) -> Floats:
    """Height of the fingertips above the floor in leg lengths, of somebody folded forward."""
    return np.asarray(read + _REACH_TOO_SHORT)
