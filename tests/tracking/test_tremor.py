"""Shaking of the joints: found where it is, and never made of jumps, gaps and uneven stamps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.landmarks import TREMOR_JOINTS
from formcheck.core.poses import Pose
from formcheck.tracking.body import BodyTracker
from tests.figures import ease, in_and_out, lying
from tests.judged import report_of, result
from tests.perspective import LEG_PX, exchanged, moved, seed_of, seen, shot, steady

SHAKING = 3 * 0.09  # three times the floor of the quiet, where the rule begins to warn
KNEE, ANKLE = 5, 7  # the right ones, of the eight joints
RIGHT_KNEE, RIGHT_ANKLE = TREMOR_JOINTS[[KNEE, ANKLE]].tolist()
CM_PX = LEG_PX / 82.0

Scene = Callable[[float], list[Pose]]


def still(t_s: float) -> list[Pose]:
    return [seen(lying(80.0, stretched=1), at_m=-0.7, yaw_deg=6.0, noise_px=0.2, seed=seed_of(t_s))]


def shaking(t_s: float) -> list[Pose]:
    """The raised leg shakes by 1.5 cm to either side, six times a second."""
    way = 1.5 * CM_PX * math.sin(2 * math.pi * 6.0 * t_s)
    return [moved(still(t_s)[0], (26, 28, 30, 32), (way, 0.0))]


def tremor(scene: Scene, times: np.ndarray, stamps: np.ndarray | None = None) -> np.ndarray:
    """(T, 8) of what happens at `times`, stamped otherwise."""
    frames = shot(scene, times)
    if stamps is not None:
        frames = [replace(one, t_s=t_s) for one, t_s in zip(frames, stamps.tolist(), strict=True)]
    return BodyTracker().extend(frames).tremor


def unknown(values: np.ndarray) -> float:
    """Share of the values that are unseen."""
    return float(np.isnan(values).mean())


@pytest.mark.parametrize("fps", [25, 30, 50, 60, 120, 240])
def test_shaking_is_found_at_any_rate_and_reads_what_it_is(fps: float) -> None:
    got = tremor(shaking, steady(4.0, fps))[steady(4.0, fps) > 1.5]
    true = 1.5 / 82.0 * 2 * math.pi * 6.0 / math.sqrt(2.0)
    assert got[:, [KNEE, ANKLE]] == pytest.approx(true, rel=0.4)
    assert got[:, [KNEE, ANKLE]].min() > SHAKING
    assert got[:, :4].max() < SHAKING / 3


@pytest.mark.parametrize("fps", [1, 10, 20, 24])
def test_too_few_pictures_a_second_tell_nothing(fps: float) -> None:
    assert np.isnan(tremor(shaking, steady(4.0, fps))).all()


def test_at_the_beginning_and_after_a_gap_nothing_is_known_for_a_quarter_of_a_second() -> None:
    times = steady(6.0, 30)
    times[90:] += 0.3
    got = tremor(still, times)
    for start_s in (0.0, times[90]):
        unsettled = (times >= start_s) & (times < start_s + 0.24)
        assert np.isnan(got[unsettled]).all()
        assert not np.isnan(got[(times > start_s + 1.5) & (times < start_s + 2.9)]).any()


@pytest.mark.parametrize("gap_s", [0.1, 0.4, 1.0])
def test_a_body_that_moved_in_a_gap_does_not_shake(gap_s: float) -> None:
    def scene(t_s: float) -> list[Pose]:
        return [seen(lying(80.0 if t_s < 3.0 else 70.0), at_m=-0.7, noise_px=0.2, seed=seed_of(t_s))]

    times = steady(5.0, 30)
    times = times[(times < 3.0) | (times >= 3.0 + gap_s)]
    assert np.nanmax(tremor(scene, times)) < SHAKING / 2


def test_a_leg_that_is_raised_quickly_does_not_shake() -> None:
    def scene(t_s: float) -> list[Pose]:
        figure = lying(10.0 + 70.0 * ease(t_s, 1.0, 2.0), stretched=1)
        return [seen(figure, at_m=-0.7, noise_px=0.2, seed=seed_of(t_s))]

    assert np.nanmax(tremor(scene, steady(4.0, 30))) < SHAKING


@pytest.mark.parametrize("joint", [KNEE, ANKLE, 0, 2])
def test_a_point_that_jumps_and_comes_back_does_not_shake(joint: int) -> None:
    def scene(t_s: float) -> list[Pose]:
        jump = 0.3 * LEG_PX if abs(t_s - 2.0) < 0.01 else 0.0
        return [moved(still(t_s)[0], [int(TREMOR_JOINTS[joint])], (jump, 0.0))]

    times = steady(5.0, 30)
    got = tremor(scene, times)[:, joint]
    assert np.nanmax(got) < SHAKING / 2
    assert unknown(got[times > 3.5]) == 0.0


def test_a_point_that_jumps_again_and_again_is_not_followed() -> None:
    def scene(t_s: float) -> list[Pose]:
        random = np.random.default_rng(seed_of(t_s))
        return [
            moved(still(t_s)[0], [RIGHT_KNEE], tuple(0.2 * LEG_PX * random.normal(0, 1, 2) * (random.random() < 0.3)))
        ]

    times = steady(6.0, 30)
    got = tremor(scene, times)
    assert unknown(got[times > 1.0][:, KNEE]) > 0.9
    assert unknown(got[times > 1.0][:, [0, 1, 2, 3, 4, ANKLE]]) == 0.0


def test_the_noise_of_a_very_dark_picture_is_not_shaking() -> None:
    def dark(t_s: float) -> list[Pose]:
        return [seen(lying(80.0, stretched=1), at_m=-0.7, noise_px=0.03 * LEG_PX, seed=seed_of(t_s))]

    got = tremor(dark, steady(6.0, 30))
    assert unknown(got[30:]) > 0.85


def jittering(scene: Scene) -> Scene:
    """The raised leg of the scene is half hidden: its points are half a centimetre off, in every picture anew."""

    def half_hidden(t_s: float) -> list[Pose]:
        pose, random = scene(t_s)[0], np.random.default_rng(seed_of(t_s) + 1)
        for point in (RIGHT_KNEE, RIGHT_ANKLE):
            pose = moved(pose, [point], tuple(0.5 * CM_PX * random.normal(0, 1, 2)))
        return [pose]

    return half_hidden


@pytest.mark.parametrize("fps", [25, 30, 60])
def test_points_that_jitter_at_all_frequencies_do_not_shake_and_shaking_is_told_from_it(fps: float) -> None:
    times = steady(6.0, fps)
    late = times > 2.0
    jitter = np.median(tremor(jittering(still), times)[late][:, [KNEE, ANKLE]])
    both = np.median(tremor(jittering(shaking), times)[late][:, [KNEE, ANKLE]])
    alone = np.median(tremor(shaking, times)[late][:, [KNEE, ANKLE]])
    assert jitter < SHAKING / 3
    assert both == pytest.approx(alone, rel=0.25)


def test_legs_exchanged_for_a_picture_do_not_shake() -> None:
    def scene(t_s: float) -> list[Pose]:
        return [exchanged(still(t_s)[0])] if round(t_s * 30) % 20 == 7 else still(t_s)

    got = tremor(scene, steady(6.0, 30))
    assert np.nanmax(got) < SHAKING / 3
    assert unknown(got[30:]) == 0.0


def test_a_joint_that_was_unsure_is_unknown_for_a_while() -> None:
    def scene(t_s: float) -> list[Pose]:
        one = still(t_s)[0]
        visibility = one.visibility.copy()
        visibility[RIGHT_ANKLE] = 0.3 if 2.0 <= t_s < 2.2 else 0.95
        return [replace(one, visibility=visibility)]

    times = steady(4.0, 30)
    hidden = np.isnan(tremor(scene, times))
    assert hidden[(times >= 2.0) & (times < 2.4), ANKLE].all()
    assert not hidden[times > 2.6, ANKLE].any()
    assert not hidden[times > 0.6, KNEE].any()


def test_what_a_joint_did_while_it_was_hidden_is_not_its_shaking() -> None:
    def scene(t_s: float) -> list[Pose]:
        one = shaking(t_s)[0] if t_s < 2.5 else still(t_s)[0]
        visibility = one.visibility.copy()
        visibility[RIGHT_ANKLE] = 0.3 if t_s < 2.5 else 0.95
        return [replace(one, visibility=visibility)]

    times = steady(4.0, 30)
    assert np.nanmax(tremor(scene, times)[times > 2.5, ANKLE]) < SHAKING / 2


def test_stamps_rounded_to_milliseconds_change_nothing() -> None:
    for scene in (still, shaking):
        for fps in (30, 60, 120, 240):
            times = steady(4.0, fps)
            exact, rounded = tremor(scene, times)[times > 1], tremor(scene, times, np.round(times, 3))[times > 1]
            assert unknown(rounded) == 0.0
            np.testing.assert_allclose(rounded, exact, rtol=0.3, atol=0.02)


def test_a_phone_whose_rate_drifts_still_sees_shaking_and_makes_none() -> None:
    random = np.random.default_rng(2)
    times = np.cumsum(random.uniform(1 / 34.0, 1 / 27.0, 180))
    assert tremor(shaking, times)[60:, ANKLE].min() > SHAKING
    assert np.nanmax(tremor(still, times)) < SHAKING / 3


@pytest.mark.parametrize("lost", [0.03, 0.1])
def test_a_lost_picture_now_and_then_is_bridged(lost: float) -> None:
    times = steady(8.0, 30)
    kept = times[np.random.default_rng(4).random(len(times)) >= lost]
    quiet, loud = tremor(still, kept)[60:], tremor(shaking, kept)[60:, ANKLE]
    assert np.nanmax(quiet) < SHAKING / 3
    assert unknown(loud) < 0.5
    assert np.nanmedian(loud) > SHAKING


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lost", [0.3, 0.4, 0.5])
def test_a_faster_camera_that_loses_many_pictures_ends_nothing_and_makes_no_shaking(lost: float, seed: int) -> None:
    """Its usual step may be too long for the bands although it counts as fast."""
    times = steady(6.0, 37)
    kept = times[np.random.default_rng(seed).random(len(times)) >= lost]
    got = tremor(still, kept)
    assert unknown(got) == 1.0 or np.nanmax(got) < SHAKING / 2


def test_pictures_stamped_as_they_arrive_tell_nothing() -> None:
    times = steady(6.0, 30)
    bursts = np.ceil(times / 0.25) * 0.25 + (np.arange(len(times)) % 8) * 0.001
    late = times + np.random.default_rng(6).uniform(0.0, 0.06, len(times))
    for stamps in (bursts, np.maximum.accumulate(late)):
        for scene in (still, shaking):
            got = tremor(scene, times, stamps)
            assert unknown(got[30:]) > 0.85
            assert not np.nanmax(np.append(got[30:], 0.0)) > 1.0
    walking = tremor(lambda t: [seen(lying(80.0), at_m=-0.7 + 0.2 * t)], times, bursts)
    assert unknown(walking[30:]) > 0.85


def test_a_camera_that_shakes_is_not_the_body() -> None:
    def scene(t_s: float) -> list[Pose]:
        way = 2.0 * CM_PX * math.sin(2 * math.pi * 6.0 * t_s)
        return [moved(still(t_s)[0], range(33), (way, way))]

    assert np.nanmax(tremor(scene, steady(4.0, 30))[30:]) < SHAKING / 3


@pytest.mark.parametrize("fps", [25, 30, 60, 120])
@pytest.mark.parametrize(
    ("shakes", "noise_px", "outcome"), [(True, 0.2, "off"), (False, 0.2, "ok"), (False, 4.0, "unseen")]
)
def test_what_the_rule_makes_of_it(fps: float, *, shakes: bool, noise_px: float, outcome: str) -> None:
    def scene(t_s: float) -> list[Pose]:
        figure = lying(80.0 * in_and_out(t_s), stretched=1)
        pose = seen(figure, at_m=-0.7, yaw_deg=6.0, noise_px=noise_px, seed=seed_of(t_s))
        way = 1.5 * CM_PX * math.sin(2 * math.pi * 6.0 * t_s) if shakes and 6.0 < t_s < 10.0 else 0.0
        return [moved(pose, (26, 28, 30, 32), (way, 0.0))]

    report = report_of(shot(scene, steady(18.0, fps)), "supine")
    assert result(report, "steady").outcome == outcome
