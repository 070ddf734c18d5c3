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
from formcheck.pose.engine import Found

_CROUCHED_DEG = 125.0  # both knees below this: kneeling or sitting, as helpers do
_LEG_JOINTS = np.concatenate([KNEES, ANKLES])
# Below it one in four rendered lying bodies has a joint more than 0.3 trunks off, above it none in 1,300.
_SURE_OF_LEGS = 0.4
_SAME = 0.3  # trunks closer than this share of a trunk length belong to one person
_UNSURE = 0.55  # visibility of what only one pass says
_AGREE = 0.1  # legs whose points lie closer together than this share of a leg were read alike
# Left and right change places in a mirror; from the eyes on the points come in pairs.
_MIRRORED = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, COUNT))])


def wanted(people: Sequence[Pose]) -> bool:
    """Whether a second pass may help: the legs of somebody who lies are unsure, or the only one found crouches."""
    return legs_unsure(people) or (len(people) == 1 and _crouches(people[0]))


def legs_unsure(people: Sequence[Pose]) -> bool:
    """Whether the model is unsure of a knee or an ankle of somebody who lies, or does not tell."""
    return any(
        is_lying(pose.points_px) and not (pose.confidence[_LEG_JOINTS] >= _SURE_OF_LEGS).all() for pose in people
    )


def unmirrored(pose: Pose, width: float) -> Pose:
    """A pose found in the mirror image of a picture of that width, as it is in the picture."""
    points = pose.points_px[_MIRRORED].copy()
    points[:, 0] = np.round(width - points[:, 0], 2)
    return Pose(
        points_px=points,
        depth_px=pose.depth_px[_MIRRORED].copy(),
        visibility=pose.visibility[_MIRRORED].copy(),
        profile_px=pose.profile_px[::-1].copy(),
        confidence=pose.confidence[_MIRRORED].copy(),
    )


def merged(first: Sequence[Found], second: Sequence[Found]) -> tuple[Found, ...]:
    """Everybody of both passes; those who lie and were found by both as both passes together say."""
    people = list(first)
    for one in second:
        twin = next((i for i, known in enumerate(people) if same(known.pose, one.pose)), None)
        if twin is None:
            people.append(one)
        elif is_lying(one.pose.points_px):
            people[twin] = people[twin]._replace(pose=_together(people[twin].pose, one.pose))
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
        confidence=np.round((one.confidence + other.confidence[order]) / 2, 3),
    )


def _unsure(pose: Pose) -> Pose:
    """The pose with knees and ankles marked as not surely seen: good enough to measure, not to tell shaking from."""
    visibility = pose.visibility.copy()
    visibility[_LEG_JOINTS] = np.minimum(visibility[_LEG_JOINTS], _UNSURE)
    return Pose(
        points_px=pose.points_px.copy(),
        depth_px=pose.depth_px.copy(),
        visibility=visibility,
        profile_px=pose.profile_px.copy(),
        confidence=pose.confidence.copy(),
    )


def _crouches(pose: Pose) -> bool:
    points = pose.points_px
    return bool((joint_angle(points[HIPS], points[KNEES], points[ANKLES]) < _CROUCHED_DEG).all())


def same(one: Pose, other: Pose) -> bool:
    """Whether the trunks of two poses are the same trunk."""
    a, b = (np.stack([pose.points_px[pair].mean(axis=0) for pair in (SHOULDERS, HIPS)]) for pose in (one, other))
    return bool(length(a, b).mean() < _SAME * max(float(length(a[0], a[1])), float(length(b[0], b[1]))))


def _legs_px(pose: Pose) -> float:
    """Length of both legs together."""
    points = pose.points_px
    return float((length(points[HIPS], points[KNEES]) + length(points[KNEES], points[ANKLES])).sum())
