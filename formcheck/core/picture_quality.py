"""How good a picture is, whatever it shows."""

from __future__ import annotations

import math
from typing import Final, NamedTuple


class PictureQuality(NamedTuple):
    """Light, sharpness, noise and the camera's own movement; NaN where that was not measured or cannot be told.

    light       mean brightness of the people in it, or of all of it without any, 0 to 255.
    blur_px     spread of its sharpest edges in pixels of the upright picture, as that of a Gaussian filter; 0 in focus.
    noise       flicker of what rests, as a share of the picture's contrast.
    camera_px   how far the camera moved the scene since the picture before, in pixels of the upright picture ...
    camera_deg  ... and how far it rolled.
    """

    light: float = math.nan
    blur_px: float = math.nan
    noise: float = math.nan
    camera_px: float = math.nan
    camera_deg: float = math.nan


UNKNOWN_QUALITY: Final = PictureQuality()
