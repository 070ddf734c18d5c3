"""One moment as a picture for the report: the person with the skeleton, nothing else on it."""

from __future__ import annotations

import io
import math
from typing import Final

import cv2
import numpy as np
from PIL import Image

from formcheck.core.feedback import Alert
from formcheck.core.poses import Floats
from formcheck.render.overlay import scale_of, skeleton
from formcheck.render.stamp import Pixels

WIDE_PX: Final = 640
_SHAPE: Final = 4 / 3
_AIR: Final = 0.18  # free space around the body, as a share of its larger side
_QUALITY: Final = 82


def still(
    picture: Pixels,
    points_px: Floats,
    visibility: Floats,
    marked: tuple[int, ...] = (),
    alert: Alert | None = None,
    *,
    whole: bool = False,
) -> bytes:
    """JPEG bytes of the part of an RGB picture around the body, 4 to 3 if it can be, `WIDE_PX` wide at most.

    `points_px` (33, 2) and `visibility` (33,) belong to this picture; `marked` points get the colour of the alert.
    `whole` keeps all of the picture. Where nobody was seen (NaN) it is kept too.
    """
    left, top, right, bottom = 0, 0, picture.shape[1], picture.shape[0]
    there = not math.isnan(points_px[0, 0])
    if there and not whole:
        left, top, right, bottom = _around(points_px, picture.shape[1], picture.shape[0])
    part = picture[top:bottom, left:right]
    scale = min(WIDE_PX / part.shape[1], WIDE_PX / part.shape[0])
    size = (round(part.shape[1] * scale), round(part.shape[0] * scale))
    part = cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC).astype(np.uint8)
    if there:
        points = (points_px - np.array([left, top])) * scale
        skeleton(part, scale_of(part) * 0.9, points, visibility, marked, (alert,) if alert else ())
    file = io.BytesIO()
    Image.fromarray(part).save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()


def _around(points_px: Floats, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the part to show."""
    low, high = np.nanmin(points_px, axis=0), np.nanmax(points_px, axis=0)
    air = _AIR * float((high - low).max())
    wide, high_px = (max(1.0, float(one)) + 2 * air for one in high - low)
    wide, high_px = max(wide, high_px * _SHAPE), max(high_px, wide / _SHAPE)
    wide, high_px = min(wide, width), min(high_px, height)
    centre = (low + high) / 2
    left = min(max(0.0, float(centre[0]) - wide / 2), width - wide)
    top = min(max(0.0, float(centre[1]) - high_px / 2), height - high_px)
    return round(left), round(top), round(left + wide), round(top + high_px)
