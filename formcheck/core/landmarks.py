"""The 33 body points of the BlazePose topology, in the order every array of points uses.

Source of the numbering: MediaPipe Pose documentation.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

COUNT: Final = 33


# Pairs are (left, right), so that a (..., 2) array is always left first.
NOSE: Final = 0
EARS: Final = np.array([7, 8])
SHOULDERS: Final = np.array([11, 12])
ELBOWS: Final = np.array([13, 14])
WRISTS: Final = np.array([15, 16])
FINGERTIPS: Final = np.array([19, 20])
HIPS: Final = np.array([23, 24])
KNEES: Final = np.array([25, 26])
ANKLES: Final = np.array([27, 28])
HEELS: Final = np.array([29, 30])
TOES: Final = np.array([31, 32])

TREMOR_JOINTS: Final = np.concatenate([SHOULDERS, HIPS, KNEES, ANKLES])
LEG_PAIRS: Final = np.array([HIPS, KNEES, ANKLES, HEELS, TOES])

# Indices that give each point of a leg that of the other leg.
EXCHANGED_LEGS: Final = np.arange(COUNT)
EXCHANGED_LEGS[LEG_PAIRS[:, 0]], EXCHANGED_LEGS[LEG_PAIRS[:, 1]] = LEG_PAIRS[:, 1], LEG_PAIRS[:, 0]

SKELETON: Final[tuple[tuple[int, int], ...]] = (
    (11, 12), (11, 13), (13, 15), (15, 19), (12, 14), (14, 16), (16, 20), (11, 23), (12, 24), (23, 24),
    (23, 25), (25, 27), (27, 29), (29, 31), (27, 31), (24, 26), (26, 28), (28, 30), (30, 32), (28, 32),
    (7, 11), (8, 12),
)  # fmt: skip

BodyPart = (
    Literal["stretched leg", "other leg", "nearer leg", "hips and feet", "trunk", "head", "body"] | tuple[int, ...]
)
"""What of the body a rule is about, for the picture: by name, or the points themselves."""


def points_of(part: BodyPart, stretched: int, near: int) -> tuple[int, ...]:
    """The points of a part of the body; `stretched` and `near` are 0 for the left leg, 1 for the right one."""
    if isinstance(part, tuple):
        return part
    if part in ("stretched leg", "other leg", "nearer leg"):
        leg = {"stretched leg": stretched, "other leg": 1 - stretched, "nearer leg": near}[part]
        return tuple(int(pair[leg]) for pair in (HIPS, KNEES, ANKLES))
    pairs = {
        "hips and feet": (HIPS, ANKLES),
        "trunk": (SHOULDERS, HIPS),
        "head": (EARS, SHOULDERS),
        "body": (SHOULDERS, HIPS, KNEES, ANKLES),
    }[part]
    return tuple(int(point) for pair in pairs for point in pair)
