"""Text on pictures, in a real typeface."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from formcheck.typeface import font

_STOP_WORTH = 8  # letters by which a line may be longer for ending with a sentence

Rgb = tuple[int, int, int]
Pixels = npt.NDArray[np.uint8]


@lru_cache(maxsize=512)
def mask(text: str, size_px: int, *, bold: bool = True) -> npt.NDArray[np.float32]:
    """Coverage (h, w) of a line of text, 0 to 1. The height depends on the size alone."""
    typeface = font(size_px, bold=bold)
    ascent, descent = typeface.getmetrics()
    width = max(1, round(typeface.getlength(text)))
    image = Image.new("L", (width, ascent + descent))
    ImageDraw.Draw(image).text((0, 0), text, font=typeface, fill=255)
    return np.asarray(image, dtype=np.float32) / 255.0


def width_px(text: str, size_px: int, *, bold: bool = True) -> int:
    """Width of a line of text."""
    return mask(text, size_px, bold=bold).shape[1]


def draw(picture: Pixels, text: str, x: int, y: int, size_px: int, colour: Rgb, *, bold: bool = True) -> None:
    """Draw a line of text with its top left corner at (x, y); what lies outside is cut off."""
    cover = mask(text, size_px, bold=bold)
    height, width = picture.shape[:2]
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + cover.shape[1]), min(height, y + cover.shape[0])
    if left >= right or top >= bottom:
        return
    part = cover[top - y : bottom - y, left - x : right - x]
    area = picture[top:bottom, left:right]
    ink = np.full_like(area, colour)
    area[:] = cv2.blendLinear(ink, np.ascontiguousarray(area), part, 1.0 - part)


def fitting(text: str, size_px: int, room_px: int) -> int:
    """The size, at most `size_px`, at which a line of text fits into `room_px`."""
    wide = width_px(text, size_px)
    return size_px if wide <= room_px else max(8, int(size_px * room_px / wide))


def halves(words: str) -> tuple[str, str]:
    """The words in two lines of about the same length, parted at the end of a sentence where one is near.

    The second is empty where they cannot be parted.
    """
    gaps = [i for i, letter in enumerate(words) if letter == " "]

    def off_middle(i: int) -> float:
        return abs(i - len(words) / 2) - (_STOP_WORTH if words[i - 1] in ".:?!" else 0)

    middle = min(gaps, key=off_middle, default=len(words))
    return words[:middle], words[middle + 1 :]
