"""One routine from the command line: a live session that is led, shown, and summed up at its end."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from formcheck.analysis import Options
from formcheck.chain import Chain
from formcheck.cli.common import say
from formcheck.cli.live_window import LiveRun
from formcheck.cli.summary import ways_on_lines
from formcheck.core.clock import clock, duration
from formcheck.core.feedback import Feedback, Report, State
from formcheck.core.names import how_many
from formcheck.core.sections import parts_of
from formcheck.core.stretch import Stretch
from formcheck.live.routine_guide import Progressed, RoutineGuide
from formcheck.live.session import JudgedPicture, LiveSession
from formcheck.pose.engines import ModelChoice
from formcheck.render.live_view import LiveView
from formcheck.render.routine_view import Mark, PlanView
from formcheck.routine import words
from formcheck.routine.plan import Plan, PlannedHold, total_s
from formcheck.routine.progress import ProgressFile, SavedProgress
from formcheck.routine.session import Routine
from formcheck.routine.summary import rows
from formcheck.routine.values import Phase
from formcheck.settings import Settings

_STATE_WORDS: Final = {Phase.REST: "Rest", Phase.DONE: "Done"}


class RoutineRun(LiveRun):
    """A live session that follows a plan."""

    def __init__(
        self,
        settings: Settings,
        plan: Plan,
        progress: ProgressFile,
        kept: SavedProgress | None,
        *,
        mirrored: bool,
        record: Path | None,
        window: bool,
        events: IO[str] | None,
        model: ModelChoice,
    ) -> None:
        self._plan = plan
        self._progress = progress
        self._routine = Routine(plan.steps(), kept.held if kept else ())
        self._lead: RoutineGuide | None = None
        self._speaking = False
        # A recording of one stretch is judged as that one; of several it is found out which was when.
        slugs = {entry.stretch.slug for entry in plan.entries}
        first = plan.entries[0]
        options = Options.asked(
            settings.stretches,
            hold_s=first.hold_s,
            stretch=first.stretch.slug if len(slugs) == 1 else None,
            mirrored=mirrored,
        )
        super().__init__(settings, options, record=record, window=window, events=events, model=model)

    @property
    def complete(self) -> bool:
        """Whether every hold was done or skipped."""
        return self._routine.complete

    def _chain(self) -> Chain:
        lying = any(entry.stretch.lying for entry in self._plan.entries)
        first = self._plan.entries[0]
        options = self._options
        return Chain(
            options.stretches,
            first.stretch,
            target_s=first.hold_s,
            prefer_lying=lying,
            mirrored=options.mirrored,
            calibrated=options.calibrated,
        )

    def _guide(self, chain: Chain) -> RoutineGuide:
        self._lead = RoutineGuide(self._routine, chain, self._progress, say)
        return self._lead

    def _over(self) -> bool:
        return self._routine.over and not self._speaking

    def _hear(self, judged: JudgedPicture) -> None:
        newest = self._lead.newest if self._lead else None
        self._speaking = judged.coaching.speaking
        if self._events and newest:
            self._write(self._events, judged, newest.as_dict())
        self._play(judged)

    def _shown(self, judged: JudgedPicture, view: LiveView) -> tuple[Stretch | None, Feedback, LiveView]:
        newest = self._lead.newest if self._lead else None
        if newest is None:
            return judged.stretch, judged.feedback, view
        feedback = judged.feedback
        if not newest.now.counts:
            # The clock on the picture is that of the hold that counts.
            feedback = replace(feedback, hold_s=0.0, state=_before_hold(feedback.state))
        step = newest.now.step
        if step is not None:
            feedback = replace(feedback, target_s=step.hold_s)
        return judged.stretch, feedback, replace(view, plan=self._strip(newest))

    def _strip(self, newest: Progressed) -> PlanView:
        now, step = newest.now, newest.now.step
        marks = tuple(self._mark(one, step) for one in self._routine.steps)
        state = _STATE_WORDS.get(now.phase)
        if step is None:
            regret = self._routine.next_time
            return PlanView(
                what="All done",
                hold=f"{newest.done} of {newest.of} holds",
                then="well done" if regret is None else f"next time: {regret}",
                marks=marks,
                state_words=state,
            )
        return PlanView(
            what=f"Next: {words.what(step)}" if now.phase == Phase.REST else words.what(step),
            hold=f"hold {step.number} of {step.of}",
            then=f"then: rest {step.rest_s:g} s" if step.rest_s else "then: the end" if self._last(step) else "no rest",
            marks=marks,
            state_words=state,
        )

    def _last(self, step: PlannedHold) -> bool:
        return step.index + 1 == len(self._routine.steps)

    def _mark(self, one: PlannedHold, at: PlannedHold | None) -> Mark:
        held = self._routine.held.get(one.index)
        if held is not None:
            return "skipped" if held.skipped else "done"
        return "now" if one is at else "open"

    def _pressed(self, session: LiveSession, key: str) -> bool:
        if key == "n" and self._lead:
            self._lead.skip()
            return False
        if key == "s":  # the plan says which leg
            return False
        if key == " " and self._lead:
            self._lead.paused()
        return super()._pressed(session, key)

    def _summary(self, _session: LiveSession, report: Report) -> None:
        print_summary(self._console(), self._plan, self._routine)
        for part in parts_of(report):
            for line in ways_on_lines(part):
                self._console().print(f"\n{line}", markup=False)
        if not self.complete:
            left = len(self._routine.steps) - len(self._routine.held)
            say(f"{how_many(left, 'hold')} left; the same command goes on from there for the next 12 hours")


def _before_hold(state: State) -> State:
    return State.POSITION if state.holding else state


def print_summary(console: Console, plan: Plan, routine: Routine) -> None:
    """What was done of what was planned."""
    table = Table(title=f"[bold]{escape(plan.title)}[/]", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("stretch")
    table.add_column("leg")
    table.add_column("holds", justify="right")
    table.add_column("held", justify="right")
    table.add_column("to work on")
    for row in rows(routine.steps, routine.held):
        sign = "\u2714" if row.done == row.planned else " "
        table.add_row(
            row.stretch.title, row.side, f"{row.done} of {row.planned} {sign}", f"{math.floor(row.held_s)} s",
            row.cue or ("nothing" if row.done else ""),
        )  # fmt: skip
    console.print(table)


def print_schedule(console: Console, plan: Plan) -> None:
    """Every hold and rest with its time, and how long all of it takes."""
    steps = plan.steps()
    table = Table(title=f"[bold]{escape(plan.title)}[/]", title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("at", justify="right")
    for name in ("", "stretch", "leg", "hold"):
        table.add_column(name)
    table.add_column("seconds", justify="right")
    table.add_column("then rest", justify="right")
    at_s, before = 0.0, None
    for step in steps:
        turn = before is None or before.stretch.posture != step.stretch.posture
        new = before is None or before.stretch is not step.stretch
        table.add_row(
            clock(at_s, fine=False), words.posture(step) if turn else "", step.stretch.title if new else "", step.side,
            f"{step.number} of {step.of}", f"{step.hold_s:g}", f"{step.rest_s:g}" if step.rest_s else "",
        )  # fmt: skip
        at_s, before = at_s + step.hold_s + step.rest_s, step
    console.print(table)
    console.print(
        f"{len(steps)} holds, {duration(total_s(steps))} of holding and resting, "
        "and the time you take to get into place."
    )
