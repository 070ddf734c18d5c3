"""A routine in a live session: tells it what is seen, and the session what to look at and to say."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from formcheck.chain import Chain
from formcheck.core.errors import OutputError
from formcheck.core.feedback import Feedback, State
from formcheck.core.measures import Measures
from formcheck.judging.judge import Judge
from formcheck.live.coach import Coaching
from formcheck.routine.progress import ProgressFile
from formcheck.routine.session import Routine
from formcheck.routine.values import JudgedFrame, Phase, RoutineState


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """The routine in the newest frame: what to do, and how many holds are done of how many."""

    now: RoutineState
    done: int
    of: int

    def as_dict(self) -> dict[str, Any]:
        """For the events: steps count from 1; what there is not is None."""
        step = self.now.step
        return {
            "phase": self.now.phase.value,
            "step": step.index + 1 if step else None,
            "steps": self.of,
            "stretch": step.stretch.slug if step else None,
            "side": step.side if step else None,
            "hold": step.number if step else None,
            "holds": step.of if step else None,
            "rest_s": round(self.now.rest_s, 1),
            "holds_done": self.done,
        }


class RoutineGuide:
    """Leads a session through a routine and keeps its progress after every hold.

    `lead` runs in the judge's thread; the keys leave a note that the next frame takes up. `complain` is told, once,
    when the progress cannot be kept.
    """

    def __init__(self, routine: Routine, chain: Chain, progress: ProgressFile, complain: Callable[[str], None]) -> None:
        self.routine = routine
        self.newest: Progressed | None = None
        self._chain = chain
        self._progress = progress
        self._complain = complain
        self._judge: Judge | None = None
        self._holds = 0
        self._kept = routine.kept
        self._skip_asked = self._pause_asked = False
        self._choose()

    def skip(self) -> None:
        """Go on to what comes next, with the next frame."""
        self._skip_asked = True

    def paused(self) -> None:
        """The session was paused: the time until the next frame does not count."""
        self._pause_asked = True

    def lead(self, feedback: Feedback, measures: Measures, coaching: Coaching) -> Coaching:
        """Take in a judged frame; returns what to say and to show."""
        if self._pause_asked:
            self._pause_asked = False
            self.routine.pause()
        if self._skip_asked:
            self._skip_asked = False
            self.routine.skip()
            if self._chain.judge and self._chain.judge.in_hold:
                self._chain.end_hold(leg=None)
            feedback = replace(feedback, state=State.POSITION, hold_s=0.0)
        now = self.routine.update(self._seen(feedback, measures))
        self._choose()
        self._keep()
        self.newest = Progressed(now=now, done=self.routine.holds_done, of=len(self.routine.steps))
        return _merged(now, feedback, coaching)

    def finish(self) -> None:
        """A last hold that was long enough counts, too."""
        self.routine.finish()
        self._keep()

    def _seen(self, feedback: Feedback, measures: Measures) -> JudgedFrame:
        judge = self._chain.judge
        if judge is not self._judge:
            self._judge, self._holds = judge, len(judge.holds) if judge else 0
        ended = None
        if judge is not None and len(judge.holds) > self._holds:
            self._holds, ended = len(judge.holds), judge.holds[-1].hold
        other = self._chain.instead(measures) if self.routine.phase == Phase.INTO else None
        return JudgedFrame(
            feedback=feedback,
            running=judge.side_and_held if judge else None,
            ended=ended,
            instead=other.title if other else None,
        )

    def _choose(self) -> None:
        """Look at the stretch that is due, once the hold before it is really over."""
        step, judge = self.routine.step, self._chain.judge
        if step is None or (judge is not None and judge.in_hold):
            return
        if judge is None or judge.stretch is not step.stretch or judge.target_s != step.hold_s:
            self._chain.choose(step.stretch, target_s=step.hold_s)

    def _keep(self) -> None:
        if self.routine.kept == self._kept:
            return
        self._kept = self.routine.kept
        try:
            if self.routine.complete:
                self._progress.remove()
            else:
                self._progress.write(list(self.routine.held.values()), time.time())
        except OutputError as error:
            self._complain(str(error))
            self._complain = lambda _: None


def _merged(now: RoutineState, feedback: Feedback, coaching: Coaching) -> Coaching:
    """The routine leads; the coach corrects what is held, and says what is wrong with the picture before it."""
    # The voice counts no seconds that are over by the time it is free.
    own = None if now.at_once and coaching.speaking else now.say
    say, tone, instruction = own, None, now.show
    if now.counts:
        # The routine says itself whether a target was reached well, how to come out and what that leads to.
        say, tone = own or (coaching.say if coaching.tone != "done" else None), coaching.tone
    elif not feedback.state.holding:
        # What is said outside a hold is how to come out of it. A hold that is not wanted is not talked about.
        say = own or coaching.say
    if now.phase == Phase.INTO:
        instruction = coaching.instruction or now.show
    countdown = math.ceil(now.rest_s) if now.rest_s > 0 else None
    return replace(
        coaching, say=say, tone=tone, instruction=instruction, countdown=countdown, praise=None, next_time=None,
        way_out=None if now.phase == Phase.INTO else coaching.way_out,
        prompt=coaching.prompt if now.counts else None,
    )  # fmt: skip
