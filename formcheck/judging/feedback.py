"""What a judge says of a block of frames, put together only for the frames that are asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.feedback import Feedback, State
from formcheck.core.landmarks import points_of
from formcheck.core.measures import Measures
from formcheck.core.reasons import REASON_TEXT
from formcheck.core.rules import Verdict
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.judging.faults import Fault, Observation
from formcheck.judging.view import view_advice


@dataclass(slots=True, kw_only=True, eq=False)
class FeedbackBlock(Sequence[Feedback]):
    """One `Feedback` for each of T frames, made when it is looked at: most frames of a recording never are.

    rules, observed           ids of the rules, and (T,) what was observed of each, None for nothing.
    states, held_s, counting  (T,) what the hold clock said, put right when it turns out to have been otherwise.
    sides                     (T,) side of the hold at hand, None outside of holds and until a hold is found to be one.
    leg                       (T,) index of the stretched leg.
    faults                    those that are on, by frame; frames without any are left out.
    next_time                 what to mind next time, by frame of a hold; frames without anything are left out.
    """

    stretch: Stretch
    target_s: float
    measures: Measures
    rules: Sequence[str]
    depth_deg: list[float]
    leg: list[int]
    observed: list[Sequence[Observation | None]] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    held_s: list[float] = field(default_factory=list)
    counting: list[bool] = field(default_factory=list)
    sides: list[Side | None] = field(default_factory=list)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    next_time: dict[int, str] = field(default_factory=dict)

    def begin(self, start_s: float, now_s: float) -> None:
        """A hold has begun at `start_s`, as turned out at `now_s`."""
        for i in self._between(start_s, now_s):
            if self.states[i] == State.READY:
                self.states[i], self.counting[i] = State.HOLD, True
                self.held_s[i] = float(self.measures.t_s[i]) - start_s

    def end(self, end_s: float) -> None:
        """The hold had ended at `end_s` already: what came after was the way out."""
        for i in self._between(math.nextafter(end_s, math.inf), math.inf):
            self.sides[i] = None
            if self.counting[i]:
                self.states[i], self.counting[i] = State.READY, False
                self.faults.pop(i, None)
                self.next_time.pop(i, None)

    def _between(self, start_s: float, end_s: float) -> range:
        """The frames said so far from `start_s` up to, but without, `end_s`."""
        first, last = np.searchsorted(self.measures.t_s, [start_s, end_s])
        return range(int(first), min(int(last), len(self.states)))

    def __len__(self) -> int:
        return len(self.states)

    def __iter__(self) -> Iterator[Feedback]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, i: int) -> Feedback:  # type: ignore[override]  # nobody takes slices
        i = range(len(self))[i]
        good: list[str] = []
        unseen: list[tuple[str, str]] = []
        bad = False  # also what has not lasted yet
        if self.counting[i]:
            for rule, seen in zip(self.rules, self.observed[i], strict=True):
                if seen is None:
                    continue
                if seen.verdict == Verdict.OK:
                    good.append(rule)
                elif seen.verdict == Verdict.UNSEEN:
                    unseen.append((rule, REASON_TEXT[int(seen.reason)]))
                bad |= seen.verdict >= Verdict.HINT
        alerts = sorted(
            (fault.alert() for fault in self.faults.get(i, ())),
            key=lambda alert: (-alert.level.severity, alert.start_s),
        )
        marked: tuple[int, ...] = ()
        if alerts:
            about = self.stretch.rule(alerts[0].rule).about
            marked = points_of(about, self.leg[i], int(self.measures.near[i]))
        return Feedback(
            t_s=float(self.measures.t_s[i]),
            state=self.states[i],
            hold_s=self.held_s[i],
            target_s=self.target_s,
            alerts=tuple(alerts),
            marked=marked,
            good=() if bad else tuple(good),
            unseen=tuple(unseen),
            advice=view_advice(self.measures, i),
            depth_deg=self.depth_deg[i],
            side=self.sides[i],
            # Whoever comes out of a hold lacks nothing.
            missing=self._missing(i) if self.states[i] == State.POSITION and self.held_s[i] == 0.0 else None,
            next_time=self.next_time.get(i),
        )

    def _missing(self, i: int) -> str | None:
        """The first thing that keeps the body from being in position."""
        missing = self.stretch.position.missing(self.measures.part(i, i + 1), np.array(self.leg[i : i + 1]))
        return missing[0] if missing else None


def watching(measures: Measures, i: int, target_s: float) -> Feedback:
    """What to show of frame `i` while no stretch is at hand."""
    seen = not math.isnan(measures.trunk_deg[i])
    return Feedback(
        t_s=float(measures.t_s[i]),
        state=State.POSITION if seen else State.NO_PERSON,
        hold_s=0.0,
        target_s=target_s,
        alerts=(),
        marked=(),
        good=(),
        unseen=(),
        advice=view_advice(measures, i),
        depth_deg=math.nan,
    )
