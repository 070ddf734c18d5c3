"""Where people are: the detector of MediaPipe's pose model, as MediaPipe reads it.

The network looks at the whole picture at 224 x 224 pixels and guesses at 2254 places whether somebody's face is there,
and where the middle of their hips and a point on the circle around the body are then. Guesses of the same person are
averaged. Numbers without a source are those of MediaPipe 0.10.21 (`pose_detection_cpu`, `pose_detector_graph`).
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Floats
from formcheck.pose.engine import LEAST_SURE
from formcheck.pose.network import Network, sigmoid
from formcheck.pose.regions import Region

_SIDE: Final = 224
_GRIDS: Final = ((28, 2), (14, 2), (7, 6))  # cells in a row, guesses in a cell
# Guesses of one person: boxes of the face that overlap by more, as a share of what both cover. 0.5 is what MediaPipe's
# task uses; its older graph has 0.3.
_SAME: Final = 0.5
_POINTS: Final = slice(4, 8)  # after the box


def _places() -> Floats:
    """(2254, 2) the middles of the cells, as shares of the picture."""
    rows = []
    for cells, guesses in _GRIDS:
        at = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(at, at, indexing="ij")
        rows.append(np.repeat(np.stack([x, y], axis=-1).reshape(-1, 2), guesses, axis=0))
    return np.concatenate(rows)


_PLACES: Final = _places()


class PersonDetector:
    """Finds the regions of people in a picture."""

    def __init__(self, content: bytes, what: str, threads: int) -> None:
        """Raises ModelError where `content`, of which errors speak as `what`, is not that network."""
        shapes = ((len(_PLACES), 12), (len(_PLACES), 1))
        self._network = Network(content, what, _SIDE, shapes, threads)

    def find(self, rgb: npt.NDArray[np.uint8], per_pixel: float, most: int) -> list[Region]:
        """The regions of so many people, the surest first; `per_pixel` pixels of the picture make one of `rgb`."""
        height, width = (per_pixel * side for side in rgb.shape[:2])
        whole = Region(width / 2.0, height / 2.0, max(width, height), 0.0)
        part, picture = whole.cut(rgb, per_pixel, _SIDE, cv2.BORDER_CONSTANT), self._network.picture
        np.divide(part, np.float32(127.5), out=picture)
        np.subtract(picture, np.float32(1.0), out=picture)
        guesses, sure = self._network.run()
        score = sigmoid(sure[:, 0].astype(float))
        kept = np.flatnonzero(score >= LEAST_SURE)
        points = _averaged(guesses[kept].astype(float) / _SIDE, _PLACES[kept], score[kept], most)
        return [Region.around(*whole.in_picture(pair)) for pair in points]

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()


def _averaged(guesses: Floats, places: Floats, score: Floats, most: int) -> list[Floats]:
    """The two points (2, 2) of each person, as shares of the picture: the mean of the guesses by their scores."""
    middle, half = guesses[:, :2] + places, guesses[:, 2:4] / 2.0
    low, high = middle - half, middle + half
    points = guesses[:, _POINTS].reshape(-1, 2, 2) + places[:, None]
    left = np.argsort(-score, kind="stable")
    people: list[Floats] = []
    while len(left) and len(people) < most:
        same = _overlap(low[left], high[left]) > _SAME
        if not same.any():  # a box without an area
            break
        own = left[same]
        people.append(np.average(points[own], axis=0, weights=score[own]))
        left = left[~same]
    return people


def _overlap(low: Floats, high: Floats) -> Floats:
    """(N,) how much the first box and each box have in common, as a share of what both cover; corners (N, 2)."""
    common = np.maximum(np.minimum(high[0], high) - np.maximum(low[0], low), 0.0).prod(axis=1)
    area = (high - low).prod(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(common / (area[0] + area - common))
