"""What a judge says of a block of frames, put together only for the frames that are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.feedback import Feedback, State
from formcheck.core.landmarks import points_of
from formcheck.core.measures import REASON_TEXT, Measures, Reason
from formcheck.core.poses import Ints
from formcheck.core.rules import Level, Reading, Verdict
from formcheck.core.stretch import Stretch
from formcheck.rules.faults import Fault

# The one that matters first.
_LEVEL_ORDER = {Level.UNSAFE: 0, Level.WARN: 1, Level.HINT: 2}
_HELPFUL = np.zeros(len(Reason) + 1, dtype=bool)
_HELPFUL[[Reason.NOT_SIDE_ON, Reason.FEET_OUT, Reason.BODY_OUT, Reason.TRUNK_HIDDEN]] = True


@dataclass(slots=True, kw_only=True, eq=False)
class FeedbackBlock:
    """One `Feedback` for each of T frames, made when it is looked at: most frames of a recording never are.

    states, held_s, counting  (T,) what the hold clock said.
    leg                       (T,) index of the stretched leg.
    faults                    those that are on, by frame; frames without any are left out.
    """

    stretch: Stretch
    target_s: float
    measures: Measures
    readings: dict[str, Reading]
    depth_deg: list[float]
    leg: list[int]
    states: list[State] = field(default_factory=list)
    held_s: list[float] = field(default_factory=list)
    counting: list[bool] = field(default_factory=list)
    faults: dict[int, list[Fault]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.states)

    def __iter__(self) -> Iterator[Feedback]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, i: int) -> Feedback:
        i = range(len(self))[i]
        good: list[str] = []
        unseen: list[tuple[str, str]] = []
        if self.counting[i]:
            for rule, reading in self.readings.items():
                if reading.verdict[i] == Verdict.OK:
                    good.append(rule)
                elif reading.verdict[i] == Verdict.UNSEEN:
                    unseen.append((rule, REASON_TEXT[Reason(reading.reason[i])]))
        alerts = sorted(
            (fault.alert() for fault in self.faults.get(i, ())),
            key=lambda alert: (_LEVEL_ORDER[alert.level], alert.start_s),
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
            good=tuple(good),
            unseen=tuple(unseen),
            advice=view_advice(self.measures, i) if self.states[i] != State.NO_PERSON else None,
            depth_deg=self.depth_deg[i],
        )


def view_reasons(measures: Measures) -> Ints:
    """`Reason` codes (T,): what is wrong with the picture as a whole, the most helpful thing first."""
    reasons = np.where(measures.thigh_seen, int(Reason.SEEN), int(Reason.LEG_HIDDEN))
    for seen in (measures.view_seen, measures.trunk_seen, measures.feet_seen):
        reasons = np.where(_HELPFUL[seen], seen, reasons)
    return reasons


def view_advice(measures: Measures, i: int) -> str | None:
    """What to change about the picture of frame `i`, None for nothing."""
    for seen in (measures.feet_seen, measures.trunk_seen, measures.view_seen):
        if _HELPFUL[seen[i]]:
            return REASON_TEXT[Reason(seen[i])]
    return None if measures.thigh_seen[i] else REASON_TEXT[Reason.LEG_HIDDEN]
