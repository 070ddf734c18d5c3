from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.feedback import State
from formcheck.judging.hold import HoldClock, RunningHold
from tests.figures import ease, in_and_out

Signal = Callable[[float], tuple[bool, float]]


def run(
    signal: Signal, seconds: float, fps: float = 30.0, target_s: float = 30.0
) -> tuple[list[RunningHold], list[State]]:
    clock, holds, states = HoldClock(target_s), [], []
    for i in range(round(seconds * fps)):
        tick = clock.update(i / fps, *signal(i / fps))
        holds += [tick.ended] if tick.ended else []
        if not states or states[-1] != tick.state:
            states.append(tick.state)
    last = clock.finish()
    return holds + ([last] if last else []), states


def stretch(t_s: float) -> tuple[bool, float]:
    """12 s at 120 degrees from 3 s on."""
    depth = 120 * in_and_out(t_s)
    return depth > 50, depth


RATES = [1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 24.0, 30.0, 60.0, 120.0, 240.0]


@pytest.mark.parametrize("fps", RATES)
def test_a_hold_is_timed_from_rest_to_leaving(fps: float) -> None:
    holds, states = run(stretch, 18.0, fps)
    assert [hold.held_s for hold in holds] == [pytest.approx(12.0, abs=0.5 + 1 / fps)]
    assert holds[0].start_s == pytest.approx(3.0, abs=0.5 + 1 / fps)
    if fps >= 10:
        assert states == [State.POSITION, State.READY, State.HOLD, State.READY, State.POSITION]


def test_nobody_for_up_to_two_seconds_is_bridged() -> None:
    def lost_for(length: float) -> Signal:
        return lambda t: (False, math.nan) if 8.0 <= t < 8.0 + length else stretch(t)

    for length in (0.03, 0.5, 1.8):
        assert [hold.held_s for hold in run(lost_for(length), 18.0)[0]] == [pytest.approx(12.0, abs=0.5)]
    assert [hold.held_s for hold in run(lost_for(2.5), 18.0)[0]] == [pytest.approx(n, abs=0.7) for n in (5.0, 4.5)]


def test_pictures_that_are_missing_are_bridged_like_nobody() -> None:
    clock, holds = HoldClock(30.0), []
    for i in range(540):
        t_s = i / 30
        if not 8.0 <= t_s < 9.8:
            tick = clock.update(t_s, *stretch(t_s))
            holds += [tick.ended] if tick.ended else []
    assert [hold.held_s for hold in holds] == [pytest.approx(12.0, abs=0.5)]


def test_somewhere_else_after_the_gap_is_another_hold() -> None:
    def moved(t_s: float) -> tuple[bool, float]:
        return (False, math.nan) if 8.0 <= t_s < 9.0 else (True, 120.0 if t_s < 8.0 else 80.0)

    first, second = run(moved, 18.0)[0]
    assert (first.counted_to_s, second.start_s) == (pytest.approx(8.0, abs=0.3), pytest.approx(9.0, abs=0.3))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("left_out", [True, False])
def test_lost_pictures_cost_nothing(share: float, left_out: bool) -> None:
    rng, clock, holds = np.random.default_rng(7), HoldClock(30.0), []
    for i in range(540):
        lost = rng.random() < share
        if lost and left_out:
            continue
        tick = clock.update(i / 30, *((False, math.nan) if lost else stretch(i / 30)))
        holds += [tick.ended] if tick.ended else []
    assert [hold.held_s for hold in holds] == [pytest.approx(12.0, rel=0.05)]


def test_a_misread_picture_now_and_then_costs_nothing() -> None:
    def misread(t_s: float) -> tuple[bool, float]:
        return (False, 0.0) if round(t_s * 30) % 27 == 0 else stretch(t_s)

    assert [hold.held_s for hold in run(misread, 18.0)[0]] == [pytest.approx(12.0, abs=0.5)]


