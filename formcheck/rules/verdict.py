"""The report at the end of a recording, from what the judge remembers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from formcheck.core.feedback import (
    Alert,
    Outcome,
    ProgressResult,
    Report,
    RuleResult,
    Side,
    View,
)
from formcheck.core.measures import REASON_TEXT, Measures, Reason
from formcheck.core.poses import SourceInfo
from formcheck.core.rules import LEVEL_OF, Level, Rule, Target, Verdict
from formcheck.core.stretch import Progress, Stretch
from formcheck.rules.judge import LEGS, Best, Judge
from formcheck.rules.recognition import Recognised
from formcheck.rules.view import FRONTAL_DEG, ViewTally

ChosenBy = Literal["user", "recognised"]


def report_recording(
    judge: Judge,
    source: SourceInfo,
    *,
    frames_with_person: int,
    chosen_by: ChosenBy,
    confidence: float | None,
    notes: Sequence[str] = (),
) -> Report:
    """The report of a recording that was judged to its end."""
    held = bool(judge.holds)
    results = [_result(judge, rule, held) for rule in judge.stretch.rules]
    alerts = [alert for clock in judge.clocks.values() for alert in clock.alerts()] if held else []
    sides = {hold.side for hold in judge.holds}
    return Report(
        source=source,
        frames_with_person=frames_with_person,
        stretch=judge.stretch.slug,
        chosen_by=chosen_by,
        confidence=confidence,
        side=_side(judge, sides),
        view=_as_view(_tally(judge), _tally(judge).reason),
        holds=tuple(judge.holds),
        rules=tuple(results),
        alerts=tuple(sorted(alerts, key=lambda alert: alert.start_s)),
        progress=tuple(_best_of_all(judge, i) for i in range(len(judge.stretch.progress))),
        prompts=judge.stretch.prompts,
        changed_limits=judge.stretch.limit_changes(),
        notes=(*notes, *_notes(judge, frames_with_person)),
    )


def report_nothing(
    source: SourceInfo, *, frames_with_person: int, confidence: float, view: ViewTally, notes: Sequence[str] = ()
) -> Report:
    """The report of an input in which no stretch was recognised."""
    seen = _as_view(view, view.mostly)
    why = "nobody was found in it" if frames_with_person == 0 else "no stretch was recognised in it"
    if seen.advice and frames_with_person:
        why += f" ({seen.advice})"
    return Report(
        source=source,
        frames_with_person=frames_with_person,
        stretch=None,
        chosen_by="recognised",
        confidence=confidence if frames_with_person else None,
        side=None,
        view=seen,
        holds=(),
        rules=(),
        alerts=(),
        progress=(),
        prompts=(),
        notes=(*notes, why),
    )


def report_photo(
    stretch: Stretch,
    measures: Measures,
    source: SourceInfo,
    *,
    leg: int | None,
    chosen_by: ChosenBy,
    recognised: Recognised,
) -> Report:
    """The report of a single picture: no holds, no timed rules, each posture rule ok, off or unseen."""
    target = Target(leg=leg)
    person = bool(len(measures)) and not math.isnan(measures.trunk_deg[0])
    there = person and bool(stretch.in_position(measures, target)[0])
    results, alerts = [], []
    for rule in (rule for rule in stretch.rules if rule.read is not None):
        result, alert = _photo_rule(rule, measures, target, there)
        results.append(result)
        alerts.extend([alert] if alert else [])
    side: Side | None = None
    if there:
        side = LEGS[int(stretch.stretched(measures, target)[0])] if stretch.one_sided else "both"
    values = [(one, float(one.of(measures, target)[0]) if there else math.nan) for one in stretch.progress]
    view = _view_of(measures)
    notes = [] if there else ["nobody was found in it" if not person else "the body is not in this stretch"]
    return Report(
        source=source,
        frames_with_person=int(person),
        stretch=stretch.slug,
        chosen_by=chosen_by,
        confidence=recognised.confidence if chosen_by == "recognised" else None,
        side=side,
        view=_as_view(view, view.mostly),
        holds=(),
        rules=tuple(results),
        alerts=tuple(alerts),
        progress=tuple(_progress(one, value, 0.0) for one, value in values),
        prompts=stretch.prompts,
        changed_limits=stretch.limit_changes(),
        notes=tuple(notes),
    )


def _best_of_all(judge: Judge, number: int) -> ProgressResult:
    """The best of all holds in one progress measure of the stretch, and the best of each side."""
    progress = judge.stretch.progress[number]
    known = {side: best[number] for side, best in judge.best.items() if not math.isnan(best[number].value)}
    whole = Best(progress)
    for best in known.values():
        whole.update(best.t_s, best.value)
    by_side = tuple((side, best.value) for side, best in sorted(known.items()))
    return replace(_progress(progress, whole.value, whole.t_s), by_side=by_side)


def _progress(progress: Progress, value: float, t_s: float) -> ProgressResult:
    """The result of a progress measure; a value that is not known has neither time nor words."""
    known = not math.isnan(value)
    return ProgressResult(
        name=progress.name,
        value=value if known else None,
        unit=progress.unit,
        t_s=t_s if known else None,
        text=progress.describe(value) if known else "",
        better=progress.best,
    )


def _photo_rule(rule: Rule, measures: Measures, target: Target, there: bool) -> tuple[RuleResult, Alert | None]:
    outcome: Outcome = "unseen"
    value = limit = math.nan
    why: Reason | None = Reason.NOT_HERE
    alert = None
    if rule.read is not None and there:
        why = None
        reading = rule.reading(measures, target)
        value, limit = float(reading.value[0]), float(reading.limit[0])
        verdict = Verdict(int(reading.verdict[0]))
        if verdict == Verdict.UNSEEN:
            outcome, why = "unseen", Reason(int(reading.reason[0]))
        elif verdict < Verdict.HINT:
            outcome = "ok"
        else:
            outcome = "off"
            verdict = max(Verdict.HINT, Verdict(int(reading.sure[0])))
            alert = Alert(
                rule=rule.id, level=Level(LEVEL_OF[verdict]), start_s=0.0, end_s=0.0, measure=rule.measure,
                value=value, limit=limit, unit=rule.unit, message=rule.cue,
            )  # fmt: skip
    result = RuleResult(
        id=rule.id, level=rule.level, outcome=outcome, ok_s=0.0, off_s=0.0, unseen_s=0.0,
        why_unseen=REASON_TEXT[why] if why else None, measure=rule.measure,
        worst=None if math.isnan(value) else value, limit=None if math.isnan(limit) else limit, unit=rule.unit,
    )  # fmt: skip
    return result, alert


def _result(judge: Judge, rule: Rule, held: bool) -> RuleResult:
    if rule.timed != "hold":
        result = judge.clocks[rule.id].result(held=held)
        if result.outcome == "not-reached" and rule.read is not None and _tally(judge).reason != Reason.SEEN:
            return replace(result, outcome="unseen", why_unseen=REASON_TEXT[_tally(judge).reason])
        return result
    best_s = max((hold.held_s for hold in judge.holds), default=0.0)
    reached = any(hold.reached for hold in judge.holds)
    return RuleResult(
        id=rule.id, level=rule.level, outcome="ok" if reached else "not-reached", ok_s=best_s, off_s=0.0,
        unseen_s=0.0, why_unseen=None, measure=rule.measure, worst=best_s if held else None,
        limit=judge.target_s, unit=rule.unit,
    )  # fmt: skip


def _side(judge: Judge, sides: set[Side]) -> Side | None:
    if not judge.stretch.one_sided:
        return "both"
    if judge.target.leg is not None:
        return LEGS[judge.target.leg]
    return None if not sides else "both" if len(sides) > 1 else next(iter(sides))


def _tally(judge: Judge) -> ViewTally:
    """The frames in position, or all others where there were none: the shape may be missed because of the view."""
    return judge.views[False] if judge.views[True].empty else judge.views[True]


def _view_of(measures: Measures) -> ViewTally:
    tally = ViewTally()
    tally.add(measures, np.ones(len(measures), dtype=bool))
    return tally


def _as_view(tally: ViewTally, reason: Reason) -> View:
    yaw = tally.yaw_deg
    way: Literal["left", "right", "camera", "unknown"] = "unknown"
    if yaw > FRONTAL_DEG:
        way = "camera"
    elif tally.facing:
        way = "right" if tally.facing > 0 else "left"
    return View(
        facing=way,
        yaw_deg=None if math.isnan(yaw) else yaw,
        usable=not math.isnan(yaw) and reason == Reason.SEEN,
        advice=REASON_TEXT[reason] or None,
    )


def _notes(judge: Judge, frames_with_person: int) -> list[str]:
    if judge.holds:
        return []
    if judge.target.leg is not None and judge.stretch.one_sided and not judge.views[False].empty:
        return [f"nobody got into this stretch with the {LEGS[judge.target.leg]} leg; try without --side"]
    if frames_with_person == 0:
        return ["nobody was found in it"]
    if judge.views[True].empty:
        blind = REASON_TEXT[_tally(judge).reason]
        return [f"the stretch could not be made out: {blind}" if blind else "nobody got into this stretch"]
    blind = REASON_TEXT[_tally(judge).reason]
    return [f"the stretch was not seen to be held: {blind}" if blind else "the stretch was not held still"]
