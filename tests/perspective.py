"""The figures of `tests.figures` seen by a real camera: perspective, noise, a person away from the picture's middle.

The camera looks level from a metre above the floor; its focal length is 0.8 of the longer side of the picture, as of
webcams and phones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.poses import Pose, PoseFrame
from tests.figures import HEIGHT, SCALE, WIDTH, Figure, as_the_model_reads

DISTANCE_M, CAMERA_M, FOCAL = 4.0, 1.0, 0.8
LEGS = [23, 24, 25, 26, 27, 28, 29, 30, 31, 32]
OTHER_LEG = [24, 23, 26, 25, 28, 27, 30, 29, 32, 31]
LEG_PX = 0.82 * FOCAL * WIDTH / DISTANCE_M  # of a figure in the distance


def seen(
    figure: Figure,
    *,
    facing: int = 1,
    yaw_deg: float = 0.0,
    at_m: float = 0.0,
    noise_px: float = 0.0,
    seed: int = 0,
    visibility: float = 0.95,
) -> Pose:
    """The figure `at_m` metres to the right of the camera's axis.

    `yaw_deg` turns the front away from the camera; every point is off by `noise_px` in x and in y.
    """
    flat = figure.pose()
    x, up = (flat.points_px[:, 0] - WIDTH / 2) / SCALE, (HEIGHT * 0.9 - flat.points_px[:, 1]) / SCALE
    right = -flat.depth_px / (3.0 * SCALE)  # metres towards the right side of the figure, which is the near one
    ahead = np.array([facing * math.cos(math.radians(yaw_deg)), math.sin(math.radians(yaw_deg))])
    across = np.array([ahead[1], -ahead[0]])
    level, away = np.outer(ahead, x) + np.outer(across, right) + np.array([[at_m], [DISTANCE_M]])
    focal = FOCAL * WIDTH
    points = np.stack([WIDTH / 2 + focal * level / away, HEIGHT / 2 - focal * (up - CAMERA_M) / away], axis=1)
    points = as_the_model_reads(figure, points)
    points += np.random.default_rng(seed).normal(0.0, noise_px, points.shape) if noise_px else 0.0
    return Pose(points_px=points, depth_px=(away - DISTANCE_M) * SCALE, visibility=np.full(33, visibility))


def exchanged(pose: Pose) -> Pose:
    """The same with left and right of the legs exchanged, as the model does it."""
    points, depth = pose.points_px.copy(), pose.depth_px.copy()
    points[LEGS], depth[LEGS] = points[OTHER_LEG], depth[OTHER_LEG]
    return replace(pose, points_px=points, depth_px=depth)


def moved(pose: Pose, points: Sequence[int], by_px: tuple[float, float]) -> Pose:
    """The same with some points elsewhere."""
    places = pose.points_px.copy()
    places[list(points)] += by_px
    return replace(pose, points_px=places)


def scaled(frame: PoseFrame, by: float) -> PoseFrame:
    """The same picture, made larger."""
    people = tuple(
        replace(pose, points_px=pose.points_px * by, depth_px=pose.depth_px * by, profile_px=pose.profile_px * by)
        for pose in frame.people
    )
    return replace(frame, width=round(frame.width * by), height=round(frame.height * by), people=people)


def shot(scene: Callable[[float], Sequence[Pose]], times: Sequence[float] | np.ndarray) -> list[PoseFrame]:
    """Pose frames of a scene at these times; the scene gives the people in the picture."""
    return [
        PoseFrame(index=i, t_s=float(t_s), width=WIDTH, height=HEIGHT, people=tuple(scene(float(t_s))))
        for i, t_s in enumerate(times)
    ]


def steady(seconds: float, fps: float) -> np.ndarray:
    """The times of a steady camera."""
    return np.arange(round(seconds * fps)) / fps


def seed_of(t_s: float) -> int:
    """Another seed for every picture."""
    return round(t_s * 1e4) + 1
