"""What went wrong once, each told as a user would meet it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.judging.hold import HoldClock
from formcheck.tracking.body import BodyTracker
from tests.figures import film, folded, frame, in_and_out, lying, upright
from tests.judged import alerted, judged, report_of, result


@pytest.mark.parametrize("rate", [1.0, 3.0, 4.5])
def test_a_stretch_that_deepens_slowly_is_one_hold(rate: float) -> None:
    clock, holds = HoldClock(30.0), []
    for i in range(20 * 30):
        ended = clock.update(i / 30, 40.0 + rate * i / 30, in_position=True).ended
        holds += [ended] if ended else []
    holds.append(clock.finish())
    assert [hold.held_s for hold in holds if hold] == [pytest.approx(20.0, abs=1.0)]


def test_a_fast_way_up_is_told_then_and_not_in_the_next_hold() -> None:
    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s, 6.0) if t_s < 9.0 else max(0.0, 1.0 - (t_s - 9.0) / 0.5)
        depth = depth if t_s < 13.0 else in_and_out(t_s - 12.0, 8.0)
        return folded(1 + 120 * depth, setback=0.14 * depth).pose()

    one = judged(film(scene, 26.0), "toe-touch")
    told = [feedback.t_s for feedback in one.feedback if any(a.rule == "come-up-safely" for a in feedback.alerts)]
    assert told
    assert min(told) > 9.0
    assert max(told) < 17.0


def test_a_stay_too_short_for_a_hold_leaves_no_fault_behind() -> None:
    def scene(t_s: float) -> Pose:
        depth = min(1.0, max(0.0, (t_s - 1.0) / 0.4)) if t_s < 3.1 else max(0.0, 1.0 - (t_s - 3.1) / 0.4)
        return folded(1 + 120 * depth, setback=0.36 * depth).pose()

    report = report_of(film(scene, 8.0), "toe-touch")
    assert report.holds == report.alerts == ()
    assert {rule.outcome for rule in report.rules} == {"not-reached"}


@pytest.mark.parametrize(
    "joints", [(25, 27), (26, 28), (11, 12), (23, 24, 25, 26), (11, 12, 23, 24)], ids=lambda joints: str(joints)
)
def test_shaking_is_found_whatever_shakes(joints: tuple[int, ...]) -> None:
    generator = np.random.default_rng(4)

    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s)
        pose = folded(1 + 120 * depth, setback=0.14 * depth).pose()
        points = pose.points_px + generator.normal(0.0, 0.3, (33, 2))
        if 6.0 < t_s < 10.0:
            points[list(joints), 1] += 4.5 * math.sin(2 * math.pi * 6.0 * t_s)
        return type(pose)(points_px=points, depth_px=pose.depth_px, visibility=pose.visibility)

    assert "steady" in alerted(report_of(film(scene, 17.0), "toe-touch"))


def test_somebody_who_lies_in_the_background_does_not_take_over_a_standing_stretch() -> None:
    frames = []
    for i in range(17 * 30):
        depth = in_and_out(i / 30)
        person = folded(1 + 120 * depth, setback=0.14 * depth).pose(shift_px=(-150.0, 0.0))
        other = lying(-6.0).pose(shift_px=(220.0, 0.0))
        frames.append(frame(i, i / 30, person, other))
    assert [hold.held_s for hold in report_of(frames, "toe-touch").holds] == [pytest.approx(12.0, abs=1.0)]


def test_two_false_lying_people_do_not_change_who_is_followed() -> None:
    frames = []
    for i in range(17 * 30):
        depth = in_and_out(i / 30)
        people = [folded(1 + 120 * depth, setback=0.14 * depth).pose(shift_px=(-150.0, 0.0))]
        if i in (180, 330):
            people.append(lying(-6.0).pose(shift_px=(220.0, 0.0)))
        frames.append(frame(i, i / 30, *people))
    assert [hold.held_s for hold in report_of(frames).holds] == [pytest.approx(12.0, abs=1.0)]


def test_legs_that_are_only_guessed_make_no_stretch() -> None:
    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s)
        return folded(1 + 120 * depth, setback=0.14 * depth).pose(hidden=range(25, 33))

    assert report_of(film(scene, 17.0)).stretch is None
    told = report_of(film(scene, 17.0), "toe-touch")
    assert told.holds == ()
    assert result(told, "hips-over-feet").outcome == "unseen"


def test_a_garment_on_the_back_does_not_bend_the_trunk_line_far() -> None:
    def scene(t_s: float) -> Pose:
        hinge = in_and_out(t_s)
        return folded(45.0 * hinge, setback=0.1 * hinge).pose(back=-0.05 + 0.6 * hinge)

    measures = judged(film(scene, 8.0), "toe-touch").measures
    assert measures.trunk_deg[180] > 29.5


def test_two_bad_frames_apart_are_no_fault() -> None:
    def scene(t_s: float) -> Pose | None:
        depth = in_and_out(t_s)
        if 7.0 < t_s < 7.9:
            return None
        knee = 120.0 if 6.95 < t_s <= 7.0 or 7.9 <= t_s < 7.95 else 176.0
        return folded(1 + 120 * depth, knee_deg=knee, setback=0.14 * depth).pose()

    assert "knees-straight" not in alerted(report_of(film(scene, 17.0), "toe-touch"))


def test_the_frame_rate_is_known_again_right_after_a_gap() -> None:
    tracker = BodyTracker()
    tracker.extend([frame(i, i / 30, upright().pose()) for i in range(60)])
    after = tracker.extend([frame(60 + i, 22.0 + i / 30, upright().pose()) for i in range(30)])
    assert (after.fps > 25.0).all()


@pytest.mark.parametrize("fps", [15.0, 20.0, 30.0])
def test_quick_bounces_are_found_at_usual_frame_rates(fps: float) -> None:
    def scene(t_s: float) -> Pose:
        depth = in_and_out(t_s)
        return folded(1 + depth * (109 + 4.5 * math.sin(2 * math.pi * 2.3 * t_s)), setback=0.14 * depth).pose()

    assert "no-bounce" in alerted(report_of(film(scene, 17.0, fps), "toe-touch"))
