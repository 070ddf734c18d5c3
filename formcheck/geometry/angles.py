"""Angles between image points. Pixels with x to the right and y down; results in degrees, NaN in, NaN out."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES
from formcheck.core.poses import Floats, Ints


def joint_angle(first: Floats, joint: Floats, last: Floats) -> Floats:
    """Angle at `joint` between the lines to `first` and `last`, (..., 2) arrays; 180 is straight."""
    a, b = first - joint, last - joint
    cross = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    dot = a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1]
    return np.asarray(np.degrees(np.abs(np.arctan2(cross, dot))))


def from_vertical(start: Floats, end: Floats) -> Floats:
    """Angle of the line from `start` to `end` away from straight up: 0 up, 90 level, 180 down."""
    line = end - start
    return np.asarray(np.degrees(np.arctan2(np.abs(line[..., 0]), -line[..., 1])))


def above_level(start: Floats, end: Floats, forward: Floats) -> Floats:
    """Elevation of the line from `start` to `end`, -180 to 180.

    `forward` is +1 or -1, the direction along x that counts as 0 degrees; 90 is straight up, more than 90 leans
    back beyond it, and straight down reads -90 (a little less than -90 behind it).
    """
    line = end - start
    return np.asarray(np.degrees(np.arctan2(-line[..., 1], line[..., 0] * forward)))


def middle(points: Floats, pair: Ints) -> Floats:
    """(..., 2) middle of a (left, right) pair of points (..., 33, 2)."""
    # Plain indices: for a single frame, picking both at once and taking the mean costs ten times as much.
    left, right = int(pair[0]), int(pair[1])
    return np.asarray((points[..., left, :] + points[..., right, :]) / 2.0)


def length(start: Floats, end: Floats) -> Floats:
    """Distance between points, (..., 2) arrays."""
    line = end - start
    return np.asarray(np.hypot(line[..., 0], line[..., 1]))


def leg_length(points: Floats) -> Floats:
    """(...) hip-knee-ankle path, points (..., 33, 2): of the longer leg, as projection mostly shortens."""
    hips, knees, ankles = (points[..., pair, :] for pair in (HIPS, KNEES, ANKLES))
    return np.asarray((length(hips, knees) + length(knees, ankles)).max(axis=-1))
