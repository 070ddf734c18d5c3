"""The report at the end of a recording or session, and of a photo."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from formcheck.core.feedback import Alert, CameraView, Outcome, Report, RuleResult
from formcheck.core.measures import REASON_TEXT, Measures, Reason
from formcheck.core.poses import SourceInfo
from formcheck.core.rules import LEVEL_OF, Level, Rule, Target, Verdict
from formcheck.core.side import LEGS, Leg, Side
from formcheck.core.stretch import Stretch
from formcheck.judging.findings import BestValue, JudgedHold, alerts_of, progress_result, progress_results, rule_result
from formcheck.judging.judge import Judge
from formcheck.judging.recognition import Recognised
from formcheck.judging.sections import confidence, longest, runs, section, side_of
from formcheck.judging.side import SideBelief
from formcheck.judging.view import FRONTAL_DEG, ViewTally

ChosenBy = Literal["user", "recognised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSession:
    """What is known at the end of a recording or session.

    named   the stretch that was asked for, None where it was to be recognised; leg and target as asked for.
    judges  one for each stretch that was begun; holds   all of them, in order of time.
    view    how the camera saw the person over all.
    """

    source: SourceInfo
    frames_with_person: int
    named: Stretch | None
    leg: int | None
    target_s: float
    judges: Sequence[Judge]
    holds: Sequence[JudgedHold]
    view: ViewTally


def report_session(done: JudgedSession) -> Report:
    """The report of a recording or session that was judged to its end."""
    named = done.named is not None
    found = runs(done.holds)
    stretch = longest(found) or done.named
    if stretch is None:
        return _report_nothing(done)
    holds = [one for run in found for one in run if one.stretch.slug == stretch.slug]
    judge = next((one for one in done.judges if one.stretch is stretch), None)
    target_s = holds[-1].hold.target_s if holds else done.target_s
    tally = _tally(judge) if judge else done.view
    return Report(
        source=done.source,
        frames_with_person=done.frames_with_person,
        stretch=stretch.slug,
        chosen_by="user" if named else "recognised",
        confidence=None if named else confidence(holds),
        side=_side(stretch, holds, done.leg),
        view=_as_view(tally, tally.reason),
        holds=tuple(one.hold for one in holds),
        rules=tuple(_result(rule, holds, target_s, tally) for rule in stretch.rules),
        alerts=alerts_of(holds),
        progress=progress_results(stretch, holds),
        prompts=stretch.prompts,
        changed_limits=stretch.limit_changes(),
        notes=() if holds or judge is None else _notes(judge, done),
        sections=tuple(section(run, named=named) for run in found),
    )


def _report_nothing(done: JudgedSession) -> Report:
    why = "nobody was found in it" if done.frames_with_person == 0 else "no stretch was recognised in it"
    return report_nothing(
        done.source,
        frames_with_person=done.frames_with_person,
        confidence=1.0,
        view=done.view,
        why=_why_nothing(done) or why,
    )


def report_nothing(
    source: SourceInfo, *, frames_with_person: int, confidence: float, view: ViewTally, why: str
) -> Report:
    """The report of an input in which no stretch was recognised."""
    seen = _as_view(view, view.mostly)
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
        notes=(why,),
    )


def _why_nothing(done: JudgedSession) -> str | None:
    """What kept a stretch that was begun from being recognised, where that is known."""
    if done.leg is not None and any(not judge.holds for judge in done.judges):
        return f"nobody got into a stretch with the {LEGS[done.leg]} leg; try without --side"
    return None


def report_photo(
    stretch: Stretch,
    measures: Measures,
    source: SourceInfo,
    *,
    leg: int | None,
    chosen_by: ChosenBy,
    recognised: Recognised,
    mirrored: bool = False,
) -> Report:
    """The report of a single picture: no holds, no timed rules, each posture rule ok, off or unseen."""
    target = Target.of(leg, mirrored=mirrored)
    person = bool(len(measures)) and not math.isnan(measures.trunk_deg[0])
    there = person and bool(stretch.in_position(measures, target)[0] & measures.thigh_seen[0])
    results, alerts = [], []
    for rule in (rule for rule in stretch.rules if rule.read is not None):
        result, alert = _photo_rule(stretch, rule, measures, target, there=there)
        results.append(result)
        alerts.extend([alert] if alert else [])
    side: Side | None = None
    if there:
        side = _photo_side(stretch, measures, leg, mirrored=mirrored)
    reached = (stretch.reached(one, measures, target) if there else [math.nan] for one in stretch.progress)
    values = [(one, float(value[0])) for one, value in zip(stretch.progress, reached, strict=True)]
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
        progress=tuple(progress_result(one, BestValue(value, 0.0), side) for one, value in values),
        prompts=stretch.prompts,
        changed_limits=stretch.limit_changes(),
        notes=tuple(notes),
    )


def _photo_side(stretch: Stretch, measures: Measures, leg: int | None, *, mirrored: bool) -> Side:
    """The leg that was asked for, or the one that is probably stretched."""
    if not stretch.one_sided:
        return "both"
    if leg is not None:
        return LEGS[leg]
    belief = SideBelief(mirrored=mirrored)
    belief.update(int(stretch.stretched(measures, Target())[0]), float(measures.labels_right[0]), 0.0)
    return belief.side()


def _photo_rule(
    stretch: Stretch, rule: Rule, measures: Measures, target: Target, *, there: bool
) -> tuple[RuleResult, Alert | None]:
    outcome: Outcome = "unseen"
    value = limit = math.nan
    why: int | None = Reason.NOT_HERE
    alert = None
    if rule.read is not None and there:
        why = None
        reading = stretch.reading(rule, measures, target)
        value, limit = float(reading.value[0]), float(reading.limit[0])
        verdict = Verdict(int(reading.verdict[0]))
        if verdict == Verdict.UNSEEN:
            outcome, why = "unseen", int(reading.reason[0])
        elif verdict < Verdict.HINT:
            outcome = "ok"
        else:
            outcome = "off"
            verdict = max(Verdict.HINT, Verdict(int(reading.sure[0])))
            alert = Alert(
                rule=rule.id, level=Level(LEVEL_OF[verdict]), start_s=0.0, end_s=0.0, measure=rule.measure,
                value=value, limit=limit, unit=rule.unit, message=rule.cue_for(value, limit),
            )  # fmt: skip
    result = RuleResult(
        id=rule.id, level=rule.level, outcome=outcome, ok_s=0.0, off_s=0.0, unseen_s=0.0,
        why_unseen=REASON_TEXT[why] if why else None, measure=rule.measure,
        worst=None if math.isnan(value) else value, limit=None if math.isnan(limit) else limit, unit=rule.unit,
    )  # fmt: skip
    return result, alert


def _result(rule: Rule, holds: Sequence[JudgedHold], target_s: float, tally: ViewTally) -> RuleResult:
    result = rule_result(rule, holds, target_s)
    if result.outcome == "not-reached" and rule.read is not None and tally.reason != Reason.SEEN:
        return replace(result, outcome="unseen", why_unseen=REASON_TEXT[tally.reason])
    return result


def _side(stretch: Stretch, holds: Sequence[JudgedHold], leg: int | None) -> Side | None:
    if not stretch.one_sided:
        return "both"
    return side_of(holds) if holds or leg is None else LEGS[leg]


def _tally(judge: Judge) -> ViewTally:
    """The frames in position, or all others where there were none: the shape may be missed because of the view."""
    return judge.views[False] if judge.views[True].empty else judge.views[True]


def _view_of(measures: Measures) -> ViewTally:
    tally = ViewTally()
    tally.add(measures, np.ones(len(measures), dtype=bool))
    return tally


def _as_view(tally: ViewTally, reason: Reason) -> CameraView:
    yaw = tally.yaw_deg
    way: Leg | Literal["camera", "unknown"] = "unknown"
    if yaw > FRONTAL_DEG:
        way = "camera"
    elif tally.facing:
        way = "right" if tally.facing > 0 else "left"
    return CameraView(
        facing=way,
        yaw_deg=None if math.isnan(yaw) else yaw,
        usable=not math.isnan(yaw) and reason == Reason.SEEN,
        advice=REASON_TEXT[reason] or None,
    )


def _notes(judge: Judge, done: JudgedSession) -> tuple[str, ...]:
    """Why there was no hold of the stretch that was asked for."""
    if done.leg is not None and judge.stretch.one_sided and not judge.views[False].empty:
        return (f"nobody got into this stretch with the {LEGS[done.leg]} leg; try without --side",)
    if done.frames_with_person == 0:
        return ("nobody was found in it",)
    blind = REASON_TEXT[_tally(judge).reason]
    if judge.views[True].empty:
        return (f"the stretch could not be made out: {blind}" if blind else "nobody got into this stretch",)
    return (f"the stretch was not seen to be held: {blind}" if blind else "the stretch was not held still",)
