"""A routine over made-up seconds, ten frames each."""

from __future__ import annotations

from formcheck.core.feedback import Alert, Feedback, Hold, State
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.routine.plan import Plan, PlannedStretch
from formcheck.routine.session import Routine
from formcheck.routine.values import HoldOutcome, JudgedFrame, Phase, RoutineState
from formcheck.stretches import by_slug

HOLD_S, REST_S = 20.0, 12.0
BENT = Alert(rule="head-down", level=Level.HINT, start_s=0, end_s=1, measure="", value=1, limit=0, unit="", message="")


def plan(*slugs: str, rest_s: float = REST_S) -> Plan:
    entries = tuple(PlannedStretch(stretch=by_slug(slug), hold_s=HOLD_S) for slug in slugs or ("supine",))
    return Plan(title="", entries=entries, rest_s=rest_s)


class Person:
    """Moves through a routine as the judge would tell it."""

    def __init__(self, routine: Routine) -> None:
        self.routine = routine
        self.t_s = 0.0
        self.said: list[str] = []
        self.now: RoutineState | None = None

    def frame(self, state: State, **more) -> None:
        hold_s = more.pop("hold_s", 0.0)
        feedback = Feedback(
            t_s=self.t_s, state=state, hold_s=hold_s, target_s=HOLD_S, alerts=more.pop("alerts", ()), marked=(),
            good=(), unseen=(), advice=None, depth_deg=80.0, next_time=more.pop("next_time", None),
        )  # fmt: skip
        self.now = self.routine.update(JudgedFrame(feedback=feedback, **more))
        if self.now.say:
            self.said.append(self.now.say)
        self.t_s += 0.1

    def idle(self, seconds: float, state: State = State.POSITION, **more) -> None:
        for _ in range(round(seconds * 10)):
            self.frame(state, **more)

    def hold(
        self, seconds: float, side: Side = "left", *, from_s: float = 0.0, alerts=(), next_time: str | None = None
    ) -> None:
        """Hold on; the judge has not given it up yet."""
        for i in range(1, round(seconds * 10) + 1):
            held_s = from_s + i / 10
            state = State.DONE if held_s >= HOLD_S else State.HOLD
            self.frame(state, hold_s=held_s, running=(side, held_s), alerts=alerts, next_time=next_time)

    def leave(self, held_s: float, side: Side = "left") -> None:
        """Come out of a hold; the judge waits for two seconds before it is over."""
        for _ in range(20):
            self.frame(State.POSITION, hold_s=held_s, running=(side, held_s))
        end_s = self.t_s - 2.0
        ended = Hold(start_s=end_s - held_s, end_s=end_s, held_s=held_s, target_s=HOLD_S, side=side)
        self.frame(State.POSITION, ended=ended)

    def do(self, side: Side = "left") -> None:
        """One hold with all that belongs to it."""
        self.idle(1.0)
        self.hold(HOLD_S + 1.0, side)
        self.leave(HOLD_S + 1.0, side)
        self.idle(REST_S)


def test_a_whole_routine_from_the_first_call_to_the_last_word() -> None:
    person = Person(Routine(plan("toe-touch", "supine").steps()))
    for side in ("both", "both", "left", "left", "right", "right"):
        person.do(side)
    assert person.routine.complete
    assert person.routine.over
    assert [one.held_s for one in person.routine.held.values()] == [HOLD_S + 1.0] * 6
    said = " | ".join(person.said)
    assert said.startswith("Stand up. Toe touch. ")
    for words in ("then once more", "then lie down: left leg", "Lie down. Supine leg raise, left leg", "10 seconds"):
        assert words in said
    assert "then switch sides: right leg" in said
    assert said.index("3 | 2 | 1 | Once more") > 0
    assert person.said[-1] == "All done. Well done!"


def test_the_rest_counts_down_and_then_the_next_hold_is_called() -> None:
    person = Person(Routine(plan().steps()))
    person.idle(0.5)
    person.hold(HOLD_S)
    assert person.now is not None and person.now.phase == Phase.LONGER
    person.leave(HOLD_S)
    assert person.now.phase == Phase.REST
    assert 9.5 < person.now.rest_s < 10.5
    assert person.now.show == "Rest, then once more: left leg"
    person.idle(10.5)
    assert person.now.phase == Phase.INTO
    assert person.now.step is not None and person.now.step.number == 2


