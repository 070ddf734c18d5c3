"""How the camera sees the body, and which parts of it can be judged."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from formcheck.core.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Body, Bools, Floats, Ints
from formcheck.core.reasons import LYING_SIDE_ON_LIMIT_DEG, SIDE_ON_LIMIT_DEG, Reason
from formcheck.geometry.angles import middle
from formcheck.geometry.trust import CERTAIN, JUDGED

VISIBLE = 0.6  # a needed joint below this is unseen
# Of a leg the mean of its joints must reach that: the leg behind is reported at 0.4 to 0.7 and flickers, while its knee
# is read to within 5 degrees on rendered bodies. Legs that are really covered read 0.1 to 0.3.
_LEG_LEAST = 0.4
_LENGTH_DRIFT = 0.15
# Distance between the model's shoulder points and hip points, in leg lengths, on bodies that face the camera.
SHOULDER_WIDTH = 0.42
HIP_WIDTH = 0.24
# The model pulls the shoulders of a lying body together: this share is left of the distance along the level that
# projection gives them. Found on 35 rendered recordings of bodies turned by -25 to 25 degrees; without any one body it
# is 0.50 to 0.54.
LYING_SHOULDERS = 0.52
_PAIRS = ((SHOULDERS, SHOULDER_WIDTH), (HIPS, HIP_WIDTH))
_FOCAL_LENGTH = 0.8  # of the longer side of the picture: what webcams and phones have


def yaw_deg(body: Body, lying: Bools) -> Floats:
    """Angle of the view away from side-on, (T,): 0 side-on, 90 front or back; `lying` (T,).

    From the shoulders' and the hips' width along x, which a side view hides. Along x only, because a camera that
    looks down on a lying body also sees its far shoulder higher up. Away from the middle of the picture perspective
    shows some width even side-on; that is taken out.
    """
    shares = [_across(body, pair, 1.0) - perspective(body, pair, full) for pair, full in _PAIRS]
    share = np.hypot(*shares) / np.hypot(SHOULDER_WIDTH, HIP_WIDTH)
    share = np.where(lying, np.abs(feet_nearer(body)), share)
    return np.asarray(np.degrees(np.arcsin(np.clip(share, 0.0, 1.0))))


def feet_nearer(body: Body) -> Floats:
    """(T,) sine of the angle by which a lying body is turned, -1 to 1, positive with the feet toward the camera.

    From the shoulders alone: the hips are read more or less where they are seen from the side.
    """
    turned = _across(body, SHOULDERS, LYING_SHOULDERS) - perspective(body, SHOULDERS, SHOULDER_WIDTH)
    return np.asarray(np.clip(-body.facing * turned / SHOULDER_WIDTH, -1.0, 1.0))


def perspective(body: Body, pair: Ints, full: float) -> Floats:
    """(T,) how far apart along the level a pair of points is seen from the side, in leg lengths, positive as `_across`.

    `full` is their distance in leg lengths.
    """
    off_centre = middle(body.points_px, pair)[:, 0] - body.picture_px[:, 0] / 2.0
    return np.asarray(off_centre * full / (_FOCAL_LENGTH * body.picture_px.max(axis=1)))


def _across(body: Body, pair: Ints, read: float) -> Floats:
    """(T,) distance of a pair along the level in leg lengths, where `read` is the share of it that the model reads.

    Positive where the side that is nearer to the camera is further right: whoever faces right in the picture turns the
    right side to the camera; so does who lies with the feet there.
    """
    nearer_is_right = np.where(body.facing > 0, 1.0, -1.0)
    apart = np.diff(body.points_px[:, pair, 0], axis=1)[:, 0]
    return np.asarray(nearer_is_right * apart / (read * body.own_leg_px))


def view_seen(yaw: Floats, lying: Bools) -> Ints:
    """`Reason` codes (T,): whether the view carries rules that need a side view; `lying` (T,)."""
    limit_deg = np.where(lying, LYING_SIDE_ON_LIMIT_DEG, SIDE_ON_LIMIT_DEG)
    seen = np.where(yaw > limit_deg, int(Reason.NOT_SIDE_ON), int(Reason.SEEN))
    return np.where(np.isnan(yaw), int(Reason.NO_PERSON), seen)


def spoilt(body: Body, seen: Ints) -> Ints:
    """`Reason` codes (T,) or (T, 2) of a part of somebody; what spoils the picture as a whole comes first."""
    whole = body.spoilt.reshape(-1, *[1] * (seen.ndim - 1))
    return np.where((whole != Reason.SEEN) & (seen != Reason.NO_PERSON), whole, seen)


class PicturesSeen(TypedDict):
    """What is wrong with the pictures, as in `Measures`."""

    picture_seen: Ints
    picture_poor: Ints
    camera_moves: Bools


def pictures_seen(body: Body) -> PicturesSeen:
    """What is wrong with the pictures as a whole, (T,) each."""
    return PicturesSeen(picture_seen=body.spoilt, picture_poor=body.poor, camera_moves=body.camera_moves)


def _inside(body: Body) -> Bools:
    """(T, 33) whether a point lies in the picture."""
    width, height = body.picture_px[:, 0, None], body.picture_px[:, 1, None]
    x, y = body.raw_px[..., 0], body.raw_px[..., 1]
    return np.asarray((x >= 0) & (x <= width) & (y >= 0) & (y <= height))


class PartsSeen(TypedDict):
    """`Reason` codes of the parts of the body, as in `Measures`."""

    trunk_seen: Ints
    leg_seen: Ints
    feet_seen: Ints
    hands_seen: Ints
    head_seen: Ints


def parts_seen(body: Body, yaw: Floats) -> PartsSeen:
    """`Reason` codes of trunk (T,), leg (T, 2), feet (T,), hands (T,) and head (T,); `yaw` (T,) in degrees.

    Of the trunk, the feet, the hands and the head the side nearer to the camera is enough: in a side view the
    other one lies behind it.
    """
    # What is likely wrong is not seen, whatever visibility says; where that is not known, it is.
    inside, visible = _inside(body), (body.visibility >= VISIBLE) & ~(body.trust < JUDGED)
    nobody = np.isnan(body.points_px[:, 0, 0])

    def either(pairs: list[Ints], out: Reason, hidden: Reason) -> Ints:
        in_picture = np.all([inside[:, pair] for pair in pairs], axis=0).any(axis=1)
        clear = np.all([inside[:, pair] & visible[:, pair] for pair in pairs], axis=0).any(axis=1)
        seen = np.where(clear, int(Reason.SEEN), np.where(in_picture, int(hidden), int(out)))
        return spoilt(body, np.where(nobody, int(Reason.NO_PERSON), seen))

    leg_in = np.all([inside[:, pair] for pair in (HIPS, KNEES, ANKLES)], axis=0)
    leg_joints = np.stack([body.visibility[:, pair] for pair in (HIPS, KNEES, ANKLES)])
    leg_clear = (leg_joints.mean(axis=0) >= VISIBLE) & (leg_joints.min(axis=0) >= _LEG_LEAST)
    right = np.stack([body.trust[:, pair] for pair in (HIPS, KNEES, ANKLES)]).min(axis=0)
    leg = np.where(right < JUDGED, int(Reason.LEG_UNSURE), int(Reason.SEEN))  # not where that is not known
    leg = np.where(leg_clear | (right >= CERTAIN), leg, int(Reason.LEG_HIDDEN))
    leg = np.where(_drifts(body, yaw), int(Reason.LENGTHS_OFF), leg)
    leg = np.where(leg_in, leg, int(Reason.FEET_OUT))
    return {
        "trunk_seen": either([SHOULDERS, HIPS], Reason.BODY_OUT, Reason.TRUNK_HIDDEN),
        "leg_seen": spoilt(body, np.where(nobody[:, None], int(Reason.NO_PERSON), leg)),
        "feet_seen": either([ANKLES, HEELS, TOES], Reason.FEET_OUT, Reason.LEG_HIDDEN),
        "hands_seen": either([WRISTS], Reason.BODY_OUT, Reason.HANDS_HIDDEN),
        "head_seen": either([EARS], Reason.HEAD_OUT, Reason.HEAD_HIDDEN),
    }


def thigh_seen(body: Body) -> Bools:
    """(T,) whether hip and knee of at least one leg are in the picture and visible: else its shape is a guess."""
    clear = _inside(body) & (body.visibility >= _LEG_LEAST)
    return np.asarray((clear[:, HIPS] & clear[:, KNEES]).any(axis=1))


def _drifts(body: Body, yaw: Floats) -> Bools:
    """(T, 2) whether a leg is longer or shorter in the picture than the person's own can be, seen from this yaw."""
    points = body.points_px
    thigh = np.hypot(*np.moveaxis(points[:, KNEES] - points[:, HIPS], -1, 0))
    shank = np.hypot(*np.moveaxis(points[:, ANKLES] - points[:, KNEES], -1, 0))
    share = (thigh + shank) / body.own_leg_px[:, None]
    turned = np.radians(np.minimum(yaw, SIDE_ON_LIMIT_DEG))[:, None]
    # Turned away, a leg is shortened by the angle, and a little more by perspective.
    shortest = np.cos(turned) * (1.0 - 0.15 * np.sin(turned))
    return np.asarray((share > 1.0 + _LENGTH_DRIFT) | (share < (1.0 - _LENGTH_DRIFT) * shortest))
