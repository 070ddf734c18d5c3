"""Angles and lengths of figures whose angles are known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.landmarks import HIPS
from formcheck.core.poses import Pose
from formcheck.core.posture import Posture
from formcheck.core.reasons import Reason
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import (
    LEFT,
    LEG,
    RIGHT,
    SCALE,
    Figure,
    ease,
    film,
    folded,
    kneeling,
    lying,
    on_one_leg,
    seated_forward_fold,
    towards,
    upright,
)
from tests.judged import last, measured


@pytest.mark.parametrize("facing", [1, -1])
def test_upright(facing: int) -> None:
    measures = measured(upright().pose(facing=facing))
    assert last(measures.trunk_deg) == pytest.approx(1.0, abs=0.2)
    assert last(measures.knee_deg[:, LEFT]) == pytest.approx(176.0, abs=0.3)
    assert last(measures.hip_deg[:, LEFT]) == pytest.approx(177.0, abs=3.0)
    assert last(measures.leg_deg[:, LEFT]) == pytest.approx(-90.0, abs=0.3)
    assert last(measures.hip_setback) == pytest.approx(0.0, abs=0.005)
    assert not measures.lying[-1]


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("trunk", "corrected"), [(30.0, 34.3), (60.0, 63.2), (84.0, 84.6)])
def test_hinges_of_who_was_not_seen_upright_are_corrected_as_most_people_need_it(
    trunk: float, corrected: float, facing: int
) -> None:
    measures = measured(folded(trunk, setback=0.2).pose(facing=facing))
    assert last(measures.trunk_deg) == pytest.approx(corrected, abs=0.3)
    assert last(measures.hip_setback) == pytest.approx(0.2, abs=0.005)


def test_deeper_folds_are_corrected_for_what_the_model_reads_too_low() -> None:
    assert last(measured(folded(125.0).pose()).trunk_deg) == pytest.approx(117.5, abs=0.3)


def test_bent_knees_of_standing_legs_are_corrected_and_lying_ones_are_not() -> None:
    standing = measured(folded(60.0, knee_deg=140.0).pose())
    assert last(standing.knee_deg[:, LEFT]) == pytest.approx(140.0 - 0.2 * 32.0, abs=0.5)
    raised = measured(lying(80.0, knee_deg=140.0).pose())
    assert last(raised.knee_deg[:, LEFT]) == pytest.approx(140.0, abs=0.3)


@pytest.mark.parametrize("raised", [40.0, 90.0, 110.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_lying(raised: float, facing: int) -> None:
    measures = measured(lying(raised, stretched=RIGHT).pose(facing=facing))
    # The figure is drawn without perspective, which is taken out where the body lies beside the middle of the picture.
    assert last(measures.leg_deg[:, RIGHT]) == pytest.approx(raised, abs=1.0)
    assert last(measures.leg_deg[:, LEFT]) == pytest.approx(-6.0, abs=0.3)
    assert last(measures.trunk_deg) == pytest.approx(90.0, abs=0.3)
    assert last(measures.head_deg) == pytest.approx(10.0, abs=0.5)
    assert measures.raised[-1] == RIGHT
    assert measures.lying[-1]


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("trunk", [0.0, 30.0, 60.0, 75.0])
def test_a_seated_fold(trunk: float, facing: int) -> None:
    measures = measured(seated_forward_fold(trunk, other_knee_deg=80.0, stretched=RIGHT).pose(facing=facing))
    assert measures.posture[-1] == Posture.SEATED
    assert not measures.lying[-1]
    assert measures.facing[-1] == facing
    assert last(measures.trunk_deg) == pytest.approx(trunk, abs=4.5)
    assert measures.leg_deg[-1] == pytest.approx([-5.4, -3.5], abs=0.5)
    assert last(measures.knee_deg[:, RIGHT]) == pytest.approx(176.0, abs=0.3)
    assert last(measures.knee_deg[:, LEFT]) == pytest.approx(80.0, abs=0.3)


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (upright(), Posture.STANDING),
        (folded(110.0), Posture.FOLDED),
        (kneeling(90.0), Posture.KNEELING),
        (lying(80.0), Posture.LYING),
    ],
)
def test_the_posture_is_told(figure: Figure, kind: Posture) -> None:
    measures = measured(figure.pose())
    assert measures.posture[-1] == kind
    assert (measures.lying == (measures.posture == Posture.LYING)).all()


def test_the_posture_of_nobody_is_unknown() -> None:
    measures = Measurer().extend(BodyTracker().extend(film(lambda _: None, 0.5)))
    assert (measures.posture == Posture.UNKNOWN).all()
    assert not measures.lying.any()


@pytest.mark.parametrize("yaw", [0.0, 25.0, 45.0, 80.0])
def test_yaw_is_estimated_roughly(yaw: float) -> None:
    measures = measured(upright().pose(yaw_deg=yaw))
    assert last(measures.yaw_deg) == pytest.approx(yaw, abs=10.0)
    assert (measures.view_seen[-1] == Reason.SEEN) == (yaw <= 25.0)


def test_the_centre_of_mass_of_upright_legs_lies_over_the_foot() -> None:
    assert 0.0 < last(measured(upright().pose()).com_on_foot) < 1.0
    assert last(measured(folded(115.0, setback=0.40).pose()).com_on_foot) < 0.0


def test_what_lies_outside_of_the_picture_is_not_seen() -> None:
    measures = measured(upright().pose(shift_px=(0.0, 120.0)))
    assert measures.feet_seen[-1] == Reason.FEET_OUT
    assert measures.trunk_seen[-1] == Reason.SEEN
    assert measures.leg_seen[-1, LEFT] == Reason.FEET_OUT


def test_hidden_points_are_not_seen_but_the_nearer_side_is_enough() -> None:
    far = measured(folded().pose(hidden=(12, 24, 26, 28, 30, 32)))
    assert far.trunk_seen[-1] == far.feet_seen[-1] == Reason.SEEN
    assert list(far.leg_seen[-1]) == [Reason.SEEN, Reason.LEG_HIDDEN]
    both = measured(folded().pose(hidden=(27, 28)))
    assert both.feet_seen[-1] == Reason.LEG_HIDDEN


def test_a_leg_of_the_wrong_length_is_uncertain() -> None:
    pose = lying(80.0).pose()
    points = pose.points_px.copy()
    points[[27, 29, 31]] = points[25] + 0.5 * (points[[27, 29, 31]] - points[25])
    measures = measured(type(pose)(points_px=points, depth_px=pose.depth_px, visibility=pose.visibility))
    assert measures.leg_seen[-1, LEFT] == Reason.LENGTHS_OFF
    assert measures.leg_seen[-1, RIGHT] == Reason.SEEN
    assert np.isfinite(measures.knee_deg[-1, LEFT])


def seen_with_hips_ahead(figure: Figure, ahead: float, *, facing: int) -> Pose:
    """The figure with its hips read that many leg lengths in front of the joints."""
    pose = figure.pose(facing=facing)
    points = pose.points_px.copy()
    points[HIPS, 0] += facing * ahead * LEG * SCALE
    return replace(pose, points_px=points)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("ahead", [0.0, 0.02, 0.03])
def test_hips_that_are_read_in_front_of_the_joint_are_known_from_the_upright_stance(ahead: float, facing: int) -> None:
    def scene(t_s: float) -> Pose:
        hinge = ease(t_s, 3.0, 5.0)
        return seen_with_hips_ahead(folded(1.0 + 44.0 * hinge, setback=0.1 * hinge), ahead * (1 + hinge), facing=facing)

    measures = Measurer().extend(BodyTracker().extend(film(scene, 8.0)))
    # 0.06 leg lengths in front turn the line of the trunk by 4.5 degrees, and that of the leg by 3.
    assert last(measures.raw_trunk_deg) == pytest.approx(45.0 - 75.0 * ahead * 2, abs=0.5)
    assert last(measures.trunk_deg) == pytest.approx(45.0, abs=2.0)
    assert last(measures.hip_deg[:, LEFT]) == pytest.approx(180.0 - 45.0 - 5.7 - 2.0, abs=3.5)


def test_a_camera_that_is_tilted_does_not_move_the_hips() -> None:
    def scene(t_s: float) -> Pose:
        pose = folded(1.0 + 39.0 * ease(t_s, 3.0, 5.0), setback=0.0).pose()
        tilt = math.radians(4.0)
        turn = np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
        return replace(pose, points_px=(pose.points_px - 240.0) @ turn.T + 240.0)

    measures = Measurer().extend(BodyTracker().extend(film(scene, 8.0)))
    assert last(measures.trunk_deg) == pytest.approx(44.0, abs=0.5)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("depth", "too_low_deg"), [(0.0, 0.0), (0.03, 0.0), (0.115, 7.5), (0.2, 15.0), (0.3, 15.0)])
def test_a_round_back_reads_the_trunk_too_low(depth: float, too_low_deg: float, facing: int) -> None:
    def scene(t_s: float) -> Pose:
        hinge = ease(t_s, 3.0, 5.0)
        figure = folded(1.0 + 44.0 * hinge, setback=0.1 * hinge)
        return figure.pose(facing=facing, back=-0.05 + hinge * depth)

    measures = Measurer().extend(BodyTracker().extend(film(scene, 8.0)))
    assert last(measures.trunk_deg) == pytest.approx(45.0 - too_low_deg, abs=1.2)


@pytest.mark.parametrize(("knee", "taken_for"), [(178.0, 175.0), (163.0, 175.0), (140.0, 140.0)])
def test_the_thigh_of_a_leg_on_a_bench_is_that_of_the_whole_leg(knee: float, taken_for: float) -> None:
    # 3.6 degrees of trunk and 3 of the leg: where the hips of most people are read.
    measures = measured(on_one_leg(40.0, 0.0, raised_knee_deg=knee).pose())
    assert last(measures.hip_deg[:, LEFT]) == pytest.approx(50.0 - 4.3 - 3.0 - (180.0 - taken_for) / 2.0, abs=0.7)


@pytest.mark.parametrize("facing", [1, -1])
def test_the_back_is_measured_against_the_upright_one(facing: int) -> None:
    def scene(t_s: float):
        hinge = ease(t_s, 2.0, 4.0)
        return folded(hinge * 45.0, setback=0.1 * hinge).pose(facing=facing, back=-0.05 + hinge * 0.17)

    measures = Measurer().extend(BodyTracker().extend(film(scene, 6.0)))
    assert last(measures.back_curve) == pytest.approx(0.17, abs=0.02)
    assert np.isnan(measures.back_curve[10])  # upright there is nothing to judge


def test_an_arm_on_the_back_covers_it() -> None:
    figure = folded(45.0, setback=0.1)
    figure.wrist = figure.hip + towards(100.0, 0.35)
    measures = measured(figure.pose(back=0.1))
    assert measures.back_seen[-1] == Reason.BACK_COVERED
    assert np.isnan(measures.back_curve[-1])


def test_feet_side_by_side_seen_obliquely_are_side_by_side() -> None:
    assert last(measured(folded(60.0, setback=0.1).pose(yaw_deg=40.0)).ankle_gap) < 0.05
    assert last(measured(on_one_leg(40.0, -72.0, support_deg=-102.0).pose()).ankle_gap) > 0.4


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("thigh_deg", [90.0, 120.0, 150.0])
def test_kneeling(thigh_deg: float, facing: int) -> None:
    """Toes that point back do not turn anybody round, and knees are not corrected as those of somebody who stands."""
    measures = measured(kneeling(thigh_deg=thigh_deg).pose(facing=facing))
    assert last(measures.posture) == Posture.KNEELING
    assert last(measures.facing) == facing
    assert last(measures.knee_deg[:, LEFT]) == pytest.approx(177.1 - thigh_deg, abs=1.0)
