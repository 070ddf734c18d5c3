"""Angles and lengths of a followed body."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from formcheck.core.landmarks import (
    ANKLES,
    EARS,
    FINGERTIPS,
    HEELS,
    HIPS,
    KNEES,
    SHOULDERS,
    TOES,
    TREMOR_JOINTS,
    WRISTS,
)
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Bools, Floats, Ints
from formcheck.core.posture import Posture
from formcheck.core.reasons import Reason
from formcheck.geometry.angles import above_level, from_vertical, joint_angle, length, middle
from formcheck.geometry.missing import filled
from formcheck.geometry.posture import posture
from formcheck.kinematics import back, calibration, view
from formcheck.kinematics.baseline import (
    TYPICAL_REST_DEG,
    RestingLegs,
    RestingState,
    UprightBack,
    UprightHips,
    UprightLean,
)
from formcheck.kinematics.carriage import carriage
from formcheck.kinematics.hand_on_leg import hands_at
from formcheck.kinematics.knees import knees, knees_as_read
from formcheck.kinematics.learnt_later import learnt_later
from formcheck.kinematics.leg_lines import foot_above, leg_lines, raised_leg
from formcheck.kinematics.leg_travel import LegTravel
from formcheck.kinematics.legs import LegLabels
from formcheck.kinematics.lying_legs import lying_leg_lines
from formcheck.kinematics.lying_trunk import LyingTrunk, lying_at, roll_deg
from formcheck.kinematics.midpoints import Midpoint
from formcheck.kinematics.renamed_legs import SURELY_EXCHANGED, renamed
from formcheck.kinematics.support import HandSupport, hands_to_thighs
from formcheck.signals.one_euro import OneEuro

_FEET = np.concatenate([HEELS, TOES])
_LEGS_REST_DEG = 20.0
_LEGS_UPRIGHT_DEG = 15.0


class Measurer:
    """Measures a body, any number of frames at a time, and learns what is the person's own."""

    def __init__(self, *, calibrated: bool = True) -> None:
        """Without `calibrated` angles stay as read: the corrections are those of one pose model."""
        self._calibrated = calibrated
        self._rest = RestingState()
        self._resting = RestingLegs()
        self._upright_back = UprightBack()
        self._upright_hips = UprightHips()
        self._upright_lean = UprightLean()
        self._lying_trunk = LyingTrunk()
        self._labels = LegLabels()
        self._travel = LegTravel()
        self._support = HandSupport()
        self._curve = OneEuro(min_cutoff_hz=0.8, beta=0.5)
        self._last_s = math.nan

    def extend(self, body: Body) -> Measures:
        """The measures of further frames; NaN where nobody was seen."""
        labels_right = self._labels.extend(body)
        body = renamed(body, labels_right < -SURELY_EXCHANGED)
        plain = _measure(body, calibrated=self._calibrated)
        lean_deg = _lean_of(body, HIPS)
        step_s = filled(np.diff(body.t_s, prepend=self._last_s))
        self._last_s = float(body.t_s[-1]) if len(body) else self._last_s
        at_rest = self._rest.extend(body.t_s, np.column_stack([lean_deg, plain.leg_deg]))
        legs_rest = at_rest & plain.lying & (np.abs(plain.leg_deg).max(axis=1) < _LEGS_REST_DEG)
        rest_deg = self._resting.extend(step_s, plain.leg_deg, legs_rest)
        roll, head = self._lying_trunk.extend(step_s, lying_at(body), legs_rest)
        curve = self._back(body, step_s, plain, at_rest)
        covered = back.covered(body)
        standing = at_rest & ~plain.lying & (np.abs(plain.leg_deg + 90.0).max(axis=1) < _LEGS_UPRIGHT_DEG)
        true_lean_deg = self._lean(step_s, plain, lean_deg, np.where(covered, np.nan, curve), standing)
        trunk_deg = np.abs(true_lean_deg)
        back_seen = back.seen(covered, trunk_deg, curve)
        return replace(
            plain,
            supported=self._support.extend(body),
            upright_lean_deg=self._upright_lean.extend(
                step_s, _lean_of(body, ANKLES), plain.ankle_gap, standing & (np.abs(lean_deg) < _LEGS_UPRIGHT_DEG)
            ),
            trunk_deg=trunk_deg,
            hip_deg=_hip_deg(plain, true_lean_deg) if self._calibrated else plain.hip_deg,
            leg_lift_deg=plain.leg_deg - rest_deg,
            # Where the floor rises toward the feet in the picture, it falls toward the head.
            head_deg=plain.head_deg + rest_deg.mean(axis=1) - TYPICAL_REST_DEG,
            back_curve=np.where(back_seen == Reason.SEEN, curve, np.nan),
            back_seen=back_seen,
            roll_deg=roll_deg(roll),
            head_shift=head,
            labels_right=np.where(labels_right < -SURELY_EXCHANGED, -labels_right, labels_right),
            leg_travel_deg=self._travel.extend(body.t_s, plain.leg_deg),
        )

    def _lean(self, step_s: Floats, plain: Measures, lean_deg: Floats, curve: Floats, standing: Bools) -> Floats:
        """Signed trunk line from the vertical, corrected for the person's own hips and for deep folds."""
        bend_deg = self._upright_hips.extend(step_s, lean_deg, plain.leg_deg, standing)
        as_read = plain.lying | plain.kneeling | (not self._calibrated)
        return calibration.lean(lean_deg, bend_deg, curve, as_read)

    def _back(self, body: Body, step_s: Floats, plain: Measures, at_rest: Bools) -> Floats:
        """Curvature of the back beyond the person's own upright one, smoothed."""
        curve = back.sagitta(body)
        known = ~np.isnan(curve)
        curve[known] = self._curve.extend(body.t_s[known], curve[known])
        return curve - self._upright_back.extend(step_s, curve, plain.trunk_deg, at_rest & ~plain.lying)


