"""Rates pictures as they come, some of them: neither light nor sharpness changes from one to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.picture_quality import UNKNOWN_QUALITY, PictureQuality
from formcheck.core.poses import Picture, Pose, PoseFrame
from formcheck.quality.one_picture import blur_px, light
from formcheck.quality.small_picture import SmallPicture
from formcheck.quality.two_pictures import between

_EVERY = 4  # of so many pictures of a run the first is rated by itself, the second against the first


class QualityMeter:
    """Rates the pictures of runs (`pose.key_pictures`) in their order. What it says depends on the run alone."""

    def __init__(self) -> None:
        self._count = 0
        self._before: tuple[SmallPicture, Sequence[Pose]] | None = None

    def rated(self, picture: Picture, frame: PoseFrame, *, key: bool) -> PoseFrame:
        """The frame that was made of a picture, with its quality as far as it is measured; `key` begins a run."""
        self._count = 0 if key else self._count + 1
        turn = self._count % _EVERY
        if turn > 1:
            return frame
        small = SmallPicture.of(picture)
        before, self._before = self._before, (small, frame.people) if turn == 0 else None
        quality = UNKNOWN_QUALITY
        if turn == 0:
            quality = of_one(small, frame.people)
        elif before is not None:
            people = before[0].around([*before[1], *frame.people])
            told = between(before[0], small, people)
            quality = PictureQuality(
                noise=_rounded(told.noise), camera_px=_rounded(told.camera_px), camera_deg=_rounded(told.camera_deg)
            )
        return replace(frame, quality=quality)


def of_one(small: SmallPicture, people: Sequence[Pose]) -> PictureQuality:
    """What a single picture tells of its quality."""
    return PictureQuality(light=_rounded(light(small, small.around(people))), blur_px=_rounded(blur_px(small)))


def _rounded(value: float) -> float:
    """As a recording holds it: so that judging it again gives the same."""
    return value if math.isnan(value) else float(np.round(value, 3))
