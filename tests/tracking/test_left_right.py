"""Legs that the model exchanges, seen frame by frame under a real camera."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.poses import Body, Pose
from formcheck.tracking.body import BodyTracker
from tests.figures import ease, lying, on_one_leg
from tests.perspective import LEG_PX, LEGS, exchanged, seed_of, seen, shot, steady

RATES = [10, 30, 120, 240]


def raising(t_s: float, *, noise_px: float = 1.5) -> Pose:
    """Somebody lying left of the middle of the picture raises the left leg."""
    figure = lying(20.0 + 60.0 * ease(t_s, 1.0, 3.0))
    return seen(figure, yaw_deg=8.0, at_m=-0.8, noise_px=noise_px, seed=seed_of(t_s))


def truth(times: np.ndarray) -> np.ndarray:
    return np.array([raising(t_s, noise_px=0.0).points_px[LEGS] for t_s in times.tolist()])


def off(body: Body, times: np.ndarray) -> np.ndarray:
    """(T,) mean distance of the points of the legs from where they are, px."""
    way = body.raw_px[:, LEGS] - truth(times)
    return np.hypot(way[..., 0], way[..., 1]).mean(axis=1)


@pytest.mark.parametrize("fps", RATES)
def test_legs_exchanged_for_single_pictures_and_for_a_while_are_put_right_in_every_frame(fps: float) -> None:
    times = steady(6.0, fps)
    random = np.random.default_rng(5).random(len(times)) < 0.1
    wrong = (random & (times > 0.6)) | ((times > 4.0) & (times < 5.2))
    frames = shot(lambda t: [exchanged(raising(t)) if wrong[round(t * fps)] else raising(t)], times)
    body = BodyTracker().extend(frames)
    untouched = np.array([one.people[0].points_px[LEGS] for one in frames]) - truth(times)
    apart = np.hypot(untouched[..., 0], untouched[..., 1]).mean(axis=1)
    assert apart[wrong].min() > 0.1 * LEG_PX  # they were exchanged indeed
    assert off(body, times).max() < 4.0
    # What goes with the points is put right as well.
    depth = np.array([raising(t_s).depth_px[LEGS] for t_s in times.tolist()])
    np.testing.assert_allclose(body.depth_px[:, LEGS], depth)


@pytest.mark.parametrize("fps", [3, *RATES])
def test_a_wrong_beginning_is_found_out_after_as_many_seconds_at_any_rate(fps: float) -> None:
    # The first second is wrong, the rest is right: half a second more of right than of wrong is believed.
    times = steady(6.0, fps)
    frames = shot(lambda t: [exchanged(raising(t)) if t < 0.99 else raising(t)], times)
    wrong = off(BodyTracker().extend(frames), times) > 0.1 * LEG_PX
    assert wrong[times < 1.0].all()
    until_s = times[wrong][-1]
    assert until_s == pytest.approx(2.5, abs=0.05 + 2.0 / fps)
    assert not wrong[times > until_s].any()


def test_what_was_right_for_long_is_believed_for_three_seconds_of_the_contrary() -> None:
    times = steady(14.0, 30)
    frames = shot(lambda t: [exchanged(raising(t)) if t >= 6.0 else raising(t)], times)
    wrong = off(BodyTracker().extend(frames), times) > 0.1 * LEG_PX
    assert times[wrong][0] == pytest.approx(9.5, abs=0.15)


def test_one_wrong_picture_a_second_apart_changes_no_mind() -> None:
    times = steady(12.0, 1)
    frames = shot(lambda t: [exchanged(raising(5.0)) if t == 6.0 else raising(5.0)], times)
    body = BodyTracker().extend(frames)
    want = raising(5.0, noise_px=0.0).points_px[LEGS]
    assert np.hypot(*np.moveaxis(body.raw_px[:, LEGS] - want, -1, 0)).mean(axis=1).max() < 4.0


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_legs_that_lie_together_are_left_as_they_are(seed: int) -> None:
    # Nothing tells them apart there but the noise, which must not exchange them for the time after.
    def scene(t_s: float) -> list[Pose]:
        figure = lying(-6.0 + 86.0 * ease(t_s, 4.0, 5.5))
        return [seen(figure, at_m=-0.8, noise_px=9.0, seed=seed_of(t_s) + 1000003 * seed)]

    frames = shot(scene, steady(7.0, 30))
    body = BodyTracker().extend(frames)
    np.testing.assert_array_equal(body.raw_px, np.array([one.people[0].points_px for one in frames]))


def test_feet_that_pass_each_other_are_no_exchange() -> None:
    def stepping(t_s: float) -> list[Pose]:
        step = 14.0 * np.cos(2.0 * t_s)
        figure = on_one_leg(5.0, -90.0 + step, support_deg=-90.0 - step)
        return [seen(figure, at_m=0.9, noise_px=1.0, seed=seed_of(t_s))]

    frames = shot(stepping, steady(6.0, 30))
    body = BodyTracker().extend(frames)
    np.testing.assert_array_equal(body.raw_px, np.array([one.people[0].points_px for one in frames]))
