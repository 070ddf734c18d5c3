"""Square parts of a picture around one person, turned so that the person is upright in them."""

from __future__ import annotations

import math
from typing import Final, NamedTuple, Self

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Floats

# The model's own: a square so much wider than the circle around the middle of the hips that holds the whole body
# (MediaPipe, pose_landmarks_to_roi and pose_detection_to_roi).
_WIDER: Final = 1.25
_CORNERS: Final = np.array([(-0.5, 0.5), (-0.5, -0.5), (0.5, -0.5), (0.5, 0.5)])


class Region(NamedTuple):
    """A square, in pixels of the upright picture.

    x, y     its middle, x to the right, y down.
    size     length of a side.
    turn     how far it is turned clockwise from upright, in radians.
    """

    x: float
    y: float
    size: float
    turn: float

    @classmethod
    def around(cls, hips: Floats, end: Floats) -> Self:
        """The region of a person, from the middle of the hips and a point on the circle around the body, above it."""
        across, down = (end - hips).tolist()
        x, y = hips.tolist()
        return cls(x, y, 2.0 * _WIDER * math.hypot(across, down), math.atan2(across, -down))

    def mirrored(self, width: float) -> Self:
        """The same region in the mirror image of a picture of that width."""
        return self._replace(x=width - self.x, turn=-self.turn)

    def moved(self, right: float, down: float) -> Self:
        """The same region so many pixels further."""
        return self._replace(x=self.x + right, y=self.y + down)

    def cut(self, rgb: npt.NDArray[np.uint8], per_pixel: float, side: int, border: int) -> npt.NDArray[np.uint8]:
        """The part of `rgb` in the region, (side, side, 3); `per_pixel` pixels of the picture make one of `rgb`.

        `border` is OpenCV's, for what lies outside. Corners of the region fall on corners of the part, without a shift
        by half a pixel, as the model was trained.
        """
        corners = self.in_picture(_CORNERS + 0.5) / per_pixel
        ends = (_CORNERS + 0.5) * side
        way = cv2.getPerspectiveTransform(corners.astype(np.float32), ends.astype(np.float32))
        part = cv2.warpPerspective(rgb, way, (side, side), flags=cv2.INTER_LINEAR, borderMode=border)
        return np.asarray(part, dtype=np.uint8)

    def in_picture(self, shares: Floats) -> Floats:
        """Points (..., 2) given as shares of the region, 0 to 1 from its upper left, in pixels of the picture."""
        return np.asarray((shares - 0.5) * self.size @ self._turning() + (self.x, self.y))

    def shares(self, points_px: Floats) -> Floats:
        """The opposite of `in_picture`."""
        return np.asarray((points_px - (self.x, self.y)) @ self._turning().T / self.size + 0.5)

    def _turning(self) -> Floats:
        c, s = math.cos(self.turn), math.sin(self.turn)
        return np.array([(c, s), (-s, c)])
