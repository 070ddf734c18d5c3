"""What to try next time, and what the camera could not judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from formcheck.core.clock import duration
from formcheck.core.feedback import Alert, FittingWay, Report
from formcheck.core.names import capital
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.reports.html.words import amount, far_words, known_to, what_helps
from formcheck.reports.summary import live_command, way_begun

NO_STRETCHES: Final[Mapping[str, Stretch]] = {}
_MOST: Final = 3
SEEN_ENOUGH_S: Final = 0.5  # being unseen for less is not worth a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to try, and why; for another stretch its title and the command for it."""

    words: str
    why: str
    leads_to: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenRules:
    """Rules that could not be judged for one reason, and what helps."""

    reason: str
    titles: tuple[str, ...]
    helps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FarReached:
    """How far somebody got; `good` says whether that may be praised."""

    words: str
    good: bool


def next_time(
    report: Report, held: Iterable[Side] = (), known: Mapping[str, Stretch] = NO_STRETCHES
) -> tuple[Suggestion, ...]:
    """At most three things to try, the one that matters most first, and another way where one fits.

    `held` are sides of this stretch that were held elsewhere in the recording, `known` the stretches by slug.
    """
    if report.stretch is None:
        return ()
    faults = [Suggestion(words=alerts[0].message, why=_why(report, alerts)) for alerts in _by_rule(report)][:_MOST]
    steps = [] if report.source.still else list(_next_steps(report, held))[: _MOST - len(faults)]
    easier = [_other_way(way, report, known) for way in report.ways_on if way.rule is not None]
    further = [_other_way(way, report, known) for way in report.ways_on if way.rule is None]
    return (*faults, *easier, *steps, *further)


def _other_way(way: FittingWay, report: Report, known: Mapping[str, Stretch]) -> Suggestion:
    stretch = known.get(way.stretch or "")
    why = "Your holds reached their target with nothing to correct."
    if way.rule is not None:
        title = title_of(way.rule, known.get(report.stretch or ""))
        why = f"\u201c{title}\u201d was off for most of the time you held."
    if stretch is None:
        return Suggestion(words=way_begun(way), why=why)
    return Suggestion(words=way_begun(way), why=why, leads_to=stretch.title, command=live_command(stretch))


def praise(report: Report) -> FarReached | None:
    """How far somebody got, from the progress values; None where nothing is known.

    What was reached in a hold with something to mind next time is told, but not praised.
    """
    known = [(one, one.value) for one in report.progress if one.value is not None]
    if not known:
        return None
    best = "; ".join(far_words(one, value, still=report.source.still) for one, value in known)
    if report.source.still:
        return FarReached(words=f"In the picture: {best}.", good=not report.alerts)
    bad = [hold for hold in report.holds if hold.next_time is not None]
    times = [one.t_s for one, _ in known if one.t_s is not None]
    good = not any(hold.start_s <= t_s <= hold.end_s for hold in bad for t_s in times)
    return FarReached(words=f"{'Your best' if good else 'How far you got'} in this recording: {best}.", good=good)


def could_not_judge(report: Report, stretch: Stretch | None) -> tuple[UnseenRules, ...]:
    """The rules that were not seen, or not all the time, by reason; those not seen at all come first."""
    by_reason: dict[str, list[str]] = {}
    unseen = [rule for rule in report.rules if rule.outcome == "unseen"]
    partly = [rule for rule in report.rules if rule.outcome in ("ok", "off") and rule.unseen_s > SEEN_ENOUGH_S]
    for rule in (*unseen, *partly):
        note = f" (for {duration(rule.unseen_s)})" if rule in partly else ""
        titles = by_reason.setdefault(rule.why_unseen or "not enough was seen", [])
        titles.append(title_of(rule.id, stretch) + note)
    if report.view.advice and report.view.advice not in by_reason:
        by_reason[report.view.advice] = []
    return tuple(
        UnseenRules(reason=capital(reason), titles=tuple(titles), helps=what_helps(reason))
        for reason, titles in by_reason.items()
    )


def title_of(rule_id: str, stretch: Stretch | None) -> str:
    """The title of a rule, its id where the stretch is not at hand."""
    return next((rule.title for rule in stretch.rules if rule.id == rule_id), rule_id) if stretch else rule_id


def _by_rule(report: Report) -> list[list[Alert]]:
    groups: dict[str, list[Alert]] = {}
    for alert in report.alerts:
        groups.setdefault(alert.rule, []).append(alert)
    for alerts in groups.values():
        alerts.sort(key=lambda one: (-one.level.severity, one.start_s - one.end_s))
    return sorted(groups.values(), key=lambda alerts: (-alerts[0].level.severity, -_lasted_s(alerts)))


def _lasted_s(alerts: Iterable[Alert]) -> float:
    return sum(alert.end_s - alert.start_s for alert in alerts)


def _why(report: Report, alerts: list[Alert]) -> str:
    worst = alerts[0]
    said = ""
    if worst.value is not None:
        limit = f" (limit {amount(worst.limit, worst.unit)})" if worst.limit is not None else ""
        said = f"{capital(worst.measure)} came to {known_to(worst.value, worst.error, worst.unit)}{limit}."
    if report.source.still:
        return said
    off_s = next((rule.off_s for rule in report.rules if rule.id == worst.rule), 0.0) or _lasted_s(alerts)
    times = sum(alert.count or 0 for alert in alerts)
    when = f"{times} times" if times else f"for {duration(off_s)}" if off_s >= 1.0 else "for a moment"
    return f"{said} Noticed {when}.".strip()


def _next_steps(report: Report, held: Iterable[Side]) -> Iterable[Suggestion]:
    longest = max(report.holds, key=lambda hold: hold.held_s, default=None)
    if longest is None:
        yield Suggestion(words="Come to rest in the stretch and stay there", why="A hold counts once you are still.")
        return
    if not longest.reached:
        yield Suggestion(
            words=f"Hold it a little longer: {longest.target_s:g}\u00a0s is the target",
            why=f"Your longest hold was {duration(longest.held_s)}. A few seconds more each time is enough.",
        )
    sides = {hold.side for hold in report.holds}
    if sides | set(held) in ({"left"}, {"right"}):
        yield Suggestion(
            words=f"Do the {'right' if 'left' in sides else 'left'} leg too",
            why="Only one side is in this recording.",
        )
    per_side = min(sum(hold.reached for hold in report.holds if hold.side == side) for side in sides)
    if per_side < 2 and longest.reached:
        a_side = "" if sides == {"both"} else " a side"
        yield Suggestion(words=f"Repeat it: 2 to 4 holds{a_side}", why="Pause between them, and stay comfortable.")
    elif longest.reached and all(hold.next_time is None for hold in report.holds):
        yield Suggestion(words="Keep it like this", why="The holds are long enough, and there are enough of them.")
