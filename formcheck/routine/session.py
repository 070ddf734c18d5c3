"""Where somebody is in a routine, and what is to be done now. Time comes from the frames."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from formcheck.routine import words
from formcheck.routine.caller import Caller
from formcheck.routine.plan import PlannedHold
from formcheck.routine.summary import next_time
from formcheck.routine.values import HoldOutcome, JudgedFrame, Phase, RoutineState

COUNTS_FROM: Final = 0.5  # share of the target from which a hold that ends early still counts
_REACHED_S = 0.05
_GAP_S = 0.5  # a longer step between frames is a lost picture; the rest goes on, but no fault lasted through it
_ATTEMPT_S = 3.0  # whoever leaves a hold sooner was only on the way
_LAST_WORDS_S = 4.0


class Routine:
    """Leads through steps. `held` tells what became of each; `kept` counts its changes."""

    def __init__(self, steps: tuple[PlannedHold, ...], held: Iterable[HoldOutcome] = ()) -> None:
        self.steps = steps
        self.held: dict[int, HoldOutcome] = {one.index: one for one in held}
        self.kept = 0
        self.phase = Phase.INTO
        self._at = self._next_open(0)
        self._before: PlannedHold | None = None  # the hold before the one at hand
        self._last_s = self._over_s = math.nan
        self._rest_s = self._held_s = 0.0
        self._open = False  # the hold that was counted last may still go on
        self._faults_s: dict[str, float] = {}
        self._next_time: str | None = None
        self._caller = Caller()
        self._paused = False
        if self._at is None:
            self._end()
        else:
            self._into(words.call(self.steps[self._at], None))

    @property
    def step(self) -> PlannedHold | None:
        """The hold at hand, in a rest the next one; None at the end."""
        return None if self._at is None else self.steps[self._at]

    @property
    def complete(self) -> bool:
        """Whether every hold was done or skipped."""
        return len(self.held) == len(self.steps)

    @property
    def over(self) -> bool:
        """Whether the last words were said, too."""
        return self.phase == Phase.DONE and not self._last_s - self._over_s < _LAST_WORDS_S

    @property
    def holds_done(self) -> int:
        """How many holds count."""
        return sum(not one.skipped for one in self.held.values())

    @property
    def next_time(self) -> str | None:
        """What to mind next time, after all that was done so far."""
        return next_time(self.steps, self.held)

    def pause(self) -> None:
        """The time until the next frame is a pause: it is neither rest nor waiting."""
        self._paused = True

    def skip(self) -> None:
        """Go on to what comes next. A hold at hand counts if it was long enough; the caller ends it at the judge."""
        self._open = False
        step = self.step
        if step is None:
            return
        if self.phase == Phase.REST:
            self._into(words.call(step, self._before))
        elif self.phase == Phase.LONGER:
            self._leave(step)
        elif self.phase == Phase.HOLD and self._enough(step):
            self._count(step)
            self._leave(step)
        else:
            self._keep(HoldOutcome(index=step.index, held_s=0.0, skipped=True))
            self._go_on(step)
            if self.step is not None:
                self._into(words.call(self.step, self._before))

    def finish(self) -> None:
        """The source has ended: a hold at hand counts if it was long enough."""
        step = self.step
        if step is not None and self.phase == Phase.HOLD and self._enough(step):
            self._count(step)
        elif self.phase == Phase.LONGER:
            self._set_held(self._held_s)

    def update(self, seen: JudgedFrame) -> RoutineState:
        """Take in a frame."""
        t_s = seen.feedback.t_s
        step_s = 0.0 if math.isnan(self._last_s) else t_s - self._last_s
        if self._paused:
            self._caller.wait(step_s)
            step_s = 0.0
        self._paused, self._last_s = False, t_s
        if self.phase == Phase.DONE and math.isnan(self._over_s):
            self._over_s = t_s
        show = self._lead(seen, step_s)
        say, at_once = self._caller.take()
        resting = self.phase == Phase.REST
        return RoutineState(
            phase=self.phase,
            step=self.step,
            show=show,
            say=say,
            rest_s=self._rest_s if resting else 0.0,
            counts=self.phase in (Phase.HOLD, Phase.LONGER),
            at_once=at_once,
        )

    def _lead(self, seen: JudgedFrame, step_s: float) -> str | None:
        """Act on what is seen; returns the line to show."""
        on = seen.feedback.state.holding and seen.running is not None
        if self._open:
            self._after_target(seen, on=on)
        if self.phase == Phase.REST and self.step is not None:
            self._resting(self.step, step_s)
        if not self._open and self.step is not None:
            self._holding(self.step, seen, step_s)
        step = self.step
        if step is None:
            return self._last_words()
        if self.phase == Phase.REST and self._before is not None:
            return words.rest(step, self._before)
        return self._caller.line(step, self._before, seen) if self.phase == Phase.INTO else None

    def _after_target(self, seen: JudgedFrame, *, on: bool) -> None:
        """The hold that was counted last: it may go on, pause, go on again, and end."""
        if seen.running is not None:
            self._held_s = seen.running[1]
        step = self.step
        if step is not None and self.phase == Phase.LONGER and not on:
            self._leave(step)
        elif self.phase != Phase.LONGER and on:  # back before the judge gave the hold up
            self._step_back()
        if seen.running is None:
            self._open = False
            if seen.ended is not None:
                self._set_held(seen.ended.held_s)

    def _resting(self, step: PlannedHold, step_s: float) -> None:
        before_s, self._rest_s = self._rest_s, self._rest_s - step_s
        self._caller.count(before_s, self._rest_s)
        if self._rest_s <= 0.0:
            self._into(words.call(step, self._before))

    def _holding(self, step: PlannedHold, seen: JudgedFrame, step_s: float) -> None:
        """Getting in, holding, or beginning before the rest is over, which is everybody's own choice."""
        if seen.running is None:
            if self.phase == Phase.HOLD:
                self._ended(step, seen.ended.held_s if seen.ended else 0.0)
            return
        side, held_s = seen.running
        if side != step.side:
            if self.phase == Phase.HOLD:  # at first the leg was taken for the other one
                self._into(None)
            return
        if self.phase != Phase.HOLD:
            self.phase, self._faults_s, self._next_time = Phase.HOLD, {}, None
        if seen.feedback.state.holding:
            self._next_time = seen.feedback.next_time
        self._held_s = held_s
        if step_s < _GAP_S:
            for alert in seen.feedback.alerts:
                self._faults_s[alert.rule] = self._faults_s.get(alert.rule, 0.0) + step_s
        if held_s >= step.hold_s - _REACHED_S:
            self._count(step)
            self.phase, self._open = Phase.LONGER, True

    def _ended(self, step: PlannedHold, held_s: float) -> None:
        """The hold at hand is over before its target."""
        self._held_s = held_s
        if self._enough(step):
            self._count(step)
            self._leave(step)
        else:
            self._into(words.too_short(held_s, step) if held_s >= _ATTEMPT_S else None)

    def _enough(self, step: PlannedHold) -> bool:
        return self._held_s >= COUNTS_FROM * step.hold_s

    def _count(self, step: PlannedHold) -> None:
        self._keep(
            HoldOutcome(index=step.index, held_s=self._held_s, faults_s=self._faults_s, next_time=self._next_time)
        )
        following = self._next_open(step.index + 1)
        after = None if following is None else self.steps[following]
        self._caller.say = words.counted(self._held_s, step.hold_s, after, step, self._next_time)

    def _set_held(self, held_s: float) -> None:
        """The hold that was counted last was really so long: longer, or without the way out of it."""
        index = self._before.index if self.phase != Phase.LONGER and self._before else self._at
        known = self.held.get(-1 if index is None else index)
        if known is not None and not known.skipped and held_s != known.held_s:
            self._keep(replace(known, held_s=held_s))

    def _keep(self, held: HoldOutcome) -> None:
        self.held[held.index] = held
        self.kept += 1

    def _leave(self, step: PlannedHold) -> None:
        """Out of a hold that counts."""
        if self.phase == Phase.LONGER:
            self._set_held(self._held_s)
        self._go_on(step)
        if self.step is not None:
            self.phase, self._rest_s = Phase.REST, step.rest_s

    def _step_back(self) -> None:
        if self._before is not None:
            self._at, self._before = self._before.index, None
            self.phase = Phase.LONGER

    def _go_on(self, step: PlannedHold) -> None:
        self._before, self._at = step, self._next_open(step.index + 1)
        if self._at is None:
            self._end()

    def _into(self, say: str | None) -> None:
        self.phase = Phase.INTO
        self._caller.begin(self._last_s, say)

    def _end(self) -> None:
        self.phase, self._over_s = Phase.DONE, self._last_s
        self._caller.say = self._last_words()

    def _last_words(self) -> str:
        return words.finished(self.holds_done, len(self.steps), self.next_time)

    def _next_open(self, start: int) -> int | None:
        return next((i for i in range(start, len(self.steps)) if i not in self.held), None)
