"""Who helps: whose hands are at the raised leg, for how long, and how soon that is believed and forgotten."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose, PoseFrame
from formcheck.tracking.body import BodyTracker
from tests.figures import LEFT, Figure, folded, kneeling, lying, towards, upright, with_hands_at
from tests.perspective import LEG_PX, seed_of, seen, shot, steady

KNEE, ANKLE = 25, 27
HELPS = 0.5


def patient(t_s: float = 0.0, facing: int = 1, yaw_deg: float = 0.0) -> Pose:
    return seen(
        lying(80.0, stretched=LEFT), at_m=-0.6, noise_px=1.0, seed=seed_of(t_s), facing=facing, yaw_deg=yaw_deg
    )  # fmt: skip


def helper(t_s: float = 0.0, share: float = 0.7, figure: Figure | None = None, at_m: float = 0.4) -> Pose:
    """Both hands at the raised lower leg, so much of the way from the knee to the ankle."""
    leg = patient(t_s).points_px
    hands = leg[KNEE] + share * (leg[ANKLE] - leg[KNEE])
    return with_hands_at(seen(figure or upright(), at_m=at_m, facing=-1 if at_m > -0.6 else 1), hands)


def belief(frames: list[PoseFrame]) -> np.ndarray:
    return BodyTracker().extend(frames).helper


@pytest.mark.parametrize("fps", [3, 10, 30, 60])
def test_hands_at_the_leg_are_believed_after_a_second_and_remembered_for_ten_at_any_rate(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [patient(t_s), helper(t_s)] if 3.0 <= t_s < 9.0 else [patient(t_s)]

    times = steady(24.0, fps)
    helps = times[belief(shot(scene, times)) >= HELPS]
    assert helps[0] == pytest.approx(4.0, abs=0.05 + 1.0 / fps)
    assert helps[-1] == pytest.approx(19.0, abs=0.15 + 2.0 / fps)


def test_who_is_seen_to_let_go_is_forgotten_sooner_than_who_is_not_found() -> None:
    def scene(t_s: float) -> list[Pose]:
        return [patient(t_s), helper(t_s) if t_s < 5.0 else seen(upright(), at_m=1.5)]

    times = steady(10.0, 30)
    assert times[belief(shot(scene, times)) >= HELPS][-1] == pytest.approx(7.0, abs=0.2)


@pytest.mark.parametrize("fps", [5, 15, 30])
@pytest.mark.parametrize("found", [0.3, 0.5, 1.0])
def test_a_helper_whom_the_model_finds_in_a_third_of_the_pictures_stays_a_helper(fps: float, found: float) -> None:
    random = np.random.default_rng(3)

    def scene(t_s: float) -> list[Pose]:
        return [patient(t_s), helper(t_s)] if t_s >= 1.0 and random.random() < found else [patient(t_s)]

    times = steady(25.0, fps)
    helps = belief(shot(scene, times)) >= HELPS
    assert helps[times > 11.0].mean() > 0.9
    assert times[helps][0] < 9.0


def test_a_single_picture_is_all_there_is_of_a_photo() -> None:
    assert belief(shot(lambda _t: [patient(), helper()], [0.0]))[0] >= HELPS
    assert belief(shot(lambda _t: [patient()], [0.0]))[0] == 0.0


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0], ids=["calf", "shin", "ankle"])
@pytest.mark.parametrize("figure", [upright(), kneeling(20.0), folded(70.0, 170.0)], ids=["stands", "kneels", "bends"])
@pytest.mark.parametrize("at_m", [-0.9, 0.2, 0.7], ids=["beside the hips", "beside the foot", "at the feet"])
def test_hands_on_any_part_of_the_lower_leg_help_whoever_they_belong_to(
    share: float, figure: Figure, at_m: float
) -> None:
    got = belief(shot(lambda t: [patient(t), helper(t, share, figure, at_m)], steady(3.0, 15)))
    assert got[-1] > 0.9


def test_a_leg_on_the_shoulder_of_a_helper_who_holds_it_below_the_knee_is_helped() -> None:
    def scene(t_s: float) -> list[Pose]:
        one = patient(t_s)
        other = seen(kneeling(20.0), at_m=0.2, facing=-1)
        shift = one.points_px[ANKLE] - other.points_px[11]
        other = replace(other, points_px=other.points_px + shift)
        return [one, with_hands_at(other, one.points_px[KNEE] + (-0.6 * LEG_PX, 0.0))]

    assert belief(shot(scene, steady(3.0, 15)))[-1] > 0.9


@pytest.mark.parametrize("at_m", [-1.9, -1.0, -0.6, -0.45, -0.3, 0.0, 0.5, 1.2])
def test_who_stands_and_watches_with_hanging_arms_does_not_help(at_m: float) -> None:
    for figure in (upright(), kneeling(0.0)):
        got = belief(shot(lambda t, one=figure: [patient(t), seen(one, at_m=at_m)], steady(6.0, 15)))
        assert (got < HELPS).all()


def with_folded_arms(pose: Pose, wrist: tuple[float, float], facing: int) -> Pose:
    """The same with elbows bent and both hands so many metres before and above the shoulders."""
    points = pose.points_px.copy()
    metre = np.array([facing, -1.0]) * LEG_PX / 0.82
    for side in (0, 1):
        points[13 + side] = points[11 + side] + (0.05, -0.28) * metre
        points[[15 + side, 17 + side, 19 + side, 21 + side]] = points[11 + side] + np.array(wrist) * metre
    return replace(pose, points_px=points)


FOLDED = {"crossed": (0.18, -0.22), "on the chest": (0.08, -0.2), "on the hips": (0.03, -0.42)}


@pytest.mark.parametrize("wrist", list(FOLDED.values()), ids=list(FOLDED))
@pytest.mark.parametrize(("at_m", "facing"), [(-1.1, 1), (-0.8, -1), (-0.3, 1), (0.1, -1), (0.6, -1)])
def test_who_stands_by_with_folded_arms_does_not_help(wrist: tuple[float, float], at_m: float, facing: int) -> None:
    watcher = with_folded_arms(seen(upright(), at_m=at_m, facing=facing), wrist, facing)
    assert (belief(shot(lambda t: [patient(t), watcher], steady(4.0, 15))) < HELPS).all()


@pytest.mark.parametrize("facing", [1, -1])
def test_who_hugs_the_leg_to_the_chest_helps(facing: int) -> None:
    def scene(t_s: float) -> list[Pose]:
        one = patient(t_s)
        shin = (one.points_px[KNEE] + one.points_px[ANKLE]) / 2
        hugs = with_folded_arms(seen(kneeling(0.0), at_m=0.2, facing=facing), (0.2, -0.2), facing)
        hand = hugs.points_px[15:17].mean(axis=0)
        return [one, replace(hugs, points_px=hugs.points_px + shin - hand + (0.06 * LEG_PX * facing, 0.0))]

    assert belief(shot(scene, steady(3.0, 15)))[-1] > 0.9


@pytest.mark.parametrize("away", [0.5, 0.8])
def test_hands_that_do_not_reach_the_leg_do_not_help(away: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        one = patient(t_s)
        return [one, with_hands_at(seen(upright(), at_m=1.0), one.points_px[ANKLE] + (away * LEG_PX, -5.0))]

    assert (belief(shot(scene, steady(6.0, 15))) == 0.0).all()


@pytest.mark.parametrize("speed", [0.4, 0.8, 1.4, 2.5])
def test_who_walks_by_with_swinging_arms_does_not_help(speed: float) -> None:
    def walker(t_s: float) -> Pose:
        figure = upright()
        figure.wrist = figure.shoulder + towards(-90.0 + 35.0 * math.sin(2 * math.pi * 0.9 * t_s), 0.6)
        return seen(figure, at_m=-0.6 + speed * (t_s - 5.0))

    assert (belief(shot(lambda t: [patient(t), walker(t)], steady(10.0, 15))) < HELPS).all()


def test_limbs_of_the_one_who_lies_that_are_taken_for_somebody_are_nobody() -> None:
    def scene(t_s: float) -> list[Pose]:
        one = patient(t_s)
        leg = one.points_px
        along = np.random.default_rng(seed_of(t_s)).random((33, 1))
        return [one, replace(one, points_px=leg[23] + along * (leg[ANKLE] - leg[23]))]

    assert (belief(shot(scene, steady(4.0, 15))) == 0.0).all()


def test_what_is_believed_rests_on_what_was_seen_and_not_on_the_number_of_a_frame() -> None:
    def scene(t_s: float) -> list[Pose]:
        return [patient(t_s), helper(t_s)] if t_s > 0.5 else [patient(t_s)] if t_s > 0.2 else []

    frames = shot(scene, steady(4.0, 30))
    late = [replace(one, index=one.index + 7000) for one in frames]
    np.testing.assert_array_equal(belief(frames), belief(late))
    assert belief(frames)[-1] == 1.0
