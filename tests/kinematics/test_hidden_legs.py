"""Legs of which a part is covered, by a table, a helper or a strap."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose, PoseFrame
from formcheck.core.reasons import Reason
from formcheck.geometry.trust import trust
from formcheck.kinematics.legs_seen import LegsSeen
from formcheck.tracking.body import BodyTracker
from tests.figures import LEFT, RIGHT, film, folded, frame, in_and_out, lying
from tests.judged import measured, report_of, result
from tests.kinematics.filmed import filmed

JOINTS = {"hip": 23, "knee": 25, "ankle": 27}


def covered(pose: Pose, joints: dict[int, float]) -> Pose:
    visibility = pose.visibility.copy()
    visibility[list(joints)] = list(joints.values())
    return replace(pose, visibility=visibility)


def with_peaks(pose: Pose, dim: dict[int, float] | None = None, *, others: float = 0.75) -> Pose:
    """The pose of an engine that tells how sure it is: clear peaks but for some joints."""
    confidence = np.full(33, others)
    for joint, peak in (dim or {}).items():
        confidence[joint] = peak
    return replace(pose, confidence=confidence)


@pytest.mark.parametrize("joint", list(JOINTS))
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_a_leg_of_which_one_joint_is_covered_is_hidden_however_clear_the_others_are(joint: str, side: int) -> None:
    for visibility, reason in ((0.3, Reason.LEG_HIDDEN), (0.5, Reason.SEEN)):
        measures = measured(covered(folded(110.0).pose(), {JOINTS[joint] + side: visibility}))
        assert (measures.leg_seen[:, side] == reason).all()
        assert (measures.leg_seen[:, 1 - side] == Reason.SEEN).all()


def test_a_leg_that_is_dim_as_a_whole_is_hidden() -> None:
    dim = dict.fromkeys((joint + LEFT for joint in JOINTS.values()), 0.55)
    assert (measured(covered(folded(110.0).pose(), dim)).leg_seen[:, LEFT] == Reason.LEG_HIDDEN).all()


@pytest.mark.parametrize("joint", ["knee", "ankle"])
def test_a_bent_knee_is_not_named_where_one_joint_of_the_leg_is_a_guess(joint: str) -> None:
    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s)
        return covered(lying(-6.0 + 86.0 * depth, 178.0 - 50.0 * depth).pose(), {JOINTS[joint]: 0.3})

    report = report_of(film(scene, 17.0), "supine")
    assert report.alerts == ()
    assert result(report, "stretched-knee-straight").why_unseen == "that leg is hidden"


@pytest.mark.parametrize("joint", list(JOINTS))
@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_a_leg_of_which_one_joint_is_likely_wrong_is_not_judged_however_visible_it_is_said_to_be(
    joint: str, side: int
) -> None:
    for peak, reason in ((0.75, Reason.SEEN), (0.2, Reason.LEG_UNSURE)):
        measures = measured(with_peaks(folded(110.0).pose(), {JOINTS[joint] + side: peak}))
        assert (measures.leg_seen[:, side] == reason).all()
        assert (measures.leg_seen[:, 1 - side] == Reason.SEEN).all()


def test_a_leg_that_is_called_hidden_is_judged_where_its_joints_are_certain() -> None:
    dim = dict.fromkeys((joint + LEFT for joint in JOINTS.values()), 0.3)
    pose = covered(folded(110.0).pose(), dim)
    for peak, reason in ((0.9, Reason.SEEN), (0.6, Reason.LEG_HIDDEN)):
        assert (measured(with_peaks(pose, others=peak)).leg_seen[:, LEFT] == reason).all()


@pytest.mark.parametrize(("peak", "outcome"), [(0.75, "off"), (0.2, "unseen"), (math.nan, "off")])
def test_a_bent_knee_is_named_where_its_place_is_likely_right_or_nothing_is_known_of_that(
    peak: float, outcome: str
) -> None:
    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s)
        pose = lying(-6.0 + 86.0 * depth, 178.0 - 50.0 * depth).pose()
        return with_peaks(pose, {JOINTS["knee"]: peak}, others=math.nan if math.isnan(peak) else 0.75)

    report = report_of(film(scene, 17.0), "supine")
    rule = result(report, "stretched-knee-straight")
    assert rule.outcome == outcome
    assert rule.why_unseen == ("unsure where that leg's joints are" if outcome == "unseen" else None)


def test_trust_goes_with_the_leg_when_exchanged_legs_are_put_right() -> None:
    def frames(exchanged_from: int) -> list[PoseFrame]:
        dim = {JOINTS["knee"] + LEFT: 0.2}, {JOINTS["knee"] + RIGHT: 0.2}
        return [
            frame(i, i / 30, with_peaks(lying(80.0).pose(exchanged=i == exchanged_from), dim[i == exchanged_from]))
            for i in range(40)
        ]

    plain, put_right = (BodyTracker().extend(frames(at)) for at in (-1, 30))
    np.testing.assert_allclose(put_right.trust, plain.trust, atol=1e-6)
    assert plain.trust[30, JOINTS["knee"] + LEFT] < plain.trust[30, JOINTS["knee"] + RIGHT]


@pytest.mark.parametrize("others", [math.nan, 0.75, 0.45])
def test_depth_names_a_leg_only_where_the_legs_are_told_apart(others: float) -> None:
    pose = with_peaks(filmed(lying(80.0, stretched=RIGHT)), others=others)
    seen = LegsSeen.of(BodyTracker().extend([frame(i, i / 30, pose) for i in range(10)]))
    assert (seen.taken != 0.0).all() == (others != 0.45)
    assert (seen.taken == 0.0).all() == (others == 0.45)


def test_trust_of_an_engine_that_tells_nothing_is_not_known() -> None:
    pose = folded(110.0).pose()
    assert np.isnan(trust(pose.points_px, pose.confidence)).all()
    assert (measured(pose).leg_seen == Reason.SEEN).all()
