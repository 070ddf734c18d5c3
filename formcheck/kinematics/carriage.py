"""How trunk and arms are carried: what tells an exercise that only resembles a stretch from the stretch."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from formcheck.core.landmarks import EARS, HIPS, NOSE, SHOULDERS, WRISTS
from formcheck.core.poses import Body, Floats
from formcheck.geometry.angles import middle
from formcheck.geometry.trust import JUDGED
from formcheck.kinematics.view import SHOULDER_WIDTH, VISIBLE


class Carriage(TypedDict):
    """How trunk and arms are carried, as in `Measures`."""

    trunk_turn_deg: Floats
    face_up: Floats
    hand_up: Floats
    hands_apart: Floats


def carriage(body: Body) -> Carriage:
    """How trunk and arms are carried; all (T,)."""
    wrists = body.points_px[:, WRISTS]
    known = (body.visibility[:, WRISTS] >= VISIBLE) & ~(body.trust[:, WRISTS] < JUDGED)
    apart = np.hypot(*(wrists[:, 1] - wrists[:, 0]).T) / body.own_leg_px
    shoulders = middle(body.points_px, SHOULDERS)
    height = np.where(known, (shoulders[:, None] - wrists)[..., 1], np.nan) / body.own_leg_px[:, None]
    return {
        "trunk_turn_deg": _trunk_turn_deg(body),
        "face_up": _face_up(body),
        "hand_up": np.fmax(height[:, 0], height[:, 1]),
        "hands_apart": np.where(known.all(axis=1), apart, np.nan),
    }


def _face_up(body: Body) -> Floats:
    """(T,) nose above the middle of the ears in leg lengths, NaN where either is not seen."""
    height = middle(body.points_px, EARS)[:, 1] - body.points_px[:, NOSE, 1]
    seen = (body.visibility[:, NOSE] >= VISIBLE) & (body.visibility[:, EARS].max(axis=1) >= VISIBLE)
    return np.where(seen, height / body.own_leg_px, np.nan)


def _trunk_turn_deg(body: Body) -> Floats:
    """(T,) how far the trunk is turned about its own line, from the distance of the shoulders across that line.

    The yaw of the view looks at distances along the level only, which a trunk that leans aside in front of the camera
    does not show: its shoulders lie one above the other.
    """
    points = body.points_px
    line = middle(points, SHOULDERS) - middle(points, HIPS)
    pair = points[:, SHOULDERS[1]] - points[:, SHOULDERS[0]]
    with np.errstate(divide="ignore", invalid="ignore"):
        across = np.abs(line[:, 0] * pair[:, 1] - line[:, 1] * pair[:, 0]) / np.hypot(*line.T)
    share = across / (SHOULDER_WIDTH * body.own_leg_px)
    return np.asarray(np.degrees(np.arcsin(np.clip(share, 0.0, 1.0))))
