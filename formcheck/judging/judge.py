"""The judge of one stretch: measures in, feedback out. The only place that remembers how a hold is going."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

from formcheck.core.measures import Measures
from formcheck.core.rules import Target
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.judging.claims import LEAST_SURE
from formcheck.judging.cues import Cues
from formcheck.judging.detectors import LateObservation, ObservedFrame, detector_of
from formcheck.judging.feedback import FeedbackBlock
from formcheck.judging.findings import JudgedHold
from formcheck.judging.hold import LONGEST_GAP_S, REACH_BACK_S, SHORTEST_S, HoldClock, RunningHold
from formcheck.judging.open_hold import HoldFrame, OpenHold, hold_frames
from formcheck.judging.recognition import REPLAY_S
from formcheck.judging.stillness import PAUSE_S
from formcheck.judging.view import ViewTally
from formcheck.judging.visits import Visits


class Judge:
    """Judges measures of one stretch, any number of frames at a time.

    What is shown live is said at once. What is kept in `holds` counts only frames that are known to belong to a hold:
    frames wait until a later one shows that the body was still in it. With `claim_s` only holds count in which the
    stretch claimed the body for so many seconds. `mirrored` films show the left leg as the right one.
    """

    def __init__(
        self, stretch: Stretch, *, target_s: float = 30.0, leg: int | None = None, claim_s: float = 0.0,
        mirrored: bool = False,
    ) -> None:  # fmt: skip
        self.stretch = stretch
        self._claim_s, self._mirrored, self._leg = claim_s, mirrored, leg
        self.target = Target.of(leg, mirrored=mirrored)
        self.holds: list[JudgedHold] = []
        self.views = {True: ViewTally(), False: ViewTally()}
        self.visits = Visits(stretch)
        self.last_s = -math.inf
        self._detectors = [found for rule in stretch.rules if (found := detector_of(rule)) is not None]
        self._rules = [detector.rule.id for detector in self._detectors]
        self._after = [i for i, detector in enumerate(self._detectors) if detector.after_hold]
        self._clock = HoldClock(target_s)
        self._open: OpenHold | None = None
        self._cues = Cues(self._detectors)
        self._waiting: deque[HoldFrame] = deque()
        self._blocks: deque[FeedbackBlock] = deque()  # that may still turn out to be something else

    def aim(self, target_s: float, leg: int | None) -> None:
        """Hold so long from now on; look at one leg (0 left, 1 right), or at any."""
        self._leg, self.target = leg, Target.of(leg, mirrored=self._mirrored)
        self._clock.target_s = target_s

    @property
    def target_s(self) -> float:
        """How long to hold."""
        return self._clock.target_s

    @property
    def in_hold(self) -> bool:
        """Whether a hold is going on, a pause of it included."""
        return self._clock.running is not None

    def began_after(self, t_s: float) -> bool:
        """Whether the hold that is going on began later than `t_s`."""
        running = self._clock.running
        return running is not None and running.start_s > t_s

    @property
    def settled_s(self) -> float:
        """What was said of the time before cannot change any more."""
        running = self._clock.running
        if running is None:
            return self.last_s - REACH_BACK_S
        sure = self._open is not None and self._counts(running.settled_held_s, self._open)
        return running.settled_s if sure else running.start_s

    @property
    def side_and_held(self) -> tuple[Side, float] | None:
        """Side and seconds of the hold that is going on, None when there is none."""
        running = self._clock.running
        return (self._side(self._open), running.held_s) if running and self._open else None

    def extend(self, measures: Measures) -> FeedbackBlock:
        """Judge further frames."""
        inside = self.stretch.in_position(measures, self.target) & measures.thigh_seen
        for detector in self._detectors:
            detector.extend(self.stretch, measures, self.target)
        said = FeedbackBlock(
            stretch=self.stretch,
            target_s=self.target_s,
            measures=measures,
            rules=self._rules,
            depth_deg=self.stretch.depth(measures, self.target).tolist(),
            leg=self.stretch.stretched(measures, self.target).tolist(),
        )
        self._blocks.append(said)
        for wanted, tally in self.views.items():
            tally.add(measures, inside == wanted)
        if not self.holds:
            self.visits.extend(measures, self.target, inside.tolist(), said.depth_deg)
        for i, (frame, in_position) in enumerate(zip(hold_frames(said, self.target), inside.tolist(), strict=True)):
            self._judge_one(said, i, frame, in_position=in_position)
        while self._blocks and self._blocks[0].measures.t_s[-1] < self.settled_s:
            self._blocks.popleft()
        return said

    def finish(self) -> None:
        """End the hold that is going on: the source has ended, or something else is done from now on."""
        self._clock.finish()
        if self._open is not None:
            self._close(self._open)
        self._clock.drop()

    @property
    def held_until_s(self) -> float:
        """When the last hold that counts ended."""
        return self.holds[-1].hold.end_s if self.holds else -math.inf

    def anew(self) -> Judge:
        """A judge with the same holds, which may be fed again with what came after the last of them."""
        new = Judge(self.stretch, target_s=self.target_s, leg=self._leg, claim_s=self._claim_s, mirrored=self._mirrored)
        new.holds, new.views, new.visits = self.holds, self.views, self.visits
        return new

    def drop(self) -> int | None:
        """Forget the hold that is going on: it turned out to be one of another stretch.

        Returns the leg that somebody named in it, None for none.
        """
        named = self._open.side.named if self._open else None
        self._clock.drop()
        self._open = None
        self._waiting.clear()
        self._abandon()
        return named

    def name_leg(self, leg: int) -> None:
        """Somebody says which leg (0 left, 1 right) is stretched in this hold, or was in the last one."""
        if self._open is not None:
            self._open.side.name(leg)
        elif self.holds and self.holds[-1].hold.side == "unsure":
            self.holds[-1] = self.holds[-1].of_side(LEGS[leg])

    def _judge_one(self, said: FeedbackBlock, i: int, frame: HoldFrame, *, in_position: bool) -> None:
        t_s = frame.t_s
        since_s = t_s - self.last_s
        step_s = since_s if 0.0 <= since_s <= PAUSE_S else 0.0
        self.last_s = t_s
        tick = self._clock.update(t_s, said.depth_deg[i], in_position=in_position, leg=frame.of_leg)
        running = self._clock.running
        if self._open is not None and self._open.running is not running:
            self._close(self._open)
        began = running is not None and self._open is None
        if began and running is not None:
            self._begin(running, t_s)
        asked = ObservedFrame(i, t_s, step_s, tick.counting)
        seen = [one.observe(asked) for one in self._detectors]
        counted_s = step_s if began or self._open is None else tick.step_s
        frame = frame._replace(step_s=counted_s, said=seen)
        if tick.counting or (self._open is None and in_position):
            # What is about the way out of the hold before says nothing of this one.
            self._waiting.append(frame.without(self._after))
        if self._open is not None:
            self._settle(self._open, tick.settled_s)
        else:
            while self._waiting and self._waiting[0].t_s < t_s - REACH_BACK_S:
                self._waiting.popleft()
            self._after_hold(frame)
        said.observed.append(seen)
        said.states.append(tick.state)
        said.held_s.append(tick.held_s)
        said.counting.append(tick.counting)
        said.sides.append(self._side(self._open) if self._open else None)
        if told := self._cues.note(frame, held=tick.counting):
            said.faults[i] = told
        if tick.counting and (regret := self._cues.next_time(tick.held_s)):
            said.next_time[i] = regret

    def _begin(self, running: RunningHold, t_s: float) -> None:
        """A hold has begun, a while ago."""
        self._open = OpenHold(running, self.stretch, self._rules, mirrored=self._mirrored)
        for detector in self._detectors:
            detector.begin()
        while self._waiting and self._waiting[0].t_s < running.start_s:
            self._waiting.popleft()
        if self._waiting:
            self._waiting[0] = self._waiting[0]._replace(step_s=0.0)
        for block in self._blocks:
            block.begin(running.start_s, t_s)
        self._cues.begin(self._waiting)

    def _settle(self, hold: OpenHold, to_s: float) -> None:
        """Count what is now known to belong to the hold."""
        while self._waiting and self._waiting[0].t_s <= to_s:
            hold.add(self._waiting.popleft())

    def _close(self, done: OpenHold) -> None:
        """The clock has ended the hold."""
        running, self._open = done.running, None
        end_s = running.counted_to_s
        self._settle(done, end_s)
        self._waiting.clear()
        for clock in done.clocks:
            clock.finish()
        kept = self._counts(running.held_s, done)
        for block in self._blocks:
            block.end(end_s if kept else math.nextafter(running.start_s, -math.inf))
        if not kept:
            self.visits.held(running.held_s)
            self._abandon()
            return
        late = [detector.end(end_s) for detector in self._detectors]
        self.holds.append(done.judged(self.target_s, self._side(done)))
        self._cues.end()
        self._tell_late(late)

    def _abandon(self) -> None:
        """The hold that had begun was none: what was before it goes on."""
        self._tell_late([detector.abandon() for detector in self._detectors])

    def _tell_late(self, late: Sequence[Sequence[LateObservation]]) -> None:
        """Count what is known only now of the way out of the last hold."""
        for number in self._after if self.holds else ():
            for t_s, step_s, seen in late[number]:
                self.holds[-1].clocks[self._rules[number]].update(t_s, step_s, LONGEST_GAP_S, seen)
            self._cues.late(number, late[number])

    def _counts(self, held_s: float, hold: OpenHold) -> bool:
        """Whether it is a hold and not a pause on the way, or through the shape of this stretch."""
        clear = not self._claim_s or (hold.claimed_s >= self._claim_s and hold.confidence >= LEAST_SURE)
        # So late that nothing can turn out to be another stretch's any more, it counts however it looked.
        return held_s >= SHORTEST_S and (clear or held_s >= REPLAY_S)

    def _after_hold(self, frame: HoldFrame) -> None:
        """Count what is about the way out of the hold before."""
        for number in self._after:
            seen = frame.said[number]
            if seen is not None and self.holds:
                self.holds[-1].clocks[self._rules[number]].update(frame.t_s, frame.step_s, frame.gap_s, seen)

    def _side(self, hold: OpenHold | None) -> Side:
        if not self.stretch.one_sided or hold is None:
            return "both"
        return LEGS[self._leg] if self._leg is not None else hold.side.side()
