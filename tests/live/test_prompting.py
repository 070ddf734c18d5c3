"""When what only the person can know is said and shown."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.chain import Chain
from formcheck.core.feedback import Alert, State
from formcheck.core.poses import Pose, PoseFrame
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.core.stretch import Prompt, Stretch
from formcheck.criteria.shared import COMFORT
from formcheck.live.coach import Coach, Coaching
from formcheck.stretches import all_stretches, by_slug
from tests.figures import film, folded, in_and_out, lying
from tests.live.holds import LEG_SHARE, MadeHold, Moment, Session, alert, on_side

PROMPTS = [(one, prompt) for one in all_stretches() for prompt in one.asked]
TOE_TOUCH, SUPINE, PARTNER = by_slug("toe-touch"), by_slug("supine"), by_slug("partner")
(SITTING_BONES,) = (prompt.words for prompt in TOE_TOUCH.asked if prompt.after_s is not None)
(COME_UP,) = (prompt.words for prompt in TOE_TOUCH.asked if prompt.at_done)
PULL = "0 to 10?"  # of the question, and of the shorter one later in a hold
PER_S = 14.0  # letters that are spoken in a second


def held(found: list[Moment]) -> list[tuple[int | None, float]]:
    return [(one.hold, one.held_s) for one in found]


@pytest.mark.parametrize(
    ("stretch", "prompt"), PROMPTS, ids=[f"{one.slug}: {prompt.words[:24]}" for one, prompt in PROMPTS]
)
def test_every_prompt_of_every_stretch_has_its_moment(stretch: Stretch, prompt: Prompt) -> None:
    session = Session().do(stretch, on_side("left"), on_side("left"), on_side("right"))
    found = session.said(prompt.words)
    times = held(found)
    if prompt.at_start:
        first = [0, 2] if stretch.one_sided else [0]
        assert times == [(hold, 1.0) for hold in first]
    elif prompt.after_s is not None:
        assert [hold for hold, _ in times] == [0, 1, 2]
        assert all(prompt.after_s <= held_s <= prompt.after_s + 3.0 for _, held_s in times)
    elif prompt.at_done:
        assert times == [(hold, 30.0) for hold in (0, 1, 2)]
        assert all(one.coaching.say.startswith(f"30 seconds. {prompt.words} Well done.") for one in found)
    else:
        assert prompt.each_hold
        assert {hold for hold, _ in times} == {0, 1, 2}
    shown = [one for one in session.moments if prompt.words in f"{one.coaching.told}"]
    assert len(shown) >= 20 * len(found)
    assert bool(shown) == bool(found)


@pytest.mark.parametrize("stretch", all_stretches(), ids=lambda one: one.slug)
@pytest.mark.parametrize("level", [Level.HINT, Level.WARN, Level.UNSAFE])
def test_nothing_is_begun_before_the_words_before_it_are_over(stretch: Stretch, level: Level) -> None:
    def alerts(held_s: float) -> list[Alert]:
        return [alert(f"rule {int(held_s / 6)}, with a cue of a usual length", level)] if held_s % 6 > 3 else []

    session = Session().do(stretch, *(on_side(side, alerts=alerts) for side in ("left", "right", "left")))
    said = session.said()
    assert len(session.said("Mind: rule")) >= 6
    for before, after in itertools.pairwise(said):
        words = str(before.coaching.say)
        if " seconds. " not in str(after.coaching.say):  # the reward cannot wait: it is spoken next
            assert after.t_s - before.t_s >= len(words) / PER_S, (words, after.coaching.say)


def test_comfort_is_recalled_again_in_another_stretch_and_not_after_a_pause() -> None:
    session = Session().do(SUPINE, on_side("left", pause_at_s=2.0), on_side("left", pause_at_s=1.5))
    assert held(session.said(COMFORT.words)) == [(0, 1.0)]
    assert held(session.said("Hold.")) == [(0, 1.0), (1, 1.0)]
    session.do(PARTNER, on_side("left"))
    assert held(session.said(COMFORT.words)) == [(0, 1.0), (2, 1.0)]


def known_from(seconds: float, side: Side, before: Side | None = "unsure") -> MadeHold:
    return MadeHold(side=lambda held_s: side if held_s >= seconds else before)


@pytest.mark.parametrize("before", [None, "unsure", "left"])
def test_a_side_that_is_known_late_is_reminded_once_it_is(before: Side | None) -> None:
    session = Session().do(SUPINE, on_side("left"), known_from(4.0, "right", before), on_side("right"), on_side("left"))
    assert held(session.said(COMFORT.words)) == [(0, 1.0), (1, 4.0)]
    assert session.said(COMFORT.words)[1].coaching.say == COMFORT.words


def test_a_side_that_turns_out_to_be_the_one_before_is_not_reminded_again() -> None:
    session = Session().do(SUPINE, on_side("left"), known_from(4.0, "left"), on_side("unsure"))
    assert held(session.said(COMFORT.words)) == [(0, 1.0)]


def test_a_first_hold_of_an_unknown_side_is_reminded_and_counts_for_the_side_it_turns_out_to_be() -> None:
    session = Session().do(SUPINE, known_from(4.0, "left"), on_side("left"), on_side("right"))
    assert held(session.said(COMFORT.words)) == [(0, 1.0), (2, 1.0)]


def test_a_side_that_is_known_too_late_or_while_cues_are_due_is_left_alone() -> None:
    late = known_from(14.0, "right")
    assert held(Session().do(SUPINE, on_side("left"), late).said(COMFORT.words)) == [(0, 1.0)]
    busy = MadeHold(side=late.side, alerts=lambda held_s: [alert(f"rule {int(held_s)}")] if held_s < 15 else [])
    assert held(Session().do(SUPINE, on_side("left"), busy).said(COMFORT.words)) == [(0, 1.0)]


def alerted(from_s: float, to_s: float, level: Level = Level.WARN) -> MadeHold:
    return MadeHold(alerts=lambda held_s: [alert("rule", level)] if from_s <= held_s <= to_s else [])


def test_sitting_bones_wait_for_cues_and_are_left_out_where_these_take_all_of_the_time() -> None:
    session = Session().do(TOE_TOUCH, MadeHold(), alerted(1.5, 6.0), alerted(4.8, 8.2), MadeHold())
    times = held(session.said(SITTING_BONES))
    assert [hold for hold, _ in times] == [0, 1, 3]
    assert times[1][1] > 6.0
    assert times[2][1] == 5.0  # nothing else is said then


def test_a_cue_takes_the_place_of_sitting_bones_at_once_and_for_good() -> None:
    session = Session().do(TOE_TOUCH, MadeHold(), alerted(6.0, 6.5))
    shown = [one.held_s for one in session.moments if one.hold == 1 and one.coaching.prompt == SITTING_BONES]
    assert shown[0] == 5.0
    assert shown[-1] == 5.9
    undisturbed = [one for one in session.moments if one.hold == 0 and one.coaching.prompt == SITTING_BONES]
    assert len(undisturbed) == 50


def asked_at(*holds: MadeHold) -> list[list[float]]:
    """When the pull was asked for, hold by hold."""
    found = held(Session(target_s=90.0).do(PARTNER, *holds).said(PULL))
    return [[held_s for hold, held_s in found if hold == number] for number in range(len(holds))]


def test_the_pull_is_asked_for_after_the_opening_words_and_then_every_ten_seconds() -> None:
    first, second = asked_at(MadeHold(seconds=45.0), MadeHold(seconds=45.0))
    assert 5.9 <= first[0] <= 6.1  # "Hold." and the reminder of comfort take five seconds
    assert second[0] == 2.0
    for times in (first, second):
        assert np.diff(times) == pytest.approx([10.0] * (len(times) - 1), abs=0.15)
        assert times[-1] > 32.0


def rising(at_s: float, by_deg: float) -> MadeHold:
    return MadeHold(depth=lambda held_s: 70.0 + (by_deg if held_s >= at_s else 0.0))


def test_the_pull_is_asked_for_when_the_leg_goes_higher_and_counted_from_then() -> None:
    _, more, less, asking, lower = asked_at(
        MadeHold(), rising(9.0, 5.0), rising(9.0, 4.5), rising(5.0, 8.0), rising(9.0, -8.0)
    )
    assert more == pytest.approx([2.0, 9.0, 19.0, 29.0], abs=0.15)
    assert less == pytest.approx([2.0, 12.0, 22.0, 32.0], abs=0.15)
    assert asking == pytest.approx([2.0, 12.0, 22.0, 32.0], abs=0.15)  # it is being asked
    assert lower == less


@pytest.mark.parametrize(("level", "cue_s"), [(Level.UNSAFE, 2.0), (Level.WARN, 5.0)])
def test_cues_go_before_the_pull(level: Level, cue_s: float) -> None:
    session = Session().do(PARTNER, MadeHold(), alerted(1.0, 34.0, level))
    said = [one for one in session.said() if one.hold == 1]
    assert [str(one.coaching.say)[:4] for one in said[:3]] == ["Hold", "Mind", "How "]
    assert said[1].held_s == pytest.approx(cue_s, abs=0.11)


def test_who_was_warned_too_long_hears_what_to_mind_and_how_to_come_up() -> None:
    session = Session().do(TOE_TOUCH, MadeHold(next_time="hips over the feet"))
    (reward,) = session.said("30 seconds")
    assert reward.coaching.say == f"30 seconds. {COME_UP} Next time: hips over the feet."
    assert reward.coaching.way_out == COME_UP
    assert not any("ell done" in f"{one.coaching.say} {one.coaching.praise}" for one in session.moments)
    after = [one.coaching for one in session.moments if one.t_s >= reward.t_s]
    shown = [what for what, _ in itertools.groupby(one.next_time or one.way_out for one in after)]
    assert shown == [COME_UP, "30 seconds. Next time: hips over the feet."]
    supine = Session().do(SUPINE, MadeHold(next_time="raised knee straight"))
    assert supine.said("30 seconds")[0].coaching.say == (
        "30 seconds. Next time: raised knee straight. Now switch sides."
    )


def test_what_was_not_spoken_after_all_is_neither_shown_nor_forgotten() -> None:
    session = Session()
    session._rest(TOE_TOUCH, 1.0)
    for tenth in range(10, 100):
        session._frame(TOE_TOUCH, State.HOLD, MadeHold(), tenth / 10, 0)
        if tenth < 30:  # a guide has something else to say
            session.coach.spoken(session.moments[-1].t_s, "Lie down" if tenth == 10 else None)
    # What comes after five seconds has its turn after the opening words, where these took all of its time.
    assert held(session.said())[-2:] == [(0, 3.0), (0, pytest.approx(8.0, abs=0.15))]
    assert session.said()[-2].coaching.say == f"Hold. {COMFORT.words}"
    assert session.said()[-2].coaching.tone == "start"


def coached(frames: list[PoseFrame], stretch: Stretch | None, target_s: float) -> list[tuple[float, Coaching]]:
    """Seconds held and what the coach says, of bodies judged by the chain."""
    chain, coach = Chain(all_stretches(), stretch, target_s=target_s), Coach()
    found = []
    for frame in frames:
        feedback = chain.extend([frame]).feedback(0)
        chain.settled()
        found.append((feedback.hold_s, coach.update(feedback, chain.stretch, LEG_SHARE, chain.held_by_side())))
    return found


def hold_of(scene: Callable[[float], Pose], hold_s: float) -> list[PoseFrame]:
    """Two seconds in, the hold, two seconds out; `scene` is the body by how far it is in, 0 to 1."""
    return film(lambda t_s: scene(in_and_out(t_s, hold_s, 1.0)), hold_s + 5.0, 8.0)


@pytest.mark.parametrize("stretch", [TOE_TOUCH, None], ids=["named", "recognised"])
def test_a_toe_touch_from_the_first_word_to_the_way_up(stretch: Stretch | None) -> None:
    frames = hold_of(lambda depth: folded(1 + 119 * depth, setback=0.14 * depth).pose(), 11.0)
    said = [(held_s, one.say) for held_s, one in coached(frames, stretch, 10.0) if one.say]
    assert [words for _, words in said] == [
        f"Hold. {COMFORT.words}", SITTING_BONES, f"10 seconds. {COME_UP} Well done.",
    ]  # fmt: skip
    assert 5.0 <= said[1][0] <= 8.0


def test_hips_that_were_behind_are_not_praised() -> None:
    frames = hold_of(lambda depth: folded(1 + 119 * depth, setback=0.34 * depth).pose(), 7.0)
    said = [one.say for _, one in coached(frames, TOE_TOUCH, 6.0) if one.say]
    assert said[-1] == f"6 seconds. {COME_UP} Next time: hips over the feet."


def test_both_legs_are_reminded_of_comfort() -> None:
    legs = [hold_of(lambda depth, leg=leg: lying(-6 + 86 * depth, stretched=leg).pose(), 4.5) for leg in (0, 1)]
    later = [replace(one, index=len(legs[0]) + one.index, t_s=legs[0][-1].t_s + 0.125 + one.t_s) for one in legs[1]]
    said = " ".join(one.say for _, one in coached(legs[0] + later, SUPINE, 4.0) if one.say)
    # Which leg it is shows in the second frame of the second hold.
    assert said == (
        f"Hold. {COMFORT.words} 4 seconds. Well done. Now switch sides. "
        f"Hold. {COMFORT.words} 4 seconds. Well done. Both sides are done."
    )
