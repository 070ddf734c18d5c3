"""What two pictures after each other tell: how the camera moved, and how much of what rests flickers.

Both are told from what is not a person, on the assumption that it rests. Corners are followed from one picture to the
next (Lucas and Kanade), and the turn, scale and shift that most of them share are the camera's: as films are steadied.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.quality.small_picture import SmallPicture

_MOST_CORNERS = 40
_FEWEST = 8  # corners that move alike
_ALIKE = 0.6  # share of the corners that were found again
_SPREAD = 0.4  # of the width of the picture: else they may be those of somebody who walks by
_APART_PX = 5
_WINDOW = (13, 13)
_WITHIN_PX = 0.5  # small pixels off the common movement
_LEAST_SCENE = 0.15  # share of the picture that no person covers
_RESTING_PX = 0.15  # small pixels: a scene that moves more flickers at its edges without any noise


class BetweenPictures(NamedTuple):
    """As in `PictureQuality`."""

    noise: float = math.nan
    camera_px: float = math.nan
    camera_deg: float = math.nan


_UNKNOWN: Final = BetweenPictures()


def between(before: SmallPicture, now: SmallPicture, people: npt.NDArray[np.bool_]) -> BetweenPictures:
    """How the camera moved and what flickers from one picture to the next; `people` (h, w) in either of them."""
    scene = ~people
    if before.grey.shape != now.grey.shape or scene.mean() < _LEAST_SCENE:
        return _UNKNOWN
    moved = _movement(before, now, scene)
    if moved is None:
        return _UNKNOWN
    shift_px, degrees = moved
    noise = math.nan
    if shift_px <= _RESTING_PX:
        flicker = np.abs(now.grey[scene].astype(np.int16) - before.grey[scene])
        contrast = float(now.grey.std())
        # The mean, as the middle of whole steps has steps itself; of a normal distribution it is 0.8 of the spread.
        noise = float(flicker.mean()) / math.sqrt(4.0 / math.pi) / contrast if contrast else math.nan
    return BetweenPictures(noise, shift_px * now.px, degrees)


def _movement(before: SmallPicture, now: SmallPicture, scene: npt.NDArray[np.bool_]) -> tuple[float, float] | None:
    """Small pixels and degrees, None where too few corners move alike."""
    mask = scene.astype(np.uint8) * 255
    corners = cv2.goodFeaturesToTrack(before.grey, _MOST_CORNERS, 0.02, _APART_PX, mask=mask, blockSize=5)
    if corners is None or len(corners) < _FEWEST:
        return None
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        before.grey, now.grey, corners, corners.copy(), winSize=_WINDOW, maxLevel=2
    )
    kept = status[:, 0] == 1
    if kept.sum() < _FEWEST:
        return None
    matrix, alike = cv2.estimateAffinePartial2D(
        corners[kept], found[kept], method=cv2.RANSAC, ransacReprojThreshold=_WITHIN_PX
    )
    if matrix is None or alike.sum() < max(_FEWEST, _ALIKE * kept.sum()):
        return None
    if np.ptp(corners[kept][alike == 1, ..., 0]) < _SPREAD * before.grey.shape[1]:
        return None
    middle = np.array(before.grey.shape[::-1]) / 2
    shift = matrix[:, :2] @ middle + matrix[:, 2] - middle
    return float(np.hypot(*shift)), float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))
