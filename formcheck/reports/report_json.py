"""`report.json`: the result for scripts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

import formcheck
from formcheck.core.feedback import Alert, Hold, Provenance, Report, RuleResult, Section
from formcheck.core.reached import Nearest, ProgressResult
from formcheck.core.side import LEGS, Side

SCHEMA: Final = "formcheck.report/2"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain values; what is not known is None."""
    return {
        "schema": SCHEMA,
        "source": _source(report),
        "stretch": report.stretch,
        "stretch_chosen_by": report.chosen_by,
        "stretch_confidence": _round(report.confidence, 2),
        "side": report.side,
        "view": {
            "facing": report.view.facing,
            "yaw_deg": _round(report.view.yaw_deg, 1),
            "usable": report.view.usable,
            "advice": report.view.advice,
        },
        "holds": [hold_dict(hold) for hold in report.holds],
        "rules": [rule_dict(rule) for rule in report.rules],
        "alerts": [alert_dict(alert) for alert in report.alerts],
        "progress": [progress_dict(one, sided=_sided(report)) for one in report.progress],
        "prompts": list(report.prompts),
        "notes": list(report.notes),
        "changed_limits": [asdict(one) for one in report.changed_limits],
        "ways_on": [asdict(one) for one in report.ways_on],
        "sections": [section_dict(section) for section in report.sections],
        "nearest": nearest_dict(report.nearest) if report.nearest else None,
        "reached": [_reached_dict(one) for one in report.reached] if report.reached else None,
        "provenance": asdict(report.provenance or Provenance(formcheck=formcheck.__version__)),
    }


def _source(report: Report) -> dict[str, Any]:
    source = report.source
    return {
        "name": source.name,
        "kind": source.kind,
        "width": source.width,
        "height": source.height,
        "fps": _round(source.fps, 3),
        "frames": source.frames,
        "frames_with_person": report.frames_with_person,
        "duration_s": _round(source.duration_s, 3),
    }


def section_dict(section: Section) -> dict[str, Any]:
    """A section as plain values; named as they are for the report as a whole."""
    return {
        "stretch": section.stretch,
        "stretch_confidence": _round(section.confidence, 2),
        "side": section.side,
        "start_s": _round(section.start_s, 2),
        "end_s": _round(section.end_s, 2),
        "holds": [hold_dict(hold) for hold in section.holds],
        "rules": [rule_dict(rule) for rule in section.rules],
        "alerts": [alert_dict(alert) for alert in section.alerts],
        "progress": [progress_dict(one, sided=_sided(section)) for one in section.progress],
        "changed_limits": [asdict(one) for one in section.changed_limits],
        "ways_on": [asdict(one) for one in section.ways_on],
    }


def nearest_dict(nearest: Nearest) -> dict[str, Any]:
    """The stretch that a body came nearest to, as plain values."""
    return {
        "stretch": nearest.stretch,
        "missing": [
            {
                "condition": one.condition,
                "value": _round(one.value, 3),
                "limit": _round(one.limit, 3),
                "unit": one.unit or None,
            }
            for one in nearest.missing
        ],
        "reached": [_reached_dict(one) for one in nearest.reached],
    }


def _reached_dict(one: ProgressResult) -> dict[str, Any]:
    return {"name": one.name, "value": _round(one.value, 3), "unit": one.unit, "t_s": _round(one.t_s, 2)}


def progress_dict(one: ProgressResult, *, sided: bool) -> dict[str, Any]:
    """A progress value as plain values; `sided` tells whether the stretch has sides, so that each has its value."""
    known: dict[Side, float] = dict(one.by_side)
    if one.side is not None and one.value is not None:
        known.setdefault(one.side, one.value)
    return {
        "name": one.name,
        "value": _round(one.value, 3),
        "unit": one.unit,
        "t_s": _round(one.t_s, 2),
        "side": one.side,
        "error": _round(one.error, 3),
        "by_side": {side: _round(known.get(side), 3) for side in LEGS} if sided else {},
        "better": one.better,
    }


def _sided(part: Report | Section) -> bool:
    """Whether left and right are told apart in it: a stretch without sides has `both` wherever a side is named."""
    if part.holds:
        return any(hold.side != "both" for hold in part.holds)
    return part.stretch is not None and part.side != "both"


def hold_dict(hold: Hold) -> dict[str, Any]:
    """A hold as plain values."""
    return {
        "start_s": _round(hold.start_s, 2),
        "end_s": _round(hold.end_s, 2),
        "held_s": _round(hold.held_s, 2),
        "target_s": hold.target_s,
        "reached": hold.reached,
        "side": hold.side,
    }


def rule_dict(rule: RuleResult) -> dict[str, Any]:
    """How a rule went, as plain values."""
    return {
        "id": rule.id,
        "level": rule.level.value,
        "outcome": rule.outcome,
        "ok_s": _round(rule.ok_s, 2),
        "off_s": _round(rule.off_s, 2),
        "unseen_s": _round(rule.unseen_s, 2),
        "why_unseen": rule.why_unseen,
        "measure": rule.measure,
        "worst": _round(rule.worst, 3),
        "limit": _round(rule.limit, 3),
        "unit": rule.unit,
        "error": _round(rule.error, 3),
    }


def alert_dict(alert: Alert) -> dict[str, Any]:
    """An alert as plain values."""
    return {
        "rule": alert.rule,
        "level": alert.level.value,
        "start_s": _round(alert.start_s, 2),
        "end_s": _round(alert.end_s, 2),
        "measure": alert.measure,
        "value": _round(alert.value, 3),
        "limit": _round(alert.limit, 3),
        "unit": alert.unit,
        "message": alert.message,
        "count": alert.count,
        "error": _round(alert.error, 3),
    }


def as_text(report: Report, *, indent: int | None = 2) -> str:
    """The report as JSON text; `indent=None` puts it on one line."""
    return json.dumps(as_dict(report), indent=indent, ensure_ascii=False, allow_nan=False)


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
