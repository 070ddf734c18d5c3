"""Where the hands hold the raised leg."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, FINGERTIPS, HIPS, KNEES, TOES, WRISTS
from formcheck.core.poses import Body, Floats, Ints
from formcheck.geometry.angles import length
from formcheck.kinematics.view import VISIBLE

# A hand at the leg is read no further off the line through its joints: on rendered clips up to 0.15 where it holds the
# thigh, from 0.2 on where it lies on the floor or pulls a strap, but for one strap that is held close to the thigh.
_AT_LEG = 0.17
# Hands on the floor beside the hips are no higher than these, and reach 0.22 up the leg at most, where it is low
# (calculated); hands behind the thigh reach 0.13 to 0.27 up it (rendered clips).
_UP_THE_LEG, _CLEAR_OF_HIP, _OFF_FLOOR = 0.1, 0.3, 0.1


def hand_to_toes(body: Body, raised: Ints) -> Floats:
    """(T,) way along the raised leg from the toes down to the seen hand that is nearest to them, in leg lengths.

    0 at the toes, about 0.2 at the ankle and 0.7 at the knee; `raised` (T,) is the index of the leg. NaN where no hand
    is seen, where none is at the leg (on the floor, or in the air at a strap), and where the toes are out of view.
    """
    rows, points = np.arange(len(body)), body.points_px
    joints = np.stack([points[rows, pair[raised]] for pair in (HIPS, KNEES, ANKLES, TOES)], axis=1)
    bones = length(joints[:, :-1], joints[:, 1:])
    above = np.concatenate([np.cumsum(bones[:, ::-1], axis=1)[:, -2::-1], np.zeros((len(body), 1))], axis=1)
    inside = ((joints[:, -1] >= 0.0) & (joints[:, -1] <= body.picture_px)).all(axis=1)
    nearest = np.full(len(body), np.nan)
    for finger, wrist in zip(FINGERTIPS, WRISTS, strict=True):
        off, along = _off_and_along(points[:, finger], joints, bones)
        bone = np.argmin(np.nan_to_num(off, nan=np.inf), axis=1)
        to_toes = (above + (1.0 - along) * bones)[rows, bone] / body.own_leg_px
        up = bones.sum(axis=1) / body.own_leg_px - to_toes
        height = (joints[:, 0] - points[:, finger])[:, 1] / body.own_leg_px
        holding = (up > _CLEAR_OF_HIP) | ((up > _UP_THE_LEG) & (height > _OFF_FLOOR))
        seen = (body.visibility[:, [finger, wrist]] >= VISIBLE).all(axis=1)
        there = seen & holding & (off[rows, bone] < _AT_LEG * body.own_leg_px)
        nearest = np.fmin(nearest, np.where(there, to_toes, np.nan))
    return np.where(inside, nearest, np.nan)


def _off_and_along(point: Floats, joints: Floats, bones: Floats) -> tuple[Floats, Floats]:
    """(T, 3) distance of a point (T, 2) from each bone, px, and how far along the bone its foot lies, 0 to 1."""
    start, line = joints[:, :-1], np.diff(joints, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = np.clip(((point[:, None] - start) * line).sum(axis=-1) / bones**2, 0.0, 1.0)
    return length(start + along[..., None] * line, point[:, None]), along
