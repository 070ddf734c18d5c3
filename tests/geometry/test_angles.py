from __future__ import annotations

import numpy as np
import pytest

from formcheck.geometry.angles import above_level, from_vertical, joint_angle


@pytest.mark.parametrize("degrees", [15.0, 75.0, 120.0, 179.0])
def test_joint_angle_in_true_pixels(degrees: float) -> None:
    angle = np.radians(degrees)
    end = np.array([np.cos(angle), -np.sin(angle)]) * 300
    assert joint_angle(np.array([200.0, 0.0]), np.zeros(2), end) == pytest.approx(degrees)


def test_a_75_degree_hip_is_75_in_a_wide_picture() -> None:
    # The same points normalised by a 1280 x 720 picture would read 64.5.
    shoulder, hip = np.array([640.0, 260.0]), np.array([640.0, 460.0])
    knee = hip + 200 * np.array([np.sin(np.radians(75)), -np.cos(np.radians(75))])
    assert joint_angle(shoulder, hip, knee) == pytest.approx(75.0)
    assert joint_angle(shoulder / [1280, 720], hip / [1280, 720], knee / [1280, 720]) == pytest.approx(64.5, abs=0.1)


@pytest.mark.parametrize(("end", "degrees"), [((0, -1), 0), ((1, 0), 90), ((-1, 0), 90), ((0, 1), 180), ((1, 1), 135)])
def test_from_vertical(end: tuple[float, float], degrees: float) -> None:
    assert from_vertical(np.zeros(2), np.array(end, dtype=float)) == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("end", "forward", "degrees"),
    [((1, 0), 1, 0), ((-1, 0), -1, 0), ((0, -1), 1, 90), ((0.0, 1), 1, -90), ((-1, -1), 1, 135), ((-0.1, 1), 1, -95.7)],
)
def test_above_level(end: tuple[float, float], forward: float, degrees: float) -> None:
    got = above_level(np.zeros(2), np.array(end, dtype=float), np.array(forward, dtype=float))
    assert got == pytest.approx(degrees, abs=0.05)


def test_unknown_points_give_unknown_angles() -> None:
    assert np.isnan(joint_angle(np.full(2, np.nan), np.zeros(2), np.ones(2)))