def _lean_of(body: Body, begins: Ints) -> Floats:
    """(T,) line from the middle of a pair to the shoulders, from the vertical with its sign: forward is positive."""
    line = middle(body.points_px, SHOULDERS) - middle(body.points_px, begins)
    return np.asarray(np.degrees(np.arctan2(line[:, 0] * body.facing, -line[:, 1])))


def _hip_deg(plain: Measures, lean_deg: Floats) -> Floats:
    """(T, 2) trunk to thigh, 180 upright: from the corrected lines, but as read of somebody on the floor."""
    bent = lean_deg[:, None] + 90.0 + calibration.thigh(plain.leg_deg, plain.knee_deg)
    return np.where((plain.lying | plain.kneeling)[:, None], plain.hip_deg, 180.0 - np.abs(bent))


def _measure(body: Body, *, calibrated: bool) -> Measures:
    points, leg_px = body.points_px, body.own_leg_px
    carried, between = posture(points), Midpoint(body)
    lying = carried == Posture.LYING
    yaw = view.yaw_deg(body, lying)
    hips, shoulders, ankles, toe = (between.of(pair) for pair in (HIPS, SHOULDERS, ANKLES, TOES))
    leg_deg, trunk_deg = leg_lines(points, body.facing, lying), from_vertical(hips, shoulders)
    if calibrated:
        leg_deg = np.where(lying[:, None], lying_leg_lines(body, lying), leg_deg)
    raised = raised_leg(points, leg_deg, lying)
    foot, floor = (toe - between.of(HEELS))[:, 0] * body.facing, points[:, _FEET, 1].max(axis=1)
    return Measures(
        t_s=body.t_s,
        knee_deg=knees(body, leg_deg, carried, raised, trunk_deg) if calibrated else knees_as_read(body),
        hip_deg=joint_angle(shoulders[:, None], points[:, HIPS], points[:, KNEES]),
        leg_deg=leg_deg,
        leg_lift_deg=leg_deg,
        foot_above=foot_above(points, raised, leg_px),
        trunk_deg=trunk_deg,
        raw_trunk_deg=from_vertical(middle(body.raw_px, HIPS), middle(body.raw_px, SHOULDERS)),
        raw_leg_deg=leg_lines(body.raw_px, body.facing, lying),
        head_deg=above_level(shoulders, between.of(EARS), -body.facing),
        hip_setback=(ankles - hips)[:, 0] * body.facing / leg_px,
        com_on_foot=_on_foot(between, foot * body.facing),
        foot_length=foot / leg_px,
        reach=_reach(body, floor, calibrated=calibrated),
        hands_ahead=(between.of(WRISTS) - toe)[:, 0] * body.facing / leg_px,
        ankle_gap=_ankle_gap(points, leg_px),
        forward=np.argmax(filled(points[:, ANKLES, 0] * body.facing[:, None]), axis=1),
        heel_height=_heel_height(points, floor),
        hands_to_thighs=hands_to_thighs(body),
        **hands_at(body, raised),
        **carriage(body),
        **learnt_later(len(body)),
        helper=body.helper,
        trunk_share=np.hypot(*(shoulders - hips).T) / leg_px,
        hip_sway=_hip_sway(points, raised, leg_px) * body.facing,
        yaw_deg=yaw,
        facing=body.facing,
        posture=carried,
        near=np.argmax(body.visibility[:, KNEES] + body.visibility[:, ANKLES], axis=1),
        raised=raised,
        tremor=np.where(body.visibility[:, TREMOR_JOINTS] >= view.VISIBLE, body.tremor, np.nan),
        jumpy=body.jumpy,
        fps=body.fps,
        view_seen=view.spoilt(body, view.view_seen(yaw, lying)),
        **view.pictures_seen(body),
        thigh_seen=view.thigh_seen(body),
        **view.parts_seen(body, yaw),
    )