def test_only_the_side_that_is_due_counts() -> None:
    person = Person(Routine(plan().steps()))
    person.idle(0.5)
    person.hold(HOLD_S + 5, "right")
    assert person.now is not None and not person.now.counts
    assert "right leg: the left leg is next" in str(person.now.show)
    assert sum("right leg" in words for words in person.said) == 2  # said again after a while, not all the time
    person.leave(HOLD_S + 5, "right")
    assert person.routine.held == {}
    person.hold(HOLD_S, "left")
    assert list(person.routine.held) == [0]


def test_a_leg_that_was_mistaken_at_first_costs_nothing() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(1.0, "right")
    person.hold(HOLD_S - 1.0, "left", from_s=1.0)
    assert person.routine.held[0].held_s >= HOLD_S - 0.1


def test_another_stretch_gets_a_gentle_word() -> None:
    person = Person(Routine(plan().steps()))
    person.idle(1.0, instead="Toe touch")
    assert person.now is not None and "Toe touch" not in str(person.now.show)
    person.idle(2.0, instead="Toe touch")
    assert person.now.show == "That looks like: Toe touch. Next is: Supine leg raise"
    person.idle(0.5)
    assert person.now.show == "Begin when you like: left leg"


def test_a_hold_below_half_does_not_count_and_one_above_does() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(8.0)
    person.leave(8.0)
    assert person.routine.held == {}
    assert person.said[-1] == "8 seconds: a start. Once more when you are ready, left leg."
    assert person.now is not None and person.now.phase == Phase.INTO
    person.hold(12.0)
    person.leave(12.0)
    assert person.routine.held[0].held_s == 12.0
    assert person.said[-1].startswith("12 seconds. Rest for 12 seconds")
    assert person.now.phase == Phase.REST


def test_whoever_holds_longer_is_neither_hurried_nor_counted_twice() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(HOLD_S)
    assert list(person.routine.held) == [0]
    said = len(person.said)
    person.hold(40.0, from_s=HOLD_S)
    assert len(person.said) == said
    person.leave(HOLD_S + 40.0)
    assert [one.held_s for one in person.routine.held.values()] == [HOLD_S + 40.0]


def test_a_wobble_after_the_target_is_no_new_hold() -> None:
    for rest_s in (REST_S, 0.0):
        person = Person(Routine(plan(rest_s=rest_s).steps()))
        person.hold(HOLD_S)
        person.idle(1.0, running=("left", HOLD_S))  # out for a second, which the judge lets pass
        person.hold(3.0, from_s=HOLD_S)
        assert person.now is not None and person.now.phase == Phase.LONGER
        person.leave(HOLD_S + 3.0)
        assert [one.held_s for one in person.routine.held.values()] == [HOLD_S + 3.0]


def test_beginning_before_the_rest_is_over_is_fine() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(HOLD_S)
    person.leave(HOLD_S)
    person.hold(HOLD_S)
    assert list(person.routine.held) == [0, 1]


def test_skipping_leads_on_from_wherever_one_is() -> None:
    person = Person(Routine(plan().steps()))
    person.idle(0.5)
    person.routine.skip()  # not begun: left out
    person.hold(5.0)
    person.routine.skip()  # too short to count: left out
    person.idle(0.5)
    assert person.now is not None and person.now.step is not None and person.now.step.side == "right"
    person.hold(15.0, "right")
    person.routine.skip()  # long enough: counts, and the rest begins
    person.idle(0.5)
    assert person.now.phase == Phase.REST
    person.routine.skip()  # no rest
    person.idle(0.5)
    assert person.now.phase == Phase.INTO
    person.hold(HOLD_S, "right")
    person.routine.skip()
    person.idle(5.0)
    assert person.routine.over
    assert [one.skipped for one in person.routine.held.values()] == [True, True, False, False]
    assert "2 of 4 holds done" in person.said[-1]


