"""What is wrong with the pictures: dark, noisy, blurred, somebody small in them, a camera that moves."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from formcheck.core.picture_quality import PictureQuality
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.reasons import Reason


class _Bounds(NamedTuple):
    """From `poor` on better pictures are worth asking for, from `spoilt` on the pose model guesses."""

    poor: float
    spoilt: float


# Found on rendered clips made worse step by step, see docs/accuracy.md: where they are poor nearly everything is still
# told rightly, where they are spoilt one picture in ten has a knee that is 30 degrees off or more.
_DARKNESS: Final = _Bounds(1 / 40.0, 1 / 22.0)  # one over the brightness: of 30 % of the light 50 is left, of 12 % 20
_NOISE: Final = _Bounds(0.05, 0.12)
_BLUR: Final = _Bounds(0.015, 0.033)  # leg lengths: the model sees everybody at about the same size
_SMALLNESS: Final = _Bounds(1 / 25.0, 1 / 12.0)  # one over the leg length in pixels
# A camera that sways so fast swings by as much as somebody who bounces, or makes the points jump.
_CAMERA_LEGS_S, _CAMERA_DEG_S = 0.5, 6.0
_FINE_AGAIN = 0.85  # times the limit: so that nothing flickers
_OVER_S = 1.0  # time constant of what is measured now and then
_OLD_S = 1.5  # nothing is known any more of what was measured longer ago
# Leg lengths as shares of the longer side of the picture: while nobody was seen, and at most. Where the model guesses
# it guesses giants, too.
_USUAL_LEG, _LONGEST_LEG = 0.2, 0.33


class _Following:
    """Something that is measured now and then, averaged over time and held against its limits."""

    def __init__(self, limits: _Bounds) -> None:
        self.poor = self.spoilt = False
        self._limits = limits
        self._mean = self._last_s = math.nan

    def update(self, t_s: float, value: float) -> None:
        """Take in a value, NaN where there is none."""
        old = not t_s - self._last_s <= _OLD_S
        if math.isnan(value):
            self.poor, self.spoilt = self.poor and not old, self.spoilt and not old
            return
        self._mean = value if old else self._mean - math.expm1((self._last_s - t_s) / _OVER_S) * (value - self._mean)
        self._last_s = t_s
        self.poor = self._mean > self._limits.poor * (_FINE_AGAIN if self.poor else 1.0)
        self.spoilt = self._mean > self._limits.spoilt * (_FINE_AGAIN if self.spoilt else 1.0)


class WatchedPictures(NamedTuple):
    """What is wrong with T pictures. (T,) each; `Reason` codes, SEEN for nothing.

    spoilt        what keeps anything from being told.
    poor          what to better, spoilt or not.
    camera_moves  whether the camera moves.
    """

    spoilt: Ints
    poor: Ints
    camera_moves: Bools


class PictureWatch:
    """Follows the quality of pictures; slow to change its mind, as light and sharpness are."""

    def __init__(self) -> None:
        # The most helpful first: light helps against noise, and against the blur of slow pictures.
        self._what = {
            Reason.TOO_DARK: _Following(_DARKNESS),
            Reason.TOO_NOISY: _Following(_NOISE),
            Reason.BLURRED: _Following(_BLUR),
            Reason.TOO_SMALL: _Following(_SMALLNESS),
        }
        self._camera = _Following(_Bounds(1.0, 1.0))
        self._last_s = self._leg_px = math.nan

    def extend(self, t_s: Floats, quality: Floats, picture_px: Ints, leg_px: Floats) -> WatchedPictures:
        """What is wrong with further pictures.

        `quality` (T, 5) as in `PoseBlock`, `picture_px` (T, 2), `leg_px` (T,) leg length, NaN where nobody is.
        """
        codes = np.zeros((len(t_s), 2), dtype=np.int64)
        moves = np.zeros(len(t_s), dtype=bool)
        rows = zip(t_s.tolist(), quality.tolist(), picture_px.max(axis=1).tolist(), leg_px.tolist(), strict=True)
        for i, (now_s, told, longest_px, leg) in enumerate(rows):
            self._take(now_s, PictureQuality(*told), longest_px, leg)
            spoilt = (reason for reason, one in self._what.items() if one.spoilt)
            poor = (reason for reason, one in self._what.items() if one.poor)
            codes[i] = next(spoilt, Reason.SEEN), next(poor, Reason.SEEN)
            moves[i] = self._camera.spoilt
        return WatchedPictures(codes[:, 0], codes[:, 1], moves)

    def _take(self, t_s: float, quality: PictureQuality, longest_px: float, leg_px: float) -> None:
        self._leg_px = self._leg_px if math.isnan(leg_px) else leg_px
        size_px = _USUAL_LEG * longest_px if math.isnan(self._leg_px) else min(self._leg_px, _LONGEST_LEG * longest_px)
        step_s, self._last_s = t_s - self._last_s, t_s
        moved = math.hypot(quality.camera_px / size_px / _CAMERA_LEGS_S, quality.camera_deg / _CAMERA_DEG_S)
        for reason, value in (
            (Reason.TOO_DARK, 1.0 / (quality.light + 0.1)),
            (Reason.TOO_NOISY, quality.noise),
            (Reason.BLURRED, quality.blur_px / size_px),
            (Reason.TOO_SMALL, 1.0 / (leg_px + 0.1)),
        ):
            self._what[reason].update(t_s, value)
        self._camera.update(t_s, moved / step_s if step_s > 0 else math.nan)
