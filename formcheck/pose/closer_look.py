"""A closer look at a leg that is up, for the helper who was not found.

Of two people who overlap the model often finds only the one who lies. In a part of the picture around the raised leg it
finds whoever holds that leg: there they are the largest.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import HIPS
from formcheck.core.poses import Picture, Pose
from formcheck.geometry.angles import leg_length, middle
from formcheck.geometry.contact import apart, lower_leg
from formcheck.geometry.posture import is_lying
from formcheck.pose.engine import Found
from formcheck.pose.key_pictures import slot
from formcheck.pose.part import Part

_UP = 0.3  # leg lengths of the ankle above the hips: below that nobody would hold it
# Leg lengths around the middle of the lower leg. With more of the picture the helper is lost again, from 1.2 on (tried
# on photographs, also darkened, blurred and made smaller).
_AROUND = 1.0
_EVERY = 3  # a helper stays for seconds, and a look takes time: at one in three key pictures is enough
_SMALLEST_PX = 32


def wanted(people: Sequence[Pose], picture: Picture) -> Part | None:
    """Where to look again: around the raised leg of somebody who lies alone; None where nobody would be."""
    if len(people) != 1 or not _due(picture.t_s) or not is_lying(people[0].points_px):
        return None
    points = people[0].points_px
    leg, size = lower_leg(points), float(leg_length(points))
    if middle(points, HIPS)[1] - leg[1, 1] < _UP * size:
        return None
    middle_of_it, reach = leg[:2].mean(axis=0), _AROUND * size
    return Part.of(picture, middle_of_it - reach, middle_of_it + reach, _SMALLEST_PX)


def added(people: Sequence[Found], found: Sequence[Found], part: Part) -> tuple[Found, ...]:
    """The one who lies alone, and whoever else was `found` in the part, at their place in the picture."""
    (lying,) = people
    moved = [part.in_picture(one) for one in found]
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
