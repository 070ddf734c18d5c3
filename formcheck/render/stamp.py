"""What is laid over pictures again and again: made once, then only multiplied and added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

COVERED: Final = 0.75  # how much a panel covers of the picture below it

Rgb = tuple[int, int, int]
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A part to lay over a picture: `keep` (h, w, 3) of 255 is what stays of the picture, `ink` (h, w, 3) is added.

    Both are read-only: pictures and threads share them.
    """

    keep: Pixels
    ink: Pixels

    def __post_init__(self) -> None:
        self.keep.flags.writeable = self.ink.flags.writeable = False

    @classmethod
    def in_colour(cls, cover: Pixels, colour: Rgb) -> Stamp:
        """That colour where `cover` (h, w) is 255, the picture where it is 0, a mixture between."""
        inks = [cv2.convertScaleAbs(cover, alpha=one / 255.0) for one in colour]
        return cls(_merged([255 - cover] * 3), _merged(inks))

    @classmethod
    def of(cls, height: int, width: int, draw: Callable[[Pixels], None]) -> Stamp:
        """What `draw` does to a part of that size.

        What it makes of a black and of a white part tells all of it, as it only lays colours over what is there.
        """
        ink, on_white = (np.full((height, width, 3), shade, dtype=np.uint8) for shade in (0, 255))
        draw(ink)
        draw(on_white)
        return cls(np.asarray(cv2.subtract(on_white, ink), dtype=np.uint8), ink)

    def lay(self, picture: Pixels, x: int, y: int) -> None:
        """Lay it over an RGB picture, its top left corner at (x, y); what lies outside is cut off."""
        height, width = picture.shape[:2]
        left, top = max(0, x), max(0, y)
        right, bottom = min(width, x + self.ink.shape[1]), min(height, y + self.ink.shape[0])
        if left >= right or top >= bottom:
            return
        rows, columns = slice(top - y, bottom - y), slice(left - x, right - x)
        area = picture[top:bottom, left:right]
        kept = cv2.multiply(area, self.keep[rows, columns], scale=1.0 / 255.0)
        cv2.add(kept, self.ink[rows, columns], dst=area)


@lru_cache(maxsize=16)
def panel(height: int, width: int, colour: Rgb) -> Stamp:
    """A part that is darkened, for text to stand on: a quarter of the picture, three quarters that colour."""
    return Stamp.in_colour(as_bytes(np.full((height, width), COVERED)), colour)


def as_bytes(cover: npt.NDArray[np.floating[Any]]) -> Pixels:
    """Coverage 0 to 1 as 0 to 255."""
    return np.asarray(cv2.convertScaleAbs(cover, alpha=255.0), dtype=np.uint8)


def _merged(channels: list[Any]) -> Pixels:
    return np.asarray(cv2.merge(channels), dtype=np.uint8)
