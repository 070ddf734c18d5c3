"""What the judge asks of whatever watches a rule, without knowing what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from formcheck.core.measures import Measures
from formcheck.core.rules import Rule, Target
from formcheck.core.stretch import Stretch
from formcheck.judging.faults import Observation

LateObservation = tuple[float, float, Observation]
"""Seconds, the time it stands for, and what was observed: of frames that have gone by."""


class ObservedFrame(NamedTuple):
    """A frame that a detector is asked about.

    i       its place in the block that the detector was fed last.
    t_s     seconds from the beginning of the source.
    step_s  seconds that it stands for, 0 after a pause.
    held    whether the body is taken to be in the hold.
    """

    i: int
    t_s: float
    step_s: float
    held: bool


class Detector(Protocol):
    """Watches one rule of a stretch. Fed block by block, asked frame by frame."""

    rule: Rule
    after_hold: bool
    """Whether it is about what comes after a hold, and not about the hold itself."""
    told_s: float
    """How long what it saw is told once it is over: of what takes a moment only, else 0."""

    def extend(self, stretch: Stretch, measures: Measures, target: Target, /) -> None:
        """The frames that will be asked about next."""
        ...

    def observe(self, frame: ObservedFrame, /) -> Observation | None:
        """What can be said of a frame of the block, None for nothing.

        Called once for each frame, in order. What a detector learns of the person it learns here, too.
        """
        ...

    def begin(self) -> None:
        """A hold has begun, up to some seconds ago."""
        ...

    def abandon(self) -> Sequence[LateObservation]:
        """The hold that had begun was none; what is to be said of the frames since then."""
        ...

    def end(self, end_s: float, /) -> Sequence[LateObservation]:
        """A hold has ended, at `end_s`, which lies in the past; what is to be said of the frames since then."""
        ...


class HoldDetector:
    """The part that is the same in all detectors which look at one hold, and at nothing after it."""

    after_hold = False
    told_s = 0.0

    def forget(self) -> None:
        """Begin anew; for those that remember something of the frames before."""

    def begin(self) -> None:
        """Nothing of the way in counts."""
        self.forget()

    def abandon(self) -> Sequence[LateObservation]:
        """Nothing to say of what was no hold."""
        self.forget()
        return ()

    def end(self, _end_s: float) -> Sequence[LateObservation]:
        """Nothing to say afterwards."""
        self.forget()
        return ()
