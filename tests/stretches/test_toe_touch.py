"""Every rule of the toe touch: good, off, unseen."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import PoseFrame
from tests.figures import film, folded, in_and_out
from tests.judged import alerted, report_of, result

FEET = (27, 28, 29, 30, 31, 32)
NEAR_LEG = (25, 26, 27, 28)


def toe_touch(
    seconds: float = 17.0, *, yaw_deg: float = 0.0, hidden: tuple[int, ...] = (), fps: float = 30.0, **deep: float
) -> list[PoseFrame]:
    """A toe touch of 12 s whose depth is reached with the given values."""
    knee, setback, trunk = deep.get("knee_deg", 176.0), deep.get("setback", 0.14), deep.get("trunk_deg", 125.0)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = folded(1.0 + depth * (trunk - 1.0), 178.0 + depth * (knee - 178.0), depth * setback)
        return figure.pose(yaw_deg=yaw_deg, hidden=hidden)

    return film(scene, seconds, fps)


def test_a_good_toe_touch_is_held_and_has_no_alert() -> None:
    report = report_of(toe_touch(), "toe-touch")
    assert report.alerts == ()
    assert len(report.holds) == 1
    assert report.holds[0].held_s == pytest.approx(12.0, abs=1.0)
    for rule in ("hips-over-feet", "knees-straight", "no-bounce", "steady", "come-up-safely"):
        assert result(report, rule).outcome == "ok", rule


def test_a_rounded_back_is_no_fault_here() -> None:
    # A shorter trunk line is all that rounding leaves of it in the points.
    assert report_of(toe_touch(trunk_deg=110.0), "toe-touch").alerts == ()


@pytest.mark.parametrize("setback", [0.30, 0.36])
def test_hips_far_behind_the_feet_are_named(setback: float) -> None:
    report = report_of(toe_touch(setback=setback), "toe-touch")
    assert alerted(report) == {"hips-over-feet"}
    alert = report.alerts[0]
    assert alert.level == "warn"
    assert alert.value == pytest.approx(setback, abs=0.02)
    assert alert.limit is not None and alert.limit < setback


def test_hips_over_feet_is_silent_without_feet() -> None:
    report = report_of(toe_touch(setback=0.36, hidden=FEET), "toe-touch")
    assert result(report, "hips-over-feet").outcome == "unseen"
    assert "hips-over-feet" not in alerted(report)


def test_hips_over_feet_is_silent_in_a_shallow_fold() -> None:
    report = report_of(toe_touch(setback=0.36, trunk_deg=80.0), "toe-touch")
    assert result(report, "hips-over-feet").outcome == "unseen"
    assert result(report, "hips-over-feet").why_unseen == "not deep enough in the stretch to tell"


def test_hips_over_feet_is_silent_with_the_hands_on_a_prop() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        hand = np.array([0.75, 0.5]) if depth > 0.2 else None
        return folded(1.0 + depth * 109.0, setback=depth * 0.36, hand=hand).pose()

    report = report_of(film(scene, 17.0), "toe-touch")
    assert result(report, "hips-over-feet").why_unseen == "the hands rest on something"


def test_bent_knees_are_a_hint_and_soft_knees_are_none() -> None:
    bent = report_of(toe_touch(knee_deg=135.0, setback=0.10), "toe-touch")
    assert "knees-straight" in alerted(bent)
    assert result(bent, "knees-straight").level == "hint"
    assert "knees-straight" not in alerted(report_of(toe_touch(knee_deg=164.0), "toe-touch"))


def test_knees_are_unseen_when_both_legs_are_hidden() -> None:
    report = report_of(toe_touch(knee_deg=135.0, hidden=NEAR_LEG), "toe-touch")
    assert result(report, "knees-straight").outcome == "unseen"


def test_rules_of_the_side_view_are_silent_from_the_front() -> None:
    report = report_of(toe_touch(setback=0.36, knee_deg=135.0, yaw_deg=75.0), "toe-touch")
    assert not alerted(report) & {"hips-over-feet", "knees-straight"}
    assert not report.view.usable
    assert report.view.advice == "turn your side to the camera"


def bouncing(size_deg: float, hz: float, fps: float = 30.0) -> list[PoseFrame]:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        swing = depth * size_deg / 2 * math.sin(2 * math.pi * hz * t_s)
        return folded(1.0 + depth * 109.0 + swing, setback=depth * 0.14).pose()

    return film(scene, 17.0, fps)


@pytest.mark.parametrize("hz", [0.7, 1.5, 2.5])
def test_bouncing_is_named(hz: float) -> None:
    report = report_of(bouncing(10.0, hz), "toe-touch")
    assert "no-bounce" in alerted(report)
    alert = next(alert for alert in report.alerts if alert.rule == "no-bounce")
    assert alert.value == pytest.approx(10.0, rel=0.25)
    assert alert.count == pytest.approx(12.0 * hz, rel=0.35)


@pytest.mark.parametrize(("size", "hz"), [(2.0, 1.5), (10.0, 0.1)])
def test_breathing_and_slow_sinking_are_no_bouncing(size: float, hz: float) -> None:
    assert "no-bounce" not in alerted(report_of(bouncing(size, hz), "toe-touch"))


def test_bouncing_is_unseen_with_too_few_pictures() -> None:
    report = report_of(bouncing(10.0, 1.5, fps=10.0), "toe-touch")
    assert result(report, "no-bounce").outcome == "unseen"
    assert result(report, "no-bounce").why_unseen == "too few pictures a second for this"


def shaking(size_cm: float, fps: float = 30.0, *, camera: bool = False) -> list[PoseFrame]:
    generator = np.random.default_rng(1)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = folded(1.0 + depth * 109.0, setback=depth * 0.14)
        shake = size_cm / 100 * math.sin(2 * math.pi * 6.0 * t_s) if 6.0 < t_s < 10.0 else 0.0
        pose = figure.pose(shift_px=(0.0, shake * 170.0) if camera else (0.0, 0.0))
        points = pose.points_px + generator.normal(0.0, 0.3, (33, 2))
        if not camera:
            points[[11, 12, 13, 14, 15, 16], 1] += shake * 170.0
        return type(pose)(points_px=points, depth_px=pose.depth_px, visibility=pose.visibility)

    return film(scene, 17.0, fps)


def test_shaking_is_named_with_its_time() -> None:
    report = report_of(shaking(2.5), "toe-touch")
    alert = next(alert for alert in report.alerts if alert.rule == "steady")
    assert alert.level in ("warn", "unsafe")
    assert 6.0 <= alert.start_s <= 8.5
    assert alert.end_s <= 12.0


def test_a_steady_hold_is_not_shaking() -> None:
    assert result(report_of(shaking(0.0), "toe-touch"), "steady").outcome == "ok"


def test_a_shaking_camera_is_not_a_shaking_person() -> None:
    assert "steady" not in alerted(report_of(shaking(2.5, camera=True), "toe-touch"))


def test_shaking_is_unseen_below_25_pictures_a_second() -> None:
    report = report_of(shaking(2.5, fps=20.0), "toe-touch")
    assert result(report, "steady").outcome == "unseen"


def test_jerking_up_is_a_hint() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s) if t_s < 15.0 else max(0.0, 1.0 - (t_s - 15.0) / 0.6)
        return folded(1.0 + depth * 124.0, setback=depth * 0.14).pose()

    report = report_of(film(scene, 18.0), "toe-touch")
    assert alerted(report) == {"come-up-safely"}
    assert report.alerts[0].level == "hint"


def test_reach_is_progress_in_leg_lengths() -> None:
    report = report_of(toe_touch(), "toe-touch")
    reach = next(one for one in report.progress if one.name == "reach")
    assert reach.value is not None
    assert 0.0 <= reach.value < 0.6
    assert not any(rule.id == "reach" for rule in report.rules)
