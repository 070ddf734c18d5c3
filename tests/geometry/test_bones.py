"""How far a point is from a bone, and beside which part of it."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.geometry.bones import off, off_and_along

START, END = np.array([2.0, 1.0]), np.array([12.0, 1.0])


@pytest.mark.parametrize(
    ("point", "away", "share"),
    [((7.0, 4.0), 3.0, 0.5), ((4.5, -1.0), 2.0, 0.25), ((-2.0, 4.0), 5.0, 0.0), ((15.0, 5.0), 5.0, 1.0)],
)
def test_it_is_the_way_to_the_nearest_place_of_the_bone(point: tuple[float, float], away: float, share: float) -> None:
    distance, along = off_and_along(np.array(point), START, END)
    assert (distance, along) == (pytest.approx(away), pytest.approx(share))
    # The other way round, and turned.
    turned = np.array([[0.6, -0.8], [0.8, 0.6]])
    distance, along = off_and_along(turned @ np.array(point), turned @ END, turned @ START)
    assert (distance, along) == (pytest.approx(away), pytest.approx(1.0 - share))


def test_many_points_and_bones_at_once() -> None:
    points, ends = np.array([[7.0, 4.0], [7.0, 1.0]]), np.array([[12.0, 1.0], [2.0, 11.0]])
    np.testing.assert_allclose(off(points[:, None], START, ends), [[3.0, 5.0], [0.0, 5.0]])


def test_a_bone_without_length_is_a_point_and_what_is_unknown_stays_so() -> None:
    assert off(np.array([5.0, 5.0]), START, START) == pytest.approx(5.0)
    assert np.isnan(off(np.array([np.nan, 5.0]), START, END))
