"""The measured values of one person over T frames: what rules read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Final

import numpy as np

from formcheck.core.arrays import (
    Bools,
    Floats,
    PerFrame,
    PerFrameBool,
    PerFrameInt,
    PerLeg,
    PerLegInt,
    Shaped,
    check_arrays,
    unknown_arrays,
)
from formcheck.core.landmarks import TREMOR_JOINTS
from formcheck.core.posture import Posture

_NOISY: Final = 0.15  # of `jumpy`: rendered clips stay below in their holds, one without light above
SHAKING_FPS: Final = 24.5  # 25 pictures a second to see shaking; a little less, as clocks jitter


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measures:
    """Angles in degrees, lengths in leg lengths (hip-knee-ankle path), NaN where there is nothing to measure.

    (T, 2) arrays are (left, right). `*_seen` arrays hold `Reason` codes, 0 where the part can be judged: (T,), of the
    legs (T, 2).

    knee_deg      (T, 2) 180 straight.
    hip_deg       (T, 2) trunk to thigh, 180 upright.
    leg_deg       (T, 2) hip-to-ankle line above the level: -90 standing, 0 lying, 90 straight up, 180 over the head.
    leg_lift_deg  (T, 2) the same above the person's own leg at rest on the floor, for a lying body.
    foot_above    (T,) ankle of the raised leg above that of the other one.
    leg_travel_deg  (T, 2) range that leg_deg went through in the last second; NaN where one picture of it is all.
    trunk_deg     (T,) hip-to-shoulder line from the vertical: 0 upright, 90 level, 180 head down.
    raw_trunk_deg, raw_leg_deg  the same from unsmoothed points: for bouncing.
    head_deg      (T,) shoulder-to-ear line above the level, for a lying body.
    hip_setback   (T,) mid-hip behind mid-ankle, positive away from the toes.
    upright_lean_deg  (T,) lean forward of the line from ankles to shoulders while the person stood at rest: near 0
                  unless the camera is tilted; NaN while nobody was seen to stand.
    com_on_foot   (T,) centre of mass along the foot: 0 heel, 1 toe.
    foot_length   (T,) heel to toe along the level.
    reach         (T,) fingertip above the floor.
    hands_ahead   (T,) hand in front of the toes.
    supported     (T,) True while a hand is held by something that is not the body: a wrist that has stayed in its place
                  for a second while the shoulders moved, see `kinematics/support.py`.
    ankle_gap     (T,) how far one ankle is in front of the other, each seen from its own hip.
    back_curve    (T,) curvature of the back's outline (sagitta over chord) against the person's own upright back;
                  NaN where it cannot be seen.
    trunk_share   (T,) length of the trunk line in the picture; about 0.6, less when the trunk points to the camera.
    hip_sway      (T,) hip along the level, away from the ankle it stands on.
    yaw_deg       (T,) 0 side-on, 90 facing the camera or away from it.
    facing        (T,) as in `Body`: +1 to the right, -1 to the left, 0 not known.
    posture       (T,) `Posture` codes: what carries the body.
    thigh_seen    (T,) True where the hip and the knee of at least one leg are in the picture and visible.
    near          (T,) index (0 left, 1 right) of the leg that is seen better.
    raised        (T,) index of the leg that is higher; of a lying body the one that is turned up further.
    forward       (T,) index of the leg whose ankle is further forward.
    heel_height   (T,) ankle of the raised leg above the floor, as a share of the hip's height; above 1 of the height
                  that the hips have when the other leg is straight.
    hands_to_knee (T,) distance of the nearer hand from the knee of the raised leg.
    hands_to_thighs   (T,) distance of the nearer hand from either thigh, knees included.
    hand_to_toes  (T,) way along the raised leg from its toes down to the hand on it; NaN with no seen hand at the leg.
    strap_deg     (T,) how far hands in the air are off the line from their shoulder to the raised foot, where a strap
                  runs; NaN where no hand is seen, or one elsewhere.
    trunk_turn_deg  (T,) how far the trunk is turned about its own line: 0 its side to the camera, 90 its front or back.
    face_up       (T,) nose above the ears, as of somebody who lies on the back; NaN where the head is not seen.
    hand_up       (T,) height of the higher seen hand above the shoulders; NaN where none is seen.
    hands_apart   (T,) distance of the hands in the picture; NaN where one is not seen.
    roll_deg      (T,) roll of the shoulder line since the person lay at rest, calibrated, positive where the shoulder
                  near the camera sank; within 45 degrees, NaN while not learnt.
    head_shift    (T,) how far up in the picture the head moved since then, as one that is taken aside does seen from
                  above the floor; 0 where it was lifted.
    helper        (T,) how sure it is that somebody else holds the raised leg, 0 to 1.
    labels_right  (T,) log odds that left and right of the legs are as they are called, from all that was seen since the
                  legs were last together; NaN where they cannot be told apart. Not to be added up over frames.
    tremor        (T, 8) speed of shoulders, hips, knees, ankles between 4 and 10 Hz, in leg lengths a second; NaN where
                  a joint is hidden, was not followed steadily for a quarter of a second, or jumps as no joint can, and
                  where the pictures come too rarely or too unevenly.
    jumpy         (T,) share of the last second's pictures, 0 to 1, in which the hips or the shoulders jumped away and
                  back further than a body can move between pictures: swings and shaking read there are the model's.
                  Rendered clips, bouncing ones among them, read 0 in the hold at 15 and 30 pictures a second, and 0.05
                  to 0.4 for a second on the way; a clip in which nearly no light is left 0.2 to 0.6. NaN before three
                  pictures of somebody.
    picture_seen  (T,) what spoils the picture as a whole, with nobody in it too: nothing of a body can be read then.
    picture_poor  (T,) `Reason` codes: what should be better about it, also where it is not spoilt by that.
    camera_moves  (T,) whether the camera itself moves, so that swings and shaking cannot be told from it.
    fps           (T,) pictures a second over about the last second, from 1 to 240, those with nobody in them counted as
                  well; NaN while not known. A single gap of more than two seconds leaves it as it is.
    """

    t_s: PerFrame
    knee_deg: PerLeg
    hip_deg: PerLeg
    leg_deg: PerLeg
    leg_lift_deg: PerLeg
    foot_above: PerFrame
    leg_travel_deg: PerLeg
    trunk_deg: PerFrame
    raw_trunk_deg: PerFrame
    raw_leg_deg: PerLeg
    head_deg: PerFrame
    hip_setback: PerFrame
    upright_lean_deg: PerFrame
    com_on_foot: PerFrame
    foot_length: PerFrame
    reach: PerFrame
    hands_ahead: PerFrame
    supported: PerFrameBool
    ankle_gap: PerFrame
    back_curve: PerFrame
    yaw_deg: PerFrame
    facing: PerFrame
    posture: PerFrameInt
    near: PerFrameInt
    raised: PerFrameInt
    forward: PerFrameInt
    labels_right: PerFrame
    heel_height: PerFrame
    hands_to_knee: PerFrame
    hands_to_thighs: PerFrame
    hand_to_toes: PerFrame
    strap_deg: PerFrame
    trunk_turn_deg: PerFrame
    face_up: PerFrame
    hand_up: PerFrame
    hands_apart: PerFrame
    roll_deg: PerFrame
    head_shift: PerFrame
    helper: PerFrame
    trunk_share: PerFrame
    hip_sway: PerFrame
    back_seen: PerFrameInt
    tremor: Annotated[Floats, Shaped("t_s", (len(TREMOR_JOINTS),))]
    jumpy: PerFrame
    fps: PerFrame
    trunk_seen: PerFrameInt
    leg_seen: PerLegInt
    feet_seen: PerFrameInt
    hands_seen: PerFrameInt
    head_seen: PerFrameInt
    view_seen: PerFrameInt
    picture_seen: PerFrameInt
    picture_poor: PerFrameInt
    camera_moves: PerFrameBool
    thigh_seen: PerFrameBool

    def __post_init__(self) -> None:
        check_arrays(self)

    @classmethod
    def nobody(cls, count: int) -> Measures:
        """Those of so many frames in which nobody is seen: nothing is known, and no time passes."""
        return cls(**unknown_arrays(cls, count))

    def part(self, start: int, stop: int) -> Measures:
        """Those of the frames from `start` up to, but without, `stop`."""
        return Measures(**{one.name: getattr(self, one.name)[start:stop] for one in fields(self)})

    @staticmethod
    def joined(parts: Sequence[Measures]) -> Measures:
        """Those of several stretches of time, one after the other; at least one."""
        if len(parts) == 1:
            return parts[0]
        return Measures(
            **{one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Measures)}
        )

    @property
    def lying(self) -> Bools:
        """(T,) True on the back, the front or a side."""
        return np.asarray(self.posture == Posture.LYING)

    @property
    def kneeling(self) -> Bools:
        """(T,) True where a shin carries the body."""
        return np.asarray(self.posture == Posture.KNEELING)

    @property
    def noisy(self) -> Bools:
        """(T,) whether the model's points jump about so much that movement cannot be told from it."""
        return self.jumpy > _NOISY

    def __len__(self) -> int:
        return len(self.t_s)
