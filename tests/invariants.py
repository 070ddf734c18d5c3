"""What must hold of every report, whatever was judged: `check` takes a Report, or report.json as it was read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from formcheck.core.feedback import Report
from formcheck.core.measures import Measures
from formcheck.core.rules import Rule, Target
from formcheck.core.stretch import Stretch
from formcheck.kinematics.measurer import Measurer
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker

# Reports are rounded to a hundredth of a second and a thousandth of a value.
TIME_S, VALUE = 0.0101, 0.0006
_STEP_S = 1.0 / 30.0  # where a source does not tell its rate

Part = Mapping[str, Any]


def check(report: Report | Part) -> None:
    """Fail with a list of everything that does not hold, of the whole report and of each section."""
    found = list(violations(report))
    assert not found, "the report breaks what must always hold:\n  " + "\n  ".join(found)


def violations(report: Report | Part) -> Iterator[str]:
    """What does not hold, in words."""
    data = asdict(report) if isinstance(report, Report) else report
    if data["stretch"] is None:
        yield from (f"no stretch, but {name}" for name in ("holds", "rules", "alerts", "sections") if data.get(name))
        return
    # A photo has no length, and nothing in it has a time.
    still = data["source"]["duration_s"] is None
    step_s = _step_s(data["source"])
    yield from _sections(data)
    for part in [data, *data.get("sections", ())]:
        name = "" if part is data else f"section {part['stretch']} from {part['start_s']:.2f} s: "
        limits = part.get("changed_limits") or ()
        yield from (name + text for text in _rules(part, limits))
        if not still:
            found = itertools.chain(_holds(part), _clocks(part, step_s), _alerts(part), _progress(part), _side(part))
            yield from (name + text for text in found)


def _step_s(source: Part) -> float:
    """The time from one picture to the next, the longer one of what the source says and what it has."""
    told_s = 1.0 / source["fps"] if source.get("fps") else _STEP_S
    return max(told_s, source["duration_s"] / source["frames"]) if source["frames"] and source["duration_s"] else told_s


def _holds(part: Part) -> Iterator[str]:
    for hold in part["holds"]:
        if not 0.0 <= hold["held_s"] <= hold["end_s"] - hold["start_s"] + TIME_S:
            yield f"{_span(hold)} cannot have held for {hold['held_s']:.2f} s"
    for one, other in itertools.pairwise(part["holds"]):
        if other["start_s"] < one["end_s"] - TIME_S:
            yield f"{_span(one)} and {_span(other)} overlap or are out of order"


def _clocks(part: Part, step_s: float) -> Iterator[str]:
    """The seconds of a rule lie within those held; coming up is timed after the hold."""
    held_s = sum(hold["held_s"] for hold in part["holds"])
    room_s = step_s * max(1, len(part["holds"])) + 3 * TIME_S
    for result in part["rules"]:
        seconds = [result[name] for name in ("ok_s", "off_s", "unseen_s")]
        if min(seconds) < 0.0:
            yield f"{result['id']}: seconds below 0: {seconds}"
        after = _stretch(part).rule(result["id"]).timed == "leaving"
        if not after and sum(seconds) > held_s + room_s:
            yield f"{result['id']}: judged for {sum(seconds):.2f} s of {held_s:.2f} s held"


def _rules(part: Part, limits: Sequence[Part]) -> Iterator[str]:
    """An ok rule shows no worst value beyond its limit; a rule is off exactly when it has an alert."""
    stretch = _stretch(part, limits)
    alerted = {alert["rule"] for alert in part["alerts"]}
    for result in part["rules"]:
        if (result["outcome"] == "off") != (result["id"] in alerted):
            yield f"{result['id']} is {result['outcome']}, alerts: {sorted(alerted)}"
        rule = stretch.rule(result["id"])
        if result["outcome"] != "ok" or result["worst"] is None or rule.timed == "hold":
            continue
        for bad_when, limit in _limits(stretch, rule, result):
            beyond = (result["worst"] - limit) * (1.0 if bad_when == "above" else -1.0)
            if beyond > VALUE:
                yield f"{result['id']} is ok with a worst value of {result['worst']:.3f}, {bad_when} {limit:.3f}"


def _limits(stretch: Stretch, rule: Rule, result: Part) -> list[tuple[str, float]]:
    """(bad when, limit) of a rule: the limit that was shown, or both of a rule with two wrong directions."""
    if rule.read is None:
        ways = {"above"}  # how much of a movement there is
    else:
        steps = stretch.reading(rule, _nothing(), Target()).steps
        ways = {step.bad_when for step in steps}
        if len(ways) > 1:
            mildest: dict[str, float] = {}
            for step in steps:
                mildest.setdefault(step.bad_when, float(step.limit))  # type: ignore[arg-type]
            return list(mildest.items())
    return [] if result["limit"] is None else [(way, result["limit"]) for way in ways]


def _alerts(part: Part) -> Iterator[str]:
    """Posture faults begin and end in holds, those that look back may begin before, coming up lies after one."""
    for alert in part["alerts"]:
        rule, span = _stretch(part).rule(alert["rule"]), f"alert {alert['rule']} {_span(alert)}"
        if alert["end_s"] < alert["start_s"] - TIME_S:
            yield f"{span} ends before it begins"
        if rule.timed == "leaving":
            if not any(hold["end_s"] <= alert["end_s"] + TIME_S for hold in part["holds"]):
                yield f"{span} comes before any hold has ended"
            continue
        if not _within_hold(part, alert["end_s"]):
            yield f"{span} ends outside of every hold"
        if rule.timed is None and not _within_hold(part, alert["start_s"]):
            yield f"{span} begins outside of every hold"


def _progress(part: Part) -> Iterator[str]:
    """What was reached was reached within a hold of its side."""
    sides = {hold["side"] for hold in part["holds"]}
    for one in part["progress"]:
        if one["value"] is None:
            if one["t_s"] is not None or one["by_side"]:
                yield f"{one['name']} has no value but a time or sides"
            continue
        side = one.get("side")
        if side not in sides:
            yield f"{one['name']} was reached on side {side}, holds are of {sorted(sides)}"
        own = [hold for hold in part["holds"] if side in (hold["side"], None)]
        if not _within_hold({"holds": own}, one["t_s"]):
            yield f"{one['name']} was reached at {one['t_s']:.2f} s, outside of every hold of side {side}"
        yield from _by_side(one, sides)


def _by_side(one: Part, sides: set[str]) -> Iterator[str]:
    by_side = {name: value for name, value in dict(one["by_side"]).items() if value is not None}
    if set(by_side) - sides:
        yield f"{one['name']} has a value for {sorted(set(by_side) - sides)}, holds are of {sorted(sides)}"
    if by_side:
        best = (max if one.get("better", "highest") == "highest" else min)(by_side.values())
        if abs(best - one["value"]) > VALUE:
            yield f"{one['name']} is {one['value']:.3f}, the best of the sides {best:.3f}"


def _side(part: Part) -> Iterator[str]:
    """The side of it all follows from those of the holds."""
    sides = {hold["side"] for hold in part["holds"]}
    if not sides:
        return
    if not _stretch(part).one_sided:
        right = {"both"}
    elif "both" in sides:
        yield f"a hold of a stretch with sides is of {sorted(sides)}"
        return
    else:
        right = {"both"} if {"left", "right"} <= sides else sides
    if part["side"] not in right:
        yield f"side {part['side']}, holds are of {sorted(sides)}"
    if not _stretch(part).one_sided and sides != {"both"}:
        yield f"a hold of a stretch without sides is of {sorted(sides)}"


def _sections(data: Part) -> Iterator[str]:
    """Sections are in order and apart, each with its own holds."""
    sections = data.get("sections") or ()
    if data["holds"] and not sections:
        yield "held, but no sections"
    for one, other in itertools.pairwise(sections):
        if other["start_s"] < one["end_s"] - TIME_S:
            yield f"sections {one['stretch']} {_span(one)} and {other['stretch']} {_span(other)} overlap"
        if one["stretch"] == other["stretch"]:
            yield f"two sections of {one['stretch']} without another stretch between them"
    for section in sections:
        for hold in section["holds"]:
            if hold["start_s"] < section["start_s"] - TIME_S or hold["end_s"] > section["end_s"] + TIME_S:
                yield f"{_span(hold)} lies outside of its section {section['stretch']} {_span(section)}"
    if sections:
        yield from _top(data, sections)


def _top(data: Part, sections: Sequence[Part]) -> Iterator[str]:
    """What stands at the top is the stretch that was held longest, with all of its holds."""
    held_s: dict[str, float] = {}
    for section in sections:
        seconds = sum(hold["held_s"] for hold in section["holds"])
        held_s[section["stretch"]] = held_s.get(section["stretch"], 0.0) + seconds
    if held_s.get(data["stretch"], -1.0) < max(held_s.values()) - TIME_S * len(data["holds"]):
        yield f"{data['stretch']} is told, but these were held: {held_s}"
    within = [hold for section in sections if section["stretch"] == data["stretch"] for hold in section["holds"]]
    if list(data["holds"]) != within:
        yield "the holds of the report are not those of the sections of its stretch"


def _within_hold(part: Part, t_s: float) -> bool:
    return any(hold["start_s"] - TIME_S <= t_s <= hold["end_s"] + TIME_S for hold in part["holds"])


def _span(one: Part) -> str:
    return f"{one['start_s']:.2f} to {one['end_s']:.2f} s"


def _stretch(part: Part, limits: Sequence[Part] = ()) -> Stretch:
    changed: dict[str, dict[str, float]] = {}
    for one in limits:
        changed.setdefault(one["rule"], {})[one["limit"]] = one["value"]
    return by_slug(part["stretch"]).with_limits(changed)


@cache
def _nothing() -> Measures:
    """Of no frame at all: enough for a rule to tell its limits."""
    return Measurer().extend(BodyTracker().extend([]))
