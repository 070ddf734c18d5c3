"""People built by geometry, so that every angle is known before it is measured.

A figure is drawn in its own side plane (x forward, y up, metres, ankle of the standing leg or hip as origin), given
width across that plane, turned by the camera's yaw and projected straight into a picture of 854 x 480 pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.poses import Pose, PoseFrame, SourceInfo, unknown_profile
from formcheck.geometry.silhouette import STATIONS
from formcheck.kinematics.view import LYING_SHOULDERS

THIGH, SHANK, TRUNK, ARM, HAND, NECK = 0.42, 0.40, 0.50, 0.30, 0.10, 0.22
LEG = THIGH + SHANK
HALF_SHOULDERS, HALF_HIPS = 0.17, 0.10
WIDTH, HEIGHT, SCALE = 854, 480, 170.0
LEFT, RIGHT = 0, 1


def towards(degrees_above_level: float, length: float) -> np.ndarray:
    """A vector of that length, 0 degrees forward, 90 up."""
    angle = math.radians(degrees_above_level)
    return np.array([math.cos(angle), math.sin(angle)]) * length


@dataclass
class Figure:
    """Where the joints are in the side plane; pairs are (left, right)."""

    hip: np.ndarray
    shoulder: np.ndarray
    ear: np.ndarray
    knee: Sequence[np.ndarray]
    ankle: Sequence[np.ndarray]
    toe_deg: Sequence[float]
    wrist: np.ndarray

    def pose(
        self,
        *,
        facing: int = 1,
        yaw_deg: float = 0.0,
        hidden: Sequence[int] = (),
        shift_px: tuple[float, float] = (0.0, 0.0),
        exchanged: bool = False,
        back: float | None = None,
        roll_deg: float = 0.0,
    ) -> Pose:
        """The figure in the picture.

        `hidden` points get a low visibility. `back` is the sagitta of the outline of the back over its chord; None
        leaves the outline unknown. `roll_deg` rolls the shoulder line about the trunk.
        """
        points = np.zeros((33, 3))
        elbow = (self.shoulder + self.wrist) / 2
        tip = self.wrist + (self.wrist - elbow) / max(1e-6, float(np.hypot(*(self.wrist - elbow)))) * HAND
        points[:11] = (*self.ear, 0.0)
        for side, across in ((LEFT, -1.0), (RIGHT, 1.0)):
            heel, toe = self._foot(side)
            for index, place, half in (
                (7, self.ear, 0.07), (11, self.shoulder, HALF_SHOULDERS), (13, elbow, HALF_SHOULDERS),
                (15, self.wrist, HALF_SHOULDERS), (17, tip, HALF_SHOULDERS), (19, tip, HALF_SHOULDERS),
                (21, tip, HALF_SHOULDERS), (23, self.hip, HALF_HIPS), (25, self.knee[side], HALF_HIPS),
                (27, self.ankle[side], HALF_HIPS), (29, heel, HALF_HIPS), (31, toe, HALF_HIPS),
            ):  # fmt: skip
                points[index + side] = (*place, across * half)
        yaw = math.radians(yaw_deg)
        x = points[:, 0] * math.cos(yaw) + points[:, 2] * math.sin(yaw)
        px = np.stack(
            [WIDTH / 2 + facing * x * SCALE + shift_px[0], HEIGHT * 0.9 - points[:, 1] * SCALE + shift_px[1]], 1
        )
        px[11] += np.array([0.0, math.sin(math.radians(roll_deg)) * HALF_SHOULDERS * SCALE])
        px[12] -= np.array([0.0, math.sin(math.radians(roll_deg)) * HALF_SHOULDERS * SCALE])
        px = as_the_model_reads(self, px)
        visibility = np.full(33, 0.99)
        visibility[list(hidden)] = 0.2
        if exchanged:
            for left in (23, 25, 27, 29, 31):
                px[[left, left + 1]] = px[[left + 1, left]]
        profile = unknown_profile()
        if back is not None:
            row = 0 if facing > 0 else 1
            profile[row] = (0.25 + 4.0 * back * STATIONS * (1.0 - STATIONS)) * TRUNK * SCALE
        return Pose(
            points_px=px, depth_px=-facing * points[:, 2] * 3.0 * SCALE, visibility=visibility, profile_px=profile
        )

    def _foot(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        sole = towards(self.toe_deg[side], 1.0)
        down = np.array([sole[1], -sole[0]])
        ankle = self.ankle[side]
        return ankle - sole * 0.05 + down * 0.07, ankle + sole * 0.17 + down * 0.07


def as_the_model_reads(figure: Figure, points_px: np.ndarray) -> np.ndarray:
    """The same with the shoulders of a lying body as near to each other along the level as the model reads them."""
    if figure.hip[1] > 0.3 or abs(figure.shoulder[1] - figure.hip[1]) > abs(figure.shoulder[0] - figure.hip[0]):
        return points_px
    out = points_px.copy()
    middle = out[[11, 12], 0].mean()
    out[[11, 12], 0] = middle + LYING_SHOULDERS * (out[[11, 12], 0] - middle)
    return out


def bent_leg(
    hip: np.ndarray, direction_deg: float, knee_deg: float, *, forward: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Knee and ankle of a leg whose hip-to-ankle line points to `direction_deg`; the knee bends forward."""
    reach = math.sqrt(THIGH**2 + SHANK**2 - 2 * THIGH * SHANK * math.cos(math.radians(knee_deg)))
    at_hip = math.degrees(math.acos(min(1.0, (THIGH**2 + reach**2 - SHANK**2) / (2 * THIGH * reach))))
    ankle = hip + towards(direction_deg, reach)
    return hip + towards(direction_deg + forward * at_hip, THIGH), ankle


