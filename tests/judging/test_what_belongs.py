"""What belongs to a hold, to a bounce, to a fault: told by what a user would find wrong in the report."""

from __future__ import annotations

import math

import pytest

from formcheck.core.feedback import Report
from formcheck.core.poses import Pose, PoseFrame
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.judging.hold import HoldClock, RunningHold
from tests.figures import ease, folded, in_and_out, lying
from tests.judged import report_of, result
from tests.judging.test_faults import alerts, clock_of
from tests.perspective import moved, seed_of, seen, shot, steady


def held(depth_deg, seconds: float, fps: float) -> RunningHold:
    """The one hold of somebody who is in position down to 20 degrees."""
    clock, holds = HoldClock(30.0), []
    for t_s in steady(seconds, fps).tolist():
        ended = clock.update(t_s, depth_deg(t_s), in_position=depth_deg(t_s) > 20.0).ended
        holds += [ended] if ended else []
    (hold,) = holds
    return hold


@pytest.mark.parametrize("fps", [10.0, 30.0, 120.0])
@pytest.mark.parametrize("way_s", [1.0, 2.0, 4.0])
def test_no_degree_of_the_way_out_is_taken_for_held(way_s: float, fps: float) -> None:
    depth_deg = lambda t: 60.0 * (1 - ease(t, 10.0, 10.0 + way_s))  # noqa: E731
    hold = held(depth_deg, 16.0, fps)
    assert depth_deg(hold.counted_to_s) == pytest.approx(60.0, abs=1.0)
    assert hold.counted_to_s == pytest.approx(10.0, abs=0.35)


@pytest.mark.parametrize("fps", [10.0, 30.0, 120.0])
@pytest.mark.parametrize("rate", [8.0, 20.0])
def test_the_way_out_of_somebody_who_bounces_is_not_held_either(rate: float, fps: float) -> None:
    def depth_deg(t_s: float) -> float:
        if t_s < 12.0:
            return 60.0 + 6.0 * math.sin(2 * math.pi * 1.25 * t_s)
        return max(0.0, 60.0 - rate * (t_s - 12.0))

    assert held(depth_deg, 24.0, fps).counted_to_s == pytest.approx(12.0, abs=0.2 + 4.0 / rate)


def bouncing(*spells: tuple[float, float], hz: float = 1.0, nobody: tuple[float, float] = (0.0, 0.0)) -> Report:
    """A toe touch held from 3 to 17 s, bouncing by 12 degrees in these spells of time."""

    def scene(t_s: float) -> list[Pose]:
        if nobody[0] <= t_s < nobody[1]:
            return []
        depth = in_and_out(t_s, 14.0)
        swing = next((math.sin(2 * math.pi * hz * (t_s - on)) for on, off in spells if on <= t_s < off), 0.0)
        figure = folded(1 + 114 * depth + 6.0 * swing, setback=0.14 * depth)
        return [seen(figure, noise_px=0.2, seed=seed_of(t_s), at_m=0.6)]

    return report_of(shot(scene, steady(20.0, 30)), "toe-touch")


def test_swaying_more_slowly_than_two_cycles_in_three_seconds_is_not_called_bouncing() -> None:
    report = bouncing((5.0, 16.0), hz=0.58)
    assert report.alerts == ()
    assert result(report, "no-bounce").outcome == "ok"


def test_a_bounce_is_told_from_when_it_began_and_not_from_swings_long_before() -> None:
    (alert,) = bouncing((6.0, 7.4), (9.2, 14.0), nobody=(7.4, 9.2)).alerts
    assert (alert.rule, alert.start_s) == ("no-bounce", pytest.approx(9.2, abs=0.3))


@pytest.mark.parametrize("fine_s", [4.2, 5.6])
def test_a_fault_that_comes_back_within_five_seconds_is_told_once(fine_s: float) -> None:
    told = alerts(clock_of((140, 2), (170, fine_s), (140, 2)))
    assert len(told) == (1 if fine_s < 5.0 else 2)


def from_the_first_picture(*, shakes: bool) -> list[PoseFrame]:
    """A leg that is up when the film begins; it shakes by 1.5 cm six times a second, or not."""

    def scene(t_s: float) -> list[Pose]:
        pose = seen(lying(80.0, stretched=1), at_m=-0.7, noise_px=0.2, seed=seed_of(t_s))
        way = 2.6 * math.sin(2 * math.pi * 6.0 * t_s) if shakes else 0.0
        return [moved(pose, (26, 28, 30, 32), (way, 0.0))]

    return shot(scene, steady(10.0, 30))


@pytest.mark.parametrize("shakes", [True, False])
def test_shaking_is_not_judged_of_somebody_who_was_never_seen_at_rest(*, shakes: bool) -> None:
    report = report_of(from_the_first_picture(shakes=shakes), "supine")
    assert len(report.holds) == 1
    assert result(report, "steady").outcome == "unseen"
    assert result(report, "steady").why_unseen == REASON_TEXT[Reason.NOT_LEARNT]


@pytest.mark.parametrize(("stay_s", "counts"), [(1.6, False), (2.5, True)])
def test_a_stay_of_less_than_two_seconds_is_no_hold_of_the_stretch_that_was_named(
    stay_s: float, *, counts: bool
) -> None:
    def scene(t_s: float) -> list[Pose]:
        figure = folded(115.0, setback=0.14) if 2.0 <= t_s < 2.0 + stay_s else folded(1.0, setback=0.0)
        return [seen(figure, noise_px=0.2, seed=seed_of(t_s), at_m=0.6)]

    report = report_of(shot(scene, steady(8.0, 30)), "toe-touch")
    assert len(report.holds) == counts
    assert all(hold.held_s == pytest.approx(stay_s, abs=0.3) for hold in report.holds)


def test_three_pictures_that_agree_are_enough_for_a_fault() -> None:
    assert len(alerts(clock_of((170, 4), (140, 3), (170, 4), fps=1.0))) == 1


def test_a_fault_goes_on_while_the_leg_is_hidden_for_a_moment_and_ends_after_a_second() -> None:
    for hidden_s, goes_on in ((0.8, True), (1.4, False)):
        clock = clock_of((140, 2), (math.nan, hidden_s))
        assert clock.on == goes_on


def test_a_fault_is_over_when_all_was_well_for_half_a_second() -> None:
    for fine_s, over in ((0.4, False), (0.7, True)):
        assert clock_of((140, 2), (170, fine_s)).on != over


def test_what_is_shown_live_is_the_fault_as_the_report_tells_it() -> None:
    clock = clock_of((170, 1), (140, 3))
    now = clock.told(4.0, 0.0)
    assert now is not None
    assert now.alert() == clock.faults[0].alert()
    assert (now.start_s, now.end_s) == (pytest.approx(1.0), pytest.approx(4.0, abs=0.05))
    assert clock_of((170, 1), (140, 3), (170, 2)).told(6.0, 0.0) is None
    assert clock_of((170, 2)).told(2.0, 4.0) is None


def test_what_takes_a_moment_is_told_for_a_while_after_it_was_seen() -> None:
    clock = clock_of((170, 1), (140, 3), (170, 2))
    now = clock.told(6.0, 4.0)
    assert now is not None
    assert now.end_s == pytest.approx(4.0, abs=0.05)
    assert clock.told(8.5, 4.0) is None


def test_a_warning_of_bouncing_says_how_often() -> None:
    (alert,) = bouncing((6.0, 12.0)).alerts
    assert alert.count is not None and 5 <= alert.count <= 6
