"""Corrections of what the pose model is known to misread.

Each is the median over rendered bodies with exact truth (women and men, left and right, full model, side view);
`docs/accuracy.md` tells how they were found. They change angles, never landmarks.
"""

from __future__ import annotations

import numpy as np

from formcheck.core.poses import Bools, Floats

# Folded forward beyond the level, the model puts the shoulders towards the arms and so reads the trunk line as
# lower than it is. Degrees read -> degrees too many.
_FOLD_READ_DEG = np.array([85.0, 95.0, 105.0, 115.0, 125.0, 135.0])
_FOLD_EXCESS_DEG = np.array([0.0, 3.2, 5.0, 6.0, 7.5, 8.0])

# A bent knee of somebody on their feet is read too straight: bend beyond this is that much larger than read.
_BEND_FROM_DEG = 8.0
_BEND_EXCESS = 0.2


# Up to here the person's own upright reading is off by the same, and from there on less and less.
_OFFSET_FADES_DEG = (50.0, 90.0)
# Degrees of trunk line too many for a curvature of 1.
_DEG_PER_CURVE = 60.0
_CURVE_MOST = 0.2  # no rendered back is rounder; a garment may read so


def trunk(trunk_deg: Floats, lean_deg: Floats, offset_deg: Floats, back_curve: Floats, lying: Bools) -> Floats:
    """Trunk line from the vertical, corrected while upright by the person's own offset, in deep folds by the model's.

    `lean_deg` is the same line with its sign, forward positive; `back_curve` the curvature of the back, NaN where
    unknown: a round back carries the shoulders forward.
    """
    share = np.interp(trunk_deg, _OFFSET_FADES_DEG, (1.0, 0.0))
    excess = np.interp(trunk_deg, _FOLD_READ_DEG, _FOLD_EXCESS_DEG)
    rounded = _DEG_PER_CURVE * np.nan_to_num(np.clip(back_curve, 0.0, _CURVE_MOST))
    upright = np.where(np.abs(lean_deg) < 90.0, np.abs(lean_deg + share * (offset_deg - rounded)), trunk_deg)
    return np.asarray(np.where(lying, trunk_deg, upright - excess))


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


def bench_knee(knee_deg: Floats, on_bench: Bools) -> Floats:
    """Knee angle, corrected for straight legs that rest on something in front; `on_bench` of the same shape."""
    straight = np.interp(knee_deg, _BENCH_STRAIGHT_DEG, (0.0, 1.0))
    return np.asarray(np.where(on_bench, np.minimum(180.0, knee_deg + _ON_BENCH_DEG * straight), knee_deg))
