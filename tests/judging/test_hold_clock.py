"""What the hold clock says picture by picture: when a hold is announced, what counts, and what ends it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.feedback import State
from formcheck.judging.hold import LONGEST_GAP_S, HoldClock, RunningHold, Tick, lasting_gap_s
from tests.figures import ease

Signal = Callable[[float], float]  # depth, NaN for nobody; in position from 20 degrees on


def ticked(
    depth_deg: Signal, seconds: float, fps: float = 30.0, target_s: float = 30.0
) -> tuple[list[tuple[float, Tick]], list[RunningHold]]:
    """What was said at each time, and the holds."""
    clock, said = HoldClock(target_s), []
    for i in range(round(seconds * fps)):
        t_s = i / fps
        said.append((t_s, clock.update(t_s, depth_deg(t_s), in_position=depth_deg(t_s) > 20.0)))
    last = clock.finish()
    return said, [one.ended for _, one in said if one.ended] + ([last] if last else [])


def sixty(start_s: float, end_s: float, otherwise: float = 0.0) -> Signal:
    return lambda t: 60.0 if start_s <= t < end_s else otherwise


@pytest.mark.parametrize("fps", [5.0, 10.0, 30.0, 120.0])
def test_a_hold_is_announced_after_a_second_of_rest(fps: float) -> None:
    said, _ = ticked(sixty(2.0, 9.0), 12.0, fps)
    first = next(t_s for t_s, tick in said if tick.state == State.HOLD)
    assert first == pytest.approx(3.0, abs=0.02 + 1 / fps)
    waiting = {tick.state for t_s, tick in said if 2.0 < t_s < first}
    assert waiting == {State.READY}


def test_two_pictures_are_no_hold_however_far_apart() -> None:
    said, holds = ticked(sixty(2.0, 4.0), 12.0, 1.0)
    assert holds == []
    assert State.HOLD not in {tick.state for _, tick in said}
    assert State.HOLD in {tick.state for _, tick in ticked(sixty(2.0, 5.0), 12.0, 1.0)[0]}


@pytest.mark.parametrize("fps", [2.0, 10.0, 30.0])
def test_what_is_counted_adds_up_to_what_is_shown(fps: float) -> None:
    def depth_deg(t_s: float) -> float:
        return math.nan if 6.0 <= t_s < 7.0 else 30.0 if 9.0 <= t_s < 10.5 else sixty(2.0, 14.0)(t_s)

    said, holds = ticked(depth_deg, 18.0, fps)
    assert len(holds) == 1
    held_s = holds[0].start_s
    before_s = 0.0
    for t_s, tick in said:
        if tick.state in (State.HOLD, State.DONE) and tick.counting:
            if before_s == 0.0:  # a hold is found a while after it has begun
                assert (tick.step_s, tick.held_s) == (0.0, pytest.approx(t_s - holds[0].start_s))
            else:
                assert tick.held_s == pytest.approx(before_s + tick.step_s)
            before_s = held_s = tick.held_s
            assert tick.settled_s <= t_s
        else:
            assert (tick.counting, tick.step_s) == (False, 0.0)
            assert tick.held_s in (0.0, held_s)
    assert held_s == pytest.approx(10.5, abs=2.2 / fps)


def test_nothing_is_held_or_settled_before_a_hold() -> None:
    said, _ = ticked(lambda t: math.nan if t < 2.0 else sixty(4.0, 4.8)(t), 7.0)
    assert {tick.state for _, tick in said} == {State.POSITION, State.READY, State.NO_PERSON}
    assert {(tick.held_s, tick.counting, tick.step_s, tick.settled_s) for _, tick in said} == {
        (0.0, False, 0.0, -math.inf)
    }


def test_nobody_is_said_only_after_half_a_second_in_a_hold_too() -> None:
    said, holds = ticked(lambda t: math.nan if 6.0 <= t < 7.5 else sixty(2.0, 12.0)(t), 15.0)
    assert len(holds) == 1
    assert {tick.state for t_s, tick in said if 5.0 < t_s < 6.45} == {State.HOLD}
    assert {tick.state for t_s, tick in said if 6.55 < t_s < 7.5} == {State.NO_PERSON}
    assert {tick.state for t_s, tick in said if 7.5 <= t_s < 11.9} == {State.HOLD}


@pytest.mark.parametrize("fps", [1.0, 2.0, 5.0, 10.0, 30.0])
def test_covered_for_two_seconds_at_any_rate_the_hold_goes_on(fps: float) -> None:
    covered = lambda for_s: lambda t: math.nan if 8.0 <= t < 8.0 + for_s else sixty(2.0, 16.0)(t)  # noqa: E731
    _, holds = ticked(covered(2.0), 20.0, fps)
    assert [hold.held_s for hold in holds] == [pytest.approx(14.0, abs=2.2 / fps)]
    assert len(ticked(covered(3.1), 20.0, fps)[1]) == 2


@pytest.mark.parametrize("hz", [0.55, 0.7, 0.9])
def test_a_slow_bounce_is_held_from_where_it_began_and_about_its_middle(hz: float) -> None:
    swinging = lambda t: 60.0 + 8.0 * math.sin(2 * math.pi * hz * t) if 2.0 <= t < 16.0 else 0.0  # noqa: E731
    said, holds = ticked(swinging, 20.0)
    (hold,) = holds
    assert hold.start_s == pytest.approx(2.0, abs=0.2)
    assert hold.held_s == pytest.approx(14.0, abs=1.2)
    first, tick = next((t_s, tick) for t_s, tick in said if tick.state == State.HOLD)
    assert first == pytest.approx(5.0, abs=0.2)
    assert tick.held_s == pytest.approx(3.0, abs=0.2)


def test_swinging_on_the_way_deeper_is_no_hold_yet() -> None:
    on_the_way = lambda t: 25.0 + 3.5 * t + 8.0 * math.sin(2 * math.pi * 0.7 * t)  # noqa: E731
    said, _ = ticked(on_the_way, 12.0)
    assert {tick.state for _, tick in said} == {State.READY}


def test_coming_and_going_is_no_swing_about_a_hold() -> None:
    assert ticked(lambda t: 60.0 + 18.0 * math.sin(2 * math.pi * 0.7 * t), 12.0)[1] == []


def test_at_one_picture_a_second_a_hold_ends_with_the_last_picture_of_it() -> None:
    (hold,) = ticked(sixty(3.0, 12.0), 16.0, 1.0)[1]
    assert (hold.start_s, hold.counted_to_s, hold.held_s) == (3.0, 11.0, 8.0)


def test_over_which_gap_something_lasts() -> None:
    gaps_s = lasting_gap_s(np.array([240.0, 30.0, 5.0, 2.0, 1.0, 0.1, 0.0, math.nan]))
    assert gaps_s.tolist() == pytest.approx([0.3, 0.3, 0.44, 1.1, *[LONGEST_GAP_S] * 4])


def test_an_end_that_is_on_its_way_out_when_the_film_ends_is_taken_off() -> None:
    depth_deg = lambda t: 60.0 * (1 - ease(t, 10.0, 12.0))  # noqa: E731
    (hold,) = ticked(depth_deg, 10.7)[1]
    assert hold.counted_to_s == pytest.approx(10.0, abs=0.35)


@pytest.mark.parametrize(("rate", "held"), [(4.6, True), (5.4, False)])
@pytest.mark.parametrize("fps", [5.0, 30.0, 120.0])
def test_below_five_degrees_a_second_it_is_a_hold(rate: float, fps: float, *, held: bool) -> None:
    said, _ = ticked(lambda t: 25.0 + rate * t, 10.0, fps)
    assert (State.HOLD in {tick.state for _, tick in said}) == held


@pytest.mark.parametrize(("further_deg", "same"), [(11.0, True), (12.6, False)])
def test_who_goes_twelve_degrees_deeper_at_once_has_left_the_hold(further_deg: float, *, same: bool) -> None:
    _, holds = ticked(lambda t: 60.0 + (further_deg if t >= 8.0 else 0.0), 16.0)
    assert len(holds) == (1 if same else 2)
