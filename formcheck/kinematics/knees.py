"""Knee angles, corrected by what each leg does."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES
from formcheck.core.poses import Floats, Ints
from formcheck.core.posture import Posture
from formcheck.geometry.angles import joint_angle
from formcheck.kinematics import calibration


def knees(points: Floats, leg_deg: Floats, carried: Ints, trunk_deg: Floats, *, calibrated: bool) -> Floats:
    """(T, 2) knee angles, corrected by what each leg does: standing, or resting on something in front.

    `carried` (T,) is the posture; of somebody who lies or kneels they are as read, nothing is known of the error
    there. A deep squat is easily read as sitting, from one picture to the next, so both are corrected alike.
    """
    knee_deg = joint_angle(points[:, HIPS], points[:, KNEES], points[:, ANKLES])
    if not calibrated:
        return knee_deg
    upright = ~np.isin(carried, (Posture.LYING, Posture.KNEELING))[:, None]
    on_foot = (leg_deg < -50.0) & upright
    on_bench = (leg_deg >= -50.0) & (leg_deg < 60.0) & upright & on_foot.any(axis=1)[:, None]
    return calibration.bench_knee(calibration.standing_knee(knee_deg, on_foot, trunk_deg), on_bench)
