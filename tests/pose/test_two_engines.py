"""The networks on LiteRT find what MediaPipe's own graph around them finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np
import pytest

from formcheck.core.landmarks import ANKLES, HIPS, KNEES, SHOULDERS
from formcheck.core.poses import Pose
from formcheck.geometry.angles import joint_angle
from formcheck.pose import model_files
from formcheck.pose.litert_engine import LitertEngine
from formcheck.pose.mediapipe_pose import MediaPipeEngine

pytest.importorskip("mediapipe")
pytest.importorskip("ai_edge_litert")

LONGEST_PX = 960  # as recordings are looked at
# Sample, and the seconds in it that are looked at: on the feet, folded; lying; lying, and a helper.
SEEN = {
    "toe_touch_good": (0.5, 2.0, 8.0),
    "standing_good": (8.0,),
    "supine_knee_bent": (0.5, 2.5, 8.0),
    "partner_good": (0.5, 3.0, 8.0),
}


class Seen(NamedTuple):
    """The same people as both engines found them, in the same order."""

    name: str
    here: tuple[Pose, ...]
    there: tuple[Pose, ...]


def pictures(samples: Path) -> Iterator[tuple[str, np.ndarray]]:
    """By name; some of them also turned by a quarter, and made small."""
    for name, times in SEEN.items():
        for t_s, rgb in zip(times, frames(samples / f"{name}.mp4", times), strict=True):
            yield f"{name} at {t_s}", rgb
    yield f"{name} turned", np.ascontiguousarray(np.rot90(rgb))
    yield f"{name} small", cv2.resize(rgb, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)


def frames(film: Path, times: tuple[float, ...]) -> Iterator[np.ndarray]:
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        for t_s in times:
            container.seek(round(t_s / stream.time_base), stream=stream)
            frame = next(one for one in container.decode(stream) if one.time >= t_s - 0.01)
            scale = LONGEST_PX / max(frame.width, frame.height)
            yield frame.reformat(round(frame.width * scale), round(frame.height * scale), "rgb24").to_ndarray()


@pytest.fixture(scope="module")
def seen(samples: Path) -> list[Seen]:
    here, there = LitertEngine(model_files.load()), MediaPipeEngine()
    try:
        return [
            Seen(name, *(tuple(one.pose for one in engine.look(rgb, rgb.shape[1])) for engine in (here, there)))
            for name, rgb in pictures(samples)
        ]
    finally:
        here.close()
        there.close()


def pairs(seen: list[Seen]) -> list[tuple[Pose, Pose]]:
    return [pair for one in seen for pair in zip(one.here, one.there, strict=True)]


def test_they_find_the_same_people(seen: list[Seen]) -> None:
    assert {one.name: len(one.here) for one in seen} == {one.name: len(one.there) for one in seen}
    assert max(len(one.here) for one in seen) == 2
    assert min(len(one.here) for one in seen) >= 1


def test_points_are_at_the_same_place(seen: list[Seen]) -> None:
    away = np.array([np.abs(one.points_px - other.points_px).max(axis=1) for one, other in pairs(seen)])
    assert np.median(away) < 0.02
    assert (away < 0.5).mean() >= 0.99


def test_knees_are_bent_alike(seen: list[Seen]) -> None:
    bent = [
        [joint_angle(*(one.points_px[joint] for joint in (HIPS, KNEES, ANKLES))) for one in pair]
        for pair in pairs(seen)
    ]
    here, there = np.moveaxis(np.array(bent), 1, 0)
    assert np.abs(here - there).max() < 1.0


def test_depth_and_visibility_are_alike(seen: list[Seen]) -> None:
    for one, other in pairs(seen):
        size = np.ptp(other.points_px, axis=0).max()
        np.testing.assert_allclose(one.depth_px, other.depth_px, atol=0.005 * size)
        np.testing.assert_allclose(one.visibility, other.visibility, atol=0.005)


def test_the_trunk_has_the_same_outline(seen: list[Seen]) -> None:
    off = []
    for one, other in pairs(seen):
        trunk = np.hypot(*(other.points_px[SHOULDERS].mean(axis=0) - other.points_px[HIPS].mean(axis=0)))
        off.append((one.profile_px - other.profile_px) / trunk)
    known = np.isfinite(off)
    assert known.mean() > 0.2
    assert np.nanquantile(np.abs(off), 0.95) < 0.04
