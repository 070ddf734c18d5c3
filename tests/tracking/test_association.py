"""Who is followed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.tracking.body import BodyTracker
from tests.figures import Figure, kneeling, lying, seated_forward_fold, upright
from tests.perspective import LEG_PX, seed_of, seen, shot, steady


def standing(at_m: float, t_s: float = 0.0) -> Pose:
    return seen(upright(), at_m=at_m, noise_px=1.0, seed=seed_of(t_s) + round(at_m * 100) % 7)


def patient(t_s: float = 0.0) -> Pose:
    return seen(lying(80.0), at_m=-0.6, noise_px=1.0, seed=seed_of(t_s))


def where(body_points: np.ndarray) -> np.ndarray:
    """(T,) metres of the hips to the right of the picture's middle, NaN where nobody is followed."""
    return (body_points[:, [23, 24], 0].mean(axis=1) - 427.0) * 0.82 / LEG_PX


@pytest.mark.parametrize("fps", [2, 10, 30, 120])
def test_somebody_beside_the_lost_one_is_not_taken_for_them(fps: float) -> None:
    # The followed person is not found for most of a second; somebody stands 0.9 m beside them.
    def scene(t_s: float) -> list[Pose]:
        other = [standing(0.5, t_s)]
        return other if 2.0 < t_s < 2.9 else [standing(-0.4, t_s), *other]

    times = steady(5.0, fps)
    first = shot(lambda t: [standing(-0.4, t)], times[times < 1.0])
    places = where(BodyTracker().extend([*first, *shot(scene, times[times >= 1.0])]).points_px)
    lost = (times > 2.0) & (times < 2.9)
    assert np.isnan(places[lost]).all()
    assert places[~lost] == pytest.approx(-0.4, abs=0.15)


def test_somebody_who_walks_at_walking_speed_is_followed() -> None:
    times = steady(3.0, 15)
    places = where(BodyTracker().extend(shot(lambda t: [standing(-1.2 + 0.8 * t, t)], times)).points_px)
    assert not np.isnan(places).any()


@pytest.mark.parametrize("fps", [2, 10, 30, 120])
def test_whoever_lies_is_followed_instead_of_a_helper_who_was_there_first(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [standing(0.9, t_s)] if t_s < 2.0 else [standing(0.9, t_s), patient(t_s)]

    times = steady(5.0, fps)
    frames = shot(scene, times)
    places = where(BodyTracker().extend(frames).points_px)
    changed_s = times[np.argmax(places < 0.0)] - 2.0
    assert changed_s == pytest.approx(0.4, abs=0.1 + 0.5 / fps)
    # Where nobody lies in the stretch, the first one stays.
    assert (where(BodyTracker(prefer_lying=False).extend(frames).points_px) > 0.0).all()


def test_who_lies_and_stretches_stays_the_one_when_somebody_larger_lies_down_beside_them() -> None:
    def scene(t_s: float) -> list[Pose]:
        one = seen(lying(80.0, stretched=1), at_m=-0.9, noise_px=0.2, seed=seed_of(t_s))
        other = seen(lying(-6.0), at_m=1.2, noise_px=0.2, seed=seed_of(t_s) + 1)
        larger = replace(other, points_px=(other.points_px - other.points_px[23]) * 1.3 + other.points_px[23])
        return [one] if t_s < 2.0 else [larger, one]

    body = BodyTracker().extend(shot(scene, steady(6.0, 15)))
    assert np.ptp(body.points_px[:, 23, 0]) < 20.0


@pytest.mark.parametrize("helper", [seated_forward_fold(60.0), kneeling(60.0, 150.0)], ids=["seated", "kneeling"])
def test_a_helper_who_sits_or_kneels_folded_is_not_taken_for_the_one_who_lies(helper: Figure) -> None:
    def scene(t_s: float) -> list[Pose]:
        beside = seen(helper, at_m=0.9, noise_px=1.0, seed=seed_of(t_s))
        return [beside] if t_s < 1.0 else [beside, patient(t_s)]

    times = steady(3.0, 15)
    places = where(BodyTracker().extend(shot(scene, times)).points_px)
    assert (places[times < 1.0] > 0.0).all()
    assert (places[times > 1.5] < 0.0).all()
