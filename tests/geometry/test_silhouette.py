from __future__ import annotations

import numpy as np
import pytest

from formcheck.geometry.silhouette import STATIONS, in_mask, trunk_profile


def capsule(height: int, width: int, start: np.ndarray, end: np.ndarray, radius: float) -> np.ndarray:
    """A mask of all that is within `radius` of the line, and well beyond both of its ends."""
    y, x = np.mgrid[:height, :width].astype(float)
    line = (end - start) / np.hypot(*(end - start))
    across = np.abs((x - start[0]) * line[1] - (y - start[1]) * line[0])
    return (across <= radius).astype(np.float32)


@pytest.mark.parametrize("end", [(200.0, 60.0), (320.0, 200.0), (120.0, 120.0)])
def test_the_profile_of_an_even_trunk_is_even(end: tuple[float, float]) -> None:
    hip, shoulder = np.array([200.0, 200.0]), np.array(end)
    profile = trunk_profile(in_mask(capsule(300, 400, hip, shoulder, 20.0)), hip, shoulder)
    assert profile.shape == (2, len(STATIONS))
    np.testing.assert_allclose(profile, 20.0, atol=1.5)


def test_sides_are_left_and_right_of_the_way_up() -> None:
    mask = np.zeros((300, 400), dtype=np.float32)
    mask[20:280, 170:240] = 1.0
    profile = trunk_profile(in_mask(mask), np.array([200.0, 220.0]), np.array([200.0, 80.0]))
    assert np.nanmedian(profile[0]) == pytest.approx(30.0, abs=1.5)
    assert np.nanmedian(profile[1]) == pytest.approx(40.0, abs=1.5)


def test_edges_out_of_the_picture_or_of_reach_are_unknown() -> None:
    mask = np.ones((300, 400), dtype=np.float32)
    assert np.isnan(trunk_profile(in_mask(mask), np.array([200.0, 220.0]), np.array([200.0, 120.0]))).all()
    assert np.isnan(trunk_profile(in_mask(mask * 0), np.array([200.0, 220.0]), np.array([200.0, 120.0]))).all()
    assert np.isnan(trunk_profile(in_mask(mask), np.array([200.0, 220.0]), np.array([200.0, 220.0]))).all()
