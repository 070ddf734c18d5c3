"""The closer look at a raised leg: where, at what, when, and who is taken for a helper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Picture, Pose
from formcheck.pose import closer_look
from formcheck.pose.engine import Found, Place
from formcheck.pose.key_pictures import KeyPictures
from formcheck.pose.regions import Region
from tests.figures import HEIGHT, LEFT, WIDTH, kneeling, lying, seated_forward_fold, upright, with_hands_at

PERSON = lying(80.0, stretched=LEFT).pose()
HELPER = with_hands_at(kneeling(15.0).pose(shift_px=(95.0, -20.0), facing=-1), PERSON.points_px[27])


def picture(t_s: float = 0.0, shrunk: int = 1) -> Picture:
    """Each pixel of the red channel holds its column, of the green one its row, both divided by four."""
    rows, columns = np.indices((HEIGHT // shrunk, WIDTH // shrunk)) * shrunk // 4
    rgb = np.stack([columns, rows, 0 * rows], axis=2).astype(np.uint8)
    return Picture(index=0, t_s=t_s, rgb=rgb, width=WIDTH, height=HEIGHT)


def looked(times: Sequence[float]) -> np.ndarray:
    """Which of the pictures of these times are looked at."""
    one = picture(shrunk=4)
    return np.array([closer_look.wanted([PERSON], replace(one, t_s=t_s)) is not None for t_s in times])


def part_of(*people: Pose, t_s: float = 0.0) -> closer_look.Part:
    part = closer_look.wanted(people, picture(t_s))
    assert part is not None
    return part


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        ([], False),
        ([PERSON], True),
        ([lying(35.0).pose()], True),
        ([lying(0.0).pose()], False),
        ([PERSON, HELPER], False),
        ([upright().pose()], False),
        ([seated_forward_fold(60.0).pose()], False),
    ],
)
def test_it_is_taken_where_somebody_lies_alone_with_a_leg_up(people: list[Pose], *, wanted: bool) -> None:
    assert (closer_look.wanted(people, picture()) is not None) == wanted


@pytest.mark.parametrize("fps", [1.0, 2.0, 2.5, 3.0, 10 / 3, 4.0, 5.0, 10.0, 11.0, 30.0, 60.0])
@pytest.mark.parametrize("first_s", [0.0, 0.1, 0.25])
def test_one_in_three_looks_is_enough_at_any_rate(fps: float, first_s: float) -> None:
    looks = looked([first_s + i / fps for i in range(max(300, round(30 * fps)))])
    assert looks.mean() == pytest.approx(1 / 3, abs=0.12)


@pytest.mark.parametrize("fps", [4.0, 15.0, 29.97, 30.0, 60.0])
def test_where_pictures_come_often_a_helper_is_looked_for_all_the_time(fps: float) -> None:
    """Also where only key pictures are looked at as a whole."""
    keys = KeyPictures()
    times = [t_s for t_s in np.arange(round(60 * fps)) / fps if keys.is_key(replace(picture(shrunk=4), t_s=t_s))]
    at = np.array(times)[looked(times)]
    assert np.diff(at).max() <= 1.3
    assert len(at) / len(times) == pytest.approx(1 / 3, abs=0.03)


def test_the_only_picture_of_a_photo_is_looked_at() -> None:
    assert looked([0.0]).all()


@pytest.mark.parametrize("shrunk", [1, 2, 3])
def test_it_shows_the_lower_leg_and_around_it_as_large_as_it_is(shrunk: int) -> None:
    part = closer_look.wanted([PERSON], picture(shrunk=shrunk))
    assert part is not None
    middle = PERSON.points_px[[25, 27]].mean(axis=0)
    assert (part.left + part.width / 2, part.width) == pytest.approx((middle[0], 2 * 0.82 * 170), abs=shrunk + 1)
    assert part.rgb.shape[:2] == pytest.approx((part.height / shrunk, part.width / shrunk), abs=0.5)
    assert part.rgb[0, 0, :2] == pytest.approx((part.left / 4, part.top / 4), abs=1.0)


def test_at_the_edge_of_the_picture_it_shows_what_there_is() -> None:
    part = part_of(lying(80.0, stretched=LEFT).pose(shift_px=(-330.0, -60.0)))
    assert part.left == 0.0
    assert part.width < 0.82 * 170 * 2
    assert closer_look.wanted([lying(80.0).pose(shift_px=(-700.0, 0.0))], picture()) is None


def test_a_helper_who_is_found_there_is_put_where_they_are() -> None:
    part = part_of(PERSON)
    there = replace(HELPER, points_px=HELPER.points_px - np.array([part.left, part.top]))
    place = Place(Region(10.0, 20.0, 300.0, 0.2), Region(12.0, 21.0, 280.0, 0.3))
    both = closer_look.added([Found(PERSON, None)], [Found(there, place)], part)
    assert len(both) == 2
    assert both[0].pose is PERSON
    np.testing.assert_allclose(both[1].pose.points_px, HELPER.points_px, atol=0.01)
    assert both[1].place == place.moved(part.left, part.top)


def test_the_one_who_lies_and_their_limbs_are_no_helper() -> None:
    part, leg = part_of(PERSON), PERSON.points_px
    along = np.random.default_rng(1).random((33, 1))
    limbs = replace(PERSON, points_px=leg[23] + along * (leg[27] - leg[23]))
    there = [replace(one, points_px=one.points_px - np.array([part.left, part.top])) for one in (PERSON, limbs)]
    lying_one = Found(PERSON, None)
    assert closer_look.added([lying_one], [Found(one, None) for one in there], part) == (lying_one,)
