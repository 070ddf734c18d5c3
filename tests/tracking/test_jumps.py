"""What tells jumps of the model from movement of a body."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import Figure, ease, folded, lying
from tests.perspective import LEG_PX, seed_of, seen, shot, steady


def jumpy(
    figure: Figure | None, times: np.ndarray, *, noise: float = 0.0, bounce: tuple[float, float] = (0, 0)
) -> np.ndarray:
    """The measure for a figure, or for somebody folded who swings by (degrees, times a second)."""

    def scene(t_s: float) -> list[Pose]:
        swing = bounce[0] / 2 * math.sin(2 * math.pi * bounce[1] * t_s)
        who = figure or folded(115.0 + swing)
        return [seen(who, at_m=0.9, noise_px=noise * LEG_PX, seed=seed_of(t_s))]

    return Measurer().extend(BodyTracker().extend(shot(scene, times))).jumpy


@pytest.mark.parametrize("fps", [15, 25, 30, 60, 120])
@pytest.mark.parametrize("bounce", [(12.0, 1.5), (8.0, 2.0), (5.0, 2.5), (20.0, 1.0)])
def test_bouncing_is_no_jumping(bounce: tuple[float, float], fps: float) -> None:
    assert np.nanmax(jumpy(None, steady(5.0, fps), noise=0.004, bounce=bounce)) < 0.1


@pytest.mark.parametrize("fps", [15, 30, 60, 120])
def test_a_model_that_guesses_is_jumping(fps: float) -> None:
    for figure in (folded(115.0), lying(80.0)):
        got = jumpy(figure, steady(6.0, fps), noise=0.03)
        assert got[steady(6.0, fps) > 2.0].min() > 0.2


def test_a_trunk_that_jumps_away_and_back_three_times_a_second() -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(folded(115.0 if round(t_s * 30) % 10 else 125.0), at_m=0.9)]

    got = BodyTracker().extend(shot(scene, steady(5.0, 30))).jumpy
    assert got[-30:] == pytest.approx(0.3, abs=0.12)  # the picture of the jump and those beside it


@pytest.mark.parametrize("fps", [1, 2, 5, 10, 30])
def test_going_into_a_stretch_is_no_jumping(fps: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(folded(1 + 114.0 * ease(t_s, 2.0, 3.5)), at_m=-0.9, noise_px=0.5, seed=seed_of(t_s))]

    assert np.nanmax(BodyTracker().extend(shot(scene, steady(8.0, fps))).jumpy) < 0.15


def test_before_three_pictures_nothing_is_known() -> None:
    got = jumpy(folded(115.0), steady(1.0, 30))
    assert np.isnan(got[:2]).all()
    assert not np.isnan(got[2:]).any()
    nobody = BodyTracker().extend(shot(lambda _t: [], steady(1.0, 30))).jumpy
    assert np.isnan(nobody).all()
