"""Coarse posture from image points: what carries the body.

Heights and distances are in leg lengths (hip-knee-ankle path) along the picture's own vertical and level. Nothing here
looks at depth, or at the frames before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.core.landmarks import ANKLES, HEELS, HIPS, KNEES, SHOULDERS, TOES
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.posture import Posture
from formcheck.geometry.angles import from_vertical, joint_angle, length, middle

_TRUNK_OF_LEG = 0.6  # hip-shoulder line over leg length in the model's points, see `Measures.trunk_share`

# Lying. Tangents of 35 degrees (the trunk from the vertical) and 45 degrees (a leg from the level): own choice,
# calibrated on recordings of people who lie down.
_LEVEL = 0.7
# On the feet: a squat to level thighs and a seat have the pelvis a shank above the ankle, 0.49, and 0.67 with thighs
# that hang by 25 degrees; a knee bent to 110 degrees gives 0.8. Calculated.
_HIGH_PELVIS = 0.75
# The deepest squat has the pelvis about 0.2 above the ankle, long sitting 0.0 to 0.1: calculated from segment lengths.
_LOWEST_SQUAT = 0.15
_STEEP_THIGH = 0.22  # knee below the pelvis: no seat lets the thigh hang by more than 25 degrees, calculated
_ARCHED = 0.3  # shoulders below and beside the pelvis: a trunk 30 to 60 degrees down, more than in a bridge
# Widths of shoulders and hips in the model's points where they face the camera, see `measures.view`.
_WIDTHS = ((SHOULDERS, 0.42), (HIPS, 0.24))
_FRONTAL = 0.7  # of those: turned to the camera by more than 45 degrees, where feet are under every body
_BALANCE = 0.1  # how far beyond the feet the centre of mass may seem to lie: error of both, calculated
_SAME_FLOOR = 0.15  # joints whose heights differ by less stand on one floor: a camera tilted by 4 degrees makes 0.07
# Mass and centre (from the hips up or from the proximal joint on) of trunk, head and arms together, thigh, and shank
# with foot: Winter 2009, table 4.1.
_UPPER, _THIGH, _SHANK = (0.678, 0.626), (0.1, 0.433), (0.061, 0.606)
_FOLDED_DEG = 45.0  # halfway from upright to level: own choice
_FORESHORTENED = 0.3  # shoulders less than this above the hips: half a trunk, so 60 degrees toward the camera
# Kneeling: sitting on the heels keeps the hip joint about 0.2 above the knee, calculated.
_PELVIS_OVER_KNEE = 0.12
_SHIN_DROP = 0.12  # how far the ankle may be below the knee of a shin on the floor: 14 degrees
_KNEELING_DEG = 140.0  # a knee opened further does not carry: halfway between upright kneeling and straight
# Sitting: a straight leg on the floor seems to rise by less than this (20 degrees), with tilt and the view from above.
_FOOT_UP = 0.3
_Y_UP = np.array([1.0, -1.0])
_DEEPEST_FOLD = 0.3  # shoulders below the pelvis: a trunk 30 degrees below the level does not fold further on the floor
_BESIDE = 0.1  # knees and feet no further than this behind the hips, as seen from the side the trunk is folded to


def posture(points_px: Floats) -> Ints:
    """`Posture` of bodies (..., 33, 2) -> (...); UNKNOWN where a shoulder, a hip or a joint of a leg is NaN.

    Planks, and lunges with the hands on the floor and a leg stretched far back, count as lying: seen from the side
    nothing but the arms tells them from lying on the front.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        body = _Places.of(points_px)
    kneeling, over_legs, on_feet = body.kneeling(), body.over_legs(), body.on_feet()
    lying = _flat(points_px) & ~over_legs
    return np.select(
        [~body.known(), kneeling, lying, on_feet & body.folded(), on_feet, (body.upright | over_legs) & body.sits()],
        [Posture.UNKNOWN, Posture.KNEELING, Posture.LYING, Posture.FOLDED, Posture.STANDING, Posture.SEATED],
        Posture.UNKNOWN,
    ).astype(np.int64)


def is_lying(points_px: Floats) -> Bools:
    """Whether a body lies, (..., 33, 2) -> (...): `posture` says LYING, told with less work."""
    flat = _flat(points_px)
    # Of most bodies two lines tell that they do not lie; only of the others everything is looked at.
    return np.asarray(flat & (posture(points_px) == Posture.LYING)) if flat.any() else flat


def _level_trunk(points_px: Floats) -> Bools:
    trunk = middle(points_px, HIPS) - middle(points_px, SHOULDERS)
    return np.asarray(np.abs(trunk[..., 0]) > _LEVEL * np.abs(trunk[..., 1]))


def _flat(points_px: Floats) -> Bools:
    """Trunk near the level and neither leg hanging down: lying, unless something else carries the body."""
    legs = points_px[..., ANKLES, :] - points_px[..., HIPS, :]
    hanging = legs[..., 1] > np.abs(legs[..., 0])
    return np.asarray(_level_trunk(points_px) & ~hanging.any(axis=-1))


