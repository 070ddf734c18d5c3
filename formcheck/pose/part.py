"""A part of a picture that is looked at by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Picture
from formcheck.pose.engine import Found


class Part(NamedTuple):
    """A part of a picture, in pixels of its full size: from the left and the top edge, and how large."""

    left: float
    top: float
    rgb: npt.NDArray[np.uint8]
    width: float
    height: float

    @classmethod
    def of(
        cls, picture: Picture, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], smallest_px: int
    ) -> Self | None:
        """What lies between two corners (2,) in the picture; None where that is too little to look at."""
        height, width = picture.rgb.shape[:2]
        scale = np.array([width / picture.width, height / picture.height])
        first, last = (np.clip(np.round(corner * scale), 0, (width, height)).astype(int) for corner in (low, high))
        if (last - first).min() < smallest_px:
            return None
        left, top = (first / scale).tolist()
        across, down = ((last - first) / scale).tolist()
        return cls(left, top, picture.rgb[first[1] : last[1], first[0] : last[0]], across, down)

    def in_picture(self, one: Found) -> Found:
        """Somebody found in the part, as they are in the picture."""
        pose = replace(one.pose, points_px=np.round(one.pose.points_px + np.array([self.left, self.top]), 2))
        return Found(pose, one.place and one.place.moved(self.left, self.top))
