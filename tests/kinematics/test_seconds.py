"""The same scene teaches the same in the same seconds, at any rate of pictures."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Pose
from formcheck.kinematics.baseline import RestingState
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import ease, folded, lying, upright
from tests.perspective import LEG_PX, moved, seed_of, seen, shot, steady

RATES = [10, 30, 120, 240]


def followed(scene, seconds: float, fps: float) -> tuple[Body, Measures]:
    body = BodyTracker().extend(shot(scene, steady(seconds, fps)))
    return body, Measurer().extend(body)


def at(values: np.ndarray, t_s: float, fps: float) -> np.ndarray:
    return values[round(t_s * fps)]


@pytest.mark.parametrize("fps", RATES)
def test_the_leg_length(fps: float) -> None:
    # The first picture shows the legs too short by a quarter.
    def scene(t_s: float) -> list[Pose]:
        pose = seen(upright(), at_m=0.8)
        return [moved(pose, (27, 28), (0.0, -0.25 * LEG_PX))] if t_s == 0.0 else [pose]

    body, _ = followed(scene, 2.0, fps)
    full = body.own_leg_px[-1]
    assert full == pytest.approx(LEG_PX, rel=0.05)
    assert at(body.own_leg_px, 0.5, fps) / full == pytest.approx(0.76 * np.exp(0.3 * 0.5), rel=0.03)


@pytest.mark.parametrize("fps", RATES)
def test_the_resting_legs_of_somebody_lying(fps: float) -> None:
    # The legs read 12 degrees at first while they come to rest, then what a floor that rises makes of them.
    def scene(t_s: float) -> list[Pose]:
        resting = -4.0 if t_s < 0.05 else 2.0
        figure = lying(resting if t_s < 4.0 else 60.0, other_deg=resting)
        return [seen(figure, at_m=-0.8, noise_px=0.2, seed=seed_of(t_s))]

    body, measures = followed(scene, 6.0, fps)
    rest_deg = measures.leg_deg - measures.leg_lift_deg
    change = at(rest_deg, 1.0, fps) - at(rest_deg, 0.0, fps)
    assert change == pytest.approx(3.0, rel=0.1)  # 5.1 degrees a second, once they are at rest
    assert at(rest_deg, 3.5, fps) == pytest.approx(at(measures.leg_deg, 3.5, fps), abs=0.5)
    assert not np.isnan(body.raw_px).any()


@pytest.mark.parametrize("fps", RATES)
def test_the_upright_hips_are_learnt_as_long_as_somebody_stands(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(folded(1.0 if t_s < 0.05 else -5.0, setback=0.0), at_m=0.8, noise_px=0.2, seed=seed_of(t_s))]

    _, measures = followed(scene, 3.0, fps)
    # Six tenths of the 5 degrees of bend, learnt at 5.1 degrees a second once the trunk has come to rest.
    assert at(measures.trunk_deg, 2.8, fps) == pytest.approx(2.0, abs=0.3)
    assert at(measures.trunk_deg, 0.8, fps) == pytest.approx(3.3, abs=1.2)


@pytest.mark.parametrize("fps", [2, *RATES])
def test_turning_round(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(upright(), facing=1 if t_s < 3.0 else -1, at_m=0.0)]

    body, _ = followed(scene, 6.0, fps)
    turned_s = body.t_s[np.argmax(body.facing < 0)] - 3.0
    assert turned_s == pytest.approx(0.5, abs=0.05 + 1.0 / fps)


@pytest.mark.parametrize("fps", [1, 2])
def test_one_picture_alone_turns_nobody_round(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(upright(), facing=-1 if t_s == 6.0 else 1)]

    body, _ = followed(scene, 12.0, fps)
    assert (body.facing == 1).all()


@pytest.mark.parametrize("fps", [4, *RATES])
def test_rest_is_a_speed(fps: float) -> None:
    times = np.arange(0, 4, 1 / fps)
    for deg_s, rests in ((4.5, True), (7.0, False)):
        got = RestingState().extend(times, np.column_stack([deg_s * times, 0 * times]))
        assert (got[times > 2.0] == rests).all()


def test_with_rare_pictures_rest_is_not_taken_for_granted() -> None:
    times = np.arange(0.0, 10.0)
    assert not RestingState().extend(times, 10.0 * times[:, None])[1:].any()
    assert RestingState().extend(times, np.full((10, 1), 40.0)).all()


@pytest.mark.parametrize("fps", [15, 30, 60, 120, 240])
def test_angles_of_a_stretch(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        depth = ease(t_s, 1.0, 3.0)
        pose = seen(folded(1 + depth * 110, setback=0.14 * depth), at_m=-0.9, noise_px=0.5, seed=seed_of(t_s))
        return [pose]

    body, measures = followed(scene, 5.0, fps)
    still, way = followed(scene, 5.0, 60)[1], round(2.0 * fps)
    assert at(measures.trunk_deg, 4.5, fps) == pytest.approx(at(still.trunk_deg, 4.5, 60), abs=1.0)
    assert at(measures.hip_setback, 4.5, fps) == pytest.approx(at(still.hip_setback, 4.5, 60), abs=0.02)
    assert measures.trunk_deg[way] == pytest.approx(at(still.trunk_deg, 2.0, 60), abs=5.0)
    assert body.fps[-1] == pytest.approx(fps, rel=0.01)
