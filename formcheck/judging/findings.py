"""What came of a hold: the values that belong to it, and nothing of the way in or the way out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from formcheck.core.feedback import Alert, Hold, Outcome, RuleResult
from formcheck.core.reached import ProgressResult
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Rule
from formcheck.core.side import Side
from formcheck.core.stretch import Progress, Stretch
from formcheck.judging.faults import FaultClock, known
from formcheck.signals.sustained import Sustained

HELD_S: Final = 1.0  # what is told as reached was sustained for so long


class BestValue(NamedTuple):
    """The best value that was held for a second, and when; NaN for none."""

    value: float
    t_s: float


class BestHeld:
    """Finds the best value of a progress measure that was held for a second, or for another time."""

    def __init__(self, progress: Progress, over_s: float = HELD_S) -> None:
        self._sign = 1.0 if progress.best == "highest" else -1.0
        self._sustained: Sustained[None] = Sustained(over_s, asked_above=math.inf)

    def update(self, t_s: float, value: float, gap_s: float) -> None:
        """Take in a value of a hold; NaN where it is not seen."""
        if not math.isnan(value):
            self._sustained.update(t_s, self._sign * value, None, gap_s)

    @property
    def reached(self) -> BestValue:
        """The best so far."""
        best = self._sustained.best
        return BestValue(math.nan, math.nan) if best is None else BestValue(self._sign * best.level, best.t_s)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedHold:
    """A hold that is over, and what was found in it.

    claimed_s  seconds in which the body was clearly in this stretch, and how sure that was on average, 0 to 1.
    clocks     by rule id; the ones of rules about what comes afterwards may still be fed.
    best       in the order of the stretch's progress measures.
    """

    stretch: Stretch
    hold: Hold
    claimed_s: float
    confidence: float
    clocks: dict[str, FaultClock]
    best: tuple[BestValue, ...]

    def of_side(self, side: Side) -> JudgedHold:
        """The same, booked to that side."""
        return replace(self, hold=replace(self.hold, side=side))


def alerts_of(holds: Iterable[JudgedHold]) -> tuple[Alert, ...]:
    """All faults of these holds, by time."""
    found = [fault.alert() for one in holds for clock in one.clocks.values() for fault in clock.faults]
    return tuple(sorted(found, key=lambda alert: alert.start_s))


def rule_result(rule: Rule, holds: Sequence[JudgedHold], target_s: float) -> RuleResult:
    """How a rule went over these holds; not reached where there are none."""
    if rule.timed == "hold":
        return _hold_time(rule, [one.hold for one in holds], target_s)
    clocks = [one.clocks[rule.id] for one in holds]
    ok_s, off_s = sum(clock.ok_s for clock in clocks), sum(clock.off_s for clock in clocks)
    unsure_s = sum(clock.unsure_s for clock in clocks)
    unseen_s = sum(clock.unseen_s for clock in clocks)
    worst = max(
        (clock.sustained.best for clock in clocks if clock.sustained.best), key=lambda kept: kept.level, default=None
    )
    outcome: Outcome = "not-reached"
    if any(clock.faults for clock in clocks):
        outcome = "off"
    elif clocks:
        # Earned: judged, for most of the hold, and by pictures enough.
        most = ok_s >= 0.5 * (ok_s + unsure_s + unseen_s) > 0
        outcome = "ok" if worst is not None and most and not any(clock.sparse for clock in clocks) else "unseen"
    why = _why_unseen(rule, clocks, unsure_s if worst is not None else unsure_s + ok_s)
    value, limit, error = (
        (worst.what.value, worst.what.limit, worst.what.error) if worst else (math.nan, math.nan, math.nan)
    )
    return RuleResult(
        id=rule.id,
        level=rule.level,
        outcome=outcome,
        ok_s=ok_s,
        off_s=off_s,
        unseen_s=unseen_s + unsure_s,
        why_unseen=REASON_TEXT[why] if why and (outcome == "unseen" or unseen_s > 0) else None,
        measure=rule.measure,
        worst=known(value),
        limit=known(limit),
        unit=rule.unit,
        error=known(error),
    )


def progress_results(stretch: Stretch, holds: Sequence[JudgedHold]) -> tuple[ProgressResult, ...]:
    """The best of these holds in each progress measure, and the best of each side."""
    return tuple(_progress(stretch, number, holds) for number in range(len(stretch.progress)))


def progress_result(progress: Progress, reached: BestValue, side: Side | None) -> ProgressResult:
    """The result of one progress measure; a value that is not known has neither time, side nor words."""
    there = not math.isnan(reached.value)
    return ProgressResult(
        name=progress.name,
        value=known(reached.value),
        unit=progress.unit,
        t_s=known(reached.t_s),
        text=progress.describe(reached.value) if there else "",
        better=progress.best,
        side=side if there else None,
        error=progress.error if there else None,
    )


def _progress(stretch: Stretch, number: int, holds: Sequence[JudgedHold]) -> ProgressResult:
    progress = stretch.progress[number]
    sign = 1.0 if progress.best == "highest" else -1.0
    best: dict[Side, BestValue] = {}
    for one in holds:
        new, side = one.best[number], one.hold.side
        if not math.isnan(new.value) and (side not in best or sign * new.value > sign * best[side].value):
            best[side] = new
    if not best:
        return progress_result(progress, BestValue(math.nan, math.nan), None)
    furthest = max(best, key=lambda name: sign * best[name].value)
    result = progress_result(progress, best[furthest], furthest)
    return replace(result, by_side=tuple((name, best[name].value) for name in sorted(best)))


def _hold_time(rule: Rule, holds: Sequence[Hold], target_s: float) -> RuleResult:
    best = max(holds, key=lambda hold: hold.held_s / hold.target_s, default=None)
    best_s, reached = (best.held_s, best.reached) if best else (0.0, False)
    target_s = best.target_s if best else target_s
    return RuleResult(
        id=rule.id, level=rule.level, outcome="ok" if reached else "not-reached", ok_s=best_s, off_s=0.0,
        unseen_s=0.0, why_unseen=None, measure=rule.measure, worst=best_s if holds else None,
        limit=target_s, unit=rule.unit,
    )  # fmt: skip


def _why_unseen(rule: Rule, clocks: Sequence[FaultClock], unsure_s: float) -> int | None:
    """What kept a rule from being judged, for longest."""
    if any(clock.sparse for clock in clocks):
        return Reason.TOO_SLOW
    reasons: dict[int, float] = {}
    for clock in clocks:
        for reason, seconds in clock.reasons.items():
            reasons[reason] = reasons.get(reason, 0.0) + seconds
    if unsure_s > 0:
        reasons[Reason.TOO_SHORT] = unsure_s
    if reasons:
        return max(reasons, key=lambda reason: reasons[reason])
    return Reason.NOT_LEFT if rule.timed == "leaving" else Reason.TOO_SHORT
