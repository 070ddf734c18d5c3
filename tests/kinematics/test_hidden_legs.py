"""Legs of which a part is covered, by a table, a helper or a strap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.measures import Reason
from formcheck.core.poses import Pose
from tests.figures import LEFT, RIGHT, film, folded, in_and_out, lying
from tests.judged import measured, report_of, result

JOINTS = {"hip": 23, "knee": 25, "ankle": 27}


def covered(pose: Pose, joints: dict[int, float]) -> Pose:
    visibility = pose.visibility.copy()
    visibility[list(joints)] = list(joints.values())
    return replace(pose, visibility=visibility)


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
