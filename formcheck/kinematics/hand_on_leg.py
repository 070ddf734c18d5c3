"""Where the hands hold the raised leg."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from formcheck.core.landmarks import ANKLES, FINGERTIPS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Body, Floats, Ints
from formcheck.geometry.angles import joint_angle, length
from formcheck.geometry.bones import off_and_along
from formcheck.geometry.missing import filled
from formcheck.kinematics.view import VISIBLE

# A hand at the leg is read no further off the line through its joints: on rendered clips up to 0.15 where it holds the
# thigh, from 0.2 on where it lies on the floor or pulls a strap, but for one strap that is held close to the thigh.
_AT_LEG = 0.17
# Hands on the floor beside the hips are no higher than these, and reach 0.22 up the leg at most, where it is low
# (calculated); hands behind the thigh reach 0.13 to 0.27 up it (rendered clips).
_UP_THE_LEG, _CLEAR_OF_HIP, _OFF_FLOOR = 0.1, 0.3, 0.1

# A hand that pulls a strap is in the air, off the leg, most of an arm away from its shoulder and not yet at the foot.
_OFF_LEG, _IN_AIR, _ARM_OUT, _SHORT_OF_FOOT = 0.2, 0.2, 0.4, 0.2  # own choice, tried on rendered clips


class HandsAt(TypedDict):
    """Where the hands are, as in `Measures`."""

    hands_to_knee: Floats
    hand_to_toes: Floats
    strap_deg: Floats


def hands_at(body: Body, raised: Ints) -> HandsAt:
    """Where the hands are at, or pull, the leg of that index (T,)."""
    rows = np.arange(len(body))
    joints = np.stack([body.points_px[rows, pair[raised]] for pair in (HIPS, KNEES, ANKLES, TOES)], axis=1)
    return {
        "hands_to_knee": _hands_to_knee(body, raised),
        "hand_to_toes": _hand_to_toes(body, joints),
        "strap_deg": _strap_deg(body, joints),
    }


def _hand_to_toes(body: Body, joints: Floats) -> Floats:
    """(T,) way along the raised leg from the toes down to the seen hand that is nearest to them, in leg lengths.

    0 at the toes, about 0.2 at the ankle and 0.7 at the knee; `joints` (T, 4, 2) are hip, knee, ankle and toes, px. NaN
    where no hand is seen, where none is at the leg (on the floor, or in the air at a strap), and where the toes are out
    of view.
    """
    rows, points = np.arange(len(body)), body.points_px
    bones = length(joints[:, :-1], joints[:, 1:])
    above = np.concatenate([np.cumsum(bones[:, ::-1], axis=1)[:, -2::-1], np.zeros((len(body), 1))], axis=1)
    inside = ((joints[:, -1] >= 0.0) & (joints[:, -1] <= body.picture_px)).all(axis=1)
    nearest = np.full(len(body), np.nan)
    for finger, wrist in zip(FINGERTIPS, WRISTS, strict=True):
        off, along = off_and_along(points[:, None, finger], joints[:, :-1], joints[:, 1:])
        bone = np.argmin(filled(off, np.inf), axis=1)
        to_toes = (above + (1.0 - along) * bones)[rows, bone] / body.own_leg_px
        up = bones.sum(axis=1) / body.own_leg_px - to_toes
        height = (joints[:, 0] - points[:, finger])[:, 1] / body.own_leg_px
        holding = (up > _CLEAR_OF_HIP) | ((up > _UP_THE_LEG) & (height > _OFF_FLOOR))
        seen = (body.visibility[:, [finger, wrist]] >= VISIBLE).all(axis=1)
        there = seen & holding & (off[rows, bone] < _AT_LEG * body.own_leg_px)
        nearest = np.fmin(nearest, np.where(there, to_toes, np.nan))
    return np.where(inside, nearest, np.nan)


def _strap_deg(body: Body, joints: Floats) -> Floats:
    """(T,) degrees by which a hand in the air is off the line from its shoulder to the raised foot, as at a strap.

    Of two seen hands the one that is further off; `joints` as in `_hand_to_toes`. NaN where no hand is seen, and where
    one is at the leg, on the floor or on the body. The strap itself is not seen: arms that reach for the foot without
    one look the same.
    """
    points, leg_px = body.points_px, body.own_leg_px
    foot = joints[:, 2]
    worst = np.full(len(body), np.nan)
    for shoulder, wrist in zip(SHOULDERS, WRISTS, strict=True):
        arm, way = points[:, wrist] - points[:, shoulder], foot - points[:, shoulder]
        out = np.hypot(*arm.T) / leg_px
        off = off_and_along(points[:, None, wrist], joints[:, :-1], joints[:, 1:])[0].min(axis=1) / leg_px
        height = (joints[:, 0] - points[:, wrist])[:, 1] / leg_px
        pulls = (off > _OFF_LEG) & (height > _IN_AIR) & (out > _ARM_OUT)
        pulls &= np.hypot(*way.T) / leg_px > out + _SHORT_OF_FOOT
        apart = joint_angle(points[:, wrist], points[:, shoulder], foot)
        seen = body.visibility[:, wrist] >= VISIBLE
        worst = np.fmax(worst, np.where(seen, np.where(pulls, apart, np.inf), np.nan))
    return np.where(np.isinf(worst), np.nan, worst)


def _hands_to_knee(body: Body, raised: Ints) -> Floats:
    """(T,) distance of the nearer visible wrist from the knee of the raised leg, in leg lengths."""
    points = body.points_px
    knee = points[np.arange(len(points)), KNEES[raised]]
    gap = points[:, WRISTS] - knee[:, None]
    far = np.where(body.visibility[:, WRISTS] >= VISIBLE, np.hypot(gap[..., 0], gap[..., 1]), np.inf)
    return np.asarray(far.min(axis=1) / body.own_leg_px)
