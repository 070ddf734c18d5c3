"""How likely a joint is where the model puts it, from the heights of the peaks of its heatmaps.

Visibility hardly knows that. The peak of a joint's own map does, better together with those of its limb: a leg that was
found as a whole has three clear peaks. The two bones of a limb are about as long; where one is much shorter, the limb
points at the camera or a joint was put into the wrong place.

Found on 341 photographs of gymnastics, parkour and yoga labelled by hand (Leeds Sports Pose). A third of the leg joints
there is more than 0.3 trunks off, exchanged legs included. `benchmarks/confidence.py` fits it again; docs/accuracy.md
has the curve. Nothing in it knows what is up, left from right, or how large somebody is in the picture. It was
found for the full model only: how sure another one says it is goes no further than the recording (`chain.py`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.landmarks import ANKLES, ELBOWS, HIPS, KNEES, SHOULDERS, WRISTS
from formcheck.core.poses import Floats
from formcheck.geometry.angles import length

# On the labelled photographs a leg whose lowest joint has less is wrong more often than not. On rendered people such a
# knee is more than 15 degrees off in every second case; of their legs that are read well it costs one in two hundred.
JUDGED: Final = 0.6
"""A joint may be judged from here on; a leg if that is true of its hip, its knee and its ankle."""
# Of the rendered legs that visibility calls hidden, those whose lowest joint has as much are wrong in 1 of 200 pictures
# (3,900 pictures); those between the two limits in every second one.
CERTAIN: Final = 0.9
"""A leg may be judged from here on whatever visibility says of it."""
# Exchanged legs are clear in themselves and hide better: half as frequent from here on, hardly rarer up to 0.8.
NAMED: Final = 0.75
"""Legs may be told apart where `legs_told_apart` is at least that."""

# Legs and arms, from root to end, left and right.
LIMBS: Final = np.array([[HIPS, KNEES, ANKLES], [SHOULDERS, ELBOWS, WRISTS]])
# Log odds that a joint is right: where all `features` are 0 (by limb and joint), and what each of them adds (by limb).
# By benchmarks/confidence.py, with the full network: of another one they say nothing.
BASES: Final = np.array([[0.05, 0.62, 0.48], [0.69, 0.36, 0.31]])
SLOPES: Final = np.array([[1.14, 1.47, -0.84], [0.69, 0.74, -0.21]])
_BELOW_HIPS = np.concatenate([KNEES, ANKLES])
_LEAST = 1e-3  # peaks nearer than that to 0 or 1 count as that
_SHARE = 0.05  # of the limb is added to each bone, so that a bone seen end-on is short, not nothing


def features(points_px: Floats, confidence: Floats) -> tuple[Floats, Floats, Floats]:
    """What is looked at, points (..., 33, 2), confidence (..., 33); each fits to (..., 2, 3, 2) as in `LIMBS`.

    The log odds of the joint's own peak, the mean of those of its limb, and by which factor (its logarithm) the two
    bones of the limb differ in length.
    """
    points = points_px[..., LIMBS, :]
    peak = np.clip(confidence[..., LIMBS], _LEAST, 1.0 - _LEAST)
    own = np.log(peak / (1.0 - peak))
    bones = length(points[..., 1:, :, :], points[..., :-1, :, :])
    bones = bones + (_SHARE * bones.sum(axis=-2, keepdims=True) + 1e-9)
    unequal = np.abs(np.log(bones[..., :1, :] / bones[..., 1:, :]))
    return own, own.mean(axis=-2, keepdims=True), unequal


def trust(points_px: Floats, confidence: Floats) -> Floats:
    """(..., 33) how likely each joint is right, 0 to 1, for points (..., 33, 2) and their confidence (..., 33).

    NaN where that is not known: the engine tells no confidence, or the point is none of the twelve joints of the limbs
    (nobody labelled the others).
    """
    odds = BASES[:, :, None]
    for slope, feature in zip(SLOPES.T, features(points_px, confidence), strict=True):
        odds = odds + slope[:, None, None] * feature
    found = np.full(confidence.shape, np.nan)
    found[..., LIMBS] = 1.0 / (1.0 + np.exp(-odds))
    return found


def legs_told_apart(found: Floats) -> Floats:
    """(...) how far left and right of the legs may be believed: the mean over the knees and ankles of both.

    `found` (..., 33) is what `trust` gives; NaN where that is not known.
    """
    return np.asarray(found[..., _BELOW_HIPS].mean(axis=-1))
