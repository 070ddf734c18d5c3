from __future__ import annotations

import io

import numpy as np
from PIL import Image

from formcheck.render.still import WIDE_PX, still
from tests.figures import lying


def opened(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)))


def test_the_picture_is_cut_to_the_body_and_the_skeleton_drawn() -> None:
    pose = lying().pose()
    wall = np.full((480, 854, 3), 120, dtype=np.uint8)
    before = wall.copy()
    picture = opened(still(wall, pose.points_px, pose.visibility))
    assert picture.shape[1] == WIDE_PX
    assert abs(picture.shape[1] / picture.shape[0] - 4 / 3) < 0.01
    white = (picture > 230).all(axis=2)
    rows, columns = np.flatnonzero(white.any(axis=1)), np.flatnonzero(white.any(axis=0))
    assert rows[0] > 20 and rows[-1] < picture.shape[0] - 20
    assert columns[0] > 20 and columns[-1] < picture.shape[1] - 20
    assert columns[-1] - columns[0] > 0.5 * WIDE_PX  # the body is large in it
    np.testing.assert_array_equal(wall, before)


def test_without_a_body_all_of_the_picture_stays() -> None:
    wall = np.full((960, 540, 3), 120, dtype=np.uint8)
    picture = opened(still(wall, np.full((33, 2), np.nan), np.zeros(33)))
    assert picture.shape[:2] == (640, 360)
    assert np.ptp(picture) < 8
