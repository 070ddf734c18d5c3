"""Figures as a camera with perspective sees them, from a height above the floor."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import EXCHANGED_LEGS
from formcheck.core.poses import Pose
from tests.figures import HALF_HIPS, HALF_SHOULDERS, HEIGHT, LEFT, RIGHT, WIDTH, Figure

_DISTANCE, _FOCAL_PX = 2.4, 700.0


def filmed(
    figure: Figure, *, height: float = 0.8, exchanged: bool = False, noise_px: float = 0.0, seed: int = 0
) -> Pose:
    """The figure facing right, its right side to a camera that far above the floor, 2.4 m away.

    `exchanged` legs are called by each other's name, with the depth that goes with the name, as the model does it.
    """
    points = np.zeros((33, 3))
    elbow, mouth = (figure.shoulder + figure.wrist) / 2, figure.ear
    points[:11] = (*mouth, 0.0)
    for side, across in ((LEFT, 1.0), (RIGHT, -1.0)):
        heel, toe = figure._foot(side)
        for index, place, half in (
            (7, mouth, 0.07), (11, figure.shoulder, HALF_SHOULDERS), (13, elbow, HALF_SHOULDERS),
            (15, figure.wrist, HALF_SHOULDERS), (17, figure.wrist, HALF_SHOULDERS), (19, figure.wrist, HALF_SHOULDERS),
            (21, figure.wrist, HALF_SHOULDERS), (23, figure.hip, HALF_HIPS), (25, figure.knee[side], HALF_HIPS),
            (27, figure.ankle[side], HALF_HIPS), (29, heel, HALF_HIPS), (31, toe, HALF_HIPS),
        ):  # fmt: skip
            points[index + side] = (*place, across * half)
    far = _DISTANCE + points[:, 2]
    px = np.stack(
        [WIDTH / 2 + _FOCAL_PX * points[:, 0] / far, HEIGHT * 0.55 + _FOCAL_PX * (height - points[:, 1]) / far], 1
    )
    px[:, 1] -= _FOCAL_PX * (height - 0.4) / _DISTANCE  # tilted to keep the body in the picture
    px += np.random.default_rng(seed).normal(0.0, noise_px, px.shape) if noise_px else 0.0
    depth = points[:, 2] * _FOCAL_PX / _DISTANCE * 3.0
    if exchanged:
        px = px[EXCHANGED_LEGS]
    return Pose(points_px=px, depth_px=depth, visibility=np.full(33, 0.99))
