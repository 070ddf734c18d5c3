"""Pictures of a room whose light, blur, noise and camera are known."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Picture, Pose

Grey = npt.NDArray[np.float32]
WIDTH, HEIGHT = 640, 360


def room(*, light: float = 128.0, contrast: float = 60.0) -> Grey:
    """Boxes of every size and brightness with sharp edges; mean about `light`."""
    random = np.random.default_rng(3)
    grey = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    for _ in range(60):
        x, y = random.integers(0, WIDTH), random.integers(0, HEIGHT)
        width, height = random.integers(30, 160, 2)
        grey[y : y + height, x : x + width] = random.uniform(-1.0, 1.0)
    return light + contrast * (grey - grey.mean())


def moved(grey: Grey, *, by: tuple[float, float] = (0.0, 0.0), degrees: float = 0.0) -> Grey:
    """The scene moved by pixels and turned clockwise about the middle."""
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -degrees, 1.0)
    matrix[:, 2] += by
    return np.asarray(cv2.warpAffine(grey, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE), dtype=np.float32)


def noisy(grey: Grey, spread: float, seed: int) -> Grey:
    """Each pixel off by a normal error."""
    return np.asarray(grey + np.random.default_rng(seed).normal(0.0, spread, grey.shape), dtype=np.float32)


def picture(grey: Grey, t_s: float = 0.0) -> Picture:
    """A grey scene as a picture."""
    rgb = np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    return Picture(index=round(30 * t_s), t_s=t_s, rgb=rgb, width=WIDTH, height=HEIGHT)


def somebody(left: float, top: float, right: float, bottom: float) -> Pose:
    """Somebody whose points lie all over a box in pixels."""
    random = np.random.default_rng(1)
    points = random.uniform((left, top), (right, bottom), (33, 2))
    points[0], points[1] = (left, top), (right, bottom)
    return Pose(points_px=points, depth_px=np.zeros(33), visibility=np.ones(33))
