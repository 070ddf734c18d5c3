"""People who sit on the floor, built by geometry: a filmed fold forward whose angles are known.

Joints lie in a side plane (x forward, y up, metres); left and right are 0.2 m apart across it, which a side view hides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.core.poses import PROFILE_SHAPE, Pose, PoseFrame, SourceInfo

WIDTH, HEIGHT, SCALE, FPS = 854, 480, 170.0, 30.0
THIGH, SHANK, TRUNK, ARM = 0.42, 0.40, 0.50, 0.60
SOURCE = SourceInfo(name="sitting.mp4", kind="video", width=WIDTH, height=HEIGHT, fps=FPS)
LEFT_LEG, FEET, HANDS = (23, 25, 27, 29, 31), (27, 28, 29, 30, 31, 32), (15, 16, 17, 18, 19, 20, 21, 22)


def _along(degrees: float, metres: float) -> np.ndarray:
    """That far, 0 degrees forward, 90 up."""
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]) * metres


def _leg(hip: np.ndarray, knee_deg: float) -> tuple[np.ndarray, np.ndarray]:
    """Knee and ankle of a leg whose heel lies on the floor; a bent knee points up."""
    reach = math.sqrt(THIGH**2 + SHANK**2 - 2 * THIGH * SHANK * math.cos(math.radians(knee_deg)))
    down = -math.degrees(math.asin(0.05 / reach))
    at_hip = math.degrees(math.acos(min(1.0, (THIGH**2 + reach**2 - SHANK**2) / (2 * THIGH * reach))))
    return hip + _along(down + at_hip, THIGH), hip + _along(down, reach)


def pose(
    trunk_deg: float, knee_deg: float, other_knee_deg: float, hidden: Sequence[int] = (), back: float | None = None
) -> Pose:
    """Long sitting, the trunk `trunk_deg` from upright; `back` is the sagitta of the back over its chord."""
    hip = np.array([0.0, 0.10])
    shoulder = hip + _along(90.0 - trunk_deg, TRUNK)
    ear = shoulder + _along(80.0 - trunk_deg, 0.22)
    wrist = shoulder + _along(-35.0, ARM)
    places = {7: ear, 11: shoulder, 13: (shoulder + wrist) / 2, 15: wrist, 23: hip}
    places |= dict.fromkeys((17, 19, 21), wrist + _along(-35.0, 0.1))
    points = np.zeros((33, 2))
    points[:11] = ear
    for index, place in places.items():
        points[index] = points[index + 1] = place
    for side, bend_deg in enumerate((knee_deg, other_knee_deg)):
        knee, ankle = _leg(hip, bend_deg)
        for index, place in (
            (25, knee),
            (27, ankle),
            (29, ankle + np.array([0.05, -0.04])),
            (31, ankle + np.array([0.07, 0.2])),
        ):
            points[index + side] = place
    visibility = np.full(33, 0.99)
    visibility[list(hidden)] = 0.2
    profile = np.full(PROFILE_SHAPE, np.nan)
    if back is not None:
        along = (np.arange(PROFILE_SHAPE[1]) + 0.5) / PROFILE_SHAPE[1]
        profile[0] = (0.25 + 4.0 * back * along * (1.0 - along)) * TRUNK * SCALE
    px = np.stack([WIDTH / 3 + points[:, 0] * SCALE, HEIGHT * 0.9 - points[:, 1] * SCALE], axis=1)
    across = np.where(np.arange(33) % 2, -0.1, 0.1) * SCALE
    return Pose(points_px=px, depth_px=across * 3.0, visibility=visibility, profile_px=profile)


def film(
    *,
    trunk_deg: float = 60.0,
    knee_deg: float = 176.0,
    other_knee_deg: float = 176.0,
    hidden: Sequence[int] = (),
    back: float | None = None,
) -> list[PoseFrame]:
    """One second upright, two seconds into the fold, held for twelve, two seconds back."""
    frames = []
    for index in range(round(17.0 * FPS)):
        t_s = index / FPS
        share = min(1.0, max(0.0, (t_s - 1.0) / 2.0), max(0.0, (17.0 - t_s) / 2.0))
        depth = 0.5 - 0.5 * math.cos(math.pi * share)
        body = pose(2.0 + depth * (trunk_deg - 2.0), knee_deg, other_knee_deg, hidden, back)
        frames.append(PoseFrame(index=index, t_s=t_s, width=WIDTH, height=HEIGHT, people=(body,)))
    return frames
