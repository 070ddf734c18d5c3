"""A second pass over the mirror image, for bodies that the model is unsure about.

On lying bodies the model sometimes cannot decide which leg is which and puts both somewhere in between, or finds only
the helper and not the one who lies. It does not make the same mistake in the mirror image, so there it is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.core.landmarks import ANKLES, COUNT, EXCHANGED_LEGS, HIPS, KNEES, LEG_PAIRS, SHOULDERS
from formcheck.core.poses import Pose
from formcheck.geometry.angles import joint_angle, length
from formcheck.geometry.posture import is_lying

_CROUCHED_DEG = 125.0  # both knees below this: kneeling or sitting, as helpers do
_SAME = 0.3  # trunks closer than this share of a trunk length belong to one person
_UNSURE = 0.55  # visibility of what only one pass says
_AGREE = 0.1  # legs whose points lie closer together than this share of a leg were read alike
# Left and right change places in a mirror; from the eyes on the points come in pairs.
_MIRRORED = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, COUNT))])


def wanted(people: Sequence[Pose]) -> bool:
    """Whether a second pass may help: somebody lies, or the only one found crouches."""
    if any(is_lying(pose.points_px) for pose in people):
        return True
    return len(people) == 1 and _crouches(people[0])


def unmirrored(pose: Pose, width: int) -> Pose:
    """A pose found in the mirror image of a picture of that width, as it is in the picture."""
    points = pose.points_px[_MIRRORED].copy()
    points[:, 0] = np.round(width - points[:, 0], 2)
    return Pose(
        points_px=points,
        depth_px=pose.depth_px[_MIRRORED].copy(),
        visibility=pose.visibility[_MIRRORED].copy(),
        profile_px=pose.profile_px[::-1].copy(),
    )


def merged(first: Sequence[Pose], second: Sequence[Pose]) -> tuple[Pose, ...]:
    """Everybody of both passes; those who lie and were found by both as both passes together say."""
    people = list(first)
    for pose in second:
        twin = next((i for i, known in enumerate(people) if _same(known, pose)), None)
        if twin is None:
            people.append(pose)
        elif is_lying(pose.points_px):
            people[twin] = _together(people[twin], pose)
    return tuple(people)


def _together(one: Pose, other: Pose) -> Pose:
    """The mean of two passes over one person that agree on the legs; else the one with the longer legs.

    Legs that were put in between are shorter than legs that were told apart.
    """
    legs = LEG_PAIRS[1:]
    kept = length(one.points_px[legs], other.points_px[legs]).mean()
    crossed = length(one.points_px[legs], other.points_px[legs[:, ::-1]]).mean()
    if min(kept, crossed) > _AGREE * _legs_px(one) / 2:
        return _unsure(one if _legs_px(one) >= _legs_px(other) else other)
    order = EXCHANGED_LEGS if crossed < kept else np.arange(COUNT)
    return Pose(
        points_px=np.round((one.points_px + other.points_px[order]) / 2, 2),
        depth_px=np.round((one.depth_px + other.depth_px[order]) / 2, 1),
        visibility=np.round((one.visibility + other.visibility[order]) / 2, 3),
        profile_px=one.profile_px.copy(),
    )


def _unsure(pose: Pose) -> Pose:
    """The pose with knees and ankles marked as not surely seen: good enough to measure, not to tell shaking from."""
    visibility = pose.visibility.copy()
    joints = np.concatenate([KNEES, ANKLES])
    visibility[joints] = np.minimum(visibility[joints], _UNSURE)
    return Pose(
        points_px=pose.points_px.copy(),
        depth_px=pose.depth_px.copy(),
        visibility=visibility,
        profile_px=pose.profile_px.copy(),
    )


def _crouches(pose: Pose) -> bool:
    points = pose.points_px
    return bool((joint_angle(points[HIPS], points[KNEES], points[ANKLES]) < _CROUCHED_DEG).all())


def _same(one: Pose, other: Pose) -> bool:
    """Whether the trunks of two poses are the same trunk."""
    a, b = (np.stack([pose.points_px[pair].mean(axis=0) for pair in (SHOULDERS, HIPS)]) for pose in (one, other))
    return bool(length(a, b).mean() < _SAME * max(float(length(a[0], a[1])), float(length(b[0], b[1]))))


def _legs_px(pose: Pose) -> float:
    """Length of both legs together."""
    points = pose.points_px
    return float((length(points[HIPS], points[KNEES]) + length(points[KNEES], points[ANKLES])).sum())
