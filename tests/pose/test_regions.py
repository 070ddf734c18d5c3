"""The square around a person: where it lies, what is cut from it, and how its points come back."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from formcheck.pose.engine import Place
from formcheck.pose.regions import Region

CORNERS = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])


def checks(height: int = 120, width: int = 200) -> np.ndarray:
    """A picture that changes smoothly: red with the column, green with the row."""
    rows, columns = np.indices((height, width))
    return np.stack([columns, rows, 0 * rows], axis=2).astype(np.uint8)


@pytest.mark.parametrize(
    ("end", "turn_deg"),
    [((100.0, 10.0), 0.0), ((140.0, 50.0), 90.0), ((100.0, 90.0), 180.0), ((60.0, 50.0), -90.0), ((120.0, 30.0), 45.0)],
)
def test_it_is_two_and_a_half_times_the_reach_and_turned_as_the_person(
    end: tuple[float, float], turn_deg: float
) -> None:
    hips = np.array([100.0, 50.0])
    region = Region.around(hips, np.array(end))
    reach = math.dist(hips, end)
    assert region[:3] == pytest.approx((100.0, 50.0, 2.5 * reach))
    assert math.cos(region.turn - math.radians(turn_deg)) == pytest.approx(1.0)
    # What the person has above them is above the middle of the region: that is what the turn is for.
    assert region.shares(np.array(end)) == pytest.approx((0.5, 0.1))


def test_corners_go_round_clockwise_from_the_upper_left() -> None:
    upright = Region(50.0, 40.0, 20.0, 0.0)
    np.testing.assert_allclose(upright.in_picture(CORNERS), [(40, 30), (60, 30), (60, 50), (40, 50)])
    on_the_right_side = upright._replace(turn=math.pi / 2)
    np.testing.assert_allclose(on_the_right_side.in_picture(CORNERS), [(60, 30), (60, 50), (40, 50), (40, 30)])


@pytest.mark.parametrize("turn", [0.0, 0.3, -2.0, 3.1])
def test_there_and_back(turn: float) -> None:
    region = Region(50.0, 40.0, 33.0, turn)
    points = np.random.default_rng(1).uniform(-20.0, 100.0, (5, 7, 2))
    np.testing.assert_allclose(region.in_picture(region.shares(points)), points, atol=1e-9)


def test_two_mirrors_are_none_and_one_turns_the_other_way() -> None:
    region = Region(50.0, 40.0, 33.0, 0.4)
    assert region.mirrored(200.0) == (150.0, 40.0, 33.0, -0.4)
    assert region.mirrored(200.0).mirrored(200.0) == region
    points, twice = np.array([(0.2, 0.3)]), np.array([(0.8, 0.3)])
    np.testing.assert_allclose(
        region.mirrored(200.0).in_picture(twice)[0], (200.0, 0.0) + region.in_picture(points)[0] * (-1.0, 1.0)
    )


def test_moved_is_as_large_and_as_turned() -> None:
    assert Region(50.0, 40.0, 33.0, 0.4).moved(3.0, -5.0) == (53.0, 35.0, 33.0, 0.4)


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, -75.0, 180.0])
def test_a_cut_shows_what_is_there_without_a_shift(turn_deg: float) -> None:
    region, side = Region(100.0, 60.0, 61.0, math.radians(turn_deg)), 128
    part = region.cut(checks(), 1.0, side, cv2.BORDER_REPLICATE).astype(float)
    rows, columns = np.indices((side, side))
    there = region.in_picture(np.stack([columns, rows], axis=-1) / side)
    np.testing.assert_allclose(part[..., :2], there, atol=0.6)  # rounded, and OpenCV reads between pixels coarsely
    assert (part[..., :2] - there).mean() == pytest.approx(0.0, abs=0.05)  # half a pixel of the picture would be 0.5


def test_a_cut_of_a_smaller_picture_shows_the_same() -> None:
    """Regions are in pixels of the picture, what is cut is what was made of it."""
    region, shrunk = Region(200.0, 120.0, 128.0, 0.3), checks()
    one = region.cut(shrunk, 2.0, 64, cv2.BORDER_REPLICATE)
    other = Region(100.0, 60.0, 64.0, 0.3).cut(shrunk, 1.0, 64, cv2.BORDER_REPLICATE)
    np.testing.assert_array_equal(one, other)


def test_beyond_the_border_the_picture_goes_on_as_it_ends() -> None:
    region = Region(0.0, 60.0, 40.0, 0.0)  # its left half lies outside
    part = region.cut(checks() + np.uint8(9), 1.0, 40, cv2.BORDER_REPLICATE)
    assert (part[:, :20, 0] == 9).all()
    assert part[10, 5, 1] == 50 + 9
    assert (region.cut(checks() + np.uint8(9), 1.0, 40, cv2.BORDER_CONSTANT)[:, :20] == 0).all()


@pytest.mark.parametrize(
    ("own", "left"),
    [
        (Region(100.0, 50.0, 200.0, 0.0), False),
        (Region(115.0, 62.0, 200.0, 0.2), False),
        (Region(115.0, 65.0, 200.0, 0.0), True),
        (Region(79.0, 50.0, 200.0, 0.0), True),
        (Region(100.0, 50.0, 200.0, 0.3), True),
        (Region(100.0, 50.0, 200.0, math.tau - 0.2), False),
        (Region(100.0, 50.0, 200.0, -0.3), True),
    ],
)
def test_somebody_has_left_who_moved_by_a_tenth_of_the_region_or_turned(own: Region, *, left: bool) -> None:
    place = Place(Region(90.0, 50.0, 200.0, 0.5), Region(100.0, 50.0, 180.0, 0.0))
    assert place.left_by(own) is left


def test_a_place_in_the_mirror_is_the_same_place() -> None:
    place = Place(Region(90.0, 50.0, 200.0, 0.5), Region(100.0, 50.0, 180.0, 0.1))
    there = place.in_mirror(300.0)
    assert (there.region, there.own, there.mirrored) == (place.region.mirrored(300), place.own.mirrored(300), True)
    assert there.in_mirror(300.0) == place
    assert place.moved(3.0, 4.0) == Place(place.region.moved(3.0, 4.0), place.own.moved(3.0, 4.0))
