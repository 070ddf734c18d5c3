"""Which stretch is it: from the shapes the body held still in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch
from formcheck.rules.hold import HoldClock

SHORTEST_S = 3.0  # whoever passes through a shape without staying that long does not do that stretch


def claimed(stretch: Stretch, measures: Measures, target: Target) -> Bools:
    """(T,) where the stretch claims the body and enough of it is seen: the trunk and one whole leg."""
    leg = (measures.leg_seen == Reason.SEEN) | (measures.leg_seen == Reason.LENGTHS_OFF)
    seen = (measures.trunk_seen == Reason.SEEN) & leg.any(axis=1)
    return np.asarray(stretch.claims(measures, target) & seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The stretch that was done, None for none of them; `confidence` 0 to 1."""

    stretch: Stretch | None
    confidence: float


class Recogniser:
    """Adds up how long each stretch was held; feed it measures in order."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._held = {stretch.slug: 0.0 for stretch in stretches}
        self._clocks = [(stretch, HoldClock(target_s=30.0)) for stretch in stretches]

    def extend(self, measures: Measures) -> None:
        """Take in further frames."""
        t_s = measures.t_s.tolist()
        for stretch, clock in self._clocks:
            inside = claimed(stretch, measures, Target()).tolist()
            depth = stretch.depth(measures, Target()).tolist()
            for frame in zip(t_s, inside, depth, strict=True):
                ended = clock.update(*frame).ended
                if ended is not None:
                    self._held[stretch.slug] += ended.held_s

    def finish(self) -> Recognised:
        """The stretch held longest, with its share of all that was held as the confidence."""
        for stretch, clock in self._clocks:
            running = clock.finish()
            if running is not None:
                self._held[stretch.slug] += running.held_s
        best = max((stretch for stretch, _ in self._clocks), key=lambda stretch: self._held[stretch.slug])
        total = sum(self._held.values())
        if self._held[best.slug] < SHORTEST_S:
            return Recognised(stretch=None, confidence=1.0 - self._held[best.slug] / (2 * SHORTEST_S))
        return Recognised(stretch=best, confidence=self._held[best.slug] / total)


def recognise_photo(stretches: Iterable[Stretch], measures: Measures) -> Recognised:
    """The stretch whose shape the body of a single frame has, None for none."""
    fitting = [stretch for stretch in stretches if len(measures) and claimed(stretch, measures, Target())[0]]
    if not fitting:
        return Recognised(stretch=None, confidence=0.5)
    return Recognised(stretch=fitting[0], confidence=1.0 / len(fitting))
