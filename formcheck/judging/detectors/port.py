"""What the judge asks of whatever watches a rule, without knowing what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from formcheck.core.measures import Measures
from formcheck.core.rules import Rule, Target
from formcheck.core.stretch import Stretch
from formcheck.judging.faults import Observation

LateObservation = tuple[float, float, Observation]
"""Seconds, the time it stands for, and what was observed: of frames that have gone by."""


class Detector(Protocol):
    """Watches one rule of a stretch. Fed block by block, asked frame by frame."""

    rule: Rule
    after_hold: bool
    """Whether it is about what comes after a hold, and not about the hold itself."""

    def extend(self, stretch: Stretch, measures: Measures, target: Target) -> None:
        """The frames that will be asked about next."""
        ...

    def observe(self, i: int, t_s: float, step_s: float, *, held: bool) -> Observation | None:
        """What can be said of frame `i` of the block, None for nothing; `held`: the body is taken to be in the hold.

        Called once for each frame, in order. What a detector learns of the person it learns here, too.
        """
        ...

    def begin(self, start_s: float) -> None:
        """A hold has begun, at `start_s`, which lies in the past."""
        ...

    def abandon(self) -> Sequence[LateObservation]:
        """The hold that had begun was none; what is to be said of the frames since then."""
        ...

    def end(self, end_s: float) -> Sequence[LateObservation]:
        """A hold has ended, at `end_s`, which lies in the past; what is to be said of the frames since then."""
        ...


class HoldDetector:
    """The part that is the same in all detectors which look at the hold and remember nothing between two of them."""

    after_hold = False

    def begin(self, start_s: float) -> None:
        """Nothing to remember."""

    def abandon(self) -> Sequence[LateObservation]:
        """Nothing to say of it."""
        return ()

    def end(self, end_s: float) -> Sequence[LateObservation]:  # noqa: ARG002
        """Nothing to say afterwards."""
        return ()
