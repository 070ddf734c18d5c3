"""How a recording went over time, for the report: gathered while it is judged, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Floats
from formcheck.core.rules import GradedLimit, Level, Reading, Rule, Target, Verdict
from formcheck.core.stretch import Stretch
from formcheck.core.timeline import LimitLine, Timeline, TimeSeries
from formcheck.signals.downsample import Downsampler


@dataclass(slots=True)
class _RuleCurve:
    """A rule's value, and those of its limits that move with the body."""

    rule: Rule
    value: Downsampler
    most: int
    steps: tuple[GradedLimit, ...] = ()
    moving: dict[int, Downsampler] = field(default_factory=dict)

    def extend(self, t_s: Floats, reading: Reading) -> None:
        unseen = reading.verdict == Verdict.UNSEEN
        self.value.extend(t_s, np.where(unseen, np.nan, reading.value))
        self.steps = reading.steps
        for index, step in enumerate(reading.steps):
            if np.ndim(step.limit):
                thinner = self.moving.setdefault(index, Downsampler(self.most))
                thinner.extend(t_s, np.where(unseen, np.nan, step.limit))

    def track(self) -> TimeSeries:
        t_s, value = self.value.points()
        ends = t_s[[0, -1]] if len(t_s) else t_s
        limits = []
        for index, step in enumerate(self.steps):
            at_s, limit = (
                self.moving[index].points() if index in self.moving else (ends, np.full(len(ends), step.limit))
            )
            limits.append(LimitLine(level=step.level, bad_when=step.bad_when, t_s=at_s, value=limit))
        rule = self.rule
        return TimeSeries(
            name=rule.measure, unit=rule.unit, t_s=t_s, value=value, limits=tuple(limits), rule_id=rule.id
        )


class TimelineBuilder:
    """Feed it what the judge gets and reads, any number of frames at a time; `finish` gives the timeline."""

    def __init__(self, stretch: Stretch, target: Target, *, most: int = 1500) -> None:
        self._stretch = stretch
        self._target = target
        self._key = Downsampler(most)
        shown = [rule for rule in stretch.rules if rule.read is not None and rule.level != Level.GATE]
        self._curves = [_RuleCurve(rule, Downsampler(most), most) for rule in shown]

    def extend(self, measures: Measures, readings: Mapping[str, Reading]) -> None:
        """Take in further frames, and what each rule read on them."""
        self._key.extend(measures.t_s, self._stretch.depth(measures, self._target))
        for curve in self._curves:
            curve.extend(measures.t_s, readings[curve.rule.id])

    def finish(self) -> Timeline:
        """The timeline of everything so far."""
        t_s, value = self._key.points()
        key = TimeSeries(name=self._stretch.key.name, unit="deg", t_s=t_s, value=value)
        return Timeline(key=key, tracks=tuple(curve.track() for curve in self._curves))
