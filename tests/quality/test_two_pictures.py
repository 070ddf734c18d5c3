"""A camera that moves by a known way is read, and nobody who walks through the picture is taken for one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.quality.small_picture import SmallPicture
from formcheck.quality.two_pictures import BetweenPictures, between
from tests.quality.scenes import HEIGHT, WIDTH, Grey, moved, noisy, picture, room, somebody


def told(before: Grey, now: Grey, *people: Pose) -> BetweenPictures:
    first, second = SmallPicture.of(picture(before)), SmallPicture.of(picture(now))
    return between(first, second, first.around(people))


@pytest.mark.parametrize("by", [(0.0, 0.0), (2.0, 0.0), (-4.0, 3.0), (0.0, 12.0)])
def test_a_known_shift_is_read(by: tuple[float, float]) -> None:
    assert told(room(), moved(room(), by=by)).camera_px == pytest.approx(math.hypot(*by), abs=0.4)


@pytest.mark.parametrize("degrees", [-1.0, 0.5, 2.0])
def test_a_known_roll_is_read(degrees: float) -> None:
    assert told(room(), moved(room(), degrees=degrees)).camera_deg == pytest.approx(degrees, abs=0.15)


def _walks(at: int) -> Grey:
    """Somebody with a checked shirt, much richer in contrast than the room."""
    grey = room(contrast=3.0)
    shirt = np.kron(np.random.default_rng(5).uniform(0.0, 255.0, (15, 8)), np.ones((16, 16)))
    grey[60:300, at : at + 128] = shirt
    return grey


def test_somebody_whom_the_model_did_not_find_is_no_camera_that_moves() -> None:
    assert not told(_walks(200), _walks(206)).camera_px > 0.5


def test_the_one_who_stretches_is_no_camera_that_moves() -> None:
    before, now = room(), room()
    before[60:340, 200:420], now[60:340, 205:425] = _walks(200)[20:300, 200:420], _walks(200)[20:300, 200:420]
    assert told(before, now, somebody(200, 60, 425, 340)).camera_px < 0.3


def test_noise_is_a_share_of_the_contrast() -> None:
    shrunk = WIDTH / 192
    contrast = SmallPicture.of(picture(room())).grey.std()
    noise = told(noisy(room(), 30.0, seed=1), noisy(room(), 30.0, seed=2)).noise
    assert noise == pytest.approx(30.0 / shrunk / contrast, rel=0.15)
    assert told(room(), room()).noise == 0.0


def test_nothing_is_known_of_a_bare_wall_or_where_people_fill_the_picture() -> None:
    wall = np.full((HEIGHT, WIDTH), 90.0, dtype=np.float32)
    assert math.isnan(told(wall, wall).camera_px)
    assert told(room(), room(), somebody(10, 5, WIDTH - 10, HEIGHT - 5)) == pytest.approx(
        BetweenPictures(), nan_ok=True
    )
