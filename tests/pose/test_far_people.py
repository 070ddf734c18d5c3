"""Whoever is too small for the whole picture is found in a part of it, and nobody is made out of an empty room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Picture, Pose
from formcheck.pose import far_people
from formcheck.pose.engine import Found, Place
from formcheck.pose.looking import PoseLooker
from formcheck.pose.part import Part
from formcheck.pose.regions import Region
from tests.figures import upright

WIDTH, HEIGHT = 960, 540
TALL_PX = 80.0


def picture() -> Picture:
    """A picture each of whose pixels tells where it is."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([x % 256, x // 256, y // 4], axis=2).astype(np.uint8)
    return Picture(index=0, t_s=0.0, rgb=rgb, width=WIDTH, height=HEIGHT)


def corner(rgb: np.ndarray) -> tuple[float, float]:
    """Where in that picture a part of it begins, as exactly as is known."""
    x, further, y = rgb[0, 0].tolist()
    return x + 256.0 * further, 4.0 * y


def small(x: float, y: float, confidence: float = 0.8) -> Pose:
    """Somebody who stands with the middle of their points there."""
    points = upright().pose().points_px
    points = (points - points.mean(axis=0)) * TALL_PX / np.ptp(points[:, 1]) + (x, y)
    return replace(upright().pose(), points_px=points, confidence=np.full(33, confidence))


class FarEngine:
    """Sees those who are a fifth of the height of what it looks at, or taller, and lie in it."""

    model_id = "far:1"

    def __init__(self, *people: Pose) -> None:
        self._people = people
        self.looks = self.reads = 0

    def look(self, rgb: np.ndarray, _width: float) -> tuple[Found, ...]:
        self.looks += 1
        height, width = rgb.shape[:2]
        left, top = corner(rgb)
        found = []
        for pose in self._people:
            points = pose.points_px - (left, top)
            inside = (points.min(axis=0) >= 0).all() and (points.max(axis=0) <= (width, height)).all()
            if inside and 0.2 * height <= TALL_PX:
                region = Region(*points.mean(axis=0).tolist(), TALL_PX, 0.0)
                found.append(Found(replace(pose, points_px=points), Place(region, region)))
        return tuple(found)

    def read(self, _rgb: np.ndarray, _width: float, region: Region) -> Found | None:
        self.reads += 1
        near = [one for one in self._people if np.hypot(*(one.points_px.mean(axis=0) - (region.x, region.y))) < 10.0]
        return Found(near[0], Place(region, region)) if near else None

    def close(self) -> None: ...


@pytest.mark.parametrize("x", [60.0, 300.0, 480.0, 900.0])
@pytest.mark.parametrize("y", [60.0, 270.0, 480.0])
def test_somebody_far_away_is_found_wherever_they_stand(x: float, y: float) -> None:
    looked = PoseLooker(FarEngine(small(x, y))).estimate(picture())
    (pose,) = looked.frame.people
    np.testing.assert_allclose(pose.points_px, small(x, y).points_px, atol=4.0)
    assert len(looked.places) == 1


def test_those_found_in_several_parts_are_each_told_once() -> None:
    looked = PoseLooker(FarEngine(small(300, 270), small(640, 270))).estimate(picture())
    assert len(looked.frame.people) == 2


def test_between_keys_nobody_is_looked_for_in_parts() -> None:
    engine = FarEngine(small(300, 270))
    assert PoseLooker(engine).estimate(picture(), ()).frame.people == ()
    assert engine.looks == 1


def test_who_is_found_in_the_whole_picture_is_looked_for_nowhere_else() -> None:
    engine = FarEngine(small(300, 270))
    engine.look = lambda _rgb, _width: (Found(small(300, 270), None),)  # type: ignore[method-assign]
    assert len(PoseLooker(engine).estimate(picture()).frame.people) == 1
    assert engine.reads == 0


@pytest.mark.parametrize(
    "pose",
    [
        small(300, 270, confidence=0.5),
        small(300, 270, confidence=float("nan")),
        replace(small(300, 270), points_px=small(300, 270).points_px - (300.0, 0.0)),
    ],
    ids=["unsure", "engine does not tell", "half out of the picture"],
)
def test_what_may_be_nobody_is_nobody(pose: Pose) -> None:
    assert not far_people.is_somebody(pose, picture())


def test_nobody_is_made_of_what_the_model_is_unsure_of() -> None:
    assert PoseLooker(FarEngine(small(300, 270, confidence=0.5))).estimate(picture()).frame.people == ()


def test_parts_cover_the_picture_and_overlap_by_half() -> None:
    for parts in far_people.searches(picture()):
        seen = np.zeros((HEIGHT, WIDTH), dtype=int)
        for one in parts:
            seen[round(one.top) : round(one.top + one.height), round(one.left) : round(one.left + one.width)] += 1
        assert seen.min() >= 1
        assert np.median(seen) >= 2


def test_a_part_is_cut_from_pictures_that_were_made_smaller() -> None:
    made_smaller = replace(picture(), width=2 * WIDTH, height=2 * HEIGHT)
    part = Part.of(made_smaller, np.array([200.0, 100.0]), np.array([600.0, 500.0]), 96)
    assert part is not None
    assert part.rgb.shape[:2] == (200, 200)
    assert (part.left, part.top, part.width, part.height) == (200.0, 100.0, 400.0, 400.0)
    assert Part.of(made_smaller, np.array([200.0, 100.0]), np.array([300.0, 500.0]), 96) is None
