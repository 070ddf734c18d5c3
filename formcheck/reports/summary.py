"""The verdict in words, for people."""

from __future__ import annotations

import math

from formcheck.core.clock import held_words
from formcheck.core.feedback import Hold, Report
from formcheck.core.rules import Level

_SERIOUS_FIRST = (Level.UNSAFE, Level.WARN, Level.HINT)


def headline(report: Report) -> str:
    """The result in one sentence."""
    if report.stretch is None:
        why = report.notes[-1] if report.notes else "no stretch was recognised in it"
        return f"Nothing to judge: {why}."
    if report.source.still:
        return _photo_headline(report)
    if not report.holds:
        why = report.notes[-1] if report.notes else "the stretch was not held still"
        return f"No hold: {why}."
    best = max(report.holds, key=lambda hold: hold.held_s)
    return f"{_held(best, len(report.holds))} {_faults(report)}"


def seconds(value: float) -> str:
    """A time as minutes and seconds."""
    minutes, rest = divmod(value, 60.0)
    return f"{int(minutes)}:{rest:04.1f}"


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


def _faults(report: Report) -> str:
    blind = sum(rule.outcome == "unseen" for rule in report.rules)
    if not report.alerts:
        return "Nothing to correct." if not blind else "Nothing to correct in what could be seen."
    first = min(report.alerts, key=lambda alert: _SERIOUS_FIRST.index(alert.level))
    more = len({alert.rule for alert in report.alerts}) - 1
    return f"{first.message}{f' (and {more} more)' if more else ''}."


def _photo_headline(report: Report) -> str:
    if not report.alerts and all(rule.outcome != "ok" for rule in report.rules):
        return f"Nothing can be judged here: {report.view.advice or (report.notes or ('not in the stretch',))[-1]}."
    return _faults(report)
