from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from formcheck.core.feedback import Alert, Feedback, State
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.live.coach import Coach, Coaching
from formcheck.stretches import by_slug

LEG_SHARE = 0.4  # of the height of the picture
SUPINE, TOE_TOUCH, PARTNER = by_slug("supine"), by_slug("toe-touch"), by_slug("partner")


def feedback(
    t_s: float, state: State, *rules: str, advice: str | None = None, hold_s: float = 0.0, level: Level = Level.WARN
) -> Feedback:
    alerts = tuple(
        Alert(rule=rule, level=level, start_s=0, end_s=t_s, measure="", value=1, limit=0, unit="", message=rule)
        for rule in rules
    )
    return Feedback(
        t_s=t_s, state=state, hold_s=hold_s, target_s=30.0, alerts=alerts, marked=(), good=(), unseen=(), advice=advice,
        depth_deg=80.0,
    )  # fmt: skip


def over(
    seconds: float, coach: Coach, state: State, *rules: str, start_s: float = 0.0, stretch=SUPINE, **more
) -> Iterator[Coaching]:
    leg_share, held = more.pop("leg_share", LEG_SHARE), more.pop("held", {})
    for i in range(round(seconds * 10)):
        yield coach.update(feedback(start_s + i / 10, state, *rules, **more), stretch, leg_share, held)


@pytest.mark.parametrize(
    ("state", "more", "says"),
    [
        (State.NO_PERSON, {"stretch": TOE_TOUCH}, "Step into the picture"),
        (State.NO_PERSON, {}, "sit up, then lie down again"),
        (State.NO_PERSON, {"stretch": PARTNER}, "sit up, then lie down again"),
        (State.NO_PERSON, {"stretch": None}, "Step into the picture"),
        (State.POSITION, {"advice": "turn your side to the camera"}, "Turn your side to the camera"),
        (State.POSITION, {"advice": REASON_TEXT[Reason.TOO_DARK]}, "Too dark"),
        (State.NO_PERSON, {"advice": REASON_TEXT[Reason.TOO_DARK]}, "Too dark"),
        (State.POSITION, {"leg_share": 0.1}, "closer"),
    ],
)
def test_one_instruction_at_a_time_after_a_moment(state: State, more: dict, says: str) -> None:
    shown = [coaching.instruction for coaching in over(2.0, Coach(), state, **more)]
    assert shown[0] is None
    assert says in str(shown[-1])


def test_an_instruction_must_be_due_for_most_of_a_second() -> None:
    shown = [coaching.instruction for coaching in over(1.0, Coach(), State.NO_PERSON)]
    assert shown.index(shown[-1]) == 7
    coach = Coach()
    for start_s in (0.0, 1.0, 2.0):  # one that comes and goes is never shown
        assert all(one.instruction is None for one in over(0.6, coach, State.NO_PERSON, start_s=start_s))
        assert all(one.instruction is None for one in over(0.2, coach, State.POSITION, start_s=start_s + 0.6))


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


def spoken(coach: Coach, until_s: float, state: State, *rules: str, start_s: float, **more) -> list[tuple[float, str]]:
    """When what is said."""
    frames = over(until_s - start_s, coach, state, *rules, start_s=start_s, **more)
    return [(round(start_s + i / 10, 1), one.say) for i, one in enumerate(frames) if one.say]


def begun(coach: Coach, **more) -> None:
    """A hold that was announced at 1 s, with the reminder of comfort."""
    list(over(1.0, coach, State.READY, **more))
    assert [at for at, _ in spoken(coach, 1.1, State.HOLD, start_s=1.0, **more)] == [1.0]


def test_a_cue_waits_until_the_voice_is_free_and_twelve_seconds_after_itself() -> None:
    coach = Coach()
    begun(coach)
    cues = spoken(coach, 35.0, State.HOLD, "bent", "shaky", start_s=1.1)
    assert [words for _, words in cues] == ["bent"] * 3
    assert [at for at, _ in cues] == pytest.approx([6.5, 18.5, 30.5], abs=0.11)


