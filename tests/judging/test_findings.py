"""What is told of several holds together: the best, the worst, of which side, and why something was not seen."""

from __future__ import annotations

import math

import pytest

from formcheck.core.feedback import Report
from formcheck.core.poses import Pose
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Verdict
from formcheck.judging.faults import FaultClock, Observation
from formcheck.judging.findings import JudgedHold, alerts_of, rule_result
from formcheck.stretches import by_slug
from tests.figures import LEFT, RIGHT, ease, folded, in_and_out, lying
from tests.judged import judged, result
from tests.judging.test_faults import HELD, RULE, clock_of
from tests.perspective import seed_of, seen, shot, steady

EACH_S = 16.0


def leg_raises(first: tuple[int, float], second: tuple[int, float], *, target_s: float = 8.0) -> Report:
    """Two holds of 9 s, each given by leg and height in degrees."""

    def people(t_s: float) -> list[Pose]:
        leg, raise_deg = first if t_s < EACH_S else second
        figure = lying(-6.0 + (raise_deg + 6.0) * in_and_out(t_s % EACH_S, 9.0), stretched=leg)
        return [seen(figure, at_m=0.4, noise_px=0.3, seed=seed_of(t_s))]

    return judged(shot(people, steady(2 * EACH_S, 15)), "supine", target_s=target_s).report


@pytest.mark.parametrize(("first", "second"), [((RIGHT, 80.0), (LEFT, 70.0)), ((LEFT, 60.0), (RIGHT, 75.0))])
def test_the_range_is_told_for_each_side_and_the_furthest_is_that_of_its_side_and_time(
    first: tuple[int, float], second: tuple[int, float]
) -> None:
    report = leg_raises(first, second)
    progress, _ = report.progress
    best = max(first, second, key=lambda one: one[1])
    assert progress.side == ("left", "right")[best[0]]
    assert progress.value == pytest.approx(best[1], abs=1.0)
    hold = next(hold for hold in report.holds if hold.side == progress.side)
    assert progress.t_s is not None and hold.start_s <= progress.t_s <= hold.end_s
    assert [side for side, _ in progress.by_side] == ["left", "right"]
    assert dict(progress.by_side) == {
        ("left", "right")[leg]: pytest.approx(raise_deg, abs=1.0) for leg, raise_deg in (first, second)
    }


def test_of_two_holds_of_one_side_the_further_one_is_told() -> None:
    for first_deg, second_deg in ((60.0, 75.0), (75.0, 60.0)):
        progress, _ = leg_raises((RIGHT, first_deg), (RIGHT, second_deg)).progress
        assert progress.value == pytest.approx(75.0, abs=1.0)
        assert [side for side, _ in progress.by_side] == ["right"]


@pytest.mark.parametrize(("target_s", "outcome"), [(8.0, "ok"), (12.0, "not-reached")])
def test_the_hold_time_is_that_of_the_longest_hold_and_not_of_all(target_s: float, outcome: str) -> None:
    report = leg_raises((RIGHT, 80.0), (LEFT, 70.0), target_s=target_s)
    told = result(report, "hold-time")
    assert told.outcome == outcome
    assert told.worst == told.ok_s == max(hold.held_s for hold in report.holds)
    assert (told.limit, told.off_s, told.unseen_s, told.why_unseen) == (target_s, 0.0, 0.0, None)
    assert (told.measure, told.unit) == ("hold time", "s")
    assert [hold.reached for hold in report.holds] == [outcome == "ok"] * 2


def test_without_a_hold_there_is_no_hold_time() -> None:
    told = rule_result(by_slug("supine").rule("hold-time"), [], 30.0)
    assert (told.outcome, told.ok_s, told.worst, told.limit) == ("not-reached", 0.0, None, 30.0)


def hold_of(*clocks: FaultClock) -> list[JudgedHold]:
    for clock in clocks:
        clock.finish()
    return [
        JudgedHold(
            stretch=by_slug("supine"), hold=HELD, claimed_s=10.0, confidence=0.95, clocks={RULE.id: clock}, best=()
        )
        for clock in clocks
    ]


def test_a_rule_is_told_by_the_worst_and_the_sum_of_all_holds() -> None:
    told = rule_result(RULE, hold_of(clock_of((170, 4), (158, 2)), clock_of((165, 3), (math.nan, 1))), 30.0)
    assert (told.worst, told.limit, told.outcome) == (158, 155.0, "ok")
    assert (told.ok_s, told.off_s, told.unseen_s) == (
        pytest.approx(9.0), pytest.approx(0.0), pytest.approx(1.0),
    )  # fmt: skip
    off = rule_result(RULE, hold_of(clock_of((170, 4)), clock_of((140, 3))), 30.0)
    assert (off.outcome, off.worst, off.off_s) == ("off", 140, pytest.approx(3.0))
    assert (off.id, off.level, off.measure, off.unit, off.why_unseen) == (
        RULE.id, RULE.level, RULE.measure, RULE.unit, None,
    )  # fmt: skip


def unseen_for(*spells: tuple[Reason, float]) -> FaultClock:
    clock, t_s = FaultClock(RULE), 0.0
    for reason, seconds in spells:
        for _ in range(round(seconds * 10)):
            verdict = Verdict.OK if reason == Reason.SEEN else Verdict.UNSEEN
            clock.update(t_s, 0.1, 0.3, Observation(verdict, 170.0, 155.0, -15.0, reason))
            t_s += 0.1
    return clock


