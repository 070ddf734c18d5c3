"""DejaVu Sans, which is drawn on all pictures: it has their signs, and the letters of many languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

__all__ = ["font"]

_FOLDER: Final = Path(__file__).parent


@cache
def font(size_px: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface in that size: a line is a little higher, letters are lower."""
    return ImageFont.truetype(_FOLDER / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size_px)