def test_another_cue_waits_four_seconds() -> None:
    coach = Coach()
    begun(coach)
    assert [words for _, words in spoken(coach, 7.9, State.HOLD, "bent", start_s=1.1)] == ["bent"]
    ((at, words),) = spoken(coach, 15.0, State.HOLD, "shaky", start_s=7.9)
    assert words == "shaky"
    assert at == pytest.approx(10.5, abs=0.11)


def test_what_is_unsafe_is_said_as_soon_as_the_voice_is_free_and_again_after_five_seconds() -> None:
    coach = Coach()
    begun(coach)
    cues = spoken(coach, 18.0, State.HOLD, "shaky", start_s=1.1, level=Level.UNSAFE)
    assert [at for at, _ in cues] == pytest.approx([6.0, 11.0, 16.0], abs=0.11)


def test_what_was_unsafe_for_a_moment_is_said_once_the_voice_is_free() -> None:
    coach = Coach()
    begun(coach)
    assert spoken(coach, 2.5, State.HOLD, "jerk", start_s=1.1, level=Level.UNSAFE) == []
    ((at, words),) = spoken(coach, 20.0, State.HOLD, start_s=2.5)
    assert (words, at) == ("jerk", pytest.approx(6.0, abs=0.11))


def test_what_was_unsafe_and_gave_way_to_a_guide_is_still_owed() -> None:
    coach = Coach()
    begun(coach)
    spoken(coach, 2.5, State.HOLD, "jerk", start_s=1.1, level=Level.UNSAFE)
    ((at, _),) = spoken(coach, 6.1, State.HOLD, start_s=2.5)
    coach.spoken(at, "Stop")
    ((again_s, words),) = spoken(coach, 20.0, State.HOLD, start_s=at + 0.1)
    assert (words, again_s) == ("jerk", pytest.approx(at + 1.0, abs=0.11))


def test_a_warning_that_is_over_is_not_said_any_more() -> None:
    coach = Coach()
    begun(coach)
    assert spoken(coach, 2.5, State.HOLD, "bent", start_s=1.1) == []
    assert spoken(coach, 20.0, State.HOLD, start_s=2.5) == []


@pytest.mark.parametrize("state", [State.HOLD, State.DONE])
def test_a_cue_that_gave_way_to_something_else_is_not_said(state: State) -> None:
    coach = Coach()
    start_s = 1.0
    if state == State.DONE:
        begun(coach)
        start_s = 10.0
        assert spoken(coach, 10.0, State.HOLD, start_s=1.1) == []
    (first_s, first), (then_s, then) = spoken(coach, start_s + 8.0, state, "bent", start_s=start_s)
    assert (first_s, first) == (start_s, first)
    assert first.startswith("Hold." if state == State.HOLD else "30 seconds.")
    assert then == "bent"
    assert then_s == pytest.approx(start_s + (5.5 if state == State.HOLD else 4.0), abs=0.11)


def test_a_prompt_that_gave_way_is_asked_as_soon_as_it_may() -> None:
    coach = Coach()
    begun(coach, stretch=PARTNER)
    assert [at for at, _ in spoken(coach, 15.9, State.HOLD, start_s=1.1, stretch=PARTNER)] == [6.0]
    ((cue_s, _), (asked_s, asked)) = spoken(coach, 24.0, State.HOLD, "bent", start_s=15.9, stretch=PARTNER)
    assert "0 to 10" in asked
    assert asked_s - cue_s == pytest.approx(4.0, abs=0.11)


@pytest.mark.parametrize(("instead", "again_s"), [(None, 6.6), ("Lie down", 10.5)])
def test_what_a_guide_did_not_let_be_spoken_is_due_again(instead: str | None, again_s: float) -> None:
    coach = Coach()
    begun(coach)
    ((at, words),) = spoken(coach, 6.6, State.HOLD, "bent", start_s=1.1)
    coach.spoken(at, instead)
    again = spoken(coach, 15.0, State.HOLD, "bent", start_s=at + 0.1)
    assert again[0][1] == words
    assert again[0][0] == pytest.approx(again_s, abs=0.15)


def test_comfort_is_recalled_at_the_first_hold_that_may_speak() -> None:
    coach = Coach()
    list(over(1.0, coach, State.READY))
    assert "free of pain" in str(next(over(0.1, coach, State.HOLD, start_s=1.0)).say)
    coach.spoken(1.0, "Left leg")
    list(over(1.0, coach, State.READY, start_s=2.0))
    assert "free of pain" in str(next(over(0.1, coach, State.HOLD, start_s=3.0)).say)
    list(over(1.0, coach, State.READY, start_s=10.0))
    assert next(over(0.1, coach, State.HOLD, start_s=11.0)).say == "Hold."


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


