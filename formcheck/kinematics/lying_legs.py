"""The lines of the legs of a lying body, seen from wherever the camera is."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS
from formcheck.core.poses import Body, Bools, Floats
from formcheck.geometry.angles import middle
from formcheck.kinematics.leg_lines import leg_lines
from formcheck.kinematics.view import HIP_WIDTH, feet_nearer, perspective

_LEAST_COSINE: Final = 0.5  # from 60 degrees on a body tells too little of its length


def lying_leg_lines(body: Body, lying: Bools) -> Floats:
    """(T, 2) hip-to-ankle lines above the level in degrees, as `leg_lines`, of a body that is turned away or not.

    The model reads the middle of the hips within a degree of the raised leg, but either hip too near to it in a body
    that is turned: a near leg then seems too steep and a far one not steep enough, by 1 to 2 degrees at 15 degrees. How
    far apart they are follows from how far the body is turned, and so does by how much the way along it is shortened.
    """
    turned, facing = feet_nearer(body), np.where(body.facing > 0, 1.0, -1.0)
    apart = (facing * perspective(body, HIPS, HIP_WIDTH) - HIP_WIDTH * turned) * body.own_leg_px
    half = apart / 2.0
    points, centre = body.points_px.copy(), middle(body.points_px, HIPS)[:, 0]
    cosine = np.maximum(np.sqrt(1.0 - turned**2), _LEAST_COSINE)
    for side, (hip, ankle) in enumerate(zip(HIPS, ANKLES, strict=True)):
        points[:, hip, 0] = centre + (-half, half)[side]
        points[:, ankle, 0] = points[:, hip, 0] + (points[:, ankle, 0] - points[:, hip, 0]) / cosine
    return leg_lines(points, body.facing, lying)
