"""Coarse posture from image points."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, SHOULDERS
from formcheck.core.poses import Bools, Floats
from formcheck.geometry.angles import middle


def is_lying(points_px: Floats) -> Bools:
    """Whether a body lies, (..., 33, 2) -> (...): trunk within 55 degrees of level, neither leg hanging down."""
    trunk = middle(points_px, HIPS) - middle(points_px, SHOULDERS)
    legs = points_px[..., ANKLES, :] - points_px[..., HIPS, :]
    level = np.abs(trunk[..., 0]) > 0.7 * np.abs(trunk[..., 1])
    hanging = legs[..., 1] > np.abs(legs[..., 0])
    return np.asarray(level & ~hanging.any(axis=-1))
