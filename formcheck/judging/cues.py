"""What is wrong now: faults as they are told at once, before it is known whether the hold had already ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from formcheck.judging.detectors import Detector, LateObservation
from formcheck.judging.faults import Fault, FaultClock, next_time
from formcheck.judging.hold import LONGEST_GAP_S
from formcheck.judging.open_hold import HoldFrame


class Cues:
    """Watches all rules of a judge through the hold at hand, and the way out of it."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self._detectors = detectors
        self._clocks = [FaultClock(detector.rule, now=True) for detector in detectors]

    def begin(self, waiting: Iterable[HoldFrame]) -> None:
        """A hold has begun a while ago, with these frames."""
        self._clocks = [FaultClock(detector.rule, now=True) for detector in self._detectors]
        for frame in waiting:
            frame.tell(self._clocks)

    def end(self) -> None:
        """The hold is over: what is about the way out begins."""
        for i, detector in enumerate(self._detectors):
            if detector.after_hold:
                self._clocks[i] = FaultClock(detector.rule, now=True)

    def late(self, number: int, late: Sequence[LateObservation]) -> None:
        """What the detector of that number says only now."""
        for t_s, step_s, seen in late:
            self._clocks[number].update(t_s, step_s, LONGEST_GAP_S, seen)

    def note(self, frame: HoldFrame, *, held: bool) -> list[Fault]:
        """Take in a frame; what is on now. What is about the way out is told then, everything else within the hold."""
        told = []
        for detector, clock, seen in zip(self._detectors, self._clocks, frame.said, strict=True):
            after = detector.after_hold
            if seen is not None and held != after:
                clock.update(frame.t_s, frame.step_s, frame.gap_s, seen)
            fault = clock.told(frame.t_s, detector.told_s) if held or after else None
            if fault is not None:
                told.append(fault)
        return told

    def next_time(self, held_s: float) -> str | None:
        """What to mind next time, after so many seconds of the hold at hand; None for nothing."""
        return next_time(self._clocks, held_s)