def folded(
    trunk_deg: float = 120.0, knee_deg: float = 176.0, setback: float = 0.14, hand: np.ndarray | None = None
) -> Figure:
    """Standing on both feet and folded forward; `setback` is the hip behind the ankle in leg lengths."""
    reach = math.sqrt(THIGH**2 + SHANK**2 - 2 * THIGH * SHANK * math.cos(math.radians(knee_deg)))
    back = setback * LEG
    ankle = np.array([0.0, 0.07])
    hip = ankle + np.array([-back, math.sqrt(reach**2 - back**2)])
    direction = math.degrees(math.atan2(*(ankle - hip)[::-1]))
    knee, ankle = bent_leg(hip, direction, knee_deg)
    shoulder = hip + towards(90.0 - trunk_deg, TRUNK)
    ear = shoulder + towards(90.0 - trunk_deg - 10.0, NECK)
    wrist = shoulder + towards(-80.0 if trunk_deg > 45 else -88.0, 2 * ARM) if hand is None else hand
    wrist = np.array([wrist[0], max(wrist[1], 0.15)])
    return Figure(hip, shoulder, ear, (knee, knee), (ankle, ankle), (0.0, 0.0), wrist)


def upright() -> Figure:
    """Standing straight."""
    return folded(trunk_deg=1.0, setback=0.0)


def on_one_leg(
    trunk_deg: float = 40.0, raised_deg: float = -6.0, raised_knee_deg: float = 176.0, support_deg: float = -90.0,
    support_knee_deg: float = 176.0, stretched: int = LEFT, hand: np.ndarray | None = None,
) -> Figure:  # fmt: skip
    """On the feet, leaning forward, one leg in front of or above the other; angles are hip-to-ankle directions.

    The raised knee bends upwards, the knee stood on forwards.
    """
    knee, ankle = bent_leg(np.zeros(2), support_deg, support_knee_deg)
    lift = np.array([0.0, 0.07 - ankle[1]])
    support = (knee + lift, ankle + lift)
    raised = bent_leg(lift, raised_deg, raised_knee_deg)
    legs = (raised, support) if stretched == LEFT else (support, raised)
    toes = (max(0.0, raised_deg + 90.0), 0.0) if stretched == LEFT else (0.0, max(0.0, raised_deg + 90.0))
    shoulder = lift + towards(90.0 - trunk_deg, TRUNK)
    ear = shoulder + towards(90.0 - trunk_deg, NECK)
    wrist = shoulder + towards(-60.0, 1.6 * ARM) if hand is None else hand
    return Figure(lift, shoulder, ear, (legs[0][0], legs[1][0]), (legs[0][1], legs[1][1]), toes, wrist)


def lying(
    raise_deg: float = 80.0, knee_deg: float = 176.0, other_deg: float = -6.0, head_deg: float = 10.0,
    other_knee_deg: float = 176.0, stretched: int = LEFT, trunk_up_deg: float = 0.0,
) -> Figure:  # fmt: skip
    """On the back with the feet forward, one leg raised."""
    hip = np.array([0.0, 0.12])
    shoulder = hip + towards(180.0 - trunk_up_deg, TRUNK)
    ear = shoulder + towards(180.0 - head_deg, NECK)
    up, low = bent_leg(hip, raise_deg, knee_deg), bent_leg(hip, other_deg, other_knee_deg)
    legs = (up, low) if stretched == LEFT else (low, up)
    toes = (raise_deg + 90.0, 90.0) if stretched == LEFT else (90.0, raise_deg + 90.0)
    wrist = shoulder + towards(-6.0, 2 * ARM)
    return Figure(hip, shoulder, ear, (legs[0][0], legs[1][0]), (legs[0][1], legs[1][1]), toes, wrist)


