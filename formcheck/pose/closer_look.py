"""A closer look at a leg that is up, for the helper who was not found.

Of two people who overlap the model often finds only the one who lies. In a part of the picture around the raised leg it
finds whoever holds that leg: there they are the largest.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import HIPS
from formcheck.core.poses import Picture, Pose
from formcheck.geometry.angles import leg_length, middle
from formcheck.geometry.contact import apart, lower_leg
from formcheck.geometry.posture import is_lying
from formcheck.pose.engine import Found
from formcheck.pose.key_pictures import slot

_UP = 0.3  # leg lengths of the ankle above the hips: below that nobody would hold it
# Leg lengths around the middle of the lower leg. With more of the picture the helper is lost again, from 1.2 on (tried
# on photographs, also darkened, blurred and made smaller).
_AROUND = 1.0
_EVERY = 3  # a helper stays for seconds, and a look takes time: at one in three key pictures is enough
_SMALLEST_PX = 32


class Part(NamedTuple):
    """A part of a picture, in pixels of its full size: from the left and the top edge, and how large."""

    left: float
    top: float
    rgb: npt.NDArray[np.uint8]
    width: float
    height: float


def wanted(people: Sequence[Pose], picture: Picture) -> Part | None:
    """Where to look again: around the raised leg of somebody who lies alone; None where nobody would be."""
    if len(people) != 1 or not _due(picture.t_s) or not is_lying(people[0].points_px):
        return None
    points = people[0].points_px
    leg, size = lower_leg(points), float(leg_length(points))
    if middle(points, HIPS)[1] - leg[1, 1] < _UP * size:
        return None
    return _part(picture, leg[:2].mean(axis=0), _AROUND * size)


def added(people: Sequence[Found], found: Sequence[Found], part: Part) -> tuple[Found, ...]:
    """The one who lies alone, and whoever else was `found` in the part, at their place in the picture."""
    (lying,) = people
    moved = [_moved(one, part) for one in found]
    return (lying, *(one for one in moved if _is_somebody_else(one.pose.points_px, lying.pose.points_px)))


def _is_somebody_else(points: npt.NDArray[np.float64], lying: npt.NDArray[np.float64]) -> bool:
    return not is_lying(points) and bool(apart(points, lying))


def _due(t_s: float) -> bool:
    """Whether it is time for a look; always in the first picture, as a photo has no other.

    Only the time of this one picture is known. Which of three keys it is changes with a checksum of their number, so
    that pictures that come far apart meet it as often as others, one time in three, whatever their rate.
    """
    number, key = divmod(slot(t_s), _EVERY)
    return t_s == 0.0 or key == zlib.crc32(b"%d" % number) % _EVERY


def _part(picture: Picture, around: npt.NDArray[np.float64], reach: float) -> Part | None:
    """The square around a place, as far as it lies in the picture; None where that is too little to look at."""
    height, width = picture.rgb.shape[:2]
    scale = np.array([width / picture.width, height / picture.height])
    low, high = (np.clip(np.round((around + way) * scale), 0, (width, height)).astype(int) for way in (-reach, reach))
    if (high - low).min() < _SMALLEST_PX:
        return None
    left, top = (low / scale).tolist()
    across, down = ((high - low) / scale).tolist()
    return Part(left, top, picture.rgb[low[1] : high[1], low[0] : high[0]], across, down)


def _moved(one: Found, part: Part) -> Found:
    """Somebody found in the part, as they are in the picture."""
    pose = replace(one.pose, points_px=np.round(one.pose.points_px + np.array([part.left, part.top]), 2))
    return Found(pose, one.place and one.place.moved(part.left, part.top))
