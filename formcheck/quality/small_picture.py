"""A small grey picture: all that light, sharpness, noise and the camera's movement are told from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Picture, Pose

Grey = npt.NDArray[np.uint8]
_LONGEST_PX = 192  # a fifth of a millisecond to look at; a step of the camera by a pixel of 960 is seen on it
_ROOM = 0.15  # of the extent of somebody's points: hair, hands, clothes


class SmallPicture(NamedTuple):
    """`grey` (h, w) brightness; `px` how many pixels of the upright picture one of its pixels is."""

    grey: Grey
    px: float

    @classmethod
    def of(cls, picture: Picture) -> Self:
        """A picture made small."""
        height, width = picture.rgb.shape[:2]
        share = min(1.0, _LONGEST_PX / max(width, height))
        size = max(1, round(width * share)), max(1, round(height * share))
        grey = cv2.cvtColor(cv2.resize(picture.rgb, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        return cls(np.asarray(grey, dtype=np.uint8), picture.width / size[0])

    def around(self, people: Sequence[Pose]) -> npt.NDArray[np.bool_]:
        """(h, w) where somebody is, with a little room."""
        inside = np.zeros(self.grey.shape, dtype=bool)
        for pose in people:
            low, high = pose.points_px.min(axis=0), pose.points_px.max(axis=0)
            room = _ROOM * float((high - low).max())
            (left, top), (right, bottom) = (low - room) / self.px, (high + room) / self.px
            inside[max(0, int(top)) : max(0, int(bottom) + 1), max(0, int(left)) : max(0, int(right) + 1)] = True
        return inside
