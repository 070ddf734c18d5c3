"""The same frames give the same body and measures: one by one, in one block, and read back from a recording."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Pose, PoseBlock, PoseFrame, SourceInfo
from formcheck.geometry.silhouette import STATIONS
from formcheck.kinematics.measurer import Measurer
from formcheck.pose.pose_file import PoseFile, PoseWriter
from formcheck.tracking.body import BodyTracker
from tests.figures import HEIGHT, WIDTH, Figure, folded, kneeling, lying, seated_forward_fold, upright, with_hands_at
from tests.perspective import exchanged, scaled, seen

_FRAMES = 50
_FIGURES: dict[str, Callable[[float], Figure]] = {
    "fold": lambda depth: folded(1.0 + 115.0 * depth, setback=0.1 * depth),
    "raise": lambda depth: lying(80.0 * depth),
    "sit and fold": lambda depth: seated_forward_fold(-50.0 + 140.0 * depth),
    "kneel down": lambda depth: kneeling(100.0 * depth, 90.0 + 60.0 * depth),
}


@dataclass(frozen=True)
class Scene:
    """What happens in `_FRAMES` pictures; times are shares of the whole."""

    seed: int
    fps: float
    jitter: float  # share of a step by which stamps are off
    rounded: bool  # stamps in milliseconds
    noise_px: float
    figure: str  # of `_FIGURES`
    at_m: float
    away: tuple[float, float]  # when the person is not there
    helper: tuple[float, float]
    first: bool  # whether the helper is found first
    gap: tuple[float, float]  # when, and for how many seconds there is no picture
    lost: float  # share of pictures that do not arrive
    guessed: float  # share of pictures in which the legs are exchanged
    resized: tuple[float, float]  # when, and by how much
    turned: tuple[float, float]  # between these the phone is on its side
    sure: bool  # whether the engine tells its confidence


def _between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def _part() -> st.SearchStrategy[tuple[float, float]]:
    return st.tuples(_between(0, 1.2), _between(0, 1.2))


_SCENES = st.builds(
    Scene,
    seed=st.integers(0, 2**32 - 1),
    fps=st.sampled_from([1, 2, 3, 5, 7.5, 10, 15, 25, 29.97, 30, 60, 120, 240]) | _between(1, 240),
    jitter=st.sampled_from([0.0, 0.02, 0.4]),
    rounded=st.booleans(),
    noise_px=st.sampled_from([0.0, 0.3, 1.5, 6.0]),
    figure=st.sampled_from(sorted(_FIGURES)),
    at_m=_between(-1.2, 1.2),
    away=_part(),
    helper=_part(),
    first=st.booleans(),
    gap=st.tuples(_between(0, 1), st.sampled_from([0.0, 0.1, 0.6, 1.5, 2.5, 30.0])),
    lost=st.sampled_from([0.0, 0.1, 0.4]),
    guessed=st.sampled_from([0.0, 0.1, 0.8]),
    resized=st.tuples(_between(0, 1.2), st.sampled_from([0.5, 0.75, 2.0])),
    turned=_part(),
    sure=st.booleans(),
)


def _people(scene: Scene, share: float, random: np.random.Generator) -> list[Pose]:
    depth = float(np.clip(np.sin(3.0 * share) * 1.3, 0.0, 1.0))  # in, held, and out
    figure = _FIGURES[scene.figure](depth)
    pose = seen(figure, at_m=scene.at_m, noise_px=scene.noise_px, seed=int(random.integers(1 << 30)))
    profile = np.round(np.stack([45.0 + 9.0 * STATIONS, 30.0 + 0.0 * STATIONS]), 2)
    profile[:, random.random(27) < 0.05] = np.nan
    visibility = np.round(np.where(random.random(33) < 0.05, 0.3, 0.95), 3)
    pose = replace(pose, profile_px=profile, visibility=visibility)
    if scene.sure:
        pose = replace(pose, confidence=np.round(random.random(33), 3))
    if random.random() < scene.guessed:
        pose = exchanged(pose)
    people = [] if scene.away[0] <= share < scene.away[1] else [pose]
    if scene.helper[0] <= share < scene.helper[1]:
        other = seen(upright(), at_m=scene.at_m + 0.3, noise_px=scene.noise_px, seed=int(random.integers(1 << 30)))
        other = with_hands_at(other, pose.points_px[27]) if random.random() < 0.7 else other
        people.insert(0 if scene.first else len(people), other)
    return people


def _on_its_side(one: PoseFrame) -> PoseFrame:
    people = tuple(replace(pose, points_px=pose.points_px * 0.56) for pose in one.people)
    return replace(one, width=one.height, height=one.width, people=people)


def _rounded(pose: Pose) -> Pose:
    """As an estimator gives it."""
    return replace(
        pose,
        points_px=np.round(pose.points_px, 2),
        depth_px=np.round(pose.depth_px, 1),
        profile_px=np.round(pose.profile_px, 2),
    )


def frames_of(scene: Scene) -> list[PoseFrame]:
    """The pose frames of a scene."""
    random = np.random.default_rng(scene.seed)
    times = (np.arange(_FRAMES) + random.uniform(-0.5, 0.5, _FRAMES) * scene.jitter) / scene.fps
    times[np.arange(_FRAMES) / _FRAMES > scene.gap[0]] += scene.gap[1]
    times = np.round(times, 3) if scene.rounded else times
    frames = []
    for i, t_s in enumerate(times.tolist()):
        share = i / _FRAMES
        people = tuple(_people(scene, share, random))
        one = PoseFrame(index=i, t_s=t_s, width=WIDTH, height=HEIGHT, people=people)
        if scene.turned[0] <= share < scene.turned[1]:
            one = _on_its_side(one)
        if share >= scene.resized[0]:
            one = scaled(one, scene.resized[1])
        one = replace(one, people=tuple(map(_rounded, one.people)))
        if random.random() >= scene.lost:
            frames.append(one)
    return frames


def followed(blocks: Iterable[PoseBlock | Sequence[PoseFrame]]) -> list[tuple[Body, Measures]]:
    tracker, measurer = BodyTracker(), Measurer()
    bodies = [tracker.extend(block) for block in blocks]
    return [(body, measurer.extend(body)) for body in bodies]


def assert_same(some: list[tuple[Body, Measures]], whole: tuple[Body, Measures], how: str) -> None:
    for kind, one in enumerate(whole):
        for field in fields(one):
            got = np.concatenate([getattr(pair[kind], field.name) for pair in some])
            np.testing.assert_allclose(
                got, getattr(one, field.name), rtol=1e-9, atol=1e-9, err_msg=f"{how}: {type(one).__name__}.{field.name}"
            )


@given(_SCENES, st.integers(2, 25))
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
def test_however_the_frames_are_cut(scene: Scene, size: int) -> None:
    frames = frames_of(scene)
    if not frames:
        return
    (whole,) = followed([frames])
    assert_same(followed([one] for one in frames), whole, "one by one")
    assert_same(followed(frames[i : i + size] for i in range(0, len(frames), size)), whole, f"{size} at a time")
    source = SourceInfo(name="scene.mp4", kind="video", width=WIDTH, height=HEIGHT, fps=None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "poses.jsonl.gz"
        with PoseWriter(path, source, "model:1") as writer:
            for one in frames:
                writer.write(one)
        assert_same(followed(PoseFile(path).blocks(size)), whole, "read back")
        again = PoseBlock.of([one for block in PoseFile(path).blocks(size) for one in block.frames()])
    block = PoseBlock.of(frames)
    for name in ("t_s", "first", "points_px", "depth_px", "visibility", "profile_px", "confidence", "picture_px"):
        np.testing.assert_array_equal(getattr(again, name), getattr(block, name), err_msg=name)
