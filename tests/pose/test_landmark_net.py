"""What is made of the landmark network's outputs, with outputs that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.geometry.silhouette import STATIONS
from formcheck.pose import landmark_net
from formcheck.pose.engine import Found
from formcheck.pose.landmark_net import LandmarkNet
from formcheck.pose.regions import Region
from tests.pose.made_up import instead_of

SIDE, MAP, POINTS = 256, 64, 39
# A pixel of the region is a pixel of the picture, and a cell of a map is four.
REGION = Region(320.0, 240.0, 256.0, 0.0)
CORNER = np.array([192.0, 112.0])
PICTURE = np.full((480, 640, 3), 255, dtype=np.uint8)
KNEE = 25


class Outputs:
    """A body in the middle of the region, told by no map."""

    def __init__(self) -> None:
        self.values = np.zeros((POINTS, 5))
        self.values[:, :2] = 128.0
        self.values[[11, 12], 1] = 78.0  # shoulders above hips
        self.values[33, :2], self.values[34, :2] = (128.0, 128.0), (128.0, 28.0)
        self.somebody = 0.9
        self.mask = np.full((SIDE, SIDE), -100.0)
        self.maps = np.full((MAP, MAP, POINTS), -100.0)

    def found(
        self, patch: pytest.MonkeyPatch, region: Region = REGION, per_pixel: float = 1.0, rgb: np.ndarray = PICTURE
    ) -> Found | None:
        answers = [self.values.ravel(), np.array([self.somebody]), self.mask[..., None], self.maps]
        instead_of(patch, landmark_net, answers)
        return LandmarkNet(b"", "the model", 1).read(rgb, per_pixel, region)

    def pose(self, patch: pytest.MonkeyPatch, region: Region = REGION) -> Pose:
        found = self.found(patch, region)
        assert found is not None
        return found.pose

    def point(self, patch: pytest.MonkeyPatch) -> tuple[float, float]:
        """Where the knee is read, in pixels of the region."""
        x, y = (self.pose(patch).points_px[KNEE] - CORNER).tolist()
        return x, y


def logit(share: float) -> float:
    return math.log(share / (1.0 - share))


@pytest.fixture
def net() -> Outputs:
    return Outputs()


def test_without_a_map_points_are_where_the_network_says(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    net.values[:33, 0] = np.arange(33) * 5.0 + 0.123
    np.testing.assert_allclose(net.pose(monkeypatch).points_px[:, 0], 192.0 + np.round(np.arange(33) * 5.0 + 0.123, 2))


def test_a_point_is_put_where_its_map_has_its_weight(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within three cells around the cell that it lies in; (128, 128) is in cell (32, 32)."""
    net.maps[33, 35, KNEE] = logit(0.6)
    net.maps[30, 32, KNEE] = logit(0.3)
    net.maps[32, 36, KNEE] = net.maps[28, 32, KNEE] = logit(0.99)  # too far
    net.maps[32, 32, KNEE + 1] = logit(0.99)  # of another point
    assert net.point(monkeypatch) == pytest.approx(
        (4.0 * (0.6 * 35 + 0.3 * 32) / 0.9, 4.0 * (0.6 * 33 + 0.3 * 30) / 0.9), abs=0.011
    )


