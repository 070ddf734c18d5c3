"""Raised legs of bodies that lie turned away from side-on, seen by a camera with perspective."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.reasons import Reason
from formcheck.kinematics import view
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import LEFT, RIGHT, lying
from tests.judged import last
from tests.perspective import seen, shot, steady


@pytest.mark.parametrize("yaw_deg", [-25.0, -15.0, 0.0, 15.0, 25.0])
@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_raise_is_the_same_from_wherever_it_is_seen(yaw_deg: float, stretched: int, facing: int) -> None:
    pose = seen(lying(74.0, stretched=stretched), facing=facing, yaw_deg=yaw_deg)
    measures = Measurer().extend(BodyTracker().extend(shot(lambda _t: [pose], steady(1.5, 30.0))))
    assert last(measures.yaw_deg) == pytest.approx(abs(yaw_deg), abs=5.0)
    assert last(measures.leg_deg[:, stretched]) == pytest.approx(74.0, abs=2.0)


def test_hips_that_are_read_too_near_to_each_other_make_no_difference() -> None:
    pose = seen(lying(74.0, stretched=RIGHT), yaw_deg=20.0)
    points = pose.points_px.copy()
    points[[23, 24], 0] = points[[23, 24], 0].mean()
    closed = type(pose)(points_px=points, depth_px=pose.depth_px, visibility=pose.visibility)
    told = [
        last(
            Measurer()
            .extend(BodyTracker().extend(shot(lambda _t, one=one: [one], steady(1.5, 30.0))))
            .leg_deg[:, RIGHT]
        )
        for one in (pose, closed)
    ]
    assert told[1] == pytest.approx(told[0], abs=0.3)


def test_another_model_is_not_corrected() -> None:
    pose = seen(lying(74.0), yaw_deg=20.0)
    as_read, corrected = (
        Measurer(calibrated=calibrated).extend(BodyTracker().extend(shot(lambda _t: [pose], steady(1.5, 30.0))))
        for calibrated in (False, True)
    )
    assert abs(last(as_read.leg_deg[:, LEFT]) - last(corrected.leg_deg[:, LEFT])) > 1.0
    assert np.isfinite(last(corrected.leg_deg[:, LEFT]))


@pytest.mark.parametrize("yaw_deg", [-25.0, 25.0])
def test_a_body_that_lies_turned_by_25_degrees_is_judged(yaw_deg: float) -> None:
    assert _view_seen(yaw_deg) == Reason.SEEN


def test_a_body_that_lies_turned_by_50_degrees_is_not() -> None:
    assert _view_seen(50.0) == Reason.NOT_SIDE_ON


def _view_seen(yaw_deg: float) -> int:
    pose = seen(lying(74.0), yaw_deg=yaw_deg)
    return int(Measurer().extend(BodyTracker().extend(shot(lambda _t: [pose], steady(1.5, 30.0)))).view_seen[-1])


def test_wide_shoulders_do_not_close_the_view_at_25_degrees() -> None:
    seen_from = view.view_seen(np.array([37.0, 37.0, 45.0]), np.array([True, False, True]))
    assert seen_from.tolist() == [Reason.SEEN, Reason.NOT_SIDE_ON, Reason.NOT_SIDE_ON]
