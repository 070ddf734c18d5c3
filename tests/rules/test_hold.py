from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from formcheck.core.feedback import State
from formcheck.rules.hold import HoldClock, RunningHold
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


@pytest.mark.parametrize("fps", [15.0, 24.0, 30.0, 60.0])
def test_a_hold_is_timed_from_rest_to_leaving(fps: float) -> None:
    holds, states = run(stretch, 18.0, fps)
    assert [hold.held_s for hold in holds] == [pytest.approx(12.0, abs=0.7)]
    assert holds[0].start_s == pytest.approx(3.0, abs=0.5)
    assert states == [State.POSITION, State.READY, State.HOLD, State.READY, State.POSITION]


def test_one_bad_frame_costs_nothing_and_a_short_loss_pauses() -> None:
    def lost_for(length: float) -> Signal:
        return lambda t: (False, math.nan) if 8.0 <= t < 8.0 + length else stretch(t)

    assert run(lost_for(0.03), 18.0)[0][0].held_s == pytest.approx(12.0, abs=0.7)
    holds, _ = run(lost_for(1.8), 18.0)
    assert [hold.held_s for hold in holds] == [pytest.approx(12.0 - 1.8, abs=0.7)]


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
    assert run(lambda t: (False, 100.0), 20.0)[0] == []


def test_reaching_the_target_is_done_and_longer_is_welcome() -> None:
    holds, states = run(lambda t: (t < 20, 100.0 if t < 20 else 0.0), 25.0, target_s=10.0)
    assert states == [State.READY, State.HOLD, State.DONE, State.POSITION]
    assert holds[0].held_s == pytest.approx(20.0, abs=1.0)


def test_nobody_is_said_after_half_a_second() -> None:
    _, states = run(lambda t: (False, 0.0 if t < 1 else math.nan), 3.0)
    assert states == [State.POSITION, State.NO_PERSON]
