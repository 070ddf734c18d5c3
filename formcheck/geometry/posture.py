"""Coarse posture from image points: what carries the body.

Heights and distances are in leg lengths (hip-knee-ankle path) along the picture's own vertical and level, heights
above the middle of the hips where nothing else is said. Nothing here looks at depth, or at the frames before.

"Calculated" means: from segment lengths of 0.51 for the thigh, 0.49 for the shank and 0.6 for the trunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.core.landmarks import ANKLES, HEELS, HIPS, KNEES, SHOULDERS, TOES
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.posture import Posture
from formcheck.geometry.angles import from_vertical, joint_angle, length, middle

_Y_UP: Final = np.array([1.0, -1.0])
_TRUNK: Final = 0.6  # hip-shoulder line in the model's points, see `Measures.trunk_share`
# Widths of shoulders and hips in the model's points where they face the camera, see `measures.view`.
_WIDTHS: Final = ((SHOULDERS, 0.42), (HIPS, 0.24))
_FRONTAL = 0.7  # of those widths: turned toward the camera by more than 45 degrees

# Trunk within 35 degrees of upright (tangent): own choice, calibrated on recordings of people who lie.
_UPRIGHT = 0.7
_FOLDED_DEG = 45.0  # halfway from upright to the level: own choice
_FORESHORTENED = 0.3  # shoulders no higher than half a trunk: folded by 60 degrees, if toward the camera; calculated

# On the feet.
_HANGING_THIGH = 0.22  # knee below the pelvis: a thigh that hangs by more than 25 degrees slides off a seat; calculated
# The deepest squat keeps the pelvis about 0.2 above the ankle, long sitting 0.0 to 0.1: calculated.
_LOWEST_SQUAT = 0.15
_BALANCE = 0.06  # how far beyond the feet the centre of mass may seem to lie: own choice, 5 cm
_SAME_FLOOR = 0.15  # feet whose soles differ by less in height stand on one floor: own choice, tilt of 4 degrees 0.07
# Share of the mass, and its centre from the hips up or from the upper joint on, of trunk, head and arms together, of a
# thigh, and of a shank with its foot: Winter 2009, table 4.1.
_UPPER, _THIGH, _SHANK = (0.678, 0.626), (0.1, 0.433), (0.061, 0.606)

# Kneeling. Sitting on the heels keeps the hip joint about 0.2 above the knee, sitting cross-legged 0.0: calculated.
_PELVIS_OVER_KNEE = 0.12
_SHIN_DROP = 0.12  # ankle below the knee, or knee above the floor: a shin 14 degrees off the level; own choice
# Straight legs on the floor seem to slope down by 7 to 14 degrees where the camera looks down on a body on its back, so
# a knee that kneels must be bent: halfway from a right angle to straight, and a little more; own choice.
_KNEELING_DEG = 140.0

# Sitting. With the camera's tilt and its view from above, a straight leg on the floor seems to rise by less than 17
# degrees: own choice.
_FOOT_UP = 0.3
_DEEPEST_FOLD = 0.3  # shoulders below the pelvis: a trunk 30 degrees down, which legs on the floor stop; calculated
_BESIDE = (
    0.15  # a knee or a foot no further behind the hips counts as beside them: half a foot of crossed legs, own choice
)


def posture(points_px: Floats) -> Ints:
    """`Posture` of bodies (..., 33, 2) -> (...); UNKNOWN where a shoulder, a hip or a joint of a leg is NaN.

    Hands and feet on the floor with no leg 45 degrees down count as lying (planks, low lunges): seen from the side only
    the arms tell them from lying on the front. Whoever bends so far forward on a seat that the feet could take over is
    told as on the feet. Both knees drawn to the chest on the back may be told as seated, somebody seated who leans back
    by 35 degrees as lying, a deep squat as seated. Seen from the front a squat and a seat look alike: UNKNOWN.
    """
    body = _Joints.of(points_px)
    over_legs, on_feet = body.folded_over_legs(), body.on_feet()
    seated = (body.upright() | over_legs) & body.told_from_a_squat()
    lying = _flat(points_px) & ~over_legs
    return np.select(
        [~body.known(), body.kneeling(), lying, on_feet & body.folded(), on_feet, seated],
        [Posture.UNKNOWN, Posture.KNEELING, Posture.LYING, Posture.FOLDED, Posture.STANDING, Posture.SEATED],
        Posture.UNKNOWN,
    ).astype(np.int64)


def is_lying(points_px: Floats) -> Bools:
    """Whether a body lies, (..., 33, 2) -> (...): where `posture` says LYING, with less work for most bodies."""
    flat = _flat(points_px)
    return np.asarray(flat & (posture(points_px) == Posture.LYING)) if flat.any() else flat


def _flat(points_px: Floats) -> Bools:
    """Trunk off the upright and neither leg hanging down by 45 degrees: lying, unless something else carries it."""
    trunk = middle(points_px, HIPS) - middle(points_px, SHOULDERS)
    legs = points_px[..., ANKLES, :] - points_px[..., HIPS, :]
    level = np.abs(trunk[..., 0]) > _UPRIGHT * np.abs(trunk[..., 1])
    hanging = legs[..., 1] > np.abs(legs[..., 0])
    return np.asarray(level & ~hanging.any(axis=-1))


@dataclass(frozen=True, slots=True)
class _Joints:
    """Joints in leg lengths from the middle of the hips, y up.

    shoulder                (..., 2) the middle of both.
    knee, ankle, heel, toe  (..., 2, 2) left and right, then x and y.
    frontal                 (...) whether the trunk is turned toward the camera, or away from it.
    """

    shoulder: Floats
    knee: Floats
    ankle: Floats
    heel: Floats
    toe: Floats
    frontal: Bools

    @classmethod
    def of(cls, points_px: Floats) -> _Joints:
        hips, shoulders = middle(points_px, HIPS), middle(points_px, SHOULDERS)
        knees, ankles = points_px[..., KNEES, :], points_px[..., ANKLES, :]
        path = length(points_px[..., HIPS, :], knees) + length(knees, ankles)
        # Whatever points to the camera is short in the picture, seldom trunk and legs at once.
        leg_px = np.maximum(path.max(axis=-1), length(hips, shoulders) / _TRUNK)
        with np.errstate(invalid="ignore", divide="ignore"):  # all points in one: no body, and nothing is known
            up = (points_px - hips[..., None, :]) * _Y_UP / leg_px[..., None, None]
        widths = [np.abs(up[..., pair[1], 0] - up[..., pair[0], 0]) / full for pair, full in _WIDTHS]
        return cls(
            shoulder=middle(up, SHOULDERS),
            knee=up[..., KNEES, :],
            ankle=up[..., ANKLES, :],
            heel=up[..., HEELS, :],
            toe=up[..., TOES, :],
            frontal=np.asarray(np.mean(widths, axis=0) > _FRONTAL),
        )

    def known(self) -> Bools:
        """Whether nothing is missing."""
        legs = self.knee + self.ankle + self.heel + self.toe
        return np.asarray(np.isfinite(self.shoulder).all(axis=-1) & np.isfinite(legs).all(axis=(-2, -1)))

    def upright(self) -> Bools:
        """The trunk within 35 degrees of upright."""
        return np.asarray(self.shoulder[..., 1] * _UPRIGHT >= np.abs(self.shoulder[..., 0]))

    def folded(self) -> Bools:
        """The trunk nearer to the level than to upright, in the picture or toward the camera."""
        trunk_deg = from_vertical(np.zeros(2), self.shoulder * _Y_UP)
        return np.asarray((trunk_deg > _FOLDED_DEG) | (self.shoulder[..., 1] < _FORESHORTENED))

    def kneeling(self) -> Bools:
        """A shin on the floor that carries: under the pelvis, its knee bent and no higher than its foot."""
        knee, ankle = self.knee[..., 1], self.ankle[..., 1]
        floor = np.minimum(knee, ankle).min(axis=-1)[..., None]
        low = (knee - floor < _SHIN_DROP) & (knee - ankle < _SHIN_DROP)
        bent = joint_angle(np.zeros(2), self.knee, self.ankle) < _KNEELING_DEG
        return np.asarray((low & bent & (knee < -_PELVIS_OVER_KNEE)).any(axis=-1))

    def on_feet(self) -> Bools:
        """The pelvis over a foot and carried by it: in balance, or with no seat under the thigh."""
        pelvis = self._pelvis()
        carried = (self._balanced() & ~self.frontal) | self._hanging_thigh()
        return np.asarray((pelvis > _LOWEST_SQUAT) & (self.shoulder[..., 1] > -pelvis) & carried)

    def told_from_a_squat(self) -> Bools:
        """Whether somebody who is not on their feet surely sits: from the front the feet are under every body."""
        return np.asarray(~(self.frontal & self._balanced()) | (self._pelvis() < _LOWEST_SQUAT))

    def folded_over_legs(self) -> Bools:
        """The trunk and both legs to one side of the hips, neither foot up, the shoulders not under the floor.

        On the back both legs are on the side of the shoulders only when they are raised beyond upright, and then the
        feet are up. So this holds of a fold from a trunk a little forward to one on the legs.
        """
        side = np.sign(self.shoulder[..., 0])[..., None]
        ahead = np.minimum(self.knee[..., 0] * side, self.ankle[..., 0] * side) > -_BESIDE
        down = self.ankle[..., 1] < _FOOT_UP
        over = self.shoulder[..., 1] > np.minimum(self.ankle[..., 1].min(axis=-1), -_DEEPEST_FOLD)
        return np.asarray((ahead & down).all(axis=-1) & over)

    def _pelvis(self) -> Floats:
        """Height above the lower ankle."""
        return np.asarray(-self.ankle[..., 1].min(axis=-1))

    def _hanging_thigh(self) -> Bools:
        """Whether the thigh of the foot on the floor that is most under the pelvis hangs: no seat carries it."""
        beside = np.where(self._stands(), np.abs(self.ankle[..., 0]), np.inf)
        under = np.argmin(beside, axis=-1)[..., None]
        return np.asarray(np.take_along_axis(self.knee[..., 1], under, axis=-1)[..., 0] < -_HANGING_THIGH)

    def _stands(self) -> Bools:
        """(..., 2) whether the sole is as low as the other one, or lower."""
        sole = np.minimum(self.heel[..., 1], self.toe[..., 1])
        return np.asarray(sole - sole.min(axis=-1)[..., None] < _SAME_FLOOR)

    def _balanced(self) -> Bools:
        """Whether the centre of mass is over the feet that stand on the floor, between heel and toe of all of them."""
        thigh, shank = self.knee[..., 0], self.ankle[..., 0] - self.knee[..., 0]
        of_leg = _THIGH[0] * _THIGH[1] * thigh + _SHANK[0] * (thigh + _SHANK[1] * shank)
        centre = _UPPER[0] * _UPPER[1] * self.shoulder[..., 0] + of_leg.sum(axis=-1)
        stands = self._stands()
        back, front = np.minimum(self.heel, self.toe)[..., 0], np.maximum(self.heel, self.toe)[..., 0]
        after = np.where(stands, back, np.inf).min(axis=-1) - _BALANCE
        before = np.where(stands, front, -np.inf).max(axis=-1) + _BALANCE
        return np.asarray((after < centre) & (centre < before))
