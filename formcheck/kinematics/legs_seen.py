"""What single pictures show of which leg is near the camera; `measures.legs` puts it together over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.core.landmarks import ANKLES, HEELS, HIPS, KNEES, SHOULDERS, TOES
from formcheck.core.poses import Body, Bools, Floats, Ints
from formcheck.geometry.angles import joint_angle, length, middle
from formcheck.geometry.posture import is_lying
from formcheck.geometry.trust import NAMED, legs_told_apart
from formcheck.kinematics.baseline import TYPICAL_REST_DEG
from formcheck.kinematics.leg_lines import leg_lines

_LEVEL_DEG = 15.0
_TAKEN_NEAR, _TAKEN_FAR, _TAKEN_FAR_CUT, _TAKEN_UPRIGHT = 2.5, 1.2, 0.4, 2.5
_DEPTH = 0.3  # leg lengths: what the model says of near and far counts in full from here on; side-on it says 0.5 to 1.5
_LOOKS_DIFFER = 0.6  # share of its weight that near keeps where the two looks of the estimator differ
_UNSURE = 0.55  # the visibility that knees and ankles have there
_EDGE = 0.01  # of the picture: a foot this close to the edge may be cut
_STRAIGHT_DEG = 150.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegsSeen:
    """What single frames show.

    there        (T,) whether somebody is seen.
    lying        (T,)
    way          (T,) 1 facing right, -1 facing left, 2 and -2 the same lying.
    leg_deg      (T, 2) hip-to-ankle line above the level, unsmoothed.
    straight     (T, 2) whether the knee is.
    higher       (T,) label of the higher leg, 0 left, 1 right.
    apart_deg    (T,) how far the legs are apart.
    named_near   (T,) whether the higher leg has the label of the side that is turned to the camera.
    taken        (T,) log odds that the higher leg is near, from which one the model takes for near.
    trunk        (T,) 1 where the model takes that side of the trunk for near as well, -1 where it takes the other.
    knees_below  (T, 2) knees below the line of the trunk, in leg lengths.
    at_rest      (T,) whether both legs lie straight on the floor.
    shanks       (T,) logarithm of the lower shank over the higher one; NaN unless lying with both in the picture.
    """

    there: Bools
    lying: Bools
    way: Ints
    leg_deg: Floats
    straight: Bools
    higher: Ints
    apart_deg: Floats
    named_near: Bools
    taken: Floats
    trunk: Floats
    knees_below: Floats
    at_rest: Bools
    shanks: Floats

    @classmethod
    def of(cls, body: Body) -> LegsSeen:
        """Look at the frames of a body one by one."""
        points = body.raw_px
        lying = is_lying(points)
        leg_deg = leg_lines(points, body.facing, lying)
        higher = (leg_deg[:, 1] > leg_deg[:, 0]).astype(np.int64)
        # Whoever faces right in the picture turns the right side to the camera; so does who lies with the feet there.
        near = (body.facing > 0).astype(np.int64)
        straight = joint_angle(points[:, HIPS], points[:, KNEES], points[:, ANKLES]) > _STRAIGHT_DEG
        level = np.abs(leg_deg - TYPICAL_REST_DEG) < _LEVEL_DEG
        shank = np.log(length(points[:, KNEES], points[:, ANKLES]))
        cut = np.take_along_axis(_foot_cut(body), 1 - higher[:, None], axis=1)[:, 0]
        return cls(
            there=~np.isnan(points[:, 0, 0]),
            lying=lying,
            way=np.where(lying, 2, 1) * np.where(body.facing > 0, 1, -1),
            leg_deg=leg_deg,
            straight=straight,
            higher=higher,
            apart_deg=np.abs(np.diff(leg_deg, axis=1)[:, 0]),
            named_near=higher == near,
            taken=_taken(body, higher, lying, cut),
            trunk=_nearer(body, SHOULDERS[None], near),
            knees_below=_below_trunk(body),
            at_rest=lying & straight.all(axis=1) & level.all(axis=1),
            shanks=np.where(lying & ~cut, np.diff(shank, axis=1)[:, 0] * np.where(higher == 0, 1.0, -1.0), np.nan),
        )


def _nearer(body: Body, pairs: Ints, side: Ints) -> Floats:
    """(T,) 1 where the model takes that side of the pairs of points for nearer than the other, -1 for farther."""
    depth = body.depth_px[:, pairs].mean(axis=1) / body.own_leg_px[:, None]
    nearer = np.diff(depth, axis=1)[:, 0] * np.where(side == 0, 1.0, -1.0) / _DEPTH
    return np.asarray(np.clip(np.nan_to_num(nearer), -1.0, 1.0))  # a recording without depth says nothing


def _taken(body: Body, higher: Ints, lying: Bools, cut: Bools) -> Floats:
    """(T,) log odds that the higher leg is near, from the model's depth; `cut` where the other foot is out of view."""
    nearer = _nearer(body, np.stack([HIPS, KNEES, ANKLES]), higher)
    nearer = np.where(legs_told_apart(body.trust) < NAMED, 0.0, nearer)  # whose depth it is, is not sure
    differ = (body.visibility[:, np.concatenate([KNEES, ANKLES])] <= _UNSURE).all(axis=1)
    near = np.where(differ, _LOOKS_DIFFER * _TAKEN_NEAR, _TAKEN_NEAR)
    # The looks differed only where the raised leg was near.
    far = np.where(differ, 0.0, np.where(cut, _TAKEN_FAR_CUT, _TAKEN_FAR))
    return np.asarray(nearer * np.where(lying, np.where(nearer > 0, near, far), _TAKEN_UPRIGHT))


def _below_trunk(body: Body) -> Floats:
    """(T, 2) how far the knees are below the line through shoulders and hips, in leg lengths."""
    points = body.raw_px
    hip = middle(points, HIPS)
    line = hip - middle(points, SHOULDERS)
    across = np.stack([-line[:, 1], line[:, 0]], axis=1) * body.facing[:, None]
    across /= length(hip, middle(points, SHOULDERS))[:, None]
    below = ((points[:, KNEES] - hip[:, None]) * across[:, None]).sum(axis=-1)
    return np.asarray(below / body.own_leg_px[:, None])


def _foot_cut(body: Body) -> Bools:
    """(T, 2) whether a part of the foot is out of the picture, or at its edge."""
    size = body.picture_px[:, None, :].astype(float)
    foot = np.stack([body.raw_px[:, pair] for pair in (ANKLES, HEELS, TOES)]) / size
    return np.asarray(((foot < _EDGE) | (foot > 1.0 - _EDGE)).any(axis=(0, 3)))
