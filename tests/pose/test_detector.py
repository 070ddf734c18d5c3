"""What is made of the detector's guesses, with guesses that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.pose import detector
from formcheck.pose.detector import PersonDetector
from tests.pose.made_up import MadeUpNetwork, instead_of

SIDE, COUNT = 224, 2254
PICTURE = np.full((120, 160, 3), 255, dtype=np.uint8)  # landscape: 20 pixels of nothing above and below


class Guesses:
    """Made-up outputs: guesses as the network would write them, at the place of an anchor."""

    def __init__(self) -> None:
        self.raw = np.zeros((COUNT, 12), dtype=np.float32)
        self.sure = np.full((COUNT, 1), -200.0, dtype=np.float32)

    def add(
        self,
        anchor: int,
        score: float,
        *,
        box: tuple[float, float] = (0.1, 0.1),
        at: tuple[float, float] = (0.5, 0.2),
        hips: tuple[float, float] = (0.5, 0.5),
        end: tuple[float, float] = (0.5, 0.2),
    ) -> Guesses:
        """All in shares of the square around the picture."""
        place = np.tile(place_of(anchor), 2)
        self.raw[anchor, :2] = (np.array(at) - place[:2]) * SIDE
        self.raw[anchor, 2:4] = np.array(box) * SIDE
        self.raw[anchor, 4:8] = (np.array([*hips, *end]) - place) * SIDE
        self.sure[anchor] = math.log(score / (1.0 - score))
        return self

    def regions(self, patch: pytest.MonkeyPatch, most: int = 2, per_pixel: float = 1.0) -> list[tuple[float, ...]]:
        instead_of(patch, detector, [self.raw, self.sure])
        return [tuple(one) for one in PersonDetector(b"", "x", 1).find(PICTURE, per_pixel, most)]


def place_of(anchor: int) -> np.ndarray:
    """Where the guesses start from: 2 in each of 28 x 28 and of 14 x 14 cells, then 6 in each of 7 x 7, row by row."""
    for cells, each in ((28, 2), (14, 2), (7, 6)):
        if anchor < cells * cells * each:
            row, column = divmod(anchor // each, cells)
            return np.array([(column + 0.5) / cells, (row + 0.5) / cells])
        anchor -= cells * cells * each
    raise IndexError(anchor)


@pytest.mark.parametrize("anchor", [0, 1, 2, 57, 1567, 1568, 1571, 1959, 1960, 1965, 1966, 2253])
def test_a_guess_starts_from_the_middle_of_its_cell(anchor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but zeros says that the hips are there; the point above them is told to be a tenth higher."""
    guesses = Guesses().add(anchor, 0.9, end=tuple(place_of(anchor) - (0.0, 0.1)))
    guesses.raw[anchor, 4:6] = 0.0
    ((x, y, size, turn),) = guesses.regions(monkeypatch)
    assert (x, y + 20.0) == pytest.approx(tuple(place_of(anchor) * 160.0), abs=1e-4)
    assert (size, turn) == pytest.approx((2.5 * 16.0, 0.0), abs=1e-4)


def test_pixels_are_those_of_the_full_size(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = Guesses().add(100, 0.9)
    ((x, y, size, _),) = guesses.regions(monkeypatch)
    assert guesses.regions(monkeypatch, per_pixel=2.0)[0][:3] == pytest.approx((2 * x, 2 * y, 2 * size))


def test_guesses_of_one_person_are_averaged_by_their_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = Guesses().add(100, 0.9, hips=(0.5, 0.5)).add(104, 0.6, hips=(0.6, 0.5)).add(108, 0.3001, hips=(0.5, 0.7))
    ((x, y, _, _),) = guesses.regions(monkeypatch)
    assert x == pytest.approx(160 * (0.9 * 0.5 + 0.6 * 0.6 + 0.3001 * 0.5) / 1.8001, abs=1e-3)
    assert y == pytest.approx(160 * (0.9 * 0.5 + 0.6 * 0.5 + 0.3001 * 0.7) / 1.8001 - 20, abs=1e-3)


@pytest.mark.parametrize(("apart", "people"), [(0.030, 1), (0.037, 2)])  # 0.1 wide: a third of it is the edge
def test_boxes_that_share_half_of_what_they_cover_are_one(
    apart: float, people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses = Guesses().add(100, 0.9).add(104, 0.8, at=(0.5 + apart, 0.2), hips=(0.9, 0.5))
    found = guesses.regions(monkeypatch)
    assert len(found) == people
    assert (found[0][0] == pytest.approx(80.0, abs=1e-3)) is (people == 2)


def test_guesses_below_three_tenths_count_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Guesses().add(100, 0.299).regions(monkeypatch) == []
    ((x, _, _, _),) = Guesses().add(100, 0.301).add(104, 0.299, hips=(0.9, 0.5)).regions(monkeypatch)
    assert x == pytest.approx(80.0, abs=1e-3)


def test_the_surest_come_first_and_no_more_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = Guesses()
    for anchor, score, across in ((100, 0.5, 0.2), (104, 0.9, 0.5), (108, 0.7, 0.8)):
        guesses.add(anchor, score, at=(across, 0.2), hips=(across, 0.5), end=(across, 0.2))
    assert [one[0] for one in guesses.regions(monkeypatch, most=2)] == pytest.approx([80.0, 128.0], abs=1e-3)
    assert [one[0] for one in guesses.regions(monkeypatch, most=9)] == pytest.approx([80.0, 128.0, 32.0], abs=1e-3)


@pytest.mark.parametrize("box", [(0.0, 0.0), (0.1, 0.0), (-0.1, 0.1)])
def test_a_box_without_an_area_is_nobody(box: tuple[float, float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert Guesses().add(100, 0.9, box=box).regions(monkeypatch) == []


def test_nobody_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Guesses().regions(monkeypatch) == []


def test_the_network_sees_the_whole_picture_between_black_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    made = instead_of(monkeypatch, detector, [Guesses().raw, Guesses().sure])
    one = PersonDetector(b"", "x", 1)
    one.find(PICTURE, 1.0, 2)
    (network,) = made
    assert isinstance(network, MadeUpNetwork)
    bar = round(SIDE * 20 / 160)
    np.testing.assert_allclose(network.picture[: bar - 1], -1.0)
    np.testing.assert_allclose(network.picture[-bar + 2 :], -1.0)
    np.testing.assert_allclose(network.picture[bar + 1 : -bar - 2, :-2], 1.0)
    one.close()
    assert network.closed
