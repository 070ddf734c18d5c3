"""From pose frames to one followed body: the person chosen, legs repaired, points smoothed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.core.landmarks import ANKLES, COUNT, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import PROFILE_SHAPE, Body, Floats, Pose, PoseFrame
from formcheck.geometry.angles import length
from formcheck.geometry.posture import is_lying
from formcheck.geometry.smoothing import OneEuro, RunningMedian
from formcheck.tracking.people import PersonFollower
from formcheck.tracking.sides import LegRepair
from formcheck.tracking.tremor import TremorFilter

# Cut-off at rest and its growth per (leg length / s): calibrated on the rendered clips so that the angles of a
# quiet hold move by less than 1 degree while the start of a movement is seen within 0.2 s.
_MIN_CUTOFF_HZ = 1.2
_BETA = 4.0
_TURN_ROUND_S = 0.7  # how long the feet must point the other way before the body is said to have turned round


_RATE_S = 1.0
_GAP_S = 0.5  # a longer step is a gap and says nothing of the frame rate
_HELPER_S = 5.0  # longer than it takes to walk past
_HELPER_REACH = 0.35
_KNEES_AND_ANKLES = np.concatenate([KNEES, ANKLES])
_HANDS_AND_SHOULDERS = np.concatenate([WRISTS, SHOULDERS])


class BodyTracker:
    """Turns pose frames into a `Body`, any number of frames at a time: the result does not depend on how many."""

    def __init__(self, *, prefer_lying: bool = True) -> None:
        self._people = PersonFollower(prefer_lying=prefer_lying)
        self._helper = 0.0
        self._legs = LegRepair()
        self._smooth = OneEuro(min_cutoff_hz=_MIN_CUTOFF_HZ, beta=_BETA)
        self._leg = RunningMedian()
        self._tremor = TremorFilter()
        self._facing = 0.0
        self._step_s = 0.0
        self._last_s = math.nan

    def extend(self, frames: Sequence[PoseFrame]) -> Body:
        """The body over these frames, which follow those of the last call."""
        count = len(frames)
        raw = np.full((count, COUNT, 2), np.nan)
        smooth = np.full((count, COUNT, 2), np.nan)
        depth = np.full((count, COUNT), np.nan)
        visibility = np.zeros((count, COUNT))
        profile, helper = np.full((count, *PROFILE_SHAPE), np.nan), np.zeros(count)
        facing, leg, fps = np.zeros(count), np.full(count, np.nan), np.full(count, np.nan)
        for i, frame in enumerate(frames):
            fps[i] = self._rate(frame.t_s)
            pose = self._people.choose(frame)
            if pose is not None:
                if self._people.changed:
                    self._start_anew()
                leg[i] = self._leg.update(_leg_length(pose))
                order = self._legs.order(frame.t_s, pose.points_px, leg[i])
                raw[i], depth[i], visibility[i] = pose.points_px[order], pose.depth_px[order], pose.visibility[order]
                smooth[i] = self._smooth.update(frame.t_s, raw[i] / leg[i]) * leg[i]
                facing[i] = self._face(raw[i], leg[i], fps[i])
                profile[i] = pose.profile_px / length(raw[i, HIPS].mean(axis=0), raw[i, SHOULDERS].mean(axis=0))
                self._note_helper(pose, frame, leg[i], fps[i])
            helper[i] = self._helper
        t_s = np.array([frame.t_s for frame in frames], dtype=float)
        return Body(
            t_s=t_s,
            points_px=smooth,
            raw_px=raw,
            depth_px=depth,
            visibility=visibility,
            picture_px=(frames[0].width, frames[0].height) if frames else (0, 0),
            facing=facing,
            own_leg_px=leg,
            fps=fps,
            profile=profile,
            helper=helper,
            tremor=self._tremor.extend(t_s, raw / leg[:, None, None], visibility, fps),
        )

    def _note_helper(self, pose: Pose, frame: PoseFrame, leg_px: float, fps: float) -> None:
        """Whether somebody else's hands or shoulders are near the knees or ankles, averaged over seconds."""
        legs = pose.points_px[_KNEES_AND_ANKLES]
        near = 0.0
        for other in frame.people:
            if other is not pose:
                gaps = other.points_px[_HANDS_AND_SHOULDERS][:, None] - legs[None]
                near = max(near, float(np.hypot(gaps[..., 0], gaps[..., 1]).min() < _HELPER_REACH * leg_px))
        blend = 1.0 if frame.index == 0 else 1.0 / (1.0 + _HELPER_S * (30.0 if math.isnan(fps) else fps))
        self._helper += blend * (near - self._helper)

    def _start_anew(self) -> None:
        """Somebody else may be followed from now on: nothing learnt of the one before holds."""
        self._legs, self._leg, self._facing = LegRepair(), RunningMedian(), 0.0
        self._smooth = OneEuro(min_cutoff_hz=_MIN_CUTOFF_HZ, beta=_BETA)

    def _rate(self, t_s: float) -> float:
        step_s = t_s - self._last_s
        self._last_s = t_s
        if 0 < step_s < _GAP_S:
            # The mean over a second: of pictures that come in bursts a median would see only the bursts.
            blend = min(1.0, step_s / _RATE_S) if self._step_s > 0 else 1.0
            self._step_s += blend * (step_s - (self._step_s if self._step_s > 0 else 0.0))
        return 1.0 / self._step_s if self._step_s > 0 else math.nan

    def _face(self, points: Floats, leg_px: float, fps: float) -> float:
        """Which way the toes point (lying: the feet), slow to change its mind."""
        if is_lying(points):
            # Along the trunk: raised legs point anywhere, the trunk does not.
            now = float(points[HIPS][:, 0].mean() - points[SHOULDERS][:, 0].mean()) / leg_px
        else:
            now = float((points[TOES] - points[HEELS])[:, 0].mean()) / leg_px * 4.0
        now = max(-1.0, min(1.0, now))
        blend = 1.0 if self._facing == 0.0 or math.isnan(fps) else 1.0 / (1.0 + _TURN_ROUND_S * fps)
        self._facing += blend * (now - self._facing)
        return math.copysign(1.0, self._facing)


def _leg_length(pose: Pose) -> float:
    """Hip-knee-ankle path, px: the longer leg, as shortening by projection is the usual error."""
    points = pose.points_px
    return float(np.max(length(points[HIPS], points[KNEES]) + length(points[KNEES], points[ANKLES])))