@pytest.mark.parametrize(("highest", "x"), [(0.49, 128.0), (0.51, 136.0)])
def test_a_map_that_is_low_around_a_point_does_not_move_it(
    highest: float, x: float, net: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.maps[32, 34, KNEE] = logit(highest)
    net.maps[50, 50, KNEE] = logit(0.99)  # somewhere else
    assert net.point(monkeypatch) == pytest.approx((x, 128.0), abs=0.011)


@pytest.mark.parametrize(("corner", "cell"), [(1.0, 0), (254.0, 63)])
def test_at_the_border_of_a_map_only_what_there_is_counts(
    corner: float, cell: int, net: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.values[KNEE, :2] = corner
    net.maps[:, :, KNEE] = logit(0.7)
    inward = 1.5 if cell == 0 else -1.5  # the middle of the four rows that are left
    assert net.point(monkeypatch) == pytest.approx((4.0 * (cell + inward),) * 2, abs=0.011)


@pytest.mark.parametrize("at", [(-4.1, 128.0), (128.0, -4.1), (256.0, 128.0), (300.0, 300.0), (128.0, 276.0)])
def test_a_point_outside_of_the_map_stays(
    at: tuple[float, float], net: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.values[KNEE, :2] = at
    net.maps[:, :, KNEE] = logit(0.7)
    assert net.point(monkeypatch) == pytest.approx(at, abs=0.011)


@pytest.mark.parametrize(
    ("at", "there"), [((-3.9, 128.0), (6.0, 128.0)), ((128.0, -3.9), (128.0, 6.0)), ((128.0, 257.0), (128.0, 248.0))]
)
def test_a_point_just_outside_is_drawn_back_as_mediapipe_does(
    at: tuple[float, float], there: tuple[float, float], net: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.values[KNEE, :2] = at
    net.maps[:, :, KNEE] = logit(0.7)
    assert net.point(monkeypatch) == pytest.approx(there, abs=0.011)


@pytest.mark.parametrize(("somebody", "found"), [(0.5, True), (0.499, False), (math.nan, False)])
def test_what_the_network_takes_for_nobody_is_nobody(
    somebody: float, net: Outputs, monkeypatch: pytest.MonkeyPatch, *, found: bool
) -> None:
    net.somebody = somebody
    assert (net.found(monkeypatch) is not None) is found


def test_confidence_is_the_highest_of_the_whole_map(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    net.maps[:, :, KNEE] = logit(0.1)
    net.maps[3, 60, KNEE] = logit(0.8126)
    confidence = net.pose(monkeypatch).confidence
    assert confidence[KNEE] == pytest.approx(0.813, abs=1e-9)
    assert (np.delete(confidence, KNEE) == 0.0).all()


def test_visibility_and_depth_are_rounded_and_in_pixels(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    net.values[KNEE, 2:4] = (-32.03, logit(0.1234567))
    pose = net.pose(monkeypatch)
    assert (pose.depth_px[KNEE], pose.visibility[KNEE]) == (-32.0, 0.123)
    assert pose.visibility[0] == 0.5
    larger = net.pose(monkeypatch, REGION._replace(size=512.0))
    assert larger.depth_px[KNEE] == -64.1


def test_a_turned_region_puts_points_where_they_are(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    net.values[KNEE, :2] = (128.0, 28.0)  # a hundred pixels above the middle of the region
    on_the_right_side = REGION._replace(turn=math.pi / 2)
    np.testing.assert_allclose(net.pose(monkeypatch, on_the_right_side).points_px[KNEE], (420.0, 240.0), atol=0.01)


def test_the_next_place_is_where_this_one_was_and_what_follows_from_its_points(
    net: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = net.found(monkeypatch)
    assert found is not None and found.place is not None
    assert found.place.region == REGION
    assert found.place.own == pytest.approx((320.0, 240.0, 250.0, 0.0))
    assert not found.place.mirrored


def test_pixels_are_those_of_the_full_size(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the network sees may have been made smaller; regions and points are in the picture's own pixels."""
    small = net.found(monkeypatch, per_pixel=4.0, rgb=PICTURE[::4, ::4])
    assert small is not None
    np.testing.assert_array_equal(small.pose.points_px, net.pose(monkeypatch).points_px)


def test_the_network_sees_the_region_from_0_to_1(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [net.values.ravel(), np.array([0.0]), net.mask[..., None], net.maps]
    made = instead_of(monkeypatch, landmark_net, answers)
    one = LandmarkNet(b"", "the model", 1)
    rgb = np.zeros_like(PICTURE)
    rgb[:, :320] = 51
    assert one.read(rgb, 1.0, REGION) is None
    (network,) = made
    np.testing.assert_allclose(network.picture[:, :128], 0.2)
    np.testing.assert_allclose(network.picture[:, 128:], 0.0)
    one.close()
    assert network.closed


def trunk(net: Outputs, half_px: float) -> None:
    """A mask of a trunk that wide to both sides of the trunk line, from far above to far below."""
    net.mask[:, round(128 - half_px) : round(128 + half_px) + 1] = 100.0


def test_the_outline_is_where_the_mask_ends(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    trunk(net, 20.0)
    profile = net.pose(monkeypatch).profile_px
    assert profile.shape == (2, len(STATIONS))
    np.testing.assert_allclose(profile, 20.5, atol=0.4)  # between the last pixel of the person and the one after it


def test_the_outline_is_measured_in_pixels_of_the_picture(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    trunk(net, 20.0)
    profile = net.pose(monkeypatch, Region(320.0, 240.0, 512.0, 2.0)).profile_px
    np.testing.assert_allclose(profile, 41.0, atol=0.8)


def test_beyond_the_border_of_the_picture_there_is_no_outline(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mask knows the region only, whose left half is no picture: what looks like an end there is none."""
    trunk(net, 20.0)
    left, right = net.pose(monkeypatch, Region(10.0, 240.0, 256.0, 0.0)).profile_px
    assert np.isnan(left).all()
    np.testing.assert_allclose(right, 20.5, atol=0.4)


def test_outside_of_the_person_there_is_no_outline(net: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    assert np.isnan(net.pose(monkeypatch).profile_px).all()
