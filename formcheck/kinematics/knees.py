"""Knee angles, corrected by what each leg does."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES
from formcheck.core.poses import Body, Floats, Ints
from formcheck.core.posture import Posture
from formcheck.geometry.angles import joint_angle
from formcheck.kinematics import calibration

_HELPER = 0.5  # from here on somebody holds the leg


def knees(body: Body, leg_deg: Floats, carried: Ints, raised: Ints, trunk_deg: Floats) -> Floats:
    """(T, 2) knee angles, corrected by what each leg does: standing, resting on something in front, or held up.

    `carried` (T,) is the posture, `raised` (T,) the raised leg; of whoever lies without a helper or kneels they are as
    read, nothing is known of the error there. A deep squat is easily read as sitting, from one picture to the next, so
    both are corrected alike.
    """
    knee_deg = knees_as_read(body)
    upright = ~np.isin(carried, (Posture.LYING, Posture.KNEELING))[:, None]
    on_foot = (leg_deg < -50.0) & upright
    on_bench = (leg_deg >= -50.0) & (leg_deg < 60.0) & upright & on_foot.any(axis=1)[:, None]
    helped = (carried == Posture.LYING) & (body.helper >= _HELPER)
    held = helped[:, None] & (np.arange(2) == raised[:, None])
    knee_deg = calibration.bench_knee(calibration.standing_knee(knee_deg, on_foot, trunk_deg), on_bench)
    return calibration.held_knee(knee_deg, held)


def knees_as_read(body: Body) -> Floats:
    """(T, 2) knee angles of the points themselves."""
    points = body.points_px
    return joint_angle(points[:, HIPS], points[:, KNEES], points[:, ANKLES])
