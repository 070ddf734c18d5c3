"""How likely a joint is right, from the peaks of its limb."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.landmarks import ANKLES, EARS, ELBOWS, HEELS, HIPS, KNEES, SHOULDERS, WRISTS
from formcheck.geometry.trust import JUDGED, NAMED, legs_told_apart, trust
from tests.figures import Figure, lying, upright

LIMBS = np.concatenate([HIPS, KNEES, ANKLES, SHOULDERS, ELBOWS, WRISTS])
LEFT_LEG, RIGHT_LEG = (np.array([HIPS[side], KNEES[side], ANKLES[side]]) for side in (0, 1))
# What the model's peaks are like on somebody who is well seen; a joint that it only guesses has 0.3.
CLEAR, DIM = 0.75, 0.3


def points_of(figure: Figure) -> np.ndarray:
    return figure.pose().points_px


def peaks(dim: np.ndarray | None = None) -> np.ndarray:
    """(33,) clear peaks but for some joints."""
    found = np.full(33, CLEAR)
    if dim is not None:
        found[dim] = DIM
    return found


@pytest.mark.parametrize("figure", [upright(), lying()])
def test_a_body_that_is_well_seen_may_be_judged_and_its_legs_named(figure: Figure) -> None:
    found = trust(points_of(figure), peaks())
    assert (found[LIMBS] >= JUDGED).all()
    assert legs_told_apart(found) >= NAMED


def test_a_joint_that_is_guessed_is_not_judged_and_the_other_leg_still_is() -> None:
    found = trust(points_of(upright()), peaks(dim=KNEES[:1]))
    assert found[KNEES[0]] < JUDGED
    assert (found[RIGHT_LEG] >= JUDGED).all()
    # Its neighbours lose by it, but a clear joint beside a guessed one is better than the guess.
    ankles = trust(points_of(upright()), peaks())[ANKLES[0]], found[ANKLES[0]]
    assert found[KNEES[0]] < ankles[1] < ankles[0]


def test_a_leg_that_is_guessed_altogether_is_worse_than_one_guessed_joint_and_no_leg_is_named() -> None:
    one, all_of_it = (trust(points_of(upright()), peaks(dim=dim)) for dim in (KNEES[:1], LEFT_LEG))
    assert all_of_it[KNEES[0]] < one[KNEES[0]]
    assert (all_of_it[LEFT_LEG] < JUDGED).all()
    assert legs_told_apart(all_of_it) < NAMED


def test_naming_asks_for_more_than_judging() -> None:
    middling = np.full(33, 0.55)
    found = trust(points_of(upright()), middling)
    assert (found[[*KNEES, *ANKLES]] >= JUDGED).all()
    assert JUDGED <= legs_told_apart(found) < NAMED


def test_an_arm_does_not_speak_for_a_leg() -> None:
    plain, dim = trust(points_of(upright()), peaks()), trust(points_of(upright()), peaks(dim=WRISTS))
    np.testing.assert_array_equal(plain[[*LEFT_LEG, *RIGHT_LEG]], dim[[*LEFT_LEG, *RIGHT_LEG]])
    assert (dim[WRISTS] < plain[WRISTS]).all()


def test_bones_that_do_not_belong_together_count_against_the_leg() -> None:
    points = points_of(upright()).copy()
    points[KNEES[0]] = points[HIPS[0]] + 0.1 * (points[ANKLES[0]] - points[HIPS[0]])
    plain, moved = trust(points_of(upright()), peaks()), trust(points, peaks())
    assert (moved[LEFT_LEG] < plain[LEFT_LEG]).all()
    np.testing.assert_array_equal(moved[RIGHT_LEG], plain[RIGHT_LEG])


def test_size_place_direction_and_mirror_do_not_matter() -> None:
    points = points_of(lying()) + np.random.default_rng(1).normal(0.0, 3.0, (33, 2))
    confidence = np.random.default_rng(2).uniform(0.2, 0.9, 33)
    found = trust(points, confidence)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    np.testing.assert_allclose(trust(3.0 * points @ turn + [500.0, -40.0], confidence), found)
    np.testing.assert_allclose(trust(points * [-1.0, 1.0], confidence), found)
    # The same body under the other names: left is right.
    other = np.arange(33)
    for left, right in (HIPS, KNEES, ANKLES, SHOULDERS, ELBOWS, WRISTS):
        other[left], other[right] = right, left
    np.testing.assert_allclose(trust(points[other], confidence[other]), found[other])


def test_what_is_not_known_is_nan() -> None:
    nothing = trust(points_of(upright()), np.full(33, np.nan))
    assert np.isnan(nothing).all()
    assert np.isnan(legs_told_apart(nothing))
    found = trust(points_of(upright()), peaks())
    assert np.isnan(found[[*EARS, *HEELS]]).all()
    assert not np.isnan(found[LIMBS]).any()
    # Nobody in the picture.
    assert np.isnan(trust(np.full((33, 2), np.nan), np.full(33, np.nan))).all()


def test_extreme_peaks_and_points_in_one_place_give_numbers() -> None:
    found = trust(np.zeros((33, 2)), np.where(np.arange(33) % 2, 0.0, 1.0))
    assert ((found[LIMBS] > 0.0) & (found[LIMBS] < 1.0)).all()


def test_many_frames_at_once_are_the_same_as_one_by_one() -> None:
    points = np.stack([points_of(upright()), points_of(lying())])
    confidence = np.stack([peaks(), peaks(dim=LEFT_LEG)])
    found = trust(points, confidence)
    np.testing.assert_allclose(found, [trust(p, c) for p, c in zip(points, confidence, strict=True)])
    np.testing.assert_allclose(legs_told_apart(found), [legs_told_apart(one) for one in found])
    assert trust(points[:0], confidence[:0]).shape == (0, 33)