def seated_forward_fold(
    trunk_deg: float = 60.0, knee_deg: float = 176.0, other_knee_deg: float | None = None, foot_deg: float = 80.0,
    stretched: int = LEFT,
) -> Figure:  # fmt: skip
    """Long sitting, the trunk folded over the legs; 0 upright, negative leans back.

    The heels lie on the floor and a bent knee points up; `other_knee_deg` bends that of the other leg alone. `foot_deg`
    is the sole above the level: 90 upright, less with the toes pointed.
    """
    hip = np.array([0.0, 0.10])
    legs = []
    for bend_deg in (knee_deg, knee_deg if other_knee_deg is None else other_knee_deg):
        reach = math.sqrt(THIGH**2 + SHANK**2 - 2 * THIGH * SHANK * math.cos(math.radians(bend_deg)))
        legs.append(bent_leg(hip, math.degrees(math.asin((0.05 - hip[1]) / reach)), bend_deg))
    if stretched == RIGHT:
        legs.reverse()
    wrist_deg = -30.0 if trunk_deg > 20.0 else -80.0
    return _sat(hip, trunk_deg, legs, (foot_deg, foot_deg), wrist_deg)


def on_chair(trunk_deg: float = 0.0, thigh_deg: float = 0.0, seat_m: float = 0.46, *, out: bool = False) -> Figure:
    """Sitting on a seat of that height, thighs that far above the level; with `out` the left leg stretched forward."""
    hip = np.array([0.0, seat_m + 0.06])
    knee = hip + towards(thigh_deg, THIGH)
    bent = (knee, np.array([knee[0], 0.07]))
    legs = [bent_leg(hip, math.degrees(math.asin((0.07 - hip[1]) / LEG)), 179.0) if out else bent, bent]
    return _sat(hip, trunk_deg, legs, (60.0 if out else 0.0, 0.0), -60.0)


def kneeling(trunk_deg: float = 0.0, thigh_deg: float = 90.0, wrist_deg: float = -85.0) -> Figure:
    """On both shins; `thigh_deg` from the level: 90 upright, 150 on the heels."""
    knee, ankle = np.array([0.0, 0.05]), np.array([-SHANK, 0.07])
    hip = knee + towards(thigh_deg, THIGH)
    return _sat(hip, trunk_deg, [(knee, ankle), (knee, ankle)], (200.0, 200.0), wrist_deg)


def _sat(
    hip: np.ndarray, trunk_deg: float, legs: Sequence[tuple[np.ndarray, np.ndarray]], toe_deg: Sequence[float],
    wrist_deg: float,
) -> Figure:  # fmt: skip
    shoulder = hip + towards(90.0 - trunk_deg, TRUNK)
    ear = shoulder + towards(90.0 - trunk_deg, NECK)
    wrist = shoulder + towards(wrist_deg, 1.8 * ARM)
    (left, right) = legs
    return Figure(hip, shoulder, ear, (left[0], right[0]), (left[1], right[1]), toe_deg, wrist)


def with_hands_at(pose: Pose, place_px: Sequence[float] | np.ndarray) -> Pose:
    """The same with both hands at a place in the picture, the elbows halfway."""
    points = pose.points_px.copy()
    for side in (LEFT, RIGHT):
        points[[15 + side, 17 + side, 19 + side, 21 + side]] = place_px
        points[13 + side] = (points[11 + side] + place_px) / 2
    return replace(pose, points_px=points)


def frame(index: int, t_s: float, *people: Pose) -> PoseFrame:
    """A pose frame of the pictures that figures are drawn in."""
    return PoseFrame(index=index, t_s=t_s, width=WIDTH, height=HEIGHT, people=people)


def film(scene: Callable[[float], Pose | None], seconds: float, fps: float = 30.0) -> list[PoseFrame]:
    """Pose frames of a scene; the scene gives the person at a time, or None."""
    frames = []
    for index in range(round(seconds * fps)):
        pose = scene(index / fps)
        frames.append(frame(index, index / fps, *([pose] if pose else [])))
    return frames


def ease(t_s: float, start_s: float, end_s: float) -> float:
    """0 before, 1 after, smooth between."""
    share = min(1.0, max(0.0, (t_s - start_s) / (end_s - start_s)))
    return 0.5 - 0.5 * math.cos(math.pi * share)


def in_and_out(t_s: float, hold_s: float = 12.0, way_s: float = 2.0) -> float:
    """Depth of a stretch over time: 1 s of nothing, in, `hold_s` at 1, out."""
    return ease(t_s, 1.0, 1.0 + way_s) - ease(t_s, 1.0 + way_s + hold_s, 1.0 + 2 * way_s + hold_s)


SOURCE = SourceInfo(name="figure.mp4", kind="video", width=WIDTH, height=HEIGHT, fps=30.0)
