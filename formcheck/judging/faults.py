"""From verdicts frame by frame to faults that lasted: persistence, hysteresis, and how long each rule was seen."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from formcheck.core.feedback import Alert
from formcheck.core.names import uncapital
from formcheck.core.reasons import Reason
from formcheck.core.rules import LEVEL_OF, Level, Rule, Verdict
from formcheck.signals.sustained import Sustained

CLEAR_S = 0.5  # a fault is over when it was not seen for so long
BLIND_S = 1.0  # ... or could not be judged for so long
AGAIN_S = 5.0  # coming back sooner than this, it is the same fault going on
FEWEST = 3  # pictures that must agree: fewer may be one misreading
UNPRAISED_SHARE: Final = 0.3  # of a hold: whoever was warned through more of it is not told that it was well done
_JITTER_S = 0.02


class Observation(NamedTuple):
    """What a detector says of one frame.

    badness  how far the value lies beyond the limit, negative on the good side.
    since_s  when what is observed began, where the detector knows it; else NaN, and it must last first.
    times    how often it happened, of what can be counted.
    error    plus or minus of the value, NaN where it is not known.
    """

    verdict: int
    value: float
    limit: float
    badness: float
    reason: int = Reason.SEEN
    since_s: float = math.nan
    times: int | None = None
    error: float = math.nan


def unseen(limit: float, reason: int) -> Observation:
    """The observation of a frame in which nothing can be told."""
    return Observation(Verdict.UNSEEN, math.nan, limit, math.nan, reason)


@dataclass(slots=True)
class Fault:
    """A fault of a rule while it lasts, and afterwards; `value` is the worst that was kept up."""

    rule: Rule
    verdict: int
    start_s: float
    end_s: float
    value: float
    limit: float
    badness: float
    count: int | None = None
    error: float = math.nan

    def alert(self) -> Alert:
        """What is told of it."""
        return Alert(
            rule=self.rule.id,
            level=Level(LEVEL_OF[Verdict(self.verdict)]),
            start_s=self.start_s,
            end_s=self.end_s,
            measure=self.rule.measure,
            value=known(self.value),
            limit=known(self.limit),
            unit=self.rule.unit,
            message=self.rule.cue_for(self.value, self.limit),
            count=self.count,
            error=known(self.error),
        )


@dataclass(slots=True)
class FaultClock:
    """Watches one rule through one hold. Feed it every frame of it; it keeps the faults that were raised.

    ok_s, off_s, unseen_s   seconds of the hold.
    unsure_s                seconds that were bad, but not for long enough to be a fault.
    warned_s                seconds in which a fault was on that is more than a hint, the time it had to last included.
    reasons                 seconds unseen by `Reason`.
    now                     whether it tells what is on now; what was kept up is not asked for then.
    sparse                  whether something bad lasted for long enough, but in too few pictures to be sure.
    """

    rule: Rule
    now: bool = False
    faults: list[Fault] = field(default_factory=list)
    ok_s: float = 0.0
    off_s: float = 0.0
    unseen_s: float = 0.0
    unsure_s: float = 0.0
    warned_s: float = 0.0
    reasons: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    on: bool = False
    sparse: bool = False
    sustained: Sustained[Observation] = field(init=False)
    _since: dict[int, tuple[float, int]] = field(default_factory=dict)  # by grade: since when, in how many pictures
    _waiting_s: float = 0.0
    _grave_s: float = 0.0  # more than a hint, but not for long enough to be told as that
    _bad_s: float = -math.inf
    _judged_s: float = -math.inf
    _fewest: int = field(init=False)

    def __post_init__(self) -> None:
        self.sustained = Sustained(self.rule.after_s, least=FEWEST, asked_above=0.0)
        self._fewest = FEWEST if self.rule.after_s > 0 else 1

    def update(self, t_s: float, step_s: float, gap_s: float, seen: Observation) -> None:
        """Take in a frame that stands for `step_s` seconds; over `gap_s` without one nothing lasts."""
        verdict = seen.verdict
        if verdict == Verdict.UNSEEN:
            self.unseen_s += step_s
            self.reasons[seen.reason] += step_s
            if t_s - self._judged_s > max(BLIND_S, gap_s):
                self._give_up()
            return
        if t_s - self._judged_s > gap_s and self._since:
            self._doubt()  # what lies between was not seen to be bad
        self._judged_s = t_s
        kept = None if self.now else self.sustained.update(t_s, seen.badness, seen, gap_s)
        if verdict == Verdict.OK and not self.on and not self._since:
            self.ok_s += step_s  # nearly every frame of nearly every hold
            return
        bad = self._note(t_s, step_s, verdict)
        if bad and (lasted := self._lasted(t_s)):
            worst = kept.what if kept else seen
            known_s = seen.since_s == seen.since_s
            start_s = seen.since_s if known_s else min(at_s for at_s, _ in self._since.values())
            self._raise(lasted, start_s, t_s, worst, kept.level if kept else seen.badness)
            self.faults[-1].count = seen.times

    def _note(self, t_s: float, step_s: float, verdict: int) -> bool:
        """Count a frame that was seen; returns whether it was bad."""
        bad = verdict >= Verdict.HINT
        if bad or (verdict == Verdict.BETWEEN and self.on):
            self._bad_s = t_s
            if self.on:
                self.faults[-1].end_s = t_s
        elif t_s - self._bad_s > CLEAR_S:
            self.on = False
        for grade in (Verdict.HINT, Verdict.WARN, Verdict.UNSAFE):
            if verdict < grade:
                self._since.pop(grade, None)
            else:
                at_s, count = self._since.get(grade, (t_s, 0))
                self._since[grade] = at_s, count + 1
        self._note_warning(step_s, verdict)
        if self.on:
            self.off_s += step_s
        elif bad:
            self._waiting_s += step_s
        else:
            self._doubt()
            self.ok_s += step_s
        return bad

    def _note_warning(self, step_s: float, verdict: int) -> None:
        if self._warns:
            self.warned_s += step_s
        else:
            self._grave_s = self._grave_s + step_s if verdict >= Verdict.WARN else 0.0

    @property
    def unsafe(self) -> bool:
        """Whether something unsafe was seen."""
        return any(fault.verdict >= Verdict.UNSAFE for fault in self.faults)

    @property
    def _warns(self) -> bool:
        """Whether what is on is more than a hint."""
        return self.on and self.faults[-1].verdict >= Verdict.WARN

    def _lasted(self, t_s: float) -> int:
        """The worst grade that has lasted, 0 for none."""
        after_s = self.rule.after_s - _JITTER_S
        lasted = {grade: n for grade, (at_s, n) in self._since.items() if t_s - at_s >= after_s}
        self.sparse |= any(n < self._fewest for n in lasted.values())
        return max((grade for grade, n in lasted.items() if n >= self._fewest), default=0)

    def _raise(self, verdict: int, start_s: float, t_s: float, worst: Observation, badness: float) -> None:
        """Name a fault, or go on with the one that is on or was on a moment ago."""
        fault = self.faults[-1] if self.faults else None
        if fault is None or not (self.on or start_s - fault.end_s < AGAIN_S):
            fault = Fault(self.rule, verdict, start_s, t_s, worst.value, worst.limit, badness, error=worst.error)
            self.faults.append(fault)
        self.on = True
        self.off_s += self._waiting_s
        self._waiting_s = 0.0
        self._bad_s = fault.end_s = t_s
        fault.verdict = max(fault.verdict, verdict)
        if self._warns:
            self.warned_s += self._grave_s
            self._grave_s = 0.0
        if badness > fault.badness:
            fault.value, fault.limit, fault.error, fault.badness = worst.value, worst.limit, worst.error, badness

    def _doubt(self) -> None:
        """What was bad until now did not last."""
        self.unsure_s += self._waiting_s
        self._waiting_s = self._grave_s = 0.0
        self._since.clear()

    def _give_up(self) -> None:
        self.on = False
        self._doubt()

    def finish(self) -> None:
        """The hold is over."""
        self._give_up()

    def told(self, t_s: float, told_s: float) -> Fault | None:
        """The fault that is on, as it is now; with `told_s` the last one, for so long after it was seen."""
        if not self.faults or not (t_s - self.faults[-1].end_s <= told_s if told_s > 0 else self.on):
            return None
        return replace(self.faults[-1])


def next_time(clocks: Iterable[FaultClock], held_s: float) -> str | None:
    """What to mind after a hold of so many seconds, in words; None where all of it may be praised.

    That is what was unsafe, if only for a moment, else the warning that was on through too much of the hold.
    """
    faulty = (clock for clock in clocks if clock.faults)  # hardly any: this is asked of every frame of a hold
    unpraised = [clock for clock in faulty if clock.unsafe or clock.warned_s > UNPRAISED_SHARE * held_s]
    worst = max(unpraised, key=lambda clock: (clock.unsafe, clock.warned_s), default=None)
    return None if worst is None else uncapital(worst.rule.title)


def known(value: float) -> float | None:
    """The value, None for NaN."""
    return None if math.isnan(value) else value
