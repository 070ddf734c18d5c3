"""Every rule of the toe touch: good, off, unseen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.core.poses import Pose, PoseFrame
from formcheck.core.rules import Verdict
from formcheck.criteria.balance import BALANCED_SETBACK, FOLD_DEG, setback_limits
from formcheck.stretches import by_slug
from tests.figures import HEIGHT, SOURCE, WIDTH, Figure, ease, film, folded, frame, in_and_out
from tests.judged import alerted, last, measured, report_of, result

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


@pytest.mark.parametrize("trunk", [62.0, 80.0, 96.0])
def test_a_shallow_fold_is_judged_as_well_and_its_hips_belong_further_back(trunk: float) -> None:
    balanced = 0.32 * math.sin(math.radians(trunk)) - 0.08
    fine = report_of(toe_touch(setback=balanced, trunk_deg=trunk), "toe-touch")
    assert result(fine, "hips-over-feet").outcome == "ok"
    assert fine.alerts == ()
    behind = report_of(toe_touch(setback=0.45, trunk_deg=trunk), "toe-touch")
    assert [(alert.rule, alert.level) for alert in behind.alerts] == [("hips-over-feet", "warn")]
    assert (
        result(report_of(toe_touch(setback=0.45, trunk_deg=trunk, hidden=FEET), "toe-touch"), "hips-over-feet").outcome
        == "unseen"
    )


@pytest.mark.parametrize("trunk", FOLD_DEG.tolist())
def test_the_balance_table_puts_the_middle_of_the_foot_under_the_body(trunk: float) -> None:
    setback = float(np.interp(trunk, FOLD_DEG, BALANCED_SETBACK))
    measures = measured(folded(trunk, knee_deg=179.9, setback=setback).pose())
    assert last(measures.com_on_foot) == pytest.approx(0.47, abs=0.03)


def test_who_folds_to_where_shallow_ends_is_told_as_well() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        trunk = 1.0 + depth * 104.0 + 2.0 * math.sin(2 * math.pi * 0.3 * t_s)  # read as 100, give or take 2
        return folded(trunk, setback=0.31 * depth).pose()

    assert "hips-over-feet" in alerted(report_of(film(scene, 17.0), "toe-touch"))


def behind(trunk: float, beyond: float) -> Figure:
    """A body folded so far, its hips so many leg lengths further behind the feet than balance asks for."""
    return folded(trunk, setback=float(np.interp(trunk, FOLD_DEG, BALANCED_SETBACK)) + beyond)


def tilted(pose: Pose, tilt_deg: float) -> Pose:
    """The same to a camera that is tilted clockwise by so much."""
    angle, middle = math.radians(-tilt_deg), np.array([WIDTH / 2, HEIGHT / 2])
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return replace(pose, points_px=(pose.points_px - middle) @ turn.T + middle)


def told_of(trunk: float, beyond: float, tilt_deg: float = 0.0, facing: int = 1) -> list[str]:
    """The levels of what is said of the hips of such a body in a hold of 6 s."""
    there = float(np.interp(trunk, FOLD_DEG, BALANCED_SETBACK)) + beyond

    def scene(t_s: float):
        depth = in_and_out(t_s, hold_s=6.0)
        pose = folded(1.0 + depth * (trunk - 1.0), setback=depth * there).pose(facing=facing)
        return tilted(pose, tilt_deg)

    report = report_of(film(scene, 11.0, 15.0), "toe-touch")
    assert result(report, "hips-over-feet").outcome in ("ok", "off")
    return [alert.level.value for alert in report.alerts if alert.rule == "hips-over-feet"]


@pytest.mark.parametrize(
    ("trunk", "fine", "hint", "warn"), [(60.0, 0.07, 0.12, 0.20), (80.0, 0.08, 0.125, 0.20), (92.0, 0.06, 0.11, 0.18)]
)
def test_in_a_shallow_fold_only_weight_over_the_heels_is_more_than_a_hint(
    trunk: float, fine: float, hint: float, warn: float
) -> None:
    assert told_of(trunk, fine) == []
    assert told_of(trunk, hint) == ["hint"]
    assert told_of(trunk, warn) == ["warn"]


@pytest.mark.parametrize("trunk", [60.0, 80.0, 95.0])
@pytest.mark.parametrize(("facing", "tilt_deg"), [(1, 4.0), (1, 3.0), (-1, -4.0), (1, -4.0)])
def test_a_tilted_camera_makes_no_warning_of_a_shallow_fold(trunk: float, facing: int, tilt_deg: float) -> None:
    assert "warn" not in told_of(trunk, 0.03, tilt_deg, facing)


def verdict(figure: Figure, **limits: float) -> tuple[int, float]:
    """Verdict and limit of the hips of a body that stays so."""
    rule = by_slug("toe-touch").rule("hips-over-feet").with_limits(limits)
    measures = measured(figure.pose())
    reading = rule.reading(measures, np.zeros(len(measures.t_s), dtype=np.int64))
    return int(reading.verdict[-1]), float(reading.limit[-1])


def test_how_far_beyond_balance_a_shallow_fold_may_be_is_a_setting() -> None:
    assert verdict(behind(80.0, 0.13)) == (Verdict.HINT, pytest.approx(0.34, abs=0.01))
    assert verdict(behind(80.0, 0.13), hint=0.2) == (Verdict.BETWEEN, pytest.approx(0.44, abs=0.01))
    assert verdict(behind(80.0, 0.13), hint=0.2, warn=0.16)[0] == Verdict.OK
    # A warning needs one and a half times the margin of a hint, and the weight over the heels.
    assert verdict(behind(80.0, 0.10), hint=0.05)[0] == Verdict.WARN
    assert verdict(behind(80.0, 0.10), hint=0.05, heels=0.0)[0] == Verdict.HINT


def test_toward_a_deep_fold_the_limits_of_a_shallow_one_come_down_to_those_of_a_deep_one() -> None:
    measures = measured(behind(95.0, 0.3).pose())
    trunk = np.linspace(85.0, 99.99, len(measures.t_s))
    shallow = setback_limits(
        replace(measures, trunk_deg=trunk), by_slug("toe-touch").rule("hips-over-feet").limits_by_name
    )
    balanced = np.interp(trunk, FOLD_DEG, BALANCED_SETBACK)
    for limit, margin in ((shallow.hint, 0.10), (shallow.warn, 0.15)):
        assert limit[0] - balanced[0] == pytest.approx(margin)
        assert limit[-1] - balanced[-1] == pytest.approx(0.05, abs=0.001)
        assert np.abs(np.diff(limit)).max() < 0.01


def test_of_a_single_picture_a_shallow_fold_is_a_hint_at_most() -> None:
    for trunk, level in ((80.0, "hint"), (125.0, "warn")):
        picture = [frame(0, 0.0, folded(trunk, setback=0.45).pose())]
        found = judge(picture, replace(SOURCE, kind="photo", still=True), Options(stretch=by_slug("toe-touch")))
        assert [(alert.rule, alert.level) for alert in found.report.alerts] == [("hips-over-feet", level)]


def with_hand(trunk: float, setback: float, hand: np.ndarray) -> Report:
    """A toe touch with the hands in one place from when the trunk has begun to fold."""

    def scene(t_s: float):
        depth = in_and_out(t_s)
        return folded(1.0 + depth * (trunk - 1.0), setback=depth * setback, hand=hand if depth > 0.2 else None).pose()

    return report_of(film(scene, 17.0), "toe-touch")


@pytest.mark.parametrize(
    ("trunk", "hand"),
    [
        pytest.param(110.0, (0.75, 0.5), id="far ahead, deep"),
        pytest.param(70.0, (0.75, 0.5), id="far ahead, shallow"),
        pytest.param(110.0, (0.75, 0.15), id="far ahead on the floor"),
        pytest.param(80.0, (0.45, 0.75), id="on a low table just ahead"),
    ],
)
def test_hips_over_feet_is_silent_with_the_hands_on_a_prop(trunk: float, hand: tuple[float, float]) -> None:
    report = with_hand(trunk, 0.40, np.array(hand))
    assert result(report, "hips-over-feet").outcome == "unseen"
    assert result(report, "hips-over-feet").why_unseen == "the hands rest on something"


@pytest.mark.parametrize(("trunk", "ahead"), [(110.0, 0.2), (125.0, 0.35), (95.0, 0.45)])
def test_hands_at_the_toes_or_on_the_floor_before_them_are_no_prop(trunk: float, ahead: float) -> None:
    report = with_hand(trunk, 0.42, np.array([ahead, 0.15]))
    assert "hips-over-feet" in alerted(report)


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


def coming_up(hand: Callable[[Figure], np.ndarray] | None, up_s: float = 1.3, since_s: float = 12.5) -> Report:
    """Up from 120 degrees, with a rest at 70 from 13.0 to 14.2 s; from `since_s` on the hand is put there by `hand`."""

    def scene(t_s: float):
        if t_s < 12.0:
            trunk = 1.0 + 119.0 * in_and_out(t_s)
        else:
            trunk = 120.0 - 50.0 * ease(t_s, 12.0, 13.0) - 69.0 * ease(t_s, 14.2, 14.2 + up_s)
        figure = folded(trunk, setback=0.14 * min(1.0, trunk / 90.0))
        if hand is not None and since_s < t_s < 14.8:
            figure.wrist = hand(figure)
        return figure.pose()

    return report_of(film(scene, 18.0), "toe-touch")


RESTS = {
    "thighs": lambda figure: (figure.hip + 2.0 * figure.knee[0]) / 3.0 + np.array([0.08, 0.0]),
    "table": lambda _figure: np.array([0.55, 0.75]),
}


@pytest.mark.parametrize("where", list(RESTS))
def test_a_rest_with_the_hands_on_the_way_up_is_no_stop(where: str) -> None:
    assert coming_up(RESTS[where]).alerts == ()


def test_hands_that_are_put_on_the_thighs_after_a_stop_make_it_a_rest() -> None:
    assert coming_up(RESTS["thighs"], since_s=13.8).alerts == ()


def test_stops_and_starts_without_hands_are_a_hint_and_so_is_speed_with_them() -> None:
    assert alerted(coming_up(None)) == {"come-up-safely"}
    assert alerted(coming_up(RESTS["thighs"], up_s=0.5)) == {"come-up-safely"}


def test_reach_is_progress_in_leg_lengths() -> None:
    report = report_of(toe_touch(), "toe-touch")
    reach = next(one for one in report.progress if one.name == "reach")
    assert reach.value is not None
    assert 0.0 <= reach.value < 0.6
    assert not any(rule.id == "reach" for rule in report.rules)
