"""Whose hands are at whose leg, and whether two poses are two people. Points (..., 33, 2) in pixels."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.landmarks import ANKLES, ELBOWS, FINGERTIPS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Bools, Floats
from formcheck.geometry.angles import joint_angle, leg_length, length
from formcheck.geometry.bones import off

# Shoulders, elbows and hips of somebody else are 0.15 of a leg or more off the limbs of who lies, on the mean (rendered
# clips, photographs); of what the model takes for a person but is the leg or the trunk of who lies, at most 0.12.
_APART: Final = 0.13
# An arm nearer to its own trunk than that hangs, if it is long: of rendered people with hanging arms the wrist is read
# 0.92 to 1.08 trunk lengths from the shoulder.
_ALONG_DEG: Final = 25.0
_LONG: Final = 0.9
# An arm that is shorter, its wrist so near to the own trunk (leg lengths: half a chest and a forearm before it), is
# folded, as crossed arms are and hands on the hips. It counts only where it is on the leg: of rendered helpers with the
# leg in their arms 95 percent are read within 0.05 of it.
_AT_OWN_TRUNK: Final = 0.25
_ON_THE_LEG: Final = 0.1
_TRUNK_AND_LEGS: Final = np.array(
    [(11, 23), (12, 24), (11, 12), (23, 24), (23, 25), (24, 26), (25, 27), (26, 28)], dtype=np.int64
)
_TRUNK: Final = _TRUNK_AND_LEGS[:4]
_LOWER_LEGS: Final = np.stack([KNEES, ANKLES, TOES], axis=1)
_MIDDLE_OF_BODY: Final = np.concatenate([SHOULDERS, ELBOWS, HIPS])


def lower_leg(points: Floats) -> Floats:
    """(..., 3, 2) knee, ankle and toes of the higher leg."""
    higher = np.argmin(points[..., ANKLES, 1], axis=-1)
    return np.take_along_axis(points, _LOWER_LEGS[higher][..., None], axis=-2)


def apart(others: Floats, body: Floats) -> Bools:
    """(...) whether `others` are people beside the body that lies, not its own limbs taken for a person."""
    start, end = (body[..., None, _TRUNK_AND_LEGS[:, i], :] for i in (0, 1))
    gaps = off(others[..., _MIDDLE_OF_BODY, None, :], start, end).min(axis=-1)
    return np.asarray(gaps.mean(axis=-1) >= _APART * leg_length(body))


def hand_gap(others: Floats, body: Floats) -> Floats:
    """(...) px from the nearest hand or shoulder of `others` to the lower leg and foot that the body has up.

    Arms that hang along the trunk hold nothing, and arms that are folded only a leg that is in them: else they are
    infinitely far. A leg may rest on the shoulder of the others.
    """
    leg = lower_leg(body)[..., None, :, :]

    def gap(points: Floats) -> Floats:
        from_shank, from_foot = (off(points, leg[..., i, :], leg[..., i + 1, :]) for i in (0, 1))
        return np.minimum(from_shank, from_foot)

    shoulder, wrist, hip = (others[..., pair, :] for pair in (SHOULDERS, WRISTS, HIPS))
    long = length(shoulder, wrist) > _LONG * length(shoulder, hip)
    hangs = (joint_angle(hip, shoulder, wrist) < _ALONG_DEG) & long
    start, end = (others[..., None, _TRUNK[:, i], :] for i in (0, 1))
    to_trunk = off(wrist[..., None, :], start, end).min(axis=-1)
    folded = ~long & (to_trunk < _AT_OWN_TRUNK * leg_length(others)[..., None])
    gaps = np.stack([gap(wrist), gap(others[..., FINGERTIPS, :]), gap(shoulder)]).min(axis=0)
    holds_nothing = hangs | (folded & (gaps > _ON_THE_LEG * leg_length(body)[..., None]))
    return np.asarray(np.where(holds_nothing, np.inf, gaps).min(axis=-1))
