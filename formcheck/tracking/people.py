"""Which of the people in the picture is the one who stretches, from frame to frame."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES, SHOULDERS
from formcheck.core.poses import Pose, PoseFrame
from formcheck.geometry.posture import is_lying

_FRAME_OF_BODY = np.concatenate([SHOULDERS, HIPS, KNEES, ANKLES])

# How far trunk and legs may have moved, in sizes of the body: at once, and more for every second unseen.
_JUMP, _SPEED = 0.15, 0.5
_LYING_S = 0.4


class PersonFollower:
    """Follows one person and ignores the others.

    The first choice is the largest person, or with `lying` the one who lies: a helper and a passer-by are on
    their feet. When the followed one is not lying and somebody else keeps lying there, the choice changes.
    From then on only somebody in about the same place can be that
    person; after `lost_s` seconds without them the choice is open again, so a passer-by neither steals the
    skeleton nor ends the session. `changed` tells whether the last choice may be somebody else than before.
    """

    def __init__(self, *, prefer_lying: bool = True, lost_s: float = 2.0) -> None:
        self._prefer_lying = prefer_lying
        self._lost_s = lost_s
        self._lying_since_s = math.inf
        self._last: Pose | None = None
        self.changed = False
        self._last_s = 0.0

    def choose(self, frame: PoseFrame) -> Pose | None:
        """The followed person in this frame, None when they are not there."""
        self.changed = False
        if not frame.people:
            return None
        if self._last is None or frame.t_s - self._last_s > self._lost_s or self._lying_instead(frame):
            chosen = max(frame.people, key=self._worth)
            self.changed = self._last is not None
        else:
            last = self._last
            chosen = min(frame.people, key=lambda pose: _distance(last, pose))
            gap_s = frame.t_s - self._last_s
            if _distance(last, chosen) > (_JUMP + _SPEED * gap_s) * _size(last):
                return None
        self._last, self._last_s = chosen, frame.t_s
        return chosen

    def _worth(self, pose: Pose) -> float:
        return _size(pose) + (1e6 if self._prefer_lying and is_lying(pose.points_px) else 0.0)

    def _lying_instead(self, frame: PoseFrame) -> bool:
        """Whether somebody has been lying here for a while, while the followed person is on their feet."""
        last = self._last
        if not self._prefer_lying or last is None or len(frame.people) < 2 or is_lying(last.points_px):
            self._lying_since_s = math.inf
            return False
        if not any(is_lying(pose.points_px) for pose in frame.people):
            self._lying_since_s = math.inf
            return False
        self._lying_since_s = min(self._lying_since_s, frame.t_s)
        return frame.t_s - self._lying_since_s > _LYING_S


def _size(pose: Pose) -> float:
    """Diagonal of the box round trunk and legs, px."""
    points = pose.points_px[_FRAME_OF_BODY]
    return float(np.hypot(*(points.max(axis=0) - points.min(axis=0))))


def _distance(one: Pose, other: Pose) -> float:
    """How far trunk and legs moved, px; left and right may have been exchanged."""
    a, b = (pose.points_px[_FRAME_OF_BODY].reshape(4, 2, 2).mean(axis=1) for pose in (one, other))
    return float(np.hypot(*(a - b).T).mean())
