"""Pose frames of a clip as a camera of another rate would have given them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES, SHOULDERS
from formcheck.core.poses import Floats, Pose, PoseFrame
from formcheck.geometry.angles import length

# From one picture to the next (1/30 s) nothing of a body moves further, in leg lengths; what does was mistaken.
_JUMP = 0.25
_BODY = np.concatenate([SHOULDERS, HIPS, KNEES, ANKLES])
_SIGMA = 1.4826  # median absolute deviation to standard deviation

_Couple = tuple[Pose, Pose | None]


@dataclass(frozen=True)
class Noise:
    """What the model adds to each picture by itself, one standard deviation in px: points (33, 2), outline (2, 27)."""

    points_px: Floats
    profile_px: Floats


def noise_of(frames: Sequence[PoseFrame]) -> Noise:
    """The model's noise, from how far each picture lies off the middle of the two beside it.

    Of white noise that is sqrt(1.5) times its size; real movement adds next to nothing within a fifteenth of a second.
    """
    points, profiles = [], []
    for before, now, after in zip(frames, frames[1:], frames[2:], strict=False):
        for pose, follows in _couples(now, after):
            leads = _nearest(pose, before.people)
            if follows is not None and leads is not None:
                points.append(pose.points_px - (leads.points_px + follows.points_px) / 2)
                profiles.append(pose.profile_px - (leads.profile_px + follows.profile_px) / 2)
    return Noise(points_px=_spread(np.array(points)), profile_px=_spread(np.array(profiles)))


def _spread(residuals: Floats) -> Floats:
    """Robust standard deviation of the noise behind (N, ...) residuals; 0 where nothing is known."""
    known = ~np.isnan(residuals)
    return np.asarray(
        np.where(known.any(axis=0), _SIGMA * np.nanmedian(np.abs(np.where(known, residuals, np.nan)), axis=0), 0.0)
        / np.sqrt(1.5)
    )


def resampled(frames: Sequence[PoseFrame], fps: float, source_fps: float, seed: int) -> list[PoseFrame]:
    """The frames at another rate.

    Lower: the pictures nearest in time, each with its own time stamp. Higher: points between the pictures lie on the
    line from one to the next, and every picture gets noise of the model's own size, as a line has less of it.
    """
    if fps <= source_fps:
        return _numbered(_thinned(frames, fps))
    return _numbered(_between(frames, round(fps / source_fps), np.random.default_rng(seed)))


def _numbered(frames: Sequence[PoseFrame] | Iterator[PoseFrame]) -> list[PoseFrame]:
    return [replace(frame, index=index) for index, frame in enumerate(frames)]


def _thinned(frames: Sequence[PoseFrame], fps: float) -> list[PoseFrame]:
    times = np.array([frame.t_s for frame in frames])
    wanted = np.arange(times[0], times[-1] + 1e-6, 1.0 / fps)
    nearest = np.abs(times[None, :] - wanted[:, None]).argmin(axis=1)
    return [frames[i] for i in np.unique(nearest)]


def _between(frames: Sequence[PoseFrame], factor: int, rng: np.random.Generator) -> Iterator[PoseFrame]:
    noise = noise_of(frames)
    for now, after in itertools.pairwise(frames):
        couples = _couples(now, after)
        for step in range(factor):
            share = step / factor
            people = tuple(_noisy(_blend(*couple, share), noise, rng) for couple in couples)
            yield replace(now, t_s=now.t_s + share * (after.t_s - now.t_s), people=people)
    yield frames[-1]


def _couples(now: PoseFrame, after: PoseFrame) -> list[_Couple]:
    """Each person with the same person in the next picture, None where there is none."""
    return [(pose, _nearest(pose, after.people)) for pose in now.people]


def _nearest(pose: Pose, others: Sequence[Pose]) -> Pose | None:
    """The same person in another picture, if nothing of the body has jumped."""
    if not others:
        return None
    gaps = [float(length(pose.points_px[_BODY], other.points_px[_BODY]).max()) for other in others]
    best = int(np.argmin(gaps))
    joints = pose.points_px[[HIPS, KNEES, ANKLES]]
    leg_px = float(length(joints[:-1], joints[1:]).sum(axis=0).max())
    return others[best] if gaps[best] < _JUMP * leg_px else None


def _blend(pose: Pose, after: Pose | None, share: float) -> Pose:
    """The pose so far on the way to the next picture; what has jumped stays where it is until then."""
    if after is None or share == 0.0:
        return pose
    return replace(
        pose if share < 0.5 else after,
        points_px=(1.0 - share) * pose.points_px + share * after.points_px,
        profile_px=(1.0 - share) * pose.profile_px + share * after.profile_px,
    )


def _noisy(pose: Pose, noise: Noise, rng: np.random.Generator) -> Pose:
    return replace(
        pose,
        points_px=pose.points_px + rng.normal(size=pose.points_px.shape) * noise.points_px,
        profile_px=pose.profile_px + rng.normal(size=pose.profile_px.shape) * noise.profile_px,
    )