def test_the_best_depth_is_kept_for_the_meter() -> None:
    coach = Coach()
    assert list(over(1.0, coach, State.HOLD))[-1].best_deg == 80.0
    assert math.isnan(coach.update(feedback(2.0, State.POSITION), TOE_TOUCH, LEG_SHARE, {}).best_deg)


def test_praise_is_shown_for_five_seconds() -> None:
    coach = Coach()
    begun(coach)
    list(over(1.0, coach, State.HOLD, start_s=9.0))
    shown = [one.praise is not None for one in over(8.0, coach, State.DONE, start_s=10.0)]
    assert sum(shown) == pytest.approx(50, abs=1)
    assert shown == sorted(shown, reverse=True)


def test_a_hold_that_goes_on_after_a_pause_is_not_announced_again() -> None:
    coach = Coach()
    begun(coach)
    list(over(1.0, coach, State.POSITION, start_s=2.0))
    again = next(over(0.1, coach, State.HOLD, start_s=3.0, hold_s=2.6))
    assert (again.tone, again.say) == (None, None)
    list(over(1.0, coach, State.POSITION, start_s=8.0))
    new = next(over(0.1, coach, State.HOLD, start_s=9.0, hold_s=0.4))
    assert (new.tone, new.say) == ("start", "Hold.")


def counted(*spells: tuple[State, float, dict]) -> list[int | None]:
    """The countdown over spells of (state, seconds, what else), repeats left out."""
    coach, shown, start_s = Coach(), [], 0.0
    for state, seconds, more in spells:
        for coaching in over(seconds, coach, state, start_s=start_s, **dict(more)):
            if not shown or shown[-1] != coaching.countdown:
                shown.append(coaching.countdown)
        start_s += seconds
    return shown


DARKNESS = {"advice": REASON_TEXT[Reason.TOO_DARK]}


@pytest.mark.parametrize(
    ("spells", "shown"),
    [
        ([(State.POSITION, 8.0, {})], [3, 2, 1, None]),
        ([(State.POSITION, 8.0, {}), (State.HOLD, 3.0, {}), (State.POSITION, 8.0, {})], [3, 2, 1, None]),
        # Whoever gets into the stretch meanwhile needs none any more, whoever only passes through does.
        ([(State.POSITION, 1.5, {}), (State.HOLD, 3.0, {}), (State.POSITION, 8.0, {})], [3, 2, None]),
        ([(State.POSITION, 1.5, {}), (State.DONE, 3.0, {}), (State.POSITION, 8.0, {})], [3, 2, None]),
        ([(State.READY, 3.0, {}), (State.POSITION, 8.0, {})], [None, 3, 2, 1, None]),
        # Too dark: from the first moment nothing is counted, and then from the beginning.
        ([(State.POSITION, 1.5, {}), (State.POSITION, 0.5, DARKNESS), (State.POSITION, 8.0, {})],
         [3, 2, None, 3, 2, 1, None]),
        ([(State.POSITION, 4.0, DARKNESS), (State.POSITION, 8.0, {})], [None, 3, 2, 1, None]),
    ],
)  # fmt: skip
def test_the_countdown_runs_once_from_its_beginning_and_only_where_nothing_is_to_be_changed(
    spells: list[tuple[State, float, dict]], shown: list[int | None]
) -> None:
    assert counted(*spells) == shown


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ({"left": 30.0}, "Now switch sides."),
        ({"right": 30.0}, "Now switch sides."),
        ({"left": 30.0, "right": 29.0}, "Now switch sides."),
        ({"left": 29.6, "right": 30.0}, "Both sides are done."),
    ],
)
def test_sides_are_switched_until_both_have_been_held_long_enough(held: dict[Side, float], says: str) -> None:
    coach = Coach()
    list(over(1.0, coach, State.HOLD, held=held))
    (first,) = over(0.1, coach, State.DONE, start_s=1.0, held=held)
    assert first.say == f"30 seconds. Well done. {says}"
