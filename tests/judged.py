"""Judge filmed figures in one call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.analysis import JudgedInput, Options, judge
from formcheck.core.feedback import Feedback, Report, RuleResult
from formcheck.core.measures import Measures
from formcheck.core.poses import Pose, PoseFrame
from formcheck.core.posture import Posture
from formcheck.core.rules import Target
from formcheck.kinematics.measurer import Measurer
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker
from tests.figures import SOURCE, Figure, frame
from tests.invariants import check


def measured(*poses: Pose) -> Measures:
    """The measures of single pictures, each shown long enough for smoothing to settle; one row a pose."""
    rows = []
    for pose in poses:
        frames = [frame(i, i / 30, pose) for i in range(40)]
        measures = Measurer().extend(BodyTracker().extend(frames))
        rows.append(measures)
    if len(rows) == 1:
        return rows[0]
    raise ValueError("one pose at a time")


def last(values: np.ndarray) -> float:
    """The value after smoothing has settled."""
    return float(values[-1])


def judged(
    frames: Sequence[PoseFrame], slug: str | None, *, leg: int | None = None, target_s: float = 30.0
) -> JudgedInput:
    stretch = by_slug(slug) if slug else None
    found = judge(frames, SOURCE, Options(stretch=stretch, leg=leg, target_s=target_s))
    check(found.report)
    return found


def report_of(frames: Sequence[PoseFrame], slug: str | None = None) -> Report:
    return judged(frames, slug).report


def result(report: Report, rule_id: str) -> RuleResult:
    return next(rule for rule in report.rules if rule.id == rule_id)


def why_not(figure: Figure, slug: str) -> str:
    """What a figure is measured as, and what keeps it from a stretch: to print when a film of it has no hold."""
    stretch, measures = by_slug(slug), measured(figure.pose())
    leg = stretch.stretched(measures, Target())
    missing = stretch.position.missing(measures, leg)
    numbers = {
        "trunk": measures.trunk_deg[-1], "legs": measures.leg_deg[-1], "knees": measures.knee_deg[-1],
        "facing": measures.facing[-1],
    }  # fmt: skip
    said = ", ".join(f"{name} {np.round(value, 1)}" for name, value in numbers.items())
    return f"{Posture(int(measures.posture[-1])).name}, {said}; missing: {', '.join(missing) or 'nothing'}"


def alerted(report: Report) -> set[str]:
    return {alert.rule for alert in report.alerts}


def states(feedback: Sequence[Feedback]) -> list[str]:
    """The states in the order they came, repeats left out."""
    seen: list[str] = []
    for one in feedback:
        if not seen or seen[-1] != one.state.value:
            seen.append(one.state.value)
    return seen
