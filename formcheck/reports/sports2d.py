"""Landmarks and angles under the names, signs and zeros of Sports2D and Pose2Sim.

All of it is taken from the smoothed landmarks (`Body.points_px`), as formcheck's own angles are.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np

from formcheck.core.poses import Body, Floats

# What Sports2D leaves out by default (its keypoint_likelihood_threshold).
LEAST_VISIBILITY: Final = 0.3

# Sports2D's names for BlazePose points; two numbers: the middle of both. BlazePose has no top of the head and no small
# toe, so there is no Head and no RSmallToe. Its foot index goes as the big toe there too.
MARKERS: Final = MappingProxyType({
    "Hip": (23, 24), "RHip": (24,), "RKnee": (26,), "RAnkle": (28,), "RBigToe": (32,), "RHeel": (30,),
    "LHip": (23,), "LKnee": (25,), "LAnkle": (27,), "LBigToe": (31,), "LHeel": (29,),
    "Neck": (11, 12), "Nose": (0,), "REye": (5,), "LEye": (2,), "REar": (8,), "LEar": (7,),
    "RShoulder": (12,), "RElbow": (14,), "RWrist": (16,), "RPinky": (18,), "RIndex": (20,), "RThumb": (22,),
    "LShoulder": (11,), "LElbow": (13,), "LWrist": (15,), "LPinky": (17,), "LIndex": (19,), "LThumb": (21,),
})  # fmt: skip

_SIDES: Final = (("right", "R"), ("left", "L"))
# Segments of one side, from the end nearer the trunk.
_LIMBS: Final = MappingProxyType({
    "foot": ("Heel", "BigToe"), "shank": ("Knee", "Ankle"), "thigh": ("Hip", "Knee"),
    "arm": ("Shoulder", "Elbow"), "forearm": ("Elbow", "Wrist"),
})  # fmt: skip
# A turn of 360 degrees is cut where no body gets: from this angle up to 360 more. Sports2D cuts at 180 and mends the
# jumps afterwards, over the whole recording.
_LOWEST_DEG: Final = MappingProxyType({
    "ankle": -180.0, "knee": -180.0, "hip": -90.0, "shoulder": -120.0, "elbow": -180.0,
    "foot": -135.0, "shank": -180.0, "thigh": -180.0, "trunk": -135.0, "arm": -180.0, "forearm": -180.0,
})  # fmt: skip
_JOINTS: Final = ("ankle", "knee", "hip", "shoulder", "elbow")

ANGLES: Final = (
    *(f"{side} {joint}" for joint in _JOINTS for side, _ in _SIDES),
    *(f"{side} {limb}" for limb in _LIMBS for side, _ in _SIDES),
    "trunk",
)


def marker_points(body: Body) -> dict[str, Floats]:
    """(T, 2) smoothed places per marker, px of the picture, y down; NaN where hidden or nobody is there."""
    clear = np.where((body.visibility >= LEAST_VISIBILITY)[..., None], body.points_px, np.nan)
    return {name: clear[:, list(points)].mean(axis=1) for name, points in MARKERS.items()}


def angles_deg(body: Body) -> dict[str, Floats]:
    """(T,) degrees per name of `ANGLES`, NaN where a point of it is missing.

    Segments: above the level, 0 pointing to where the person faces, 90 up, -90 down; so upright a thigh reads -90
    and the trunk 90. Joints: flexion positive, 0 standing at attention; ankle: dorsiflexion positive, 0 at a right
    angle. The person faces to where `Body.facing` says, which is Sports2D's visible_side "right" or "left".
    """
    points = marker_points(body)
    forward = np.where(body.facing == 0.0, np.nan, body.facing)

    def above_level(start: str, end: str) -> Floats:
        line = points[end] - points[start]
        return np.asarray(np.degrees(np.arctan2(-line[:, 1], line[:, 0] * forward)))

    found = {"trunk": above_level("Hip", "Neck")}
    for side, letter in _SIDES:
        limb = {name: above_level(letter + start, letter + end) for name, (start, end) in _LIMBS.items()}
        found |= {f"{side} {name}": angle for name, angle in limb.items()}
        found |= {
            f"{side} ankle": limb["foot"] - limb["shank"] - 90.0,
            f"{side} knee": limb["thigh"] - limb["shank"],
            f"{side} hip": limb["thigh"] - found["trunk"] + 180.0,
            f"{side} shoulder": limb["arm"] - found["trunk"] + 180.0,
            f"{side} elbow": limb["forearm"] - limb["arm"],
        }
    return {name: _from(_LOWEST_DEG[name.split()[-1]], found[name]) for name in ANGLES}


def _from(lowest_deg: float, angle_deg: Floats) -> Floats:
    """The same directions between `lowest_deg` and 360 degrees more."""
    return np.asarray(lowest_deg + (angle_deg - lowest_deg) % 360.0)
