"""From verdicts frame by frame to faults that lasted: persistence, hysteresis, and how long each rule was seen."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from formcheck.core.feedback import Alert, RuleResult
from formcheck.core.measures import REASON_TEXT, Reason
from formcheck.core.rules import LEVEL_OF, Level, Rule, Verdict

CLEAR_S = 0.5  # a fault is over when it was not seen for so long
UNSURE_S = 0.3  # a fault must be seen again within so long to have lasted
BLIND_S = 1.0  # ... or could not be judged for so long
AGAIN_S = 5.0  # coming back sooner than this, it is the same fault going on


@dataclass(slots=True)
class Fault:
    """A fault of a rule while it lasts, and afterwards."""

    rule: Rule
    verdict: int
    start_s: float
    end_s: float
    value: float
    limit: float
    count: int | None = None

    def alert(self) -> Alert:
        """What is told of it."""
        return Alert(
            rule=self.rule.id,
            level=Level(LEVEL_OF[Verdict(self.verdict)]),
            start_s=self.start_s,
            end_s=self.end_s,
            measure=self.rule.measure,
            value=_known(self.value),
            limit=_known(self.limit),
            unit=self.rule.unit,
            message=self.rule.cue,
            count=self.count,
        )


@dataclass(slots=True)
class FaultClock:
    """Watches one rule. Feed it every frame; it keeps the faults that were raised."""

    rule: Rule
    faults: list[Fault] = field(default_factory=list)
    ok_s: float = 0.0
    off_s: float = 0.0
    unseen_s: float = 0.0
    worst_limit: float = math.nan
    reasons: Counter[int] = field(default_factory=Counter)
    on: bool = False
    _since: dict[int, float] = field(default_factory=dict)
    _before: tuple[tuple[float, float, float, float, float], int, Counter[int]] | None = None
    _sign: float = 1.0
    _worst: float = -math.inf  # with the sign that makes worse values higher
    _bad_s: float = -math.inf
    _judged_s: float = -math.inf

    def __post_init__(self) -> None:
        self._sign = 1.0 if self.rule.worst_is == "highest" else -1.0

    @property
    def worst(self) -> float:
        """The worst value that was seen, NaN for none."""
        return self._sign * self._worst if self._worst > -math.inf else math.nan

    def update(self, t_s: float, step_s: float, verdict: int, value: float, limit: float, reason: int) -> None:
        """Take in a frame of a hold that stands for `step_s` seconds of it."""
        if verdict == Verdict.OK and not self.on and not self._since:
            # Nearly every frame of nearly every hold.
            self.ok_s += step_s
            self._judged_s = t_s
            self._note_worst(value, limit)
            return
        if verdict == Verdict.UNSEEN:
            self.unseen_s += step_s
            self.reasons[reason] += 1
            if t_s - self._judged_s > BLIND_S:
                self.on = False
                self._since.clear()
            return
        if t_s - self._judged_s > UNSURE_S:
            self._since.clear()  # what lies between was not seen to be bad
        self._judged_s = t_s
        self._judge(t_s, step_s, verdict, value, limit)

    def _judge(self, t_s: float, step_s: float, verdict: int, value: float, limit: float) -> None:
        """Take in a frame that was seen."""
        bad = verdict >= Verdict.HINT
        lingering = verdict == Verdict.BETWEEN and self.on
        if bad or lingering:
            self._bad_s = t_s
        elif t_s - self._bad_s > CLEAR_S:
            self.on = False
        if self.on:
            self.off_s += step_s
        else:
            self.ok_s += step_s
        self._note_worst(value, limit)
        for grade in (Verdict.HINT, Verdict.WARN, Verdict.UNSAFE):
            if verdict < grade and not (lingering and grade in self._since):
                self._since.pop(grade, None)
            else:
                self._since.setdefault(grade, t_s)
        lasted = [grade for grade, since_s in self._since.items() if t_s - since_s >= self.rule.after_s]
        if lasted:
            self.raise_fault(max(lasted), min(self._since.values()), t_s, value, limit)

    def raise_fault(self, verdict: int, start_s: float, t_s: float, value: float, limit: float) -> None:
        """Name a fault, or go on with the one that is on or was on a moment ago."""
        fault = self.faults[-1] if self.faults else None
        if fault is None or not (self.on or start_s - fault.end_s < AGAIN_S):
            fault = Fault(self.rule, verdict, start_s, t_s, value, limit)
            self.faults.append(fault)
        self._note_worst(value, limit)
        self.on = True
        self._bad_s = t_s
        fault.end_s = t_s
        fault.verdict = max(fault.verdict, verdict)
        if (value > fault.value) == (self.rule.worst_is == "highest"):
            fault.value, fault.limit = value, limit

    def _note_worst(self, value: float, limit: float) -> None:
        amount = self._sign * value
        if amount > self._worst:
            self._worst, self.worst_limit = amount, limit

    def begin(self) -> None:
        """A hold begins: remember everything, in case it is too short to count."""
        kept = (self.ok_s, self.off_s, self.unseen_s, self._worst, self.worst_limit)
        self._before = (kept, len(self.faults), self.reasons.copy())

    def forget(self) -> None:
        """The hold that began last was none."""
        if self._before is None:
            return
        kept, faults, self.reasons = self._before
        self.ok_s, self.off_s, self.unseen_s, self._worst, self.worst_limit = kept
        del self.faults[faults:]

    def leave(self, t_s: float) -> None:
        """A hold ended at `t_s`: nothing of it lingers on, nor in the next one."""
        if self.faults and self.rule.timed != "leaving":
            self.faults[-1].end_s = max(self.faults[-1].start_s, min(self.faults[-1].end_s, t_s))
        self.on = False
        self._since.clear()

    def current(self) -> Fault | None:
        """The fault that is on, as it is now."""
        if not self.on or not self.faults:
            return None
        last = self.faults[-1]
        return Fault(last.rule, last.verdict, last.start_s, last.end_s, last.value, last.limit, last.count)

    def alerts(self) -> list[Alert]:
        """All faults named so far."""
        return [fault.alert() for fault in self.faults]

    def result(self, *, held: bool) -> RuleResult:
        """How the rule went. `held` says whether there was any hold to judge."""
        seen_s = self.ok_s + self.off_s
        if not held:
            outcome = "not-reached"
        elif self.faults:
            outcome = "off"
        else:
            outcome = "ok" if seen_s > 0 and seen_s >= 0.25 * (seen_s + self.unseen_s) else "unseen"
        why = self.reasons.most_common(1)[0][0] if self.reasons else None
        if outcome == "unseen" and why is None:
            why = Reason.NOT_LEFT if self.rule.timed == "leaving" else Reason.NOT_LEARNT
        return RuleResult(
            id=self.rule.id,
            level=self.rule.level,
            outcome=outcome,  # type: ignore[arg-type]
            ok_s=self.ok_s,
            off_s=self.off_s,
            unseen_s=self.unseen_s,
            why_unseen=REASON_TEXT[Reason(why)] if why else None,
            measure=self.rule.measure,
            worst=_known(self.worst),
            limit=_known(self.worst_limit),
            unit=self.rule.unit,
        )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
