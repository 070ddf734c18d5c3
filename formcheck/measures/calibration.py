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


def standing_knee(knee_deg: Floats, on_foot: Bools) -> Floats:
    """Knee angle, corrected for bent legs that somebody stands on; `on_foot` has the shape of `knee_deg`."""
    bend = np.maximum(0.0, 180.0 - knee_deg - _BEND_FROM_DEG)
    return np.asarray(knee_deg - np.where(on_foot, _BEND_EXCESS * bend, 0.0))
