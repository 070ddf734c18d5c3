"""The verdict in words, for people."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from formcheck.core.clock import clock, held_words
from formcheck.core.feedback import NOT_CORRECTED, FittingWay, Hold, Report
from formcheck.core.names import uncapital
from formcheck.core.reached import ProgressResult
from formcheck.core.sections import parts_of
from formcheck.core.side import LEGS, NOT_KNOWN, SIDES
from formcheck.core.stretch import Stretch

_SURE: Final = 0.9  # from here on nobody needs to know how sure


def headline(report: Report) -> str:
    """The result in one sentence; of several stretches what they come to together."""
    parts = parts_of(report)
    return _headline(report) if len(parts) == 1 else _together(parts)


def part_line(part: Report, title: str) -> str:
    """A part of a report in one line: which stretch, and from when to when."""
    (section,) = part.sections
    return f"{title}, {clock(section.start_s)} to {clock(section.end_s)}"


def reached_words(
    one: ProgressResult, value: float, write: Callable[[float], str], when: Callable[[float], str]
) -> str:
    """How far somebody got on each side, and when: "left 71, right 68 (best: at 0:12.0)".

    value  that of `one`, which is known.
    write  gives a value with its unit; a unit in words stands behind the last number only.
    when   gives a time.
    """
    known = dict(one.by_side) or ({one.side: value} if one.side else {})
    legs = len(known) > 1 or any(side in known for side in LEGS)
    told = [(f"{NOT_KNOWN if side == 'unsure' else side} ", known[side]) for side in SIDES if side in known]
    values = told if legs else [("", value)]
    last = value if one.error is None else one.error
    unit = write(last).removeprefix(_bare(write(last)))
    words = ", ".join(f"{name}{_bare(write(some))}" for name, some in values)
    if one.error is not None:
        words += f" \u00b1 {_bare(write(one.error))}"
    words += unit
    more = [one.text] if one.text else []
    more += [f"at {when(one.t_s)}"] if one.t_s is not None else []
    return f"{words} ({'best: ' if len(known) > 1 else ''}{', '.join(more)})" if more else words


def with_error(value: float, error: float | None, write: Callable[[float], str]) -> str:
    """A value with its plus or minus where that is known: "71 degrees +/- 4 degrees", the unit in words once."""
    return write(value) if error is None else f"{_bare(write(value))} \u00b1 {write(error)}"


def _bare(written: str) -> str:
    """A value without a unit in words; a sign such as that of degrees stays."""
    return written.split(maxsplit=1)[0]


def recognised_words(confidence: float) -> str:
    """That the stretch was recognised, and how surely where that is in doubt."""
    return "recognised" if confidence >= _SURE else f"recognised, {confidence:.0%} sure"


def _together(parts: Sequence[Report]) -> str:
    held = [(part.stretch, hold) for part in parts for hold in part.holds]
    said = f"{len(parts)} stretches, one after the other"
    if not held:
        return f"{said}; none of them was held."
    slug, best = max(held, key=lambda one: one[1].held_s)
    goal = ", target reached" if best.reached else f" of {best.target_s:g} s"
    return f"{said}; the longest hold {held_number(best)} s{goal} ({slug}). {_faults(parts)}"


def _headline(report: Report) -> str:
    if report.stretch is None:
        why = _why(report, "no stretch was recognised in it")
        return f"Nothing to judge: {why}."
    if report.source.still:
        return _photo_headline(report)
    if not report.holds:
        why = _why(report, "no hold of it was seen")
        return f"No hold: {why}."
    best = max(report.holds, key=lambda hold: hold.held_s)
    return f"{_held(best, len(report.holds))} {_faults([report])}"


def _why(report: Report, else_: str) -> str:
    """What its notes say why nothing, or nothing more, was judged."""
    return next((note for note in reversed(report.notes) if note != NOT_CORRECTED), else_)


def way_words(way: FittingWay, leads_to: Stretch | None) -> str:
    """A way on that fits, with the command that leads to its stretch where that is known."""
    words = way_begun(way)
    return f"{words} ({leads_to.title}: `{live_command(leads_to)}`)" if leads_to else words


def way_begun(way: FittingWay) -> str:
    """A way on that fits: instead of this one after a fault, after clean holds as the next one."""
    return f"{'What may come next' if way.rule is None else 'Another way'}: {uncapital(way.words)}"


def live_command(stretch: Stretch) -> str:
    """What to type to do a stretch in front of the camera."""
    return f"formcheck live {stretch.slug}"


def changed_limits(report: Report) -> str:
    """The limits that the user's settings changed in one line, empty for none."""
    by_rule: dict[str, list[str]] = {}
    for one in report.changed_limits:
        by_rule.setdefault(one.rule, []).append(f"{one.limit} {one.value:g} (default {one.default:g})")
    changes = "; ".join(f"{rule} {', '.join(limits)}" for rule, limits in by_rule.items())
    return f"Limits changed by your settings: {changes}." if changes else ""


def held_number(hold: Hold) -> str:
    """Seconds held, rounded down; with tenths where the target has them or was missed by less than a second."""
    if hold.reached:
        return held_words(max(hold.held_s, hold.target_s), hold.target_s)
    near = hold.target_s - hold.held_s < 1.0
    return f"{math.floor(hold.held_s * 10) / 10:.1f}" if near else held_words(hold.held_s, hold.target_s)


def _held(best: Hold, count: int) -> str:
    times = f"{count} holds, the longest" if count > 1 else "Held"
    held = held_number(best)
    return f"{times} {held} s, target reached." if best.reached else f"{times} {held} s of {best.target_s:g} s."


def _faults(parts: Sequence[Report]) -> str:
    alerts = [(part.stretch, alert) for part in parts for alert in part.alerts]
    if not alerts:
        blind = any(rule.outcome == "unseen" for part in parts for rule in part.rules)
        return "Nothing to correct." if not blind else "Nothing to correct in what could be seen."
    _, first = max(alerts, key=lambda one: one[1].level.severity)
    more = len({(stretch, alert.rule) for stretch, alert in alerts}) - 1
    return f"{first.message}{f' (and {more} more)' if more else ''}."


def _photo_headline(report: Report) -> str:
    if not report.alerts and all(rule.outcome != "ok" for rule in report.rules):
        return f"Nothing can be judged here: {report.view.advice or _why(report, 'not in the stretch')}."
    return _faults([report])
