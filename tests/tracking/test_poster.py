"""Somebody on a poster or a still screen beside the one who stretches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.core.poses import Pose
from tests.figures import folded, in_and_out, on_one_leg, upright
from tests.judged import report_of
from tests.perspective import seed_of, seen, shot, steady


def fold(t_s: float) -> Pose:
    depth = in_and_out(t_s, 8.0)
    return seen(folded(1 + 119 * depth, setback=0.14 * depth), at_m=-0.6, noise_px=0.3, seed=seed_of(t_s))


def poster(t_s: float, size: float) -> Pose:
    """Somebody who stands on a wall, as large as `size` times a person, and is read with the model's jitter."""
    pose = seen(upright(), at_m=1.2, noise_px=0.0)
    middle = pose.points_px.mean(axis=0)
    jitter = np.random.default_rng(seed_of(t_s) + 7).normal(0.0, 0.3, pose.points_px.shape)
    return Pose(
        points_px=middle + size * (pose.points_px - middle) + jitter,
        depth_px=pose.depth_px,
        visibility=pose.visibility,
    )


@pytest.mark.parametrize("size", [0.7, 1.4])
def test_a_poster_is_not_followed_once_somebody_stretches(size: float) -> None:
    def scene(t_s: float) -> Sequence[Pose]:
        return [poster(t_s, size), fold(t_s)]

    report = report_of(shot(scene, steady(14.0, 15.0)))
    assert report.stretch == "toe-touch"
    assert report.holds[0].held_s == pytest.approx(8.0, abs=1.0)


def test_who_moved_once_is_not_left_for_somebody_who_bends_down_beside() -> None:
    def scene(t_s: float) -> Sequence[Pose]:
        other = on_one_leg(35.0 * in_and_out(t_s - 6.0, 4.0, way_s=1.0), raised_deg=-88.0)
        return [fold(t_s), seen(other, at_m=1.3, noise_px=0.3, seed=seed_of(t_s) + 1)]

    report = report_of(shot(scene, steady(14.0, 15.0)))
    assert report.stretch == "toe-touch"
    assert report.holds[0].held_s == pytest.approx(8.0, abs=1.0)


def test_a_passer_by_does_not_draw_off_from_somebody_who_holds_still_from_the_beginning() -> None:
    def scene(t_s: float) -> Sequence[Pose]:
        held = seen(folded(), at_m=-0.6, noise_px=0.3, seed=seed_of(t_s))
        passer_by = seen(upright(), at_m=2.4 - 0.8 * (t_s - 1.0), noise_px=0.3, seed=seed_of(t_s) + 1)
        return [held, passer_by] if t_s > 1.0 else [held]

    report = report_of(shot(scene, steady(6.0, 15.0)))
    assert report.stretch == "toe-touch"
    assert report.holds[0].held_s == pytest.approx(6.0, abs=0.5)
