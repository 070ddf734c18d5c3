from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.pose import mirror_pass
from formcheck.pose.engine import Found
from tests.figures import WIDTH, folded, lying, seated_forward_fold, upright
from tests.judged import measured


def in_the_mirror(pose: Pose) -> Pose:
    """What a faultless model finds in the mirror image: every left is a right there."""
    return mirror_pass.unmirrored(pose, WIDTH)


def merged(first: list[Pose], second: list[Pose]) -> tuple[Pose, ...]:
    one, other = ([Found(pose, None) for pose in poses] for poses in (first, second))
    return tuple(found.pose for found in mirror_pass.merged(one, other))


def with_legs(pose: Pose, other: Pose, share: float) -> Pose:
    points = pose.points_px.copy()
    points[25:] = (1 - share) * points[25:] + share * other.points_px[25:]
    return Pose(points_px=points, depth_px=pose.depth_px, visibility=pose.visibility)


def test_two_mirrors_are_none() -> None:
    pose = lying(80.0).pose(back=0.1)
    twice = in_the_mirror(in_the_mirror(pose))
    np.testing.assert_allclose(twice.points_px, pose.points_px, atol=0.01)
    np.testing.assert_array_equal(twice.profile_px, pose.profile_px)


def test_a_mirrored_person_raises_the_other_leg_to_the_other_side() -> None:
    pose = lying(80.0, stretched=0).pose()
    mirrored = in_the_mirror(pose)
    assert mirrored.points_px[28, 1] == pytest.approx(pose.points_px[27, 1])
    assert mirrored.points_px[28, 0] == pytest.approx(WIDTH - pose.points_px[27, 0], abs=0.01)


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        ([], False),
        ([upright().pose()], False),
        ([folded(120.0).pose()], False),
        ([lying(80.0).pose()], True),
        ([folded(20.0, knee_deg=70.0, setback=0.3).pose()], True),
        ([upright().pose(), lying(0.0).pose()], True),
        ([seated_forward_fold(60.0).pose()], False),
        ([seated_forward_fold(95.0).pose(), upright().pose()], False),
    ],
)
def test_it_is_taken_only_where_it_may_help(people: list[Pose], *, wanted: bool) -> None:
    assert mirror_pass.wanted(people) == wanted


@pytest.mark.parametrize(("sure", "wanted"), [(0.9, False), (0.41, False), (0.39, True), (np.nan, True)])
def test_legs_that_the_model_is_sure_of_are_not_looked_at_again(sure: float, *, wanted: bool) -> None:
    confidence = np.full(33, 0.9)
    for joint in (25, 26, 27, 28):
        one = confidence.copy()
        one[joint] = sure
        assert mirror_pass.wanted([replace(lying(80.0).pose(), confidence=one)]) is wanted
        assert not mirror_pass.wanted([replace(folded(120.0).pose(), confidence=one)])


def test_legs_put_in_between_give_way_to_legs_told_apart() -> None:
    true = lying(80.0).pose()
    between = with_legs(true, lying(80.0, stretched=1).pose(), 0.5)
    for first, second in ((between, true), (true, between)):
        (pose,) = merged([first], [second])
        np.testing.assert_array_equal(pose.points_px, true.points_px)
        assert (pose.visibility[25:29] < 0.6).all()


def test_looks_that_agree_are_averaged_also_with_exchanged_legs() -> None:
    true = lying(80.0).pose()
    shifted = lying(82.0).pose(exchanged=True)
    (pose,) = merged([true], [shifted])
    assert pose.points_px[27, 1] == pytest.approx((true.points_px[27, 1] + shifted.points_px[28, 1]) / 2, abs=0.02)
    assert (pose.visibility > 0.9).all()


def test_who_is_found_only_in_the_mirror_is_added() -> None:
    helper, person = folded(20.0, knee_deg=70.0, setback=0.3).pose(shift_px=(200.0, 0.0)), lying(80.0).pose()
    assert len(merged([helper], [person, helper])) == 2


def test_the_outline_changes_sides_in_the_mirror() -> None:
    """The first row lies to the left of the line from the hips to the shoulders, the second to its right."""
    for facing in (1, -1):
        back, front = (0, 1) if facing > 0 else (1, 0)
        pose = lying(80.0).pose(back=0.1, facing=facing)
        assert not np.isnan(pose.profile_px[back]).any()
        assert np.isnan(pose.profile_px[front]).all()
        mirrored = in_the_mirror(pose)
        np.testing.assert_array_equal(mirrored.profile_px[front], pose.profile_px[back])
        assert np.isnan(mirrored.profile_px[back]).all()


def test_the_back_is_as_round_in_the_mirror() -> None:
    """What the second pass says of the outline is of use only on the side that the mirrored points say is the back."""
    pose = folded(80.0).pose(back=0.1)
    assert np.isfinite(measured(pose).back_curve[-1])
    mirrored = measured(in_the_mirror(pose))
    assert mirrored.facing[-1] == -1
    assert mirrored.back_curve[-1] == pytest.approx(measured(pose).back_curve[-1], abs=1e-3)


@pytest.mark.parametrize("exchanged", [False, True])
def test_looks_that_agree_are_averaged_in_place_depth_and_visibility(*, exchanged: bool) -> None:
    true, other = lying(80.0).pose(hidden=(15,)), lying(82.0).pose(exchanged=exchanged)
    plain = lying(82.0).pose()
    legs = slice(23, None)
    other = replace(other, depth_px=other.depth_px + 7.0, visibility=np.full(33, 0.7))
    (pose,) = merged([true], [other])
    np.testing.assert_allclose(pose.points_px, (true.points_px + plain.points_px) / 2, atol=0.02)
    np.testing.assert_allclose(pose.visibility, (true.visibility + 0.7) / 2, atol=0.002)
    order = [24, 23, 26, 25, 28, 27, 30, 29, 32, 31] if exchanged else list(range(23, 33))
    np.testing.assert_allclose(pose.depth_px[:23], true.depth_px[:23] + 3.5, atol=0.11)
    np.testing.assert_allclose(pose.depth_px[legs], (true.depth_px[legs] + other.depth_px[order]) / 2, atol=0.11)


def test_where_the_looks_disagree_only_knees_and_ankles_are_unsure() -> None:
    true = lying(80.0).pose()
    (pose,) = merged([true], [with_legs(true, lying(80.0, stretched=1).pose(), 0.5)])
    assert sorted(np.flatnonzero(pose.visibility < 0.6)) == [25, 26, 27, 28]


def test_two_who_lie_beside_each_other_stay_two_and_the_second_one_is_the_one_that_was_found() -> None:
    here, there = lying(80.0).pose(), lying(80.0).pose(shift_px=(60.0, 30.0))
    people = merged([here], [there])
    assert len(people) == 2
    np.testing.assert_array_equal(people[1].points_px, there.points_px)
    assert len(merged([here], [lying(80.0).pose(shift_px=(15.0, 5.0))])) == 1


def test_legs_of_somebody_seated_are_not_taken_from_the_mirror() -> None:
    pose = seated_forward_fold(60.0).pose()
    (kept,) = merged([pose], [seated_forward_fold(60.0, knee_deg=150.0).pose()])
    assert kept is pose
