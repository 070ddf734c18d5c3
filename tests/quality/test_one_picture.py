"""Light and blur that are put in are read."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from formcheck.quality.one_picture import blur_px, light
from formcheck.quality.small_picture import SmallPicture
from tests.quality.scenes import HEIGHT, WIDTH, noisy, picture, room, somebody


def test_the_light_is_that_of_the_people_not_of_the_window_behind_them() -> None:
    grey = np.full((HEIGHT, WIDTH), 220.0, dtype=np.float32)
    grey[60:, 200:440] = 20.0
    small = SmallPicture.of(picture(grey))
    assert light(small, small.around([somebody(260, 120, 380, 320)])) == pytest.approx(20.0, abs=1.0)
    assert light(small, small.around([])) == pytest.approx(grey.mean(), abs=1.0)


@pytest.mark.parametrize("spread_px", [3.0, 5.0, 8.0])
def test_a_known_blur_is_read_in_pixels_of_the_source(spread_px: float) -> None:
    grey = np.asarray(cv2.GaussianBlur(room(), (0, 0), spread_px), dtype=np.float32)
    assert blur_px(SmallPicture.of(picture(grey))) == pytest.approx(spread_px, rel=0.15)


def test_a_blur_that_takes_everything_is_read_as_a_large_one() -> None:
    grey = np.asarray(cv2.GaussianBlur(room(), (0, 0), 16.0), dtype=np.float32)
    assert blur_px(SmallPicture.of(picture(grey))) > 10.0


def test_a_picture_in_focus_is_not_blurred() -> None:
    assert blur_px(SmallPicture.of(picture(room()))) < 1.5


def test_noise_does_not_hide_a_blur() -> None:
    grey = noisy(np.asarray(cv2.GaussianBlur(room(), (0, 0), 8.0), dtype=np.float32), 4.0, seed=1)
    assert blur_px(SmallPicture.of(picture(grey))) > 5.0


def test_where_there_is_no_edge_nothing_is_known_of_the_blur() -> None:
    assert math.isnan(blur_px(SmallPicture.of(picture(np.full((HEIGHT, WIDTH), 90.0, dtype=np.float32)))))
