"""The lines from hip to ankle, and which leg is the raised one."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.geometry.angles import above_level, length
from formcheck.geometry.missing import filled


def leg_lines(points_px: Floats, facing: Floats, lying: Bools) -> Floats:
    """(T, 2) hip-to-ankle lines above the level in degrees, of points (T, 33, 2); `facing` and `lying` are (T,).

    From -180 to 180 as by `above_level`, but of a lying body from -90 to 270: over the head a raised leg passes 180,
    and nothing may jump there.
    """
    lines_deg = above_level(points_px[:, HIPS], points_px[:, ANKLES], facing[:, None])
    return np.where(lying[:, None] & (lines_deg < -90.0), lines_deg + 360.0, lines_deg)


# With both legs up the folded one is the one that is not stretched, its foot on a wall or in the air, however far it is
# turned up. Calculated: of a knee bent by 50 degrees more the ankle is a tenth nearer to the hip.
_BOTH_UP_DEG, _FOLDED = 45.0, 0.9


def raised_leg(points_px: Floats, leg_deg: Floats, lying: Bools) -> Ints:
    """(T,) index of the higher leg, of points (T, 33, 2).

    Of a lying body it is the one that is turned up further, as over the head it sinks, or of two that are both up the
    one that is straight.
    """
    turned = np.where(lying[:, None], leg_deg, 90.0 * np.sin(np.radians(leg_deg)))
    higher = np.argmax(filled(turned, -999.0), axis=1)
    long = length(points_px[:, HIPS], points_px[:, ANKLES])
    straighter = np.argmax(filled(long, -1.0), axis=1)
    folded = lying & (leg_deg > _BOTH_UP_DEG).all(axis=1) & (long.min(axis=1) < _FOLDED * long.max(axis=1))
    return np.asarray(np.where(folded, straighter, higher))


def foot_above(points_px: Floats, raised: Ints, leg_px: Floats) -> Floats:
    """(T,) ankle of the raised leg above that of the other one, in leg lengths."""
    rows = np.arange(len(points_px))
    return np.asarray((points_px[rows, ANKLES[1 - raised], 1] - points_px[rows, ANKLES[raised], 1]) / leg_px)
