"""The report of a photo: a single picture, in which nothing lasts."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.feedback import Alert, Outcome, Report, RuleResult
from formcheck.core.measures import Measures
from formcheck.core.poses import SourceInfo
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import LEVEL_OF, Level, Rule, Target, Verdict
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.judging.faults import known
from formcheck.judging.findings import BestValue, progress_result
from formcheck.judging.recognition import Recognised
from formcheck.judging.report import ChosenBy
from formcheck.judging.side import SideBelief
from formcheck.judging.view import ViewTally, camera_view, with_reason


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
    why = "the body is not in this stretch" if person else "nobody was found in it"
    notes = [] if there else [with_reason(why, view.poor)]
    return Report(
        source=source,
        frames_with_person=int(person),
        stretch=stretch.slug,
        chosen_by=chosen_by,
        confidence=recognised.confidence if chosen_by == "recognised" else None,
        side=side,
        view=camera_view(view, view.mostly),
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
    value = limit = error = math.nan
    why: int | None = Reason.NOT_HERE
    alert = None
    if rule.read is not None and there:
        why = None
        reading = stretch.reading(rule, measures, target)
        value, limit, error = float(reading.value[0]), float(reading.limit[0]), float(reading.error[0])
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
                value=value, limit=limit, unit=rule.unit, message=rule.cue_for(value, limit), error=known(error),
            )  # fmt: skip
    result = RuleResult(
        id=rule.id, level=rule.level, outcome=outcome, ok_s=0.0, off_s=0.0, unseen_s=0.0,
        why_unseen=REASON_TEXT[why] if why else None, measure=rule.measure,
        worst=known(value), limit=known(limit), unit=rule.unit, error=known(error),
    )  # fmt: skip
    return result, alert


def _view_of(measures: Measures) -> ViewTally:
    tally = ViewTally()
    tally.add(measures, np.ones(len(measures), dtype=bool))
    return tally