def test_a_pause_takes_nothing_from_the_rest() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(HOLD_S)
    person.leave(HOLD_S)
    before_s = person.now.rest_s if person.now else 0.0
    person.routine.pause()
    person.t_s += 300.0
    person.idle(0.5)
    assert person.now is not None and person.now.phase == Phase.REST
    assert before_s - 0.6 < person.now.rest_s < before_s


def test_it_goes_on_after_what_was_kept() -> None:
    held = [HoldOutcome(index=0, held_s=20.0), HoldOutcome(index=1, held_s=0.0, skipped=True)]
    person = Person(Routine(plan().steps(), held))
    person.idle(0.5)
    assert person.now is not None and person.now.step is not None
    assert (person.now.step.side, person.now.step.number) == ("right", 1)
    assert person.said[0].startswith("Lie down. Supine leg raise, right leg.")
    person.do("right")
    person.do("right")
    assert person.routine.complete


def test_the_end_of_the_picture_keeps_a_hold_that_was_long_enough() -> None:
    for seconds, kept in ((9.0, []), (11.0, [0])):
        person = Person(Routine(plan().steps()))
        person.hold(seconds)
        person.routine.finish()
        assert list(person.routine.held) == kept


def test_faults_are_timed_within_the_hold_they_belong_to() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(5.0, "right", alerts=(BENT,))
    person.leave(5.0, "right")
    person.hold(HOLD_S - 4.0)
    person.hold(4.0, from_s=HOLD_S - 4.0, alerts=(BENT,))
    assert 3.8 < person.routine.held[0].faults_s["head-down"] < 4.2
    person.leave(HOLD_S)
    person.hold(HOLD_S)
    assert person.routine.held[1].faults_s == {}


def test_whoever_does_not_begin_is_called_now_and_then() -> None:
    person = Person(Routine(plan().steps()))
    person.idle(65.0)
    assert len(person.said) == 3


def test_only_holds_that_were_good_are_praised_and_the_end_says_what_to_mind() -> None:
    person = Person(Routine(plan("toe-touch").steps()))
    for next_time in (None, "hips over the feet"):
        person.idle(1.0)
        person.hold(HOLD_S, "both", next_time=next_time)
        person.leave(HOLD_S, "both")
        person.idle(REST_S)
    (come_up,) = (prompt.words for prompt in by_slug("toe-touch").asked if prompt.at_done)
    assert f"20 seconds. {come_up} Well done. Rest for 12 seconds, then once more." in person.said
    assert f"20 seconds. {come_up} Next time: hips over the feet. That was the last one." in person.said
    assert person.said[-1] == "All done. Next time: hips over the feet."
    assert person.now is not None and person.now.show == person.said[-1]


def test_the_end_of_several_stretches_says_which_of_them_to_mind() -> None:
    person = Person(Routine(plan("toe-touch", "supine").steps()))
    for side in ("both", "both", "left", "left", "right", "right"):
        person.idle(1.0)
        person.hold(HOLD_S, side, next_time="no bouncing" if side == "right" else None)
        person.leave(HOLD_S, side)
        person.idle(REST_S)
    assert person.said[-1] == "All done. Next time: no bouncing (Supine leg raise)."


def test_a_hold_that_ended_early_is_told_what_to_mind_but_not_how_to_come_up() -> None:
    person = Person(Routine(plan("toe-touch").steps()))
    person.hold(12.0, "both", next_time="hips over the feet")
    person.leave(12.0, "both")
    assert person.said[-1].startswith("12 seconds. Next time: hips over the feet. Rest for 12 seconds")
    person.hold(HOLD_S, "both")
    assert "Well done" in person.said[-1]  # nothing of the hold before is left


def test_the_seconds_of_a_rest_are_worth_saying_only_at_once() -> None:
    person = Person(Routine(plan().steps()))
    person.hold(HOLD_S)
    assert person.now is not None and not person.now.at_once
    person.leave(HOLD_S)
    at_once = []
    for _ in range(140):
        person.frame(State.POSITION)
        if person.now.say:
            at_once.append((person.now.say, person.now.at_once))
    assert at_once == [("3", True), ("2", True), ("1", True), ("Once more: left leg.", False)]
