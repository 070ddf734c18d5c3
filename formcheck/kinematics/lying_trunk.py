"""How the trunk of a person lies, against how it lay while both legs rested on the floor."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from formcheck.core.landmarks import EARS, HIPS, SHOULDERS
from formcheck.core.poses import Body, Bools, Floats
from formcheck.geometry.angles import length, middle
from formcheck.kinematics.baseline import PER_S
from formcheck.signals.running_median import SlowMedian

# A roll of the shoulders shows as a height difference of this many leg lengths times its sine: their width seen
# end on, of which the model gives back a fifth (measured on a rendered body that rolls by 14 degrees).
_ROLL_READ = 0.42 * 0.19
_MOST_ROLL_DEG = 45.0  # more than that is told as that: how much the model gives back differs


class LyingAt(NamedTuple):
    """Where shoulders and head of a lying body are; each (T,), as a share of the longer side of the picture.

    trunk      length of the trunk line.
    shoulders  how much lower the shoulder near the camera is than the other one.
    head       height of the head over the shoulders.
    sunk       how far down in the picture the head is.
    """

    trunk: Floats
    shoulders: Floats
    head: Floats
    sunk: Floats


class LyingTrunk:
    """How shoulders and head of a person lie while both legs rest on the floor, and how they moved since then.

    A raised leg changes how long leg and trunk are read, so all is told in lengths of the trunk at rest.
    """

    # Of rendered bodies that lie: leg lengths in the trunk that is read at rest, from all yaws, and the width of
    # the shoulders in leg lengths.
    _TRUNK, _SHOULDERS = 0.66, 0.42
    # A trunk that bends by 35 degrees takes the head aside by so many leg lengths; calculated.
    _ASIDE = 0.47
    _NECK = 0.2  # of the way of the head, at least so much is the neck's: calculated 0.3

    def __init__(self) -> None:
        self._medians = tuple(SlowMedian(PER_S) for _ in LyingAt._fields)

    def extend(self, step_s: Floats, now: LyingAt, at_rest: Bools) -> tuple[Floats, Floats]:
        """Changes since then in leg lengths (T,), NaN while nothing was learnt: of the shoulders, and of the head.

        That of the head is how far it moved up in the picture, and over the shoulders as well: a camera that moves
        takes both along. From above the floor a head that is taken aside does so; one that moved further than that is
        lifted, and is told as 0.
        `step_s` (T,) is the time since the frame before.
        """
        leg = now.trunk / self._TRUNK
        # The median moves in shares of its value, so it is kept away from 0.
        shares = (now.trunk, now.shoulders / leg + 1.0, now.head / leg + 1.0, now.sunk)
        trunk, shoulders, head, sunk = (
            median.extend(step_s, value, at_rest) for median, value in zip(self._medians, shares, strict=True)
        )
        leg = trunk / self._TRUNK
        over, rise = now.head / leg - (head - 1.0), (sunk - now.sunk) / leg
        aside = self._ASIDE * np.abs(shoulders - 1.0) / self._SHOULDERS
        moved = np.where((over * np.sign(rise) > self._NECK * np.abs(rise)) & (np.abs(rise) <= aside), rise, 0.0)
        return now.shoulders / leg - (shoulders - 1.0), np.where(np.isnan(rise), np.nan, moved)


def lying_at(body: Body) -> LyingAt:
    """Where shoulders and head are, of a lying body."""
    points = body.points_px / body.picture_px.max(axis=1)[:, None, None]
    shoulders, ears = middle(points, SHOULDERS), middle(points, EARS)
    # Whoever lies with the feet to the right turns the right side to the camera.
    return LyingAt(
        trunk=length(shoulders, middle(points, HIPS)),
        shoulders=(points[:, SHOULDERS[1], 1] - points[:, SHOULDERS[0], 1]) * body.facing,
        head=(shoulders - ears)[:, 1],
        sunk=ears[:, 1],
    )


def roll_deg(change: Floats) -> Floats:
    """(T,) roll of the shoulders, from how much lower the one near the camera came, in leg lengths."""
    most = np.sin(np.radians(_MOST_ROLL_DEG))
    return np.asarray(np.degrees(np.arcsin(np.clip(change / _ROLL_READ, -most, most))))
