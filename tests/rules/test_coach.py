from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import pytest

from formcheck.core.feedback import Alert, Feedback, Side, State
from formcheck.core.rules import Level
from formcheck.rules.coach import Coach, Coaching, Sight
from formcheck.stretches import by_slug

GOOD_SIGHT = Sight(brightness=120.0, leg_share=0.4, yaw_deg=3.0)
SUPINE, TOE_TOUCH, PARTNER = by_slug("supine"), by_slug("toe-touch"), by_slug("partner")


def feedback(t_s: float, state: State, *rules: str, advice: str | None = None, hold_s: float = 0.0) -> Feedback:
    alerts = tuple(
        Alert(rule=rule, level=Level.WARN, start_s=0, end_s=t_s, measure="", value=1, limit=0, unit="", message=rule)
        for rule in rules
    )
    return Feedback(
        t_s=t_s, state=state, hold_s=hold_s, target_s=30.0, alerts=alerts, marked=(), good=(), unseen=(), advice=advice,
        depth_deg=80.0,
    )  # fmt: skip


def over(
    seconds: float, coach: Coach, state: State, *rules: str, start_s: float = 0.0, stretch=SUPINE, **more
) -> Iterator[Coaching]:
    sight, held = more.pop("sight", GOOD_SIGHT), more.pop("held", {})
    for i in range(round(seconds * 10)):
        yield coach.update(feedback(start_s + i / 10, state, *rules, **more), stretch, sight, held)


@pytest.mark.parametrize(
    ("state", "more", "says"),
    [
        (State.NO_PERSON, {"stretch": TOE_TOUCH}, "Step into the picture"),
        (State.NO_PERSON, {}, "sit up, then lie down again"),
        (State.POSITION, {"advice": "turn your side to the camera"}, "Turn your side to the camera"),
        (State.POSITION, {"sight": Sight(brightness=20, leg_share=0.4, yaw_deg=0)}, "too dark"),
        (State.POSITION, {"sight": Sight(brightness=120, leg_share=0.1, yaw_deg=0)}, "closer"),
    ],
)
def test_one_instruction_at_a_time_after_a_moment(state: State, more: dict, says: str) -> None:
    shown = [coaching.instruction for coaching in over(2.0, Coach(), state, **more)]
    assert shown[0] is None
    assert says in str(shown[-1])


def test_nobody_is_instructed_in_a_hold() -> None:
    assert all(one.instruction is None for one in over(3.0, Coach(), State.HOLD, advice="turn your side to the camera"))


def test_the_countdown_runs_once() -> None:
    coach = Coach()
    numbers = [coaching.countdown for coaching in over(6.0, coach, State.POSITION)]
    assert [n for n, before in zip(numbers, [None, *numbers], strict=False) if n != before] == [3, 2, 1, None]
    assert all(one.countdown is None for one in over(6.0, coach, State.POSITION, start_s=10.0))


def test_a_hold_begins_with_a_tone_and_a_reminder() -> None:
    coach = Coach()
    list(over(1.0, coach, State.READY))
    first, *rest = over(3.0, coach, State.HOLD, start_s=1.0)
    assert first.tone == "start"
    assert "free of pain" in str(first.say)
    assert not any(one.say or one.tone for one in rest)


def test_cues_are_spoken_once_and_cool_down() -> None:
    coach = Coach()
    list(over(0.2, coach, State.READY))
    spoken = [
        (i / 10, one.say)
        for i, one in enumerate(over(30.0, coach, State.HOLD, "bent", "shaky", start_s=1.0))
        if one.say
    ]
    cues = [at for at, words in spoken if words == "bent"]
    assert len(cues) in (2, 3)
    assert all(later - sooner >= 12.0 - 0.2 for sooner, later in itertools.pairwise(cues))
    assert all(later[0] - sooner[0] >= 4.0 - 0.2 for sooner, later in itertools.pairwise(spoken))


@pytest.mark.parametrize(
    ("held", "says"), [({"left": 30.0}, "switch sides"), ({"left": 31.0, "right": 30.0}, "Both sides are done")]
)
def test_reaching_the_target_is_rewarded_and_sides_are_evened(held: dict[Side, float], says: str) -> None:
    coach = Coach()
    list(over(1.0, coach, State.HOLD))
    first, *rest = over(2.0, coach, State.DONE, start_s=1.0, held=held, hold_s=30.0)
    assert first.tone == "done"
    assert says in str(first.say)
    assert rest[-1].praise == first.say
    assert next(iter(over(0.2, coach, State.DONE, start_s=9.0, held=held))).praise is None


def test_the_pull_is_asked_for_about_every_ten_seconds() -> None:
    coach = Coach()
    asked = [
        i / 10
        for i, one in enumerate(over(35.0, coach, State.HOLD, stretch=PARTNER))
        if one.say and "0 to 10" in one.say
    ]
    assert len(asked) == 3
    assert asked[1] - asked[0] == pytest.approx(10.0, abs=1.0)


def test_the_best_depth_is_kept_for_the_meter() -> None:
    coach = Coach()
    assert list(over(1.0, coach, State.HOLD))[-1].best_deg == 80.0
    assert math.isnan(coach.update(feedback(2.0, State.POSITION), TOE_TOUCH, GOOD_SIGHT, {}).best_deg)
