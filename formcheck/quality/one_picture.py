"""What a single picture tells: its light and its sharpness."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.quality.small_picture import SmallPicture

_SHARPEST = 0.05  # share of the pixels: those on edges
_AGAIN_PX = 1.0  # spread of the filter that it is compared through
_SHARP_PX = 0.6  # what an edge reads that is in focus: pixels have a size
_FAINTEST = 2.0  # steps of 255 from pixel to pixel; what has no edge is neither sharp nor blurred


def light(small: SmallPicture, people: npt.NDArray[np.bool_]) -> float:
    """Mean brightness where the `people` (h, w) are, of all of it without any, 0 to 255."""
    where = small.grey[people]
    return float((where if where.size else small.grey).mean())


def blur_px(small: SmallPicture) -> float:
    """Spread of the sharpest edges in pixels of the upright picture, 0 in focus, NaN where there is no edge.

    The slope of a step that was blurred with a spread b falls to b / hypot(b, a) of itself when it is blurred again
    with a spread a (two Gaussians after each other): the share that is left gives b.
    """
    grey = small.grey.astype(np.float32)
    steep = _steepness(grey)
    count = max(1, int(_SHARPEST * steep.size))
    edges = np.argpartition(steep.ravel(), -count)[-count:]
    slope = math.sqrt(float(steep.ravel()[edges].mean()))
    if slope < _FAINTEST:
        return math.nan
    again = np.asarray(cv2.GaussianBlur(grey, (0, 0), _AGAIN_PX), dtype=np.float32)
    left = math.sqrt(float(_steepness(again).ravel()[edges].mean())) / slope
    left = min(left, 0.999)
    spread = _AGAIN_PX * left / math.sqrt(1.0 - left * left)
    return math.sqrt(max(0.0, spread * spread - _SHARP_PX * _SHARP_PX)) * small.px


def _steepness(grey: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """(h - 1, w - 1) square of the slope."""
    across, down = np.diff(grey, axis=1)[:-1], np.diff(grey, axis=0)[:, :-1]
    return np.asarray(across * across + down * down, dtype=np.float32)
