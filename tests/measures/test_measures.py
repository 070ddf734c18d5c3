"""Angles and lengths of figures whose angles are known."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.measures import Reason
from formcheck.measures.body import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import LEFT, RIGHT, ease, film, folded, lying, on_one_leg, towards, upright
from tests.judging import last, measured


@pytest.mark.parametrize("facing", [1, -1])
def test_upright(facing: int) -> None:
    measures = measured(upright().pose(facing=facing))
    # Whatever an upright person reads counts as the 1.5 degrees that people at ease lean.
    assert last(measures.trunk_deg) == pytest.approx(1.5, abs=0.2)
    assert last(measures.knee_deg[:, LEFT]) == pytest.approx(176.0, abs=0.3)
    assert last(measures.hip_deg[:, LEFT]) == pytest.approx(177.0, abs=3.0)
    assert last(measures.leg_deg[:, LEFT]) == pytest.approx(-90.0, abs=0.3)
    assert last(measures.hip_setback) == pytest.approx(0.0, abs=0.005)
    assert not measures.lying[-1]


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("trunk", [30.0, 60.0, 84.0])
def test_folds_up_to_the_level_are_read_as_they_are(trunk: float, facing: int) -> None:
    measures = measured(folded(trunk, setback=0.2).pose(facing=facing))
    assert last(measures.trunk_deg) == pytest.approx(trunk, abs=0.3)
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
    assert last(measures.leg_deg[:, RIGHT]) == pytest.approx(raised, abs=0.3)
    assert last(measures.leg_deg[:, LEFT]) == pytest.approx(-6.0, abs=0.3)
    assert last(measures.trunk_deg) == pytest.approx(90.0, abs=0.3)
    assert last(measures.head_deg) == pytest.approx(10.0, abs=0.5)
    assert measures.raised[-1] == RIGHT
    assert measures.lying[-1]


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


def test_a_trunk_that_reads_off_while_upright_is_corrected_in_the_hinge() -> None:
    def scene(t_s: float):
        hinge = ease(t_s, 2.0, 4.0) * 40.0
        return folded(hinge - 5.0, setback=0.05).pose()  # read 6.5 degrees too far back

    measures = Measurer().extend(BodyTracker().extend(film(scene, 6.0)))
    assert last(measures.trunk_deg) == pytest.approx(41.5, abs=2.0)


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