@pytest.mark.parametrize(
    ("clocks", "why"),
    [
        ([unseen_for((Reason.LEG_HIDDEN, 3.0), (Reason.FEET_OUT, 2.0))], Reason.LEG_HIDDEN),
        ([unseen_for((Reason.FEET_OUT, 3.0), (Reason.LEG_HIDDEN, 2.0))], Reason.FEET_OUT),
        ([unseen_for((Reason.FEET_OUT, 2.0), (Reason.LEG_HIDDEN, 3.0), (Reason.FEET_OUT, 2.0))], Reason.FEET_OUT),
        ([unseen_for((Reason.FEET_OUT, 2.0)), unseen_for((Reason.LEG_HIDDEN, 3.0))], Reason.LEG_HIDDEN),
        (
            [unseen_for((Reason.FEET_OUT, 3.0)), unseen_for((Reason.LEG_HIDDEN, 2.0), (Reason.FEET_OUT, 1.0))],
            Reason.FEET_OUT,
        ),
        ([unseen_for((Reason.SEEN, 0.5), (Reason.LEG_HIDDEN, 0.8))], Reason.LEG_HIDDEN),
        ([unseen_for((Reason.SEEN, 0.8), (Reason.LEG_HIDDEN, 0.5))], Reason.TOO_SHORT),
    ],
)
def test_the_reason_that_is_told_is_the_one_that_lasted_longest(clocks: list[FaultClock], why: Reason) -> None:
    told = rule_result(RULE, hold_of(*clocks), 30.0)
    assert (told.outcome, told.why_unseen) == ("unseen", REASON_TEXT[why])


def test_what_was_bad_but_too_short_counts_against_ok() -> None:
    told = rule_result(RULE, hold_of(clock_of((170, 1.5), (140, 0.9), (math.nan, 2), (140, 0.9))), 30.0)
    assert (told.outcome, told.worst) == ("unseen", 170)
    mixed = rule_result(RULE, hold_of(clock_of((170, 2.2), (140, 0.8), (math.nan, 1.2))), 30.0)
    assert (mixed.outcome, mixed.why_unseen) == ("ok", REASON_TEXT[Reason.LEG_HIDDEN])


def test_alerts_come_in_the_order_of_time_whatever_rule_they_are_of() -> None:
    early, late = clock_of((140, 3)), clock_of((170, 5), (150, 3))
    (one,) = hold_of(late)
    one.clocks["another"] = early
    assert [alert.start_s for alert in alerts_of([one])] == [pytest.approx(0.0), pytest.approx(5.0)]
    (first, second) = alerts_of([one])
    assert (first.rule, first.measure, first.unit, first.level) == (RULE.id, RULE.measure, RULE.unit, "warn")
    assert second.level == "hint"


def test_coming_up_that_was_not_filmed_is_said_to_be_missing() -> None:
    def people(t_s: float) -> list[Pose]:
        depth = ease(t_s, 1.0, 3.0)
        return [seen(folded(1 + 114 * depth, setback=0.14 * depth), noise_px=0.3, seed=seed_of(t_s))]

    told = result(judged(shot(people, steady(9.0, 30)), "toe-touch").report, "come-up-safely")
    assert (told.outcome, told.why_unseen) == ("unseen", REASON_TEXT[Reason.NOT_LEFT])


@pytest.mark.parametrize(("for_s", "told"), [(0.5, False), (1.8, True)])
def test_further_for_a_moment_is_not_reached(for_s: float, *, told: bool) -> None:
    def people(t_s: float) -> list[Pose]:
        further = 8.0 * (ease(t_s, 7.0, 7.2) - ease(t_s, 7.2 + for_s, 7.4 + for_s))
        return [seen(lying(-6.0 + 80.0 * in_and_out(t_s) + further, stretched=RIGHT), noise_px=0.2, seed=seed_of(t_s))]

    progress, _ = judged(shot(people, steady(17.0, 30)), "supine").report.progress
    assert progress.value == pytest.approx(82.0 if told else 74.0, abs=1.5)


@pytest.mark.parametrize(
    ("first", "stop_s", "told"),
    [
        (0.45, 0.3, False),
        (0.45, 0.8, True),
        (0.45, 1.2, True),
        (0.45, 1.6, True),
        (0.65, 0.3, False),
        (0.65, 1.5, True),
    ],
)
def test_coming_up_in_stops_and_starts_is_a_hint(first: float, stop_s: float, *, told: bool) -> None:
    def people(t_s: float) -> list[Pose]:
        up = first * ease(t_s, 10.0, 11.0) + (1 - first) * ease(t_s, 11.0 + stop_s, 12.2 + stop_s)
        depth = ease(t_s, 1.0, 3.0) - up
        figure = folded(1 + 114 * depth, setback=0.14 * depth)
        return [seen(figure, at_m=0.5, noise_px=0.2, seed=seed_of(t_s))]

    report = judged(shot(people, steady(16.0, 30)), "toe-touch").report
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("come-up-safely", "hint")] * told
    assert all(11.0 < alert.start_s < 12.2 + stop_s for alert in report.alerts)