@pytest.mark.parametrize("fps", [10.0, 30.0, 120.0])
def test_the_way_out_is_no_part_of_the_hold(fps: float) -> None:
    for way_s in (1.0, 2.0, 4.0):
        depth = lambda t, way_s=way_s: 60.0 * (1 - ease(t, 10.0, 10.0 + way_s))  # noqa: E731
        (hold,) = run(lambda t, depth=depth: (depth(t) > 20.0, depth(t)), 16.0, fps)[0]
        assert hold.counted_to_s == pytest.approx(10.0, abs=0.1 + 0.15 * way_s)
        assert hold.held_s == pytest.approx(hold.counted_to_s - hold.start_s, abs=0.01)


def test_what_is_settled_stays_in_the_hold() -> None:
    clock, settled, ended = HoldClock(30.0), [], None
    for i in range(540):
        tick = clock.update(i / 30, *stretch(i / 30))
        settled.append(tick.settled_s)
        ended = tick.ended or ended
    assert ended is not None
    assert max(settled) == ended.counted_to_s
    assert settled == sorted(settled[: settled.index(max(settled)) + 1]) + settled[settled.index(max(settled)) + 1 :]


def test_a_hold_that_follows_at_once_loses_nothing() -> None:
    deeper = lambda t: (True, 60.0 + 30.0 * ease(t, 8.0, 9.0))  # noqa: E731
    first, second = run(deeper, 18.0)[0]
    assert first.counted_to_s == pytest.approx(8.2, abs=0.3)
    assert second.start_s == pytest.approx(8.8, abs=0.3)


def test_a_wobble_pauses_and_a_longer_one_starts_a_new_hold() -> None:
    def wobble(length: float) -> Signal:
        return lambda t: (True, 100.0) if 8.0 <= t < 8.0 + length else stretch(t)

    assert [hold.held_s for hold in run(wobble(1.5), 18.0)[0]] == [pytest.approx(10.5, abs=0.7)]
    both, _ = run(wobble(3.0), 18.0)
    assert len(both) >= 2
    assert both[0].held_s == pytest.approx(5.0, abs=0.5)


def test_deepening_slowly_is_still_the_same_hold() -> None:
    holds, _ = run(lambda t: (True, 80.0 + 1.5 * t), 20.0)
    assert len(holds) == 1
    assert holds[0].held_s == pytest.approx(20.0, abs=1.0)


def test_bouncing_is_held_too_so_that_it_can_be_judged() -> None:
    holds, _ = run(lambda t: (True, 110.0 + 6.0 * math.sin(2 * math.pi * 1.4 * t)), 15.0)
    assert len(holds) == 1
    assert holds[0].held_s > 10.0


def test_moving_all_the_time_is_no_hold() -> None:
    assert run(lambda t: (True, 90.0 + 35.0 * math.sin(2 * math.pi * 0.2 * t)), 20.0)[0] == []


def test_passing_through_is_no_hold() -> None:
    def dip(t_s: float) -> tuple[bool, float]:
        depth = 120 * (ease(t_s, 1.0, 2.0) - ease(t_s, 2.2, 3.2))
        return depth > 50, depth

    assert run(dip, 5.0)[0] == []


def test_out_of_position_never_counts() -> None:
    assert run(lambda _t: (False, 100.0), 20.0)[0] == []


def test_reaching_the_target_is_done_and_longer_is_welcome() -> None:
    holds, states = run(lambda t: (t < 20, 100.0 if t < 20 else 0.0), 25.0, target_s=10.0)
    assert states == [State.READY, State.HOLD, State.DONE, State.POSITION]
    assert holds[0].held_s == pytest.approx(20.0, abs=1.0)


def test_nobody_is_said_after_half_a_second() -> None:
    _, states = run(lambda t: (False, 0.0 if t < 1 else math.nan), 3.0)
    assert states == [State.POSITION, State.NO_PERSON]
