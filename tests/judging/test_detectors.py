"""The detectors fed with measures that are known: what each says frame by frame, at any rate, and why it is silent."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.reasons import Reason
from formcheck.core.rules import Target, Verdict
from formcheck.judging.detectors import ObservedFrame, detector_of
from formcheck.judging.detectors.sway import SwayDetector
from formcheck.judging.faults import Observation
from formcheck.kinematics.measurer import Measurer
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker
from tests.figures import lying, on_one_leg
from tests.perspective import seen, shot, steady

SQUAT = on_one_leg(40.0, -16.0, 174.0, -90.0, 120.0)


def still(seconds: float, fps: float = 30.0, *, leg_up: bool = False) -> Measures:
    """Somebody who holds still."""
    pose = seen(lying(70.0, stretched=1) if leg_up else SQUAT)
    return Measurer().extend(BodyTracker().extend(shot(lambda _: [pose], steady(seconds, fps))))


def watched(
    slug: str, rule_id: str, measures: Measures, held: Callable[[float], bool] = lambda _: True
) -> list[Observation | None]:
    """What the detector of a rule says of each frame."""
    stretch = by_slug(slug)
    detector = detector_of(stretch.rule(rule_id))
    assert detector is not None
    detector.extend(stretch, measures, Target())
    times = measures.t_s.tolist()
    steps = [0.0, *(later - t_s for t_s, later in itertools.pairwise(times))]
    return [
        detector.observe(ObservedFrame(i, t_s, step_s, held(t_s)))
        for i, (t_s, step_s) in enumerate(zip(times, steps, strict=True))
    ]


def values(said: list[Observation | None]) -> np.ndarray:
    return np.array([math.nan if one is None else one.value for one in said])


def passed(hz: float) -> float:
    """Root mean square of what the difference of two averages passes of a unit swing."""
    way = 2j * math.pi * hz
    return abs(1 / (1 + way * SwayDetector._FAST_S) - 1 / (1 + way * SwayDetector._SLOW_S)) / math.sqrt(2.0)


def swaying(size: Callable[[np.ndarray], np.ndarray], seconds: float = 12.0, fps: float = 30.0) -> Measures:
    """Hips off the foot by so many leg lengths."""
    measures = still(seconds, fps)
    return replace(measures, hip_sway=0.1 + size(measures.t_s))


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("hz", [0.5, 0.9, 1.5])
def test_swaying_reads_how_many_times_the_quiet_it_is(hz: float, fps: float) -> None:
    sway = lambda t: np.where(t > 4.0, 0.03 * np.sin(2 * np.pi * hz * t), 0.0)  # noqa: E731
    said = watched("bench-squat", "balance", swaying(sway, fps=fps))
    times = values(said)
    t_s = steady(12.0, fps)
    assert times[(t_s > 1.0) & (t_s < 4.0)].max() < 0.1
    # Over the window of the mean the reading waves; the quiet of the person is learnt only slowly meanwhile.
    assert times[(t_s > 7.0) & (t_s < 8.0)].mean() == pytest.approx(0.03 * passed(hz) / SwayDetector.FLOOR, rel=0.25)
    assert {one.verdict for one in said[round(7 * fps) :] if one} == {Verdict.WARN}
    assert all(one.badness == pytest.approx(one.value - one.limit) for one in said[round(fps / 2) :] if one)


def test_leaning_over_slowly_is_no_sway_and_a_step_is() -> None:
    slowly = values(watched("bench-squat", "balance", swaying(lambda t: 0.1 * np.sin(2 * np.pi * 0.02 * t))))
    assert slowly[60:].max() < 3.0
    step = values(watched("bench-squat", "balance", swaying(lambda t: np.where(t > 6.0, 0.06, 0.0))))
    assert step[30:180].max() < 1.0
    assert step[180:210].max() > 3.0
    assert step[300:].max() < 1.0


def test_whoever_sways_from_the_start_to_the_end_is_told_so() -> None:
    times = values(watched("bench-squat", "balance", swaying(lambda t: 0.05 * np.sin(2 * np.pi * 0.9 * t), 40.0)))
    assert times[90:].min() > 3.0


def test_what_somebody_always_sways_a_little_is_their_quiet() -> None:
    little = 0.005 / passed(0.9)
    sway = lambda t: little * np.sin(2 * np.pi * 0.9 * t) * np.where(t > 30.0, 2.5, 1.0)  # noqa: E731
    said = watched("bench-squat", "balance", swaying(sway, 40.0), held=lambda t: t > 3.0)
    times = values(said)
    assert times[24 * 30 : 29 * 30].mean() == pytest.approx(1.0, abs=0.15)
    assert times[32 * 30 : 34 * 30].mean() == pytest.approx(2.1, abs=0.25)
    assert {one.verdict for one in said[32 * 30 : 34 * 30] if one} <= {Verdict.BETWEEN, Verdict.OK}
    assert Verdict.BETWEEN in {one.verdict for one in said[32 * 30 : 34 * 30] if one}


SPOILT = {
    "feet": (Reason.FEET_OUT, lambda one, code: replace(one, feet_seen=code)),
    "trunk": (Reason.TRUNK_HIDDEN, lambda one, code: replace(one, trunk_seen=code)),
    "view": (Reason.NOT_SIDE_ON, lambda one, code: replace(one, view_seen=code)),
    "rate": (Reason.TOO_SLOW, lambda one, code: replace(one, fps=np.full(len(code), 14.0))),
    "noise": (Reason.TOO_NOISY, lambda one, code: replace(one, jumpy=np.full(len(code), 1.0))),
}


@pytest.mark.parametrize("what", list(SPOILT))
def test_balance_is_silent_and_says_why(what: str) -> None:
    reason, spoil = SPOILT[what]
    measures = swaying(lambda t: 0.03 * np.sin(2 * np.pi * 0.9 * t), 4.0)
    said = watched("bench-squat", "balance", spoil(measures, np.full(len(measures), int(reason))))
    # The rate is known after a quarter of a second.
    assert {(one.verdict, one.reason, one.limit) for one in said[15:] if one} == {(Verdict.UNSEEN, reason, 3.0)}


def test_nothing_is_said_of_balance_outside_of_a_hold() -> None:
    measures = swaying(lambda t: 0.03 * np.sin(2 * np.pi * 0.9 * t), 6.0)
    said = watched("bench-squat", "balance", measures, held=lambda t: 2.0 < t < 4.0)
    assert [one is not None for one in said] == [2.0 < t < 4.0 for t in measures.t_s.tolist()]


def pushed(rate_deg_s: float, fps: float = 30.0) -> Measures:
    """A leg that is moved on at that rate from 3 to 3.5 s, and rests before and after."""
    measures = still(6.0, fps, leg_up=True)
    further = np.clip(measures.t_s - 3.0, 0.0, 0.5) * rate_deg_s
    return replace(measures, leg_deg=measures.leg_deg + further[:, None], leg_lift_deg=70.0 + further[:, None] * [1, 1])


@pytest.mark.parametrize("fps", [10.0, 30.0, 120.0])
@pytest.mark.parametrize(
    ("rate", "worst"),
    [(8.0, Verdict.OK), (17.0, Verdict.OK), (26.0, Verdict.WARN), (37.0, Verdict.WARN), (45.0, Verdict.UNSAFE)],
)
def test_a_push_is_told_by_its_speed_and_from_when_it_began(rate: float, worst: Verdict, fps: float) -> None:
    said = [one for one in watched("partner", "gentle-push", pushed(rate, fps))[round(fps) :] if one]
    assert max(one.value for one in said) == pytest.approx(rate, rel=0.02)
    assert max(one.verdict for one in said) == worst
    bad = [one for one in said if one.verdict > Verdict.OK]
    assert all(2.75 <= one.since_s <= 3.5 for one in bad)
    assert said[-1].value == pytest.approx(0.0, abs=0.01)


def test_lowering_the_leg_is_no_push_however_fast() -> None:
    said = [one for one in watched("partner", "gentle-push", pushed(-60.0))[30:] if one]
    assert {one.verdict for one in said} == {Verdict.OK}
    assert min(one.value for one in said) == 0.0


def test_the_way_in_is_not_a_push_within_the_hold() -> None:
    said = watched("partner", "gentle-push", pushed(60.0), held=lambda t: t > 3.45)
    assert [one for one in said[:103] if one] == []
    assert {one.verdict for one in said[110:] if one} == {Verdict.OK}


@pytest.mark.parametrize("what", ["leg", "view", "rate"])
def test_a_push_is_silent_and_says_why(what: str) -> None:
    measures = pushed(60.0)
    count = len(measures)
    reason, spoilt = {
        "leg": (Reason.LEG_HIDDEN, {"leg_seen": np.full((count, 2), int(Reason.LEG_HIDDEN))}),
        "view": (Reason.NOT_SIDE_ON, {"view_seen": np.full(count, int(Reason.NOT_SIDE_ON))}),
        "rate": (Reason.TOO_SLOW, {"fps": np.full(count, 4.0)}),
    }[what]
    said = watched("partner", "gentle-push", replace(measures, **spoilt))
    assert {(one.verdict, one.reason) for one in said[15:] if one} == {(Verdict.UNSEEN, reason)}


def bouncing(swing_deg: float, noise_deg: Callable[[np.ndarray], np.ndarray | float], fps: float = 30.0) -> Measures:
    """Swings of so many degrees from end to end, once a second, read with so much noise."""
    measures = still(10.0, fps)
    t_s = measures.t_s
    swing = 0.5 * swing_deg * np.sin(2 * math.pi * t_s)
    noise = noise_deg(t_s) * np.random.default_rng(3).standard_normal(len(t_s))
    return replace(measures, raw_trunk_deg=100.0 + swing + noise)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_bouncing_is_told_through_the_noise_of_good_pictures_and_only_where_there_is_some(fps: float) -> None:
    still_ = watched("toe-touch", "no-bounce", bouncing(0.0, lambda _: 0.3, fps))[round(fps) :]
    assert {one.verdict for one in still_ if one} == {Verdict.OK}
    said = watched("toe-touch", "no-bounce", bouncing(10.0, lambda _: 0.3, fps))[round(4 * fps) :]
    assert {one.verdict for one in said if one} == {Verdict.WARN}
    assert np.median(values(said)) == pytest.approx(10.0, rel=0.15)


@pytest.mark.parametrize("swing_deg", [0.0, 10.0])
def test_points_that_jump_about_neither_bounce_nor_hold_still(swing_deg: float) -> None:
    said = watched("toe-touch", "no-bounce", bouncing(swing_deg, lambda _: 5.0))[30:]
    assert {(one.verdict, one.reason) for one in said if one} == {(Verdict.UNSEEN, Reason.TOO_NOISY)}


def test_that_there_is_no_bouncing_is_told_again_two_seconds_after_the_points_jumped_about() -> None:
    measures = bouncing(0.0, lambda t_s: np.where((t_s > 3.0) & (t_s < 4.0), 5.0, 0.2))
    said = watched("toe-touch", "no-bounce", measures)
    fine = np.array([one is not None and one.verdict == Verdict.OK for one in said])
    jumps_until_s = 4.0
    t_s = measures.t_s
    assert fine[(t_s > 1.0) & (t_s < 2.9)].all()
    assert not fine[(t_s > 3.7) & (t_s < jumps_until_s + 2.0)].any()
    assert fine[t_s > jumps_until_s + 5.0].all()
