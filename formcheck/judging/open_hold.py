"""A hold while it goes on: only what is known to belong to it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from formcheck.core.feedback import Hold
from formcheck.core.rules import Target
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.judging.claims import sureness
from formcheck.judging.faults import FaultClock, Observation, next_time
from formcheck.judging.feedback import FeedbackBlock
from formcheck.judging.findings import BestHeld, JudgedHold
from formcheck.judging.hold import RunningHold, lasting_gap_s
from formcheck.judging.side import SideBelief


class HoldFrame(NamedTuple):
    """A frame of the hold, or maybe of it.

    step_s        seconds of the hold that it stands for.
    gap_s         seconds without a frame over which nothing lasts at the rate at hand.
    said          what each detector observed, None for nothing.
    values        what each progress measure reads.
    leg           label of the stretched leg (0 left, 1 right), and the log odds that it is right.
    of_leg        the leg that a hold is of, see `Stretch.held_leg`.
    sure          how sure it is that the body was in the stretch, 0 where it was not clearly in it.
    """

    t_s: float
    step_s: float
    gap_s: float
    said: list[Observation | None]
    values: tuple[float, ...]
    leg: int
    labels_right: float
    of_leg: int
    sure: float

    def without(self, numbers: Sequence[int]) -> HoldFrame:
        """The same without what the detectors of these numbers observed."""
        if not numbers:
            return self
        return self._replace(said=[None if i in numbers else seen for i, seen in enumerate(self.said)])

    def tell(self, clocks: Sequence[FaultClock]) -> None:
        """Feed what was observed to the clocks of the rules."""
        for clock, seen in zip(clocks, self.said, strict=True):
            if seen is not None:
                clock.update(self.t_s, self.step_s, self.gap_s, seen)


def hold_frames(said: FeedbackBlock, target: Target) -> list[HoldFrame]:
    """The frames of a block, not yet observed."""
    stretch, measures = said.stretch, said.measures
    values = list(zip(*(stretch.reached(one, measures, target).tolist() for one in stretch.progress), strict=True))
    frames = zip(
        measures.t_s.tolist(),
        lasting_gap_s(measures.fps).tolist(),
        said.leg,
        measures.labels_right.tolist(),
        stretch.held_leg(measures, target).tolist(),
        sureness(stretch, measures, target).tolist(),
        strict=True,
    )
    return [
        HoldFrame(t_s, 0.0, gap_s, [], values[i] if values else (), leg, labels_right, of_leg, sure)
        for i, (t_s, gap_s, leg, labels_right, of_leg, sure) in enumerate(frames)
    ]


class OpenHold:
    """What was found so far in the hold that the clock calls `running`."""

    def __init__(self, running: RunningHold, stretch: Stretch, rules: Sequence[str], *, mirrored: bool) -> None:
        self.running = running
        self._stretch = stretch
        self.clocks = [FaultClock(stretch.rule(rule)) for rule in rules]
        self.best = [BestHeld(progress) for progress in stretch.progress]
        self.side = SideBelief(mirrored=mirrored)
        self.claimed_s = self._sure_s = 0.0

    def add(self, frame: HoldFrame) -> None:
        """Count a frame."""
        frame.tell(self.clocks)
        for best, value in zip(self.best, frame.values, strict=True):
            best.update(frame.t_s, value, frame.gap_s)
        self.side.update(frame.leg, frame.labels_right, frame.step_s)
        self.claimed_s += frame.step_s if frame.sure else 0.0
        self._sure_s += frame.step_s * frame.sure

    @property
    def confidence(self) -> float:
        """How sure it was of the stretch on average while the body was clearly in it, 0 to 1."""
        return self._sure_s / self.claimed_s if self.claimed_s else 0.0

    def judged(self, target_s: float, side: Side) -> JudgedHold:
        """What was found in it, now that it is over."""
        running = self.running
        return JudgedHold(
            stretch=self._stretch,
            hold=Hold(
                start_s=running.start_s,
                end_s=running.counted_to_s,
                held_s=running.held_s,
                target_s=target_s,
                side=side,
                next_time=next_time(self.clocks, running.held_s),
            ),
            claimed_s=self.claimed_s,
            confidence=self.confidence,
            clocks={clock.rule.id: clock for clock in self.clocks},
            best=tuple(best.reached for best in self.best),
        )
