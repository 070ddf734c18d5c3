"""What a judge says of a block of frames, put together only for the frames that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from formcheck.core.feedback import Feedback, State
from formcheck.core.landmarks import points_of
from formcheck.core.measures import REASON_TEXT, Measures, Reason
from formcheck.core.rules import Level, Reading, Verdict
from formcheck.core.stretch import Stretch
from formcheck.rules.faults import Fault
from formcheck.rules.view import view_advice

# The one that matters first.
_LEVEL_ORDER = {Level.UNSAFE: 0, Level.WARN: 1, Level.HINT: 2}


@dataclass(slots=True, kw_only=True, eq=False)
class FeedbackBlock(Sequence[Feedback]):
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

    def __getitem__(self, i: int) -> Feedback:  # type: ignore[override]  # nobody takes slices
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