def _on_foot(between: Midpoint, foot: Floats) -> Floats:
    """(T,) centre of mass along the foot, 0 heel and 1 toe; `foot` (T,) from heel to toe along x, px."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((between.centre_of_mass() - between.of(HEELS))[:, 0] / foot)


def _reach(body: Body, floor: Floats, *, calibrated: bool) -> Floats:
    """(T,) fingertips above the floor in leg lengths, mostly of the hand that is seen better."""
    # The hand behind is guessed by the model, and lower than it is.
    weight = body.visibility[:, FINGERTIPS] ** 4
    height = (weight * body.points_px[:, FINGERTIPS, 1]).sum(axis=1) / weight.sum(axis=1)
    read = np.asarray((floor - height) / body.own_leg_px)
    return calibration.reach(read) if calibrated else read


def _ankle_gap(points: Floats, leg_px: Floats) -> Floats:
    """(T,) how far one ankle is in front of the other, each seen from its own hip.

    Seen obliquely, feet side by side lie apart in the picture, but so do the hips.
    """
    legs = points[:, ANKLES, 0] - points[:, HIPS, 0]
    return np.asarray(np.abs(legs[:, 1] - legs[:, 0]) / leg_px)


def _heel_height(points: Floats, floor: Floats) -> Floats:
    """(T,) height of the higher ankle over that of the hips, both above the floor.

    Hips that sink below the heel in a squat make the bench no higher: above the hips it is told of the height they
    have with that leg straight, as long as thigh and shank are in the picture.
    """
    rows, lower = np.arange(len(points)), np.argmax(filled(points[:, ANKLES, 1]), axis=1)
    hip, knee, ankle = (points[rows, joints[lower]] for joints in (HIPS, KNEES, ANKLES))
    sunk = length(hip, knee) + length(knee, ankle) - length(hip, ankle)
    heel, hips = floor - points[:, ANKLES, 1].min(axis=1), floor - middle(points, HIPS)[:, 1]
    return np.asarray(np.minimum(heel / hips, np.maximum(1.0, heel / (hips + sunk))))


def _hip_sway(points: Floats, raised: Ints, leg_px: Floats) -> Floats:
    """(T,) mid-hip ahead of the ankle it stands on, along the level, in leg lengths."""
    ankle = points[np.arange(len(points)), ANKLES[1 - raised], 0]
    return np.asarray((middle(points, HIPS)[:, 0] - ankle) / leg_px)