@dataclass(frozen=True, slots=True)
class _Places:
    """Joints in leg lengths from the middle of the hips, y up; pairs (..., 2, 2) are (left, right), then (x, y).

    shoulder (..., 2) is the middle of both; upright (...) whether the trunk is within 35 degrees of upright.
    """

    upright: Bools
    frontal: Bools
    shoulder: Floats
    knee: Floats
    ankle: Floats
    heel: Floats
    toe: Floats

    @classmethod
    def of(cls, points_px: Floats) -> _Places:
        hips, shoulders = middle(points_px, HIPS), middle(points_px, SHOULDERS)
        knees, ankles = points_px[..., KNEES, :], points_px[..., ANKLES, :]
        path = length(points_px[..., HIPS, :], knees) + length(knees, ankles)
        # Whatever points to the camera is short in the picture, seldom trunk and legs at once.
        leg_px = np.maximum(path.max(axis=-1), length(hips, shoulders) / _TRUNK_OF_LEG)

        def pair(index: Ints) -> Floats:
            up = (points_px[..., index, :] - hips[..., None, :]) * _Y_UP
            return np.asarray(up / leg_px[..., None, None])

        def across(index: Ints) -> Floats:
            return np.asarray(np.abs(np.diff(points_px[..., index, 0], axis=-1)[..., 0]) / leg_px)

        shoulder = (shoulders - hips) * _Y_UP / leg_px[..., None]
        return cls(
            upright=~_level_trunk(points_px) & (shoulder[..., 1] > 0.0),
            frontal=sum(across(pair) / full for pair, full in _WIDTHS) / len(_WIDTHS) > _FRONTAL,
            shoulder=shoulder,
            knee=pair(KNEES),
            ankle=pair(ANKLES),
            heel=pair(HEELS),
            toe=pair(TOES),
        )

    def known(self) -> Bools:
        """Whether there is nothing missing."""
        legs = self.knee + self.ankle + self.heel + self.toe
        return np.isfinite(self.shoulder).all(axis=-1) & np.isfinite(legs).all(axis=(-2, -1))

    def floor(self) -> Floats:
        """Height of the lowest knee or foot."""
        return np.minimum(self.knee[..., 1], self.ankle[..., 1]).min(axis=-1)

    def kneeling(self) -> Bools:
        """A shin on the floor, the pelvis over it: the knee bent, no higher than its foot, as low as anything."""
        knee, ankle = self.knee[..., 1], self.ankle[..., 1]
        below_pelvis = knee < -_PELVIS_OVER_KNEE
        on_floor = knee - self.floor()[..., None] < _SHIN_DROP
        bent = joint_angle(np.zeros(2), self.knee, self.ankle) < _KNEELING_DEG
        return np.asarray((below_pelvis & on_floor & bent & (knee - ankle < _SHIN_DROP)).any(axis=-1))

    def on_feet(self) -> Bools:
        """The pelvis high over a foot, or lower as in a squat and carried by it, or the top of hands and feet."""
        pelvis = self._pelvis()
        squat = (self._balanced() & ~self.frontal) | self._steep_thigh()
        low = (pelvis > _LOWEST_SQUAT) & (self.shoulder[..., 1] > -pelvis) & squat
        return np.asarray((pelvis > _HIGH_PELVIS) | low | self._arched())

    def sits(self) -> Bools:
        """Whether a body that is not on its feet can be told to sit: seen from the front it may squat as well."""
        return np.asarray(~(self.frontal & self._balanced()) | (self._pelvis() < _LOWEST_SQUAT))

    def _pelvis(self) -> Floats:
        """Height of the pelvis above the lower ankle."""
        return np.asarray(-self.ankle[..., 1].min(axis=-1))

    def _steep_thigh(self) -> Bools:
        """Of the leg with the lower foot."""
        lower = np.argmin(self.ankle[..., 1], axis=-1)
        knee = np.take_along_axis(self.knee[..., 1], lower[..., None], axis=-1)[..., 0]
        return np.asarray(knee < -_STEEP_THIGH)

    def _arched(self) -> Bools:
        """The pelvis far above the shoulders and, on the other side, the feet."""
        x, y = self.shoulder[..., 0], self.shoulder[..., 1]
        apart = (np.abs(x) > _ARCHED) & (self.ankle[..., 0] * x[..., None] < 0.0).all(axis=-1)
        return np.asarray(apart & (y < -_ARCHED) & (self.ankle[..., 1] < -_ARCHED).all(axis=-1))

    def _balanced(self) -> Bools:
        thighs, shanks = self.knee[..., 0], self.ankle[..., 0] - self.knee[..., 0]
        centre = _UPPER[0] * _UPPER[1] * self.shoulder[..., 0]
        centre = centre + (_THIGH[0] * _THIGH[1] * thighs).sum(axis=-1)
        centre = centre + (_SHANK[0] * (thighs + _SHANK[1] * shanks)).sum(axis=-1)
        sole = np.minimum(self.heel[..., 1], self.toe[..., 1])
        standing = sole - sole.min(axis=-1)[..., None] < _SAME_FLOOR
        feet = np.stack([self.heel[..., 0], self.toe[..., 0]])
        back = np.where(standing, feet.min(axis=0), np.inf).min(axis=-1)
        front = np.where(standing, feet.max(axis=0), -np.inf).max(axis=-1)
        return np.asarray((centre > back - _BALANCE) & (centre < front + _BALANCE))

    def folded(self) -> Bools:
        """The trunk further from upright than halfway to the level, in the picture or toward the camera."""
        trunk_deg = from_vertical(np.zeros(2), self.shoulder * _Y_UP)
        return np.asarray((trunk_deg > _FOLDED_DEG) | (self.shoulder[..., 1] < _FORESHORTENED))

    def over_legs(self) -> Bools:
        """The trunk folded over both legs, which lie or hang down: neither foot up, the shoulders above the floor.

        On the back both legs can be on the side of the shoulders only where they are raised beyond upright, and then
        the feet are up.
        """
        side = np.sign(self.shoulder[..., 0])[..., None]
        ahead = np.minimum(self.knee[..., 0] * side, self.ankle[..., 0] * side) > -_BESIDE
        above = self.shoulder[..., 1] > np.minimum(self.ankle[..., 1].min(axis=-1), -_DEEPEST_FOLD)
        return np.asarray((ahead & (self.ankle[..., 1] < _FOOT_UP)).all(axis=-1) & above)
