"""From pose frames to one followed body: the person chosen, legs repaired, points smoothed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.landmarks import ANKLES, COUNT, EXCHANGED_LEGS, HEELS, HIPS, KNEES, SHOULDERS, TOES, TREMOR_JOINTS
from formcheck.core.poses import PROFILE_SHAPE, Body, Floats, Ints, PoseBlock, PoseFrame
from formcheck.core.posture import Posture
from formcheck.geometry.angles import leg_length, length, middle
from formcheck.geometry.posture import posture
from formcheck.geometry.trust import trust
from formcheck.signals.one_euro import OneEuro
from formcheck.signals.running_median import SlowMedian
from formcheck.tracking.association import PersonFollower
from formcheck.tracking.frame_timing import FrameTimer
from formcheck.tracking.framing import FrameSizeNormaliser
from formcheck.tracking.helper import HelperBelief
from formcheck.tracking.jumps import JumpShare
from formcheck.tracking.left_right import LegRepair
from formcheck.tracking.picture_watch import PictureWatch
from formcheck.tracking.tremor import TremorFilter

# Cut-off at rest and its growth per (leg length / s): calibrated on the rendered clips so that the angles of a
# quiet hold move by less than 1 degree while the start of a movement is seen within 0.2 s.
_MIN_CUTOFF_HZ = 1.2
_BETA = 4.0
_TURN_ROUND_S = 0.7  # how long the feet must point the other way before the body is said to have turned round
_LONGEST_LOOK_S = 0.4  # a picture counts for no longer, so that one alone never turns a body round
_LEG_PER_S = 0.3  # share of the leg length a second by which it is learnt


class BodyTracker:
    """Turns pose frames into a `Body`, any number of frames at a time: the result does not depend on how many.

    Nothing here counts frames or looks at their numbers: only the times count, and what was seen.
    """

    def __init__(self, *, prefer_lying: bool = True) -> None:
        self._framing = FrameSizeNormaliser()
        self._timing = FrameTimer()
        self._people = PersonFollower(prefer_lying=prefer_lying)
        self._helper = HelperBelief()
        self._tremor = TremorFilter()
        self._pictures = PictureWatch()
        self._start_anew()

    def extend(self, frames: PoseBlock | Sequence[PoseFrame]) -> Body:
        """The body over these frames, which follow those of the last call."""
        block, scale, elsewhere = self._framing.extend(PoseBlock.of(frames))
        timing = self._timing.extend(block.t_s)
        rows, changed = self._people.choose(block, elsewhere)
        body = _nobody(block, timing.fps)
        there = np.flatnonzero(rows >= 0)
        # From one change of person to the next: nothing learnt of the one before holds for another one.
        for part in np.split(there, np.flatnonzero(changed[there])):
            if not len(part):
                continue
            if changed[part[0]]:
                self._start_anew()
            self._follow(body, part, block, rows[part], timing.step_s[part])
        leg = body.own_leg_px
        pictures = self._pictures.extend(block.t_s, block.quality, block.picture_px, leg / scale)
        return replace(
            body,
            points_px=body.points_px / scale[:, None, None],
            raw_px=body.raw_px / scale[:, None, None],
            depth_px=body.depth_px / scale[:, None],
            own_leg_px=leg / scale,
            helper=self._helper.extend(block, rows, leg, timing.step_s),
            tremor=self._tremor.extend(block.t_s, body.raw_px, leg, body.visibility, timing),
            **pictures._asdict(),
        )

    def _follow(self, body: Body, part: Ints, block: PoseBlock, row: Ints, step_s: Floats) -> None:
        """Fill in the frames `part` (n,) of the body from the rows `row` (n,) of the block: all of one person."""
        times, points = block.t_s[part], block.points_px[row]
        own = self._leg.extend(step_s, leg_length(points), np.ones(len(part), dtype=bool))
        order = np.where(self._legs.extend(times, points, own)[:, None], EXCHANGED_LEGS, np.arange(COUNT))
        points = np.take_along_axis(points, order[:, :, None], axis=1)
        body.own_leg_px[part], body.raw_px[part] = own, points
        body.depth_px[part] = np.take_along_axis(block.depth_px[row], order, axis=1)
        body.visibility[part] = np.take_along_axis(block.visibility[row], order, axis=1)
        body.trust[part] = trust(points, np.take_along_axis(block.confidence[row], order, axis=1))
        body.points_px[part] = self._smooth.extend(times, points, own)
        body.facing[part] = self._face(points, own, step_s)
        body.jumpy[part] = self._jumps.extend(times, points, own)
        trunk = length(middle(points, HIPS), middle(points, SHOULDERS))
        body.profile[part] = block.profile_px[row] / trunk[:, None, None]

    def _start_anew(self) -> None:
        """Somebody else may be followed from now on."""
        self._legs, self._leg, self._facing = LegRepair(), SlowMedian(_LEG_PER_S), 0.0
        self._smooth = OneEuro(min_cutoff_hz=_MIN_CUTOFF_HZ, beta=_BETA)
        self._jumps = JumpShare()

    def _face(self, points: Floats, leg_px: Floats, step_s: Floats) -> Floats:
        """(n,) which way the body faces, slow to change its mind: as the toes point while on the feet.

        Lying: as the feet lie; seated: as the legs; kneeling: as the knee of the shin. Points (n, 33, 2).
        """
        # Along the trunk while lying: raised legs point anywhere, the trunk does not. Of a leg that lies straight in
        # front of somebody seated the toes point up, and the trunk leans either way.
        trunk = (middle(points, HIPS) - middle(points, SHOULDERS))[:, 0]
        legs = (middle(points, ANKLES) - middle(points, HIPS))[:, 0]
        feet = (middle(points, TOES) - middle(points, HEELS))[:, 0] * 4.0
        # The toes of a shin on the floor point back, or down where they are tucked under.
        shins = _carrying_shin(points)
        carried = posture(points)
        ways = {Posture.LYING: trunk, Posture.SEATED: legs, Posture.KNEELING: shins}
        way = np.select([carried == one for one in ways], list(ways.values()), feet)
        now = np.clip(way / leg_px, -1.0, 1.0)
        blend = -np.expm1(-np.minimum(step_s, _LONGEST_LOOK_S) / _TURN_ROUND_S)
        facing = []
        for toward, share in zip(now.tolist(), blend.tolist(), strict=True):
            self._facing += (share if self._facing else 1.0) * (toward - self._facing)
            facing.append(self._facing)
        return np.copysign(1.0, facing)


def _carrying_shin(points: Floats) -> Floats:
    """(n,) px from the ankle to the knee, along x, of the leg whose knee is lower: the one that somebody kneels on."""
    shins = points[:, KNEES] - points[:, ANKLES]
    lower = np.argmax(np.nan_to_num(points[:, KNEES, 1]), axis=1)
    return np.asarray(shins[np.arange(len(points)), lower, 0])


def _nobody(block: PoseBlock, fps: Floats) -> Body:
    """A body that was seen in none of the frames of the block."""
    count = len(block)
    return Body(
        t_s=block.t_s,
        points_px=np.full((count, COUNT, 2), np.nan),
        raw_px=np.full((count, COUNT, 2), np.nan),
        depth_px=np.full((count, COUNT), np.nan),
        visibility=np.zeros((count, COUNT)),
        trust=np.full((count, COUNT), np.nan),
        picture_px=block.picture_px,
        facing=np.zeros(count),
        own_leg_px=np.full(count, np.nan),
        fps=fps,
        profile=np.full((count, *PROFILE_SHAPE), np.nan),
        helper=np.zeros(count),
        tremor=np.full((count, len(TREMOR_JOINTS)), np.nan),
        jumpy=np.full(count, np.nan),
        spoilt=np.zeros(count, dtype=np.int64),
        poor=np.zeros(count, dtype=np.int64),
        camera_moves=np.zeros(count, dtype=bool),
    )
