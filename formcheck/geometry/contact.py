"""Whose hands are at whose leg, and whether two poses are two people. Points (..., 33, 2) in pixels."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.landmarks import ANKLES, ELBOWS, FINGERTIPS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Bools, Floats
from formcheck.geometry.angles import joint_angle, leg_length, length

# Shoulders, elbows and hips of somebody else are 0.15 of a leg or more off the limbs of who lies, on the mean (rendered
# clips, photographs); of what the model takes for a person but is the leg or the trunk of who lies, at most 0.12.
_APART: Final = 0.13
# An arm nearer to its own trunk than that hangs, if it is long: of rendered people with hanging arms the wrist is read
# 0.92 to 1.08 trunk lengths from the shoulder.
_ALONG_DEG: Final = 25.0
_LONG: Final = 0.9
_TRUNK_AND_LEGS: Final = np.array(
    [(11, 23), (12, 24), (11, 12), (23, 24), (23, 25), (24, 26), (25, 27), (26, 28)], dtype=np.int64
)
_LOWER_LEGS: Final = np.stack([KNEES, ANKLES, TOES], axis=1)
_MIDDLE_OF_BODY: Final = np.concatenate([SHOULDERS, ELBOWS, HIPS])


def lower_leg(points: Floats) -> Floats:
    """(..., 3, 2) knee, ankle and toes of the higher leg."""
    higher = np.argmin(points[..., ANKLES, 1], axis=-1)
    return np.take_along_axis(points, _LOWER_LEGS[higher][..., None], axis=-2)


def to_line(points: Floats, start: Floats, end: Floats) -> Floats:
    """Distance of points from the lines between `start` and `end`, (..., 2) arrays that fit together."""
    line, way = end - start, points - start
    share = (way * line).sum(axis=-1) / np.maximum((line**2).sum(axis=-1), 1e-9)
    return length(way, line * np.clip(share, 0.0, 1.0)[..., None])


def apart(others: Floats, body: Floats) -> Bools:
    """(...) whether `others` are people beside the body that lies, not its own limbs taken for a person."""
    start, end = (body[..., None, _TRUNK_AND_LEGS[:, i], :] for i in (0, 1))
    off = to_line(others[..., _MIDDLE_OF_BODY, None, :], start, end).min(axis=-1)
    return np.asarray(off.mean(axis=-1) >= _APART * leg_length(body))


def hand_gap(others: Floats, body: Floats) -> Floats:
    """(...) px from the nearest hand or shoulder of `others` to the lower leg and foot that the body has up.

    Arms that hang along the trunk hold nothing: they are infinitely far. A leg may rest on the shoulder of the others.
    """
    leg = lower_leg(body)[..., None, :, :]

    def gap(points: Floats) -> Floats:
        from_shank, from_foot = (to_line(points, leg[..., i, :], leg[..., i + 1, :]) for i in (0, 1))
        return np.minimum(from_shank, from_foot)

    shoulder, wrist = others[..., SHOULDERS, :], others[..., WRISTS, :]
    trunk = length(others[..., SHOULDERS, :], others[..., HIPS, :])
    along = joint_angle(others[..., HIPS, :], shoulder, wrist) < _ALONG_DEG
    hangs = along & (length(shoulder, wrist) > _LONG * trunk)
    gaps = np.stack([gap(wrist), gap(others[..., FINGERTIPS, :]), gap(shoulder)]).min(axis=0)
    return np.asarray(np.where(hangs, np.inf, gaps).min(axis=-1))
