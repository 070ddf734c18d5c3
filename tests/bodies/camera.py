"""Bodies seen by a camera, as a pose model would tell them: perspective, jitter, a slow bias, hidden limbs.

What the noise is made of: 0.45 px of jitter, and a bias of 1 to 2 cm a joint of which half drifts within seconds; of
the size of the full model's errors on rendered clips. Of who lies on the back it reads the shoulders too near to each
other (`LYING_SHOULDERS`), by which the turn is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.landmarks import SHOULDERS
from formcheck.core.poses import Pose, PoseFrame, unknown_profile
from formcheck.geometry.silhouette import STATIONS
from formcheck.kinematics.view import LYING_SHOULDERS
from tests.figures import HEIGHT, WIDTH

FOCAL, JITTER_PX, STATIC_M, DRIFT_M = 0.8, 0.45, 0.010, 0.008
_NEAREST_M = 2.6
_FILLS = 0.86  # of the picture, by a body as a careful user films it
# Capsules that hide what is behind them: two joints, and a radius in metres.
_SOLID = (
    *((a, b, 0.06) for a, b in ((23, 25), (25, 27), (24, 26), (26, 28))),
    *((a, b, 0.04) for a, b in ((11, 13), (13, 15), (12, 14), (14, 16))),
    *((a, b, 0.09) for a, b in ((11, 23), (12, 24), (11, 24), (12, 23))),
    (7, 8, 0.10),
)

_ENDS, _THICK = np.array([one[:2] for one in _SOLID]), np.array([one[2] for one in _SOLID])


@dataclass(frozen=True)
class View:
    """Where the camera is.

    yaw_deg   0 side-on, 90 from the front; negative turns the front away, -90 from behind.
    facing    +1 the body faces right in the picture (its right side is near), -1 left.
    height_m  of the camera above the floor; it looks at the middle of the body.
    cut       share of the picture by which the body is moved down and out of it.
    """

    yaw_deg: float = 0.0
    facing: int = 1
    height_m: float = 1.0
    cut: float = 0.0

    @property
    def words(self) -> str:
        return f"{self.yaw_deg:+.0f}{'>' if self.facing > 0 else '<'}"


class Filming:
    """One film of a body: where the camera stands follows from all that it does, its noise from the seed."""

    def __init__(self, view: View, bodies: Sequence[np.ndarray], seed: int = 0) -> None:
        self._view, self._random = view, np.random.default_rng(seed)
        points = np.concatenate(bodies) @ self._turn().T
        low, high = points.min(0), points.max(0)
        self._aim = (low + high) / 2
        span = np.maximum(high - low, 0.3) + 0.15
        share = max(span[0] / WIDTH, span[1] / HEIGHT) * FOCAL * WIDTH / _FILLS
        self._distance_m = max(_NEAREST_M, share + span[2] / 2)
        self._static = self._random.normal(0.0, STATIC_M, (33, 3))
        self._drift = self._random.normal(0.0, DRIFT_M, (2, 33, 3))
        self._rate = self._random.uniform(0.8, 2.5, (33, 1))  # radians a second: 2.5 to 8 s there and back
        self._unsure = self._random.uniform(0.5, 0.9, 33)

    def _turn(self) -> np.ndarray:
        """From the body's axes to the camera's level, up, away."""
        yaw, facing = math.radians(self._view.yaw_deg), self._view.facing
        ahead = np.array([facing * math.cos(yaw), 0.0, -math.sin(yaw)])
        right = np.array([-math.sin(yaw), 0.0, -facing * math.cos(yaw)])
        return np.stack([ahead, [0.0, 1.0, 0.0], right], axis=1)

    def pose(self, body: np.ndarray, t_s: float = 0.0, *, back: float | None = 0.03) -> Pose:
        """What the model tells; `back` is the arc of the back over its chord, None where nobody knows its outline."""
        turn = self._turn()
        wave = self._rate * t_s
        noise = self._static + self._drift[0] * np.sin(wave) + self._drift[1] * np.cos(wave)
        px, away = self._project(body @ turn.T + noise)
        if _on_the_back(body):
            shoulders = px[SHOULDERS, 0]
            px[SHOULDERS, 0] = shoulders.mean() + LYING_SHOULDERS * (shoulders - shoulders.mean())
        visibility = self._visibility(*self._project(body @ turn.T))
        px = px + self._random.normal(0.0, JITTER_PX, px.shape)
        outside = (px < 0).any(1) | (px > (WIDTH, HEIGHT)).any(1)
        visibility[outside] = np.minimum(visibility[outside], 0.35)
        profile = unknown_profile()
        if back is not None and abs(self._view.yaw_deg) <= 30.0:
            profile = self._profile(body @ turn.T, px, back)
        depth = away - away[[23, 24]].mean()
        scale = FOCAL * WIDTH / self._distance_m
        return Pose(points_px=px, depth_px=depth * scale, visibility=visibility, profile_px=profile)

    def _project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(33, 2) pixels and (33,) metres away."""
        eye = self._aim + np.array([0.0, self._view.height_m - self._aim[1], -self._distance_m])
        line = (self._aim - eye) / np.linalg.norm(self._aim - eye)
        right = np.array([1.0, 0.0, 0.0])
        up = np.cross(line, right)
        seen = points - eye
        away = seen @ line
        focal = FOCAL * WIDTH / away
        px = np.stack([WIDTH / 2 + focal * (seen @ right), HEIGHT / 2 - focal * (seen @ up)], axis=1)
        px[:, 1] += self._view.cut * HEIGHT
        return px, away

    def _visibility(self, px: np.ndarray, away: np.ndarray) -> np.ndarray:
        """(33,) lower where a nearer part of the body is in front of a point."""
        first, second = px[_ENDS[:, 0]], px[_ENDS[:, 1]]
        line, off = second - first, px[:, None] - first
        share = np.clip((off * line).sum(-1) / np.maximum(1.0, (line * line).sum(-1)), 0.0, 1.0)
        beside = np.linalg.norm(off - share[..., None] * line, axis=-1)
        depth = away[_ENDS[:, 0]] + share * (away[_ENDS[:, 1]] - away[_ENDS[:, 0]])
        hidden = ((beside < _THICK * FOCAL * WIDTH / depth) & (away[:, None] > depth + 0.08)).any(axis=1)
        return np.where(hidden, self._unsure, 0.98)

    def _profile(self, points: np.ndarray, px: np.ndarray, back: float) -> np.ndarray:
        hip, shoulder = px[[23, 24]].mean(0), px[[11, 12]].mean(0)
        line = shoulder - hip
        up, across = points[[11, 12]].mean(0) - points[[23, 24]].mean(0), points[12] - points[11]
        front = -np.cross(up, across)  # level, up and away are left-handed
        left = np.array([line[1], -line[0]])
        row = 0 if front[0] * left[0] - front[1] * left[1] < 0 else 1
        size = float(np.hypot(*line))
        profile = np.full((2, len(STATIONS)), 0.22 * size)
        profile[row] = (0.25 + 4.0 * back * STATIONS * (1.0 - STATIONS)) * size
        return profile


def _on_the_back(body: np.ndarray) -> bool:
    """Whether it lies so that the model reads the shoulders nearer to each other than they are."""
    up = body[[11, 12]].mean(0) - body[[23, 24]].mean(0)
    front = np.cross(up, body[12] - body[11])
    low, level = body[[23, 24], 1].mean() < 0.35, abs(up[1]) < 0.6 * np.linalg.norm(up)
    return bool(low and level and front[1] > 0.7 * np.linalg.norm(front))


def frame(index: int, t_s: float, *people: Pose) -> PoseFrame:
    return PoseFrame(index=index, t_s=t_s, width=WIDTH, height=HEIGHT, people=people)
