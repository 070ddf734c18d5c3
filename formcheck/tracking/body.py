"""From pose frames to one followed body: the person chosen, legs repaired, points smoothed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.core.landmarks import ANKLES, COUNT, EXCHANGED_LEGS, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import PROFILE_SHAPE, Body, Floats, Ints, PoseBlock, PoseFrame
from formcheck.geometry.angles import length, middle
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

    def extend(self, frames: PoseBlock | Sequence[PoseFrame]) -> Body:
        """The body over these frames, which follow those of the last call."""
        block = PoseBlock.of(frames)
        fps = self._rates(block.t_s)
        rows, changed = self._people.choose(block)
        count, there = len(block), np.flatnonzero(rows >= 0)
        raw, smooth = np.full((2, count, COUNT, 2), np.nan)
        depth, visibility = np.full((count, COUNT), np.nan), np.zeros((count, COUNT))
        profile = np.full((count, *PROFILE_SHAPE), np.nan)
        facing, leg = np.zeros(count), np.full(count, np.nan)
        # From one change of person to the next: nothing learnt of the one before holds for another one.
        for part in np.split(there, np.flatnonzero(changed[there])):
            if not len(part):
                continue
            if changed[part[0]]:
                self._start_anew()
            row = rows[part]
            points = block.points_px[row]
            leg[part] = own = self._leg.extend(_leg_length(points), np.ones(len(part), dtype=bool))
            order = np.where(self._legs.extend(block.t_s[part], points, own)[:, None], EXCHANGED_LEGS, np.arange(COUNT))
            raw[part] = points = np.take_along_axis(points, order[:, :, None], axis=1)
            depth[part] = np.take_along_axis(block.depth_px[row], order, axis=1)
            visibility[part] = np.take_along_axis(block.visibility[row], order, axis=1)
            scale = own[:, None, None]
            smooth[part] = self._smooth.extend(block.t_s[part], points / scale) * scale
            facing[part] = self._face(points, own, fps[part])
            trunk = length(middle(points, HIPS), middle(points, SHOULDERS))
            profile[part] = block.profile_px[row] / trunk[:, None, None]
        return Body(
            t_s=block.t_s,
            points_px=smooth,
            raw_px=raw,
            depth_px=depth,
            visibility=visibility,
            picture_px=block.picture_px,
            facing=facing,
            own_leg_px=leg,
            fps=fps,
            profile=profile,
            helper=self._helped(block, rows, leg, fps),
            tremor=self._tremor.extend(block.t_s, raw / leg[:, None, None], visibility, fps),
        )

    def _helped(self, block: PoseBlock, rows: Ints, leg_px: Floats, fps: Floats) -> Floats:
        """(T,) whether somebody else's hands or shoulders are near the knees or ankles, averaged over seconds."""
        near = np.zeros(len(rows))
        frame_of = np.repeat(np.arange(len(rows)), np.diff(block.first))
        others = np.flatnonzero((rows[frame_of] >= 0) & (rows[frame_of] != np.arange(len(frame_of))))
        frames = frame_of[others]
        if len(others):
            hands = block.points_px[others][:, _HANDS_AND_SHOULDERS]
            legs = block.points_px[rows[frames]][:, _KNEES_AND_ANKLES]
            gaps = length(hands[:, :, None], legs[:, None]).reshape(len(others), -1).min(axis=1)
            near[frames[gaps < _HELPER_REACH * leg_px[frames]]] = 1.0
        out = []
        # The very first frame counts in full.
        blend = 1.0 / (1.0 + _HELPER_S * np.where(np.isnan(fps), 30.0, fps))
        blend = np.where(rows < 0, 0.0, np.where(block.index == 0, 1.0, blend))
        for now, share in zip(near.tolist(), blend.tolist(), strict=True):
            self._helper += share * (now - self._helper)
            out.append(self._helper)
        return np.array(out)

    def _start_anew(self) -> None:
        """Somebody else may be followed from now on."""
        self._legs, self._leg, self._facing = LegRepair(), RunningMedian(), 0.0
        self._smooth = OneEuro(min_cutoff_hz=_MIN_CUTOFF_HZ, beta=_BETA)

    def _rates(self, t_s: Floats) -> Floats:
        """(T,) pictures a second over about the last second."""
        rates = []
        for now_s in t_s.tolist():
            step_s = now_s - self._last_s
            self._last_s = now_s
            if 0 < step_s < _GAP_S:
                # The mean over a second: of pictures that come in bursts a median would see only the bursts.
                blend = min(1.0, step_s / _RATE_S) if self._step_s > 0 else 1.0
                self._step_s += blend * (step_s - (self._step_s if self._step_s > 0 else 0.0))
            rates.append(1.0 / self._step_s if self._step_s > 0 else math.nan)
        return np.array(rates)

    def _face(self, points: Floats, leg_px: Floats, fps: Floats) -> Floats:
        """(n,) which way the toes point (lying: the feet), slow to change its mind; points (n, 33, 2)."""
        # Along the trunk while lying: raised legs point anywhere, the trunk does not.
        trunk = (middle(points, HIPS) - middle(points, SHOULDERS))[:, 0]
        feet = (middle(points, TOES) - middle(points, HEELS))[:, 0] * 4.0
        now = np.clip(np.where(is_lying(points), trunk, feet) / leg_px, -1.0, 1.0)
        blend = np.where(np.isnan(fps), 1.0, 1.0 / (1.0 + _TURN_ROUND_S * np.nan_to_num(fps)))
        facing = []
        for way, share in zip(now.tolist(), blend.tolist(), strict=True):
            self._facing += (share if self._facing else 1.0) * (way - self._facing)
            facing.append(self._facing)
        return np.copysign(1.0, facing)


def _leg_length(points: Floats) -> Floats:
    """(n,) hip-knee-ankle path, px: the longer leg, as shortening by projection is the usual error."""
    path = length(points[:, HIPS], points[:, KNEES]) + length(points[:, KNEES], points[:, ANKLES])
    return np.asarray(path.max(axis=1))
