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


def trunk(trunk_deg: Floats, lying: Bools) -> Floats:
    """Trunk line from the vertical, corrected for folds beyond the level."""
    excess = np.interp(trunk_deg, _FOLD_READ_DEG, _FOLD_EXCESS_DEG)
    return np.asarray(trunk_deg - np.where(lying, 0.0, excess))


def standing_knee(knee_deg: Floats, on_foot: Bools) -> Floats:
    """Knee angle, corrected for bent legs that somebody stands on; `on_foot` has the shape of `knee_deg`."""
    bend = np.maximum(0.0, 180.0 - knee_deg - _BEND_FROM_DEG)
    return np.asarray(knee_deg - np.where(on_foot, _BEND_EXCESS * bend, 0.0))
